"""Class symbols: every spelling, one form, one key a level."""

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.patent import classes


@st.composite
def symbols(draw: st.DrawFn) -> tuple[str, int, str]:
    """Subclass, main group, subgroup of a symbol that may be; subgroups have two digits or more and no needless zero."""
    subclass = (
        f"{draw(st.sampled_from('ABCDEFGHY'))}{draw(st.integers(1, 99)):02d}{draw(st.sampled_from('ABCDEFGHJKLMNPQRSTUVWXYZ'))}"
    )
    long = st.integers(100, 999_999).map(str).filter(lambda digits: not digits.endswith("0"))
    return subclass, draw(st.integers(1, 999)), draw(st.one_of(st.integers(0, 99).map("{:02d}".format), long))


@given(symbols())
def test_every_spelling_is_one_symbol(parts: tuple[str, int, str]) -> None:
    subclass, group, subgroup = parts
    canonical = f"{subclass} {group}/{subgroup}"
    spellings = [
        canonical,
        canonical.lower(),
        f"{subclass}{group}/{subgroup}",
        f"{subclass}{group}／{subgroup}",
        f"{subclass}{group:03d}/{subgroup}",
        f"{subclass}  {group:3d}/ {subgroup}  A I",
        f"{subclass}{group}/{subgroup}(2006.01)I",
        f"{subclass}   {group}/{subgroup}    (2006.01)",
        f"{subclass}{group:03d}{subgroup}",
        f"{subclass}{group:3d}{subgroup}",
        f"{subclass}{group:04d}{subgroup.ljust(6, '0')}",
    ]
    for spelling in spellings:
        assert classes.ipc(spelling) == canonical, spelling


@pytest.mark.parametrize(
    ("printed", "symbol"),
    [
        ("A01B0001000000", "A01B 1/00"),
        ("H04L0067100000", "H04L 67/10"),
        ("G06F0009451000", "G06F 9/451"),
        ("A61K0031474500", "A61K 31/4745"),
        ("A47J02766", "A47J 27/66"),
        ("C01B00230", "C01B 2/30"),
        ("A61K  713", "A61K 7/13"),
        ("H03M 1300", "H03M 13/00"),
        ("C12Q  168", "C12Q 1/68"),
        ("H01L 2224/48091", "H01L 2224/48091"),
        ("H04W  76/ 04  A I", "H04W 76/04"),
        ("C12N001/20", "C12N 1/20"),
    ],
)
def test_symbols_of_real_files(printed: str, symbol: str) -> None:
    assert classes.ipc(printed) == symbol


@pytest.mark.parametrize(
    "text", ["", "A01B", "A01B 1", "A01B1/2", "I01B1/02", "A01B 0/00", "A1B1/02", "01-01", "A61K 1 13", "A01B1/1234567"]
)
def test_what_is_no_symbol_is_refused(text: str) -> None:
    with pytest.raises(classes.ClassError) as refused:
        classes.ipc(text)
    assert "A01B 1/02" in refused.value.zh


@given(symbols())
def test_levels_go_from_broad_to_narrow_and_each_is_its_own_key(parts: tuple[str, int, str]) -> None:
    subclass, group, subgroup = parts
    found = classes.levels(classes.ipc(f"{subclass}{group}/{subgroup}"))
    assert found == (subclass[0], subclass[:3], subclass, f"{subclass}{group}", f"{subclass}{group}/{subgroup}")
    assert all(narrow.startswith(broad) for broad, narrow in pairwise(found))
    assert [classes.key(level) for level in found] == list(found)
    assert [classes.key(level.lower()) for level in found] == list(found)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("a01b", "A01B"),
        ("A01B 1", "A01B1"),
        ("A01B001", "A01B1"),
        ("A01B1/", "A01B1"),
        ("A01B1／02", "A01B1/02"),
        ("A47J02766", "A47J27/66"),
        ("A01B0001020000", "A01B1/02"),
        ("H01L2224", "H01L2224"),
        ("1", "01"),
        ("1-1", "01-01"),
        ("01-01 (12)", "01-01"),
        ("0903", "09-03"),
    ],
)
def test_typed_classes(typed: str, key: str) -> None:
    assert classes.key(typed) == key


@pytest.mark.parametrize("typed", ["", "A0", "AB", "机械", "A01B1/2/3", "123"])
def test_typed_text_that_is_no_class(typed: str) -> None:
    with pytest.raises(classes.ClassError):
        classes.key(typed)


@pytest.mark.parametrize("printed", ["01-01(12)", "01-01 (12)  ", "1-1", "0101", "０１-０１"])
def test_locarno(printed: str) -> None:
    assert classes.locarno(printed) == "01-01"
    assert classes.levels("01-01") == ("01", "01-01")


@given(st.text(max_size=30))
def test_no_text_raises_anything_else(text: str) -> None:
    for read in (classes.ipc, classes.locarno, classes.key):
        with suppress(classes.ClassError):
            assert read(text)
