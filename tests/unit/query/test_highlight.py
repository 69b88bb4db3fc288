"""What is marked in a text, by examples."""

from itertools import product

import pytest

from search.query import parse
from search.query.highlight import highlight
from search.query.tree import Word
from search.text.stems import stem


def marked(query: str, text: str, field: str = "abstract") -> list[str]:
    (spans,) = highlight(parse(query).tree, {field: [text]})[field]
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("query", "text", "spans"),
    [
        ("锂电池", "一种锂电池，鋰電池组", ["锂电池", "鋰電池"]),
        ("锂电池", "锂电，池", []),
        ("灯", "LED灯泡与燈", ["灯", "燈"]),
        ("LED灯", "ＬＥＤ灯泡 LED、灯 大LED 大灯", ["ＬＥＤ灯", "LED、灯"]),
        ("“锂电，池”", "锂电；池塘 锂电池", ["锂电；池"]),
        ("池池", "池池池", ["池池池"]),
        ("battery", "Batteries, a battery's BATTERY; batter", ["Batteries", "battery", "BATTERY"]),
        ('"battery"', "Batteries, a battery", ["battery"]),
        ("lithium-ion", "lithium ions and Lithium-Ion", ["lithium ions", "Lithium-Ion"]),
        ('"a b a"', "a b a b a", ["a b a b a"]),
        ("batter*", "batter batteries bat", ["batter", "batteries"]),
        ("colo?r", "color colour", ["colour"]),
        ("*ation", "station rations", ["station"]),
        ("a*b*c", "axbxxc axxb", ["axbxxc"]),
        ("wi-fi*", "Wi-Fi6 wi 电 fi", ["Wi-Fi6"]),
        ("锂?池", "锂电池 锂，池 锂A池", ["锂电池"]),
        ('"a batter* pack"', "a battery pack", ["a battery pack"]),
        ("cell NOT battery", "a battery cell", ["cell"]),
        ("NOT (NOT battery)", "a battery", []),
        ("a OR (b AND c)", "b a", ["b", "a"]),
        ("title:cell", "cell", []),
        ("country:CN 电池", "CN 电池", ["电池"]),
        ("*:*", "all", []),
        ("größe", "die Größe", ["Größe"]),
    ],
)
def test_marks(query: str, text: str, spans: list[str]) -> None:
    assert marked(query, text) == spans


def test_a_leaf_without_a_field_marks_the_four_texts_only() -> None:
    tree = parse("华为").tree
    texts = {name: ["华为"] for name in ("title", "abstract", "claims", "description", "applicant")}
    found = highlight(tree, texts)
    assert {name for name, (spans,) in found.items() if spans} == {"title", "abstract", "claims", "description"}


def test_parties_and_several_values() -> None:
    tree = parse("applicant:华为 OR applicant==“李 雷”").tree
    found = highlight(tree, {"applicant": ["华为公司", "中兴", "李 雷", "李雷"], "inventor": ["华为"]})
    assert found == {"applicant": [[(0, 2)], [], [(0, 3)], []], "inventor": [[]]}


def test_neighbours_merge() -> None:
    assert marked("锂 电池", "锂电池") == ["锂电池"]


def test_a_pattern_made_to_be_slow_is_not() -> None:
    """T46: linear time whatever the pattern; backtracking over five stars would not end here."""
    text = "a" * 200_000
    assert marked("aa*aa*aa*aa*ab*", text) == []
    assert marked("灯?灯?灯?灯?灯", "灯" * 100_000) == ["灯" * 100_000]
    assert marked("a OR “灯 a”", text + " " + "灯" * 100_000 + " a") == ["灯 a"]


_ENDINGS = (
    *("ation", "ational", "ator", "able", "ability", "ibility", "al", "ality", "alize", "ance", "ancy", "e", "ed", "edly", "ement"),
    *("eed", "eedly", "ence", "ency", "ent", "er", "es", "ful", "fulness", "ic", "ical", "icate", "ied", "ies", "ing", "ingly"),
    *(
        "ion",
        "ism",
        "ist",
        "ities",
        "ity",
        "ive",
        "iveness",
        "ivity",
        "ization",
        "ize",
        "izer",
        "l",
        "less",
        "lessly",
        "ll",
        "logist",
    ),
    *("logist", "logy", "ly", "ment", "ness", "ous", "ousness", "s", "sion", "ss", "t", "tional", "y", "ying"),
)


def test_every_inflection_is_found_whatever_its_ending_makes_of_the_stem() -> None:
    """Most texts are passed over for want of the start of a stem: no ending changes more of a word than that leaves out."""
    endings = ["".join(pair) for pair in product(_ENDINGS, ("", *_ENDINGS))]
    words = [start + ending for start in ("d", "possib", "fly", "hop", "relat") for ending in endings]
    by_root: dict[str, set[str]] = {}
    for word in words:
        by_root.setdefault(stem(word), set()).add(word)
    for alike in by_root.values():
        assert marked(min(alike), " ".join(sorted(alike)), "title") == sorted(alike)


@pytest.mark.parametrize(
    ("query", "text"), [("sky", "skies"), ("skies", "sky"), ("die", "dying"), ("cry", "cries"), ("try", "tries")]
)
def test_an_inflection_is_marked_whatever_its_end(query: str, text: str) -> None:
    assert highlight(Word(query), {"title": [text]}) == {"title": [[(0, len(text))]]}


def test_names_are_marked_as_they_are_sought_without_inflections() -> None:
    assert highlight(Word("systems", "applicant"), {"applicant": ["Harrow System Inc."]}) == {"applicant": [[]]}
