"""What documents say of names: each ground alone and with others, and the traps in which nothing may be proposed."""

from itertools import count

import pytest

from search.applicants.model import Pair
from search.applicants.proposing import observed
from search.patent.model import Party, Patent, Reference
from tests.builders import a_patent

_STREET = "广东省深圳市龙岗区坂田街道12号"


def documents(*parties: tuple[Party, ...] | Party, application: str | None = None) -> list[Patent]:
    """One document of each, each of its own application unless one is given."""
    return [
        a_patent(
            f"CN{1_000_000 + number}A",
            applicants=each if isinstance(each, tuple) else (each,),
            application=Reference(number=application or f"CN{number}", date="2010-01-01"),
        )
        for number, each in zip(count(), parties, strict=False)
    ]


def proposed(patents: list[Patent]) -> dict[frozenset[str], Pair]:
    return {frozenset((pair.one, pair.other)): pair for pair in observed(patents)}


def kinds(pair: Pair) -> set[str]:
    return {each.kind for each in pair.evidence}


def test_one_party_in_two_languages() -> None:
    found = proposed(documents(Party(name="甲有限公司", names={"en": "Jia Co., Ltd."}), Party(name="Jia Co., Ltd.")))
    [pair] = found.values()
    assert (kinds(pair), pair.confidence, pair.evidence[0].documents) == ({"two_languages"}, 0.95, ("CN1000000A",))


def test_a_name_in_another_language_that_no_document_stands_under_is_not_proposed() -> None:
    assert proposed(documents(Party(name="甲有限公司", names={"en": "Jia Co., Ltd."}))) == {}


def test_two_spellings_of_one_name_and_form() -> None:
    names = ("Acme Co., Ltd.", "ACME CO LTD", "Acme Company Limited")
    found = proposed(documents(*(Party(name=name) for name in names)))
    assert set(found) == {frozenset(("ACME CO LTD", other)) for other in ("Acme Co., Ltd.", "Acme Company Limited")}
    assert {pair.confidence for pair in found.values()} == {0.9}


@pytest.mark.parametrize("names", [("甲股份有限公司", "甲有限公司"), ("Acme Inc.", "Acme Corp."), ("甲有限公司", "甲")])
def test_two_forms_of_one_name_need_further_evidence(names: tuple[str, str]) -> None:
    one, other = names
    assert proposed(documents(Party(name=one), Party(name=other))) == {}
    at_one_place = proposed(documents(Party(name=one, address=_STREET), Party(name=other, address=f"518129 {_STREET}")))
    assert [kinds(pair) for pair in at_one_place.values()] == [{"address"}]
    of_one_application = proposed(documents(Party(name=one), Party(name=other), application="CN7"))
    assert [kinds(pair) for pair in of_one_application.values()] == [{"application"}]


def test_a_former_name_needs_the_address_and_the_application() -> None:
    old, new = Party(name="老甲厂", address=_STREET), Party(name="甲动力有限公司", address=_STREET)
    assert proposed(documents(old, new)) == {}
    assert proposed(documents(Party(name=old.name), Party(name=new.name), application="CN7")) == {}
    [pair] = proposed(documents(old, new, application="CN7")).values()
    assert (kinds(pair), pair.confidence) == ({"address", "application"}, 0.8)


@pytest.mark.parametrize("address", [None, "广东省深圳市", "深圳市龙岗区坂田街道"])
def test_an_address_without_a_house_says_nothing(address: str | None) -> None:
    assert proposed(documents(Party(name="甲股份有限公司", address=address), Party(name="甲有限公司", address=address))) == {}


def test_applicants_side_by_side_are_two() -> None:
    both = (Party(name="甲股份有限公司", address=_STREET), Party(name="甲有限公司", address=_STREET))
    assert proposed(documents(both, *both)) == {}


def test_a_park_of_firms_is_no_address() -> None:
    firms = [Party(name=f"甲{form}", address=_STREET) for form in ("股份有限公司", "有限公司")]
    crowd = [Party(name=f"第{number}家有限公司", address=_STREET) for number in range(30)]
    assert proposed(documents(*firms, *crowd)) == {}
    assert len(proposed(documents(*firms, *crowd[:5]))) == 1


def test_what_is_proposed_does_not_hang_on_the_order_of_the_documents() -> None:
    patents = documents(
        Party(name="甲股份有限公司", address=_STREET), Party(name="甲有限公司", address=_STREET), Party(name="甲 有限公司")
    )
    assert proposed(patents).keys() == proposed(patents[::-1]).keys()
