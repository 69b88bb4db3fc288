"""Which claims a claim refers to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.parsers import references


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("根据权利要求1所述的方法", (1,)),
        ("如权利要求 1 所述的方法", (1,)),
        ("按照权利要求1和3中所述", (1, 3)),
        ("如权利要求1、2、3或8任意一项所述", (1, 2, 3, 8)),
        ("根据权利要求1至4中任一项所述", (1, 2, 3, 4)),
        ("根据权利要求2-4任一项所述", (2, 3, 4)),
        ("根据权利要求2～4中任一所述", (2, 3, 4)),
        ("根据权利要求1-3或5-6所述", (1, 2, 3, 5, 6)),
        ("根据权利要求1或权利要求4所述", (1, 4)),
        ("根据权利要求１或２所述", (1, 2)),
        ("一种设备，包括权利要求1所述的耳机和权利要求3所述的电源", (1, 3)),
        ("根据权利要求1所述的旋耕机，长度为5至7米", (1,)),
        ("一种旋耕机，功率为3千瓦", ()),
        ("The method of claim 1, wherein", (1,)),
        ("The method according to claim 8 , wherein 3 bolts", (8,)),
        ("as claimed in any one of claims 1 to 4", (1, 2, 3, 4)),
        ("according to claims 2-4 and 6", (2, 3, 4, 6)),
        ("of claim 1 or claim 5", (1, 5)),
        ("of Claims 1, 2, or 3", (1, 2, 3)),
        ("A disclaimer 1", ()),
        ("根据权利要求9所述", ()),
        ("根据权利要求12至30所述", ()),
        ("根据权利要求7至30所述", (7, 8)),
        ("根据权利要求0所述", ()),
        ("根据权利要求4至2所述", ()),
    ],
)
def test_the_claims_before_the_ninth(text: str, claims: tuple[int, ...]) -> None:
    assert references.claims(text, 9) == claims


@given(st.sets(st.integers(1, 200), min_size=1, max_size=20))
def test_every_listed_claim_is_found(claims: set[int]) -> None:
    listed = sorted(claims)
    assert references.claims(f"根据权利要求{'、'.join(map(str, listed))}所述", 201) == tuple(listed)
    assert references.claims(f"of claims {', '.join(map(str, listed))}", 201) == tuple(listed)


@pytest.mark.parametrize(
    ("code", "phase"), [("SEA", "search"), ("APP", "applicant"), ("ISR", "search"), ("XYZ", "xyz"), ("", None), (None, None)]
)
def test_who_cited(code: str | None, phase: str | None) -> None:
    assert references.phase(code) == phase


@pytest.mark.parametrize(
    "text", ["权利要求1" + " " * 200_000 + "x", "权利要求1" + "、1" * 100_000, "claims 1" + " , 1" * 100_000, "claim " * 100_000]
)
def test_t49_a_long_text_is_read_in_one_pass(text: str) -> None:
    """A pattern that went back would take minutes over these."""
    assert references.claims(text, 9) in ((), (1,))
