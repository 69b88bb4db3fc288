"""RIS and BibTeX, read back by rispy and bibtexparser, and by hand."""

import bibtexparser
import pytest
import rispy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.export.model import Remark
from search.patent.model import Legal, Party, Reference
from tests.builders import a_patent
from tests.exports import file

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
CUT = Remark("limit", "【未完】", "[CUT]", 1, 2)
ADDRESS = "https://patents.example.org/patents/"


def references(data: bytes) -> list[dict[str, object]]:
    return list(rispy.loads(data.decode()))


def entries(data: bytes) -> list[bibtexparser.model.Entry]:
    library = bibtexparser.parse_string(data.decode())
    assert library.failed_blocks == []
    return list(library.entries)


def plain(value: str) -> str:
    """What a field says once LaTeX's spelling is taken away."""
    names = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^"}
    found, rest = "", value
    while rest:
        name = next((name for name in names if rest.startswith(f"\\{name}{{}}")), None)
        if name:
            found, rest = found + names[name], rest[len(name) + 3 :]
        elif rest[0] == "\\":
            found, rest = found + rest[1], rest[2:]
        else:
            found, rest = found + ("" if rest[0] in "{}" else rest[0]), rest[1:]
    return found


def test_a_reference_of_ris_has_what_a_patent_has() -> None:
    given = a_patent(
        inventors=(Party(name="王晓明"), Party(name="Li, Ming")),
        priorities=(Reference(number="US62000001"),),
        legal=Legal(status="in_force"),
    )
    (found,) = references(file("ris", [given], lang="zh", address=ADDRESS))
    assert found["type_of_reference"] == "PAT"
    assert (found["title"], found["translated_title"]) == ("一种旋耕机", "Rotary tiller")
    assert found["authors"] == ["王晓明", "Li, Ming"]
    assert (found["publisher"], found["secondary_authors"]) == ("江苏禾丰农机有限公司", ["中国"])
    assert (found["issn"], found["note"]) == ("CN110330865B", "CN201910792871.4")
    assert (found["date"], found["year"], found["custom1"]) == ("2020/12/01/", "2020", "2019/08/26/")
    assert found["keywords"] == ["A01B 33/00"]
    assert found["urls"] == [f"{ADDRESS}CN110330865B"]
    assert found["abstract"] == given.abstracts["zh"]
    assert (found["original_publication"], found["custom6"]) == ("US62000001", "有效")


def test_an_entry_of_bibtex_has_what_a_patent_has() -> None:
    given = a_patent(inventors=(Party(name="王晓明"), Party(name="Smith and Sons, J.")))
    (found,) = entries(file("bibtex", [given], lang="en", address=ADDRESS))
    fields = {name: field.value for name, field in found.fields_dict.items()}
    assert (found.entry_type, found.key, fields["number"]) == ("patent", "CN110330865B", "CN110330865B")
    assert fields["title"] == "{Rotary tiller}"
    assert fields["author"] == "{王晓明} and {Smith and Sons, J.}"
    assert fields["holder"] == "{江苏禾丰农机有限公司}"
    assert (fields["type"], fields["location"], fields["date"], fields["year"]) == ("invention", "China", "2020-12-01", "2020")
    assert fields["url"] == f"{ADDRESS}CN110330865B"


@given(TEXTS, TEXTS)
@settings(deadline=None)
@example("a\nER  - \nTY  - PAT", "\u2028TI  - x\x85\x0b\x1e")
def test_a_text_stays_in_its_field_of_ris(title: str, name: str) -> None:
    whole = file("ris", [a_patent(titles={"zh": title}, inventors=(Party(name=name),)), a_patent("CN2A")])
    first, second = references(whole)
    assert first.get("title", "") == " ".join(title.split())
    assert first.get("authors", [""]) == [" ".join(name.split())]
    assert second["issn"] == "CN2A"


@given(TEXTS, TEXTS)
@settings(deadline=None)
@example("}, evil = {x", "a{b} and \\c~^_%&#$ @article{x,")
@example('"', "\\")
def test_a_text_stays_in_its_field_of_bibtex(title: str, name: str) -> None:
    first, second = entries(file("bibtex", [a_patent(titles={"zh": title}, inventors=(Party(name=name),)), a_patent("CN2A")]))
    assert plain(first.fields_dict["title"].value) == " ".join(title.split())
    assert plain(first.fields_dict["author"].value) == " ".join(name.split())
    assert second.key == "CN2A"
    assert "evil" not in first.fields_dict


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_remark_ends_the_file(lang: str) -> None:
    found = references(file("ris", [a_patent()], remarks=[CUT], lang=lang))
    assert [each["type_of_reference"] for each in found] == ["PAT", "GEN"]
    assert found[1]["title"] == CUT.said(lang)  # type: ignore[arg-type]
    told = bibtexparser.parse_string(file("bibtex", [a_patent()], remarks=[CUT], lang=lang).decode())
    assert [comment.comment for comment in told.comments] == [CUT.said(lang)]  # type: ignore[arg-type]


def test_rare_characters_survive_in_references() -> None:
    given = a_patent(titles={"zh": "䶮𬭛𠮷"})
    assert references(file("ris", [given]))[0]["title"] == "䶮𬭛𠮷"
    assert entries(file("bibtex", [given]))[0].fields_dict["title"].value == "{䶮𬭛𠮷}"
