"""A document's page without a browser: its rows, its claims' tree, its weight."""

from html import escape

import pytest

from search.patent.model import Claim, Party, Reference
from search.web.document import PART, part, view
from search.web.words import Words
from tests.builders import a_patent

ZH, EN = Words("zh"), Words("en")


def rows(**fields: object) -> dict[str, list[str]]:
    return {row.words: list(row.values) for row in view(a_patent(**fields), EN).rows}


def test_rows_have_their_inid_codes_and_absent_ones_are_absent() -> None:
    shown = view(a_patent(), ZH).rows
    assert [row.code for row in shown] == ["11", "12", "45", "21", "22", "51", "73", "72"]
    assert [row.values[0] for row in shown][:2] == ["CN110330865B", "B 发明"]


def test_an_application_has_an_applicant_and_a_grant_a_grantee() -> None:
    assert "inid_73" in rows()
    assert {"inid_71", "inid_43"} <= set(rows(stage="published"))


def test_priorities_parties_and_places() -> None:
    shown = rows(
        priorities=(Reference(number="US15322651", date="2018-08-27"),),
        applicants=(Party(name="华为技术有限公司", names={"en": "Huawei"}, country="CN", region="广东省", city="深圳市"),),
    )
    assert shown["inid_30"] == ["US15322651 2018-08-27"]
    assert shown["inid_73"] == ["华为技术有限公司 / Huawei（CN 广东省 深圳市）"]


def test_the_pages_language_comes_first() -> None:
    assert (view(a_patent(), ZH).title, view(a_patent(), ZH).other_title) == ("一种旋耕机", "Rotary tiller")
    assert (view(a_patent(), EN).title, view(a_patent(), EN).other_title) == ("Rotary tiller", "一种旋耕机")
    assert view(a_patent(titles={"de": "Fräse"}), EN).title_lang == "de"


def test_claims_stand_as_deep_as_they_depend() -> None:
    claims = (
        Claim(number=1, text="a"),
        Claim(number=2, text="b", depends_on=(1,)),
        Claim(number=3, text="c", depends_on=(2,)),
        Claim(number=4, text="d", depends_on=(1, 3)),
        Claim(number=5, text="e", depends_on=(5,)),
        Claim(number=6, text="f", depends_on=(9,)),
    )
    [section] = [section for section in view(a_patent(claims=claims), ZH).sections if section.name == "claims"]
    assert [text.depth for text in section.texts] == [0, 1, 2, 1, 0, 0]


@pytest.mark.parametrize("text", ["字" * 400_000, "<&\"'>" * 50_000])
def test_long_texts_are_cut_to_pages_that_together_hold_all_of_them(text: str) -> None:
    patent = a_patent(description={"zh": (text, "结束")})
    pages = []
    while (found := part(patent, "description", len(pages) + 1, ZH)) is not None:
        section, count = found
        assert sum(len(escape(piece.text).encode()) for piece in section.texts) <= PART
        pages.append("".join(piece.text for piece in section.texts))
    assert len(pages) == count
    assert "".join(pages) == text + "结束"
    [first] = [section for section in view(patent, ZH).sections if section.name == "description"]
    assert first.more == 1
    assert text.startswith("".join(piece.text for piece in first.texts))
