"""What a distance means, case by case. The names are the specification."""

import pytest

from search.query.near import fields_of, matches, sought, witness
from search.query.tree import Near, Or, Query, Wild, Word

BATTERY, PACK = Word("battery"), Word("pack")


def near(left: Query, right: Query, distance: int = 0, **rest: bool) -> Near:
    return Near(left, right, "word", distance, **rest)


def within(left: Query, right: Query, *, paragraphs: bool = False, distance: int = 0, without: bool = False) -> Near:
    return Near(left, right, "paragraph" if paragraphs else "sentence", distance, without=without)


CASES: dict[str, tuple[Near, str, list[str]]] = {
    # distance
    "0 is next to each other": (near(BATTERY, PACK), "a battery pack", ["battery", "pack"]),
    "0 is not one between": (near(BATTERY, PACK), "battery or pack", []),
    "n units may stand between": (near(BATTERY, PACK, 2), "battery of a pack", ["battery", "pack"]),
    "chinese characters are units": (near(Word("锂"), Word("池"), 2), "锂离子池", ["锂", "池"]),
    "a word counts as one chinese character does": (near(Word("锂"), Word("灯"), 1), "锂 LED 灯", ["锂", "灯"]),
    "punctuation does not count": (near(BATTERY, PACK), "battery — (pack)", ["battery", "pack"]),
    "NEAR takes either order": (near(BATTERY, PACK), "pack battery", ["pack", "battery"]),
    "ADJ takes one order": (near(BATTERY, PACK, ordered=True), "pack battery", []),
    "a distance reaches over a sentence's end": (near(BATTERY, PACK), "a battery. Pack it", ["battery", "Pack"]),
    # overlap
    "operands do not overlap": (near(Word("锂电"), Word("电池")), "锂电池", []),
    "one word does not serve twice": (near(BATTERY, Wild("batter*"), 5), "battery", []),
    "two words do": (near(BATTERY, Wild("batter*"), 5), "battery, batteries", ["battery", "batteries"]),
    # operands
    "a plain word is found by its stem": (near(BATTERY, PACK), "batteries packed", ["batteries", "packed"]),
    "a quoted one is itself": (near(Word("battery", exact=True), PACK), "batteries packed", []),
    "a phrase is one operand": (
        near(Word("lithium ion", exact=True), PACK, 1),
        "lithium-ion battery pack",
        ["lithium-ion", "pack"],
    ),
    "a choice is any of them": (near(Or((Word("余热"), Word("废热"))), Word("发电"), 5), "废热发电", ["废热", "发电"]),
    "a chinese word is found in a longer run": (near(Word("电池"), Word("充电"), 3), "锂电池组的充电器", ["电池", "充电"]),
    "a party's words are not stemmed": (near(Word("battery", "applicant"), Word("pack", "applicant")), "batteries pack", []),
    # nesting
    "an outer distance is measured from the inner pair": (
        near(near(Word("a1"), Word("b1"), 1), Word("c1")),
        "a1 x b1 c1",
        ["a1", "b1", "c1"],
    ),
    "any choice of occurrences counts": (
        near(near(Word("a1"), Word("b1"), 3), Word("c1")),
        "b1 a1 x b1 c1",  # the nearer pair lies farther from c1
        ["a1", "b1", "c1"],
    ),
    "what stands inside a pair overlaps it": (near(near(Word("a1"), Word("b1"), 1), Word("c1"), 9), "a1 c1 b1", []),
    # sentences and paragraphs
    "the same sentence": (within(BATTERY, PACK), "The pack has a battery. It", ["pack", "battery"]),
    "not another sentence": (within(BATTERY, PACK), "A battery. A pack", []),
    "one sentence on": (within(BATTERY, PACK, distance=1), "A battery. A pack", ["battery", "pack"]),
    "a chinese sentence": (within(Word("电池"), Word("正极")), "电池。正极", []),
    "in one sentence they may overlap": (within(Word("锂电"), Word("电池")), "锂电池", ["锂电", "电池"]),
    "the same paragraph": (within(BATTERY, PACK, paragraphs=True), "A battery. A pack", ["battery", "pack"]),
    "not another paragraph": (within(BATTERY, PACK, paragraphs=True), "A battery\nA pack", []),
    "a paragraph without a word does not count": (
        within(BATTERY, PACK, paragraphs=True, distance=1),
        "A battery\n\n…\n\nA pack",
        ["battery", "pack"],
    ),
    # without
    "some left operand stands alone": (near(BATTERY, PACK, without=True), "battery pack or battery", ["battery"]),
    "none stands alone": (near(BATTERY, PACK, without=True), "battery pack battery", []),
    "only behind it, where ordered": (near(BATTERY, PACK, ordered=True, without=True), "pack battery", ["battery"]),
    "what overlaps is near": (near(Word("锂电"), Word("电池"), without=True), "锂电池", []),
    "some sentence is without": (within(BATTERY, PACK, without=True), "A battery. A pack", ["battery"]),
    "no sentence is without": (within(BATTERY, PACK, without=True), "A battery pack.", []),
    "no left operand at all": (near(BATTERY, PACK, without=True), "pack", []),
}


@pytest.mark.parametrize(("asked", "text", "marked"), CASES.values(), ids=CASES.keys())
def test_a_distance(asked: Near, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in witness(asked, text)] == marked
    assert matches(asked, [text]) == bool(marked)


def test_no_text_matches_nothing() -> None:
    assert not matches(near(BATTERY, PACK), [])
    assert not matches(near(BATTERY, PACK), ["", "。"])
    assert sought(Word("，")) == ()


def test_the_field_is_that_of_the_leaves() -> None:
    assert fields_of(near(BATTERY, PACK)) == ("title", "abstract", "claims", "description")
    assert fields_of(near(Or((Word("a", "claims"), Word("b", "claims"))), Word("c", "claims"))) == ("claims",)


def test_only_words_and_distances_are_operands() -> None:
    with pytest.raises(ValueError, match="no operand"):
        matches(near(near(BATTERY, PACK, without=True), PACK), ["battery"])
