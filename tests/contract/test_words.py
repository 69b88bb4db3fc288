"""What a word, a phrase and a wildcard find. The names are the specification."""

import pytest

from search.query.tree import Query, Wild, Word
from tests.contract.shelf import Shelf

FINDS: dict[str, tuple[Query, set[str]]] = {
    # Chinese
    "a chinese word is found inside a longer run": (Word("锂电池"), {"CN101A", "CN102A", "CN105A"}),
    "a chinese word is found at the start, middle and end of a run": (
        Word("电池"),
        {"CN101A", "CN102A", "CN104A", "CN105A", "CN116A"},
    ),
    "a chinese word is not found across punctuation": (Word("灯具"), {"CN108A"}),
    "a sign that is no letter stands between too": (Word("五的", exact=True), set()),
    "one chinese character is found at any place of a run": (
        Word("池"),
        {"CN101A", "CN102A", "CN103A", "CN104A", "CN105A", "CN116A"},
    ),
    "one chinese character is found where it is the whole text": (Word("酶"), {"CN110A", "CN111A"}),
    "a chinese word is found across the border of two words": (Word("和服"), {"CN106A"}),
    "a repeated chinese word needs to be there twice": (Word("电池电池"), {"CN116A"}),
    "a traditional word finds simplified texts": (Word("鋰電池"), {"CN101A", "CN102A", "CN105A"}),
    "a simplified word finds traditional texts": (Word("制造"), {"CN105A", "CN117A"}),
    "a character beyond the basic plane is a character": (Word("𠮷"), {"CN114A"}),
    "a word with a character beyond the basic plane is a word": (Word("𠮷野家"), {"CN114A"}),
    "japanese kana are cut as chinese is": (Word("メラ"), {"CN117A"}),
    "a chinese word is the same with and without quotation marks": (
        Word("锂电池", exact=True),
        {"CN101A", "CN102A", "CN105A"},
    ),
    # mixed
    "a mixed phrase ending in one character takes what follows it": (Word("LED灯"), {"CN107A", "CN108A", "CN112A"}),
    "a mixed phrase ending in two characters needs both": (Word("LED灯具"), {"CN108A"}),
    "a run before a latin word ends there": (Word("用LED"), {"CN109A"}),
    "a run before a latin word does not end elsewhere": (Word("灯LED"), set()),
    "a blank between scripts does not matter": (Word("LED 灯", exact=True), {"CN107A", "CN108A", "CN112A"}),
    "full width letters are letters": (Word("ｌｅｄ"), {"CN107A", "CN108A", "CN109A", "CN112A"}),
    "letters and digits make one word": (Word("H2O2"), {"CN115A"}),
    "a number with a point is two words side by side": (Word("ph7.4", exact=True), {"CN115A"}),
    "part of a word is not the word": (Word("ph"), {"US210A"}),
    # Latin
    "a plain word finds its inflections": (Word("battery"), {"US202A", "US203A", "US204A", "US205A", "US206A"}),
    "an inflected plain word finds the others": (Word("charges"), {"US201A", "US202A"}),
    "a quoted word finds itself alone": (Word("battery", exact=True), {"US203A", "US204A", "US205A", "US206A"}),
    "a quoted word is found in any case": (Word("Pack", exact=True), {"US204A", "US205A", "US206A"}),
    "inflections of one stem are found by each other": (Word("generate"), {"US215A"}),
    "plain words side by side are a phrase of stems": (Word("wireless charge method"), {"US201A"}),
    "a quoted phrase needs its words in order": (Word("pack battery", exact=True), set()),
    "a quoted phrase needs its words side by side": (Word("pack of battery", exact=True), set()),
    "punctuation between latin words does not count": (Word("battery pack", exact=True), {"US204A", "US206A"}),
    "chinese between latin words counts": (Word("lamp housing", exact=True), {"US213A"}),
    "chinese between stemmed words counts": (Word("lamps housing"), {"US213A"}),
    "a phrase over both scripts is found": (Word("lamp灯", exact=True), {"US212A"}),
    "an accent makes another letter": (Word("naive", exact=True), set()),
    "an accented word is found": (Word("GRÖßE", exact=True), {"US207A"}),
    "an apostrophe divides": (Word("O'Neil", exact=True), {"US210A"}),
    "a hyphen divides": (Word("ph-meter", exact=True), {"US210A"}),
    "a very long word is found whole": (Word("x" * 300, exact=True), {"US208A"}),
    "two very long words that differ at their end differ": (Word("x" * 299 + "y", exact=True), {"US209A"}),
    # nothing
    "a word that stands nowhere finds nothing": (Word("不存在的词"), set()),
    "punctuation alone finds nothing": (Word("，。！"), set()),
    "the sign for an empty text finds nothing": (Word("∅", exact=True), set()),
    "the sign that keeps a place finds nothing": (Word("·", exact=True), set()),
    "an empty word finds nothing": (Word(""), set()),
    # wildcards
    "a prefix finds every ending": (Wild("batter*"), {"US202A", "US203A", "US204A", "US205A", "US206A"}),
    "a prefix finds itself": (Wild("battery*"), {"US203A", "US204A", "US205A", "US206A"}),
    "a prefix is folded": (Wild("ＢＡＴＴＥＲＩ*"), {"US202A"}),
    "a question mark is one character": (Wild("b?ttery"), {"US203A", "US204A", "US205A", "US206A"}),
    "a question mark is not none": (Wild("battery?"), set()),
    "a star inside is any number of characters": (Wild("char*ng"), {"US201A"}),
    "a star inside may be none": (Wild("charg*ing"), {"US201A"}),
    "a leading star finds every beginning": (Wild("*tery"), {"US203A", "US204A", "US205A", "US206A"}),
    "stars at both ends find the middle": (Wild("*irel*"), {"US201A", "US202A"}),
    "a star after chinese asks no more than the run": (Wild("锂电*"), {"CN101A", "CN102A", "CN103A", "CN105A"}),
    "a wildcard is over exact words and not over stems": (Wild("batteri"), set()),
    "other signs of patterns mean nothing": (Wild("batter.+"), set()),
    "brackets of patterns mean nothing": (Wild("[a-z]attery*"), set()),
}


@pytest.mark.parametrize(("query", "expected"), FINDS.values(), ids=FINDS.keys())
def test_words(library: Shelf, query: Query, expected: set[str]) -> None:
    results = library.ask(query, size=100)
    assert {hit.number for hit in results.hits} == expected
    assert results.total == len(expected)
    assert library.index.count(query) == len(expected)
