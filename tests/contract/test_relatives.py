"""A document's family, citations and legal status over either engine. The names are the specification."""

from datetime import UTC, datetime
from typing import Any

from search.find.relatives.service import Relatives
from search.patent.model import Citation, Legal, LegalEvent, Patent, Reference
from tests.contract.library import paper
from tests.contract.shelf import Shelf

FIRST = Reference(number="US62000001", date="2018-12-31")
OTHER = Reference(number="US62000002", date="2018-06-01")
AT = datetime(2026, 11, 23, 17, tzinfo=UTC)
"""Already the 24th in Shanghai."""


def relatives(shelf: Shelf) -> Relatives:
    return Relatives(shelf.index, lambda: AT)


def family(shelf: Shelf, patent: Patent) -> tuple[str, int, list[str]]:
    found = relatives(shelf).family(patent, "en")
    return found.rule, found.total, [member.number for member in found.members]


def test_a_family_by_its_name_comes_before_priorities(shelf: Shelf) -> None:
    asked = paper("CN1A", family="F1", priorities=(FIRST,))
    shelf.put(asked, paper("EP2A", family="F1", publication_date="2019-01-01"), paper("JP3A", priorities=(FIRST,)))
    assert family(shelf, asked) == ("family", 2, ["EP2A", "CN1A"])


def test_a_family_by_shared_priorities_with_the_first_filing_itself(shelf: Shelf) -> None:
    asked = paper("CN1A", publication_date="2020-06-01", priorities=(FIRST, OTHER))
    shelf.put(
        asked,
        paper("EP2A", publication_date="2020-05-01", priorities=(OTHER,)),
        paper("US3A1", publication_date="2020-04-01", application=FIRST),
        paper("US4A1", publication_date="2020-03-01", application=Reference(number="US62000009")),
    )
    assert family(shelf, asked) == ("priorities", 3, ["US3A1", "EP2A", "CN1A"])


def test_the_first_filing_finds_those_that_claim_it(shelf: Shelf) -> None:
    asked = paper("US3A1", application=FIRST)
    shelf.put(asked, paper("CN1A", priorities=(FIRST,)), paper("US3B2", application=FIRST))
    assert family(shelf, asked) == ("priorities", 3, ["CN1A", "US3A1", "US3B2"])


def test_a_family_of_one_application(shelf: Shelf) -> None:
    asked = paper("US3A1", application=FIRST)
    shelf.put(asked, paper("US3B2", application=FIRST))
    assert family(shelf, asked) == ("application", 2, ["US3A1", "US3B2"])


def test_a_document_alone(shelf: Shelf) -> None:
    shelf.put(paper("CN1A"), paper("CN2A"))
    assert family(shelf, paper("CN1A")) == ("alone", 1, ["CN1A"])


def test_cited_documents_are_marked_where_they_are_held_the_very_kind_first(shelf: Shelf) -> None:
    numbers = ("US7318131B2", "US7318132", "CN100000001A", "EP9A", "no number")
    asked = paper("CN1A", citations=tuple(Citation(number=number, category="X") for number in numbers))
    shelf.put(asked, paper("US7318131B2"), paper("US7318132B1"), paper("US7318132B2"), paper("CN100000001B"))
    found = relatives(shelf).citations(asked, "en")
    assert [each.held for each in found.cited] == [["US7318131B2"], ["US7318132B1", "US7318132B2"], ["CN100000001B"], [], []]
    assert (found.cited_total, found.cited_held) == (5, 3)


def test_documents_that_cite_it_under_any_kind_the_newest_first(shelf: Shelf) -> None:
    def citing(number: str, cited: str, **fields: Any) -> Patent:
        return paper(number, citations=(Citation(number="EP9A"), Citation(number=cited, phase="examiner")), **fields)

    asked = paper("US7318131B2")
    shelf.put(
        asked,
        citing("CN1A", "US7318131B2", publication_date="2019-01-01"),
        citing("CN2A", "US7318131", publication_date="2020-01-01"),
        citing("CN3A", "US7318131A", publication_date="2018-01-01"),
        citing("CN4A", "US7318132B2", publication_date="2021-01-01"),
    )
    found = relatives(shelf).citations(asked, "en")
    assert found.citing_total == 3
    assert [(each.number, each.cited_as, each.phase) for each in found.citing] == [
        ("CN2A", "US7318131", "examiner"),
        ("CN1A", "US7318131B2", "examiner"),
        ("CN3A", "US7318131A", "examiner"),
    ]


def test_the_status_of_today_from_all_publications_and_what_the_index_says_still(shelf: Shelf) -> None:
    application = Reference(number="CN201620400001.8", date="2016-11-24")
    stored = Legal(status="in_force", confidence="medium", version=1)
    asked = paper("CN205000001U", type="utility_model", stage="granted", publication_date="2017-01-01", application=application)
    told = Legal(status="unknown", log=(LegalEvent(date="2018-01-01", event="专利权人的姓名或者名称、地址的变更"),))
    shelf.put(asked, paper("CN205000001Y", application=application, legal=told))
    found = relatives(shelf).legal(paper("CN205000001U", legal=stored, application=application), "zh")
    assert (found.as_of, found.status, found.since, found.indexed) == ("2026-11-24", "expired", "2026-11-24", "in_force")
    assert found.publications == ["CN205000001U", "CN205000001Y"]
    assert LegalEvent(date="2018-01-01", event="专利权人的姓名或者名称、地址的变更", rule="来源数据，见 CN205000001Y") in found.log
