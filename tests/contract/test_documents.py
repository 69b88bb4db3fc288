"""Documents by their numbers. The names are the specification."""

import msgspec

from search.patent.model import Reference, encode, shown
from search.query.tree import All
from tests.contract.library import LIBRARY, paper, titled
from tests.contract.shelf import Shelf


def test_documents_come_in_the_order_asked(library: Shelf) -> None:
    held = {patent.number: encode(patent) for patent in LIBRARY}
    asked = ["US404A1", "CN101A", "EP309A"]
    assert library.index.get(asked) == [held[number] for number in asked]


def test_every_document_is_the_very_json_that_was_written(library: Shelf) -> None:
    assert library.index.get([patent.number for patent in LIBRARY]) == [encode(patent) for patent in LIBRARY]


def test_hits_carry_the_very_json_that_was_written(library: Shelf) -> None:
    held = {patent.number: encode(patent) for patent in LIBRARY}
    assert {hit.number: hit.document for hit in library.ask(All(), size=100).hits} == held


def test_hits_that_are_not_asked_whole_carry_what_a_page_shows(library: Shelf) -> None:
    held = {patent.number: shown(encode(patent)) for patent in LIBRARY}
    for after in (None, ""):
        found = library.ask(All(), size=100, whole=False, after=after)
        assert {hit.number: hit.document for hit in found.hits} == held


def test_what_is_not_held_is_absent(library: Shelf) -> None:
    assert library.index.get(["CN101A", "CN999A", "", "灯", "x" * 2_000])[1:] == [None, None, None, None]


def test_a_number_asked_twice_is_answered_twice(library: Shelf) -> None:
    first, second = library.index.get(["CN101A", "CN101A"])
    assert first == second is not None


def test_no_number_no_document(library: Shelf) -> None:
    assert library.index.get([]) == []


def test_a_number_is_not_found_by_another_spelling(library: Shelf) -> None:
    assert library.index.get(["cn101a", "CN101"]) == [None, None]


def test_many_documents_at_once(many: Shelf) -> None:
    found = many.index.get([f"CN{n:06}A" for n in range(2_000)])
    assert len(found) == 2_000
    assert None not in found


def test_a_document_is_given_before_it_is_found(shelf: Shelf) -> None:
    shelf.write(titled("CN501A", "水泵"))
    assert shelf.index.get(["CN501A"]) == [encode(titled("CN501A", "水泵"))]


def test_signs_and_control_characters_come_back_as_they_were(shelf: Shelf) -> None:
    odd = paper("CN501A", titles={"zh": '"\\/\b\t\n\u2028 </script> 𠮷 ☃ \x7f'}, npl=("\u0001", "é", "e\u0301"))
    shelf.write(odd)
    assert shelf.index.get(["CN501A"]) == [encode(odd)]


def test_a_number_with_every_character_that_may_stand_in_one(shelf: Shelf) -> None:
    given = ["CN201910792871.4", "PCT/US1999/009417", "JP2005-123456A", "A", "0123456789ABCDEFGHIJKLMN"]
    shelf.put(*(msgspec.structs.replace(titled("CN501A", "水泵"), number=number) for number in given))
    assert [document is not None for document in shelf.index.get(given)] == [True] * len(given)
    assert shelf.numbers(All()) == sorted(given)


def test_numbers_are_resolved_from_their_keys(library: Shelf) -> None:
    assert library.index.resolve(["CN110330865"]) == ["CN110330865B"]
    assert library.index.resolve(["CN110330865B"]) == ["CN110330865B"]


def test_one_key_may_resolve_to_several(shelf: Shelf) -> None:
    shelf.put(titled("CN110330865B", "水泵"), titled("CN110330865A", "水泵"))
    assert shelf.index.resolve(["CN110330865"]) == ["CN110330865A", "CN110330865B"]


def test_keys_of_one_record_resolve_to_it_once(library: Shelf) -> None:
    assert library.index.resolve(["CN110330865", "CN110330865B", "CN110330865"]) == ["CN110330865B"]


def test_unknown_keys_resolve_to_nothing(library: Shelf) -> None:
    assert library.index.resolve(["CN999", "", "灯", "x" * 2_000]) == []
    assert library.index.resolve([]) == []


def test_ten_thousand_keys_are_resolved(many: Shelf) -> None:
    keys = [f"CN{n:06}" for n in range(10_000)]
    assert many.index.resolve(keys) == [f"{key}A" for key in keys]


def test_applications_are_resolved_from_their_keys(shelf: Shelf) -> None:
    filed = Reference(number="CN201910792871.4")
    shelf.put(paper("CN110330865A", application=filed), paper("CN110330865B", application=filed), paper("CN501A"))
    for key in ("CN201910792871", "CN2019107928714"):
        assert shelf.index.resolve([key], of="application") == ["CN110330865A", "CN110330865B"]
    assert shelf.index.resolve(["CN110330865"], of="application") == []
    assert shelf.index.resolve(["CN201910792871"]) == []


def test_near_numbers_start_alike_ascending(library: Shelf) -> None:
    assert library.index.near_numbers("CN10", size=3) == ["CN101A", "CN102A", "CN103A"]


def test_near_numbers_are_as_many_as_asked(library: Shelf) -> None:
    assert len(library.index.near_numbers("CN", size=7)) == 7
    assert len(library.index.near_numbers("CN")) == 5


def test_near_numbers_of_what_nobody_has(library: Shelf) -> None:
    assert library.index.near_numbers("ZZ") == []


def test_near_numbers_take_signs_as_they_are(library: Shelf) -> None:
    assert library.index.near_numbers("CN*") == library.index.near_numbers("CN1?") == library.index.near_numbers("%") == []


def test_health_tells_that_searches_are_answered_and_how_many_documents_are_found(library: Shelf) -> None:
    health = library.index.health()
    assert (health.ready, health.documents) == (True, len(LIBRARY))


def test_an_empty_index_is_healthy(shelf: Shelf) -> None:
    health = shelf.index.health()
    assert (health.ready, health.documents) == (True, 0)
    assert shelf.ask(All()).total == 0
