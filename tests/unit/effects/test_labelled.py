"""Precision and recall of the effects found, on 200 sentences of real documents labelled by hand.

`labelled.tsv` has for each the number, the language and the offset of a sentence of the abstract, a check of its text, and the
effects it says.  The documents themselves stand in the folder of real documents.
"""

import csv
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from search.analysis.effects.caveats import BY_LANGUAGE, MEANS, PRECISION, RECALL
from search.analysis.effects.sentence import said
from search.analysis.effects.words import effects
from search.text.sentences import bounds
from tests.differential import documents
from tests.machine import ROOT

HERE = Path(__file__).parent


def labelled() -> list[list[str]]:
    with (HERE / "labelled.tsv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.reader(file, delimiter="\t") if not row[0].startswith("#")]


ROWS = labelled()


@pytest.fixture(scope="module")
def sentences(real_data: Path) -> Mapping[tuple[str, str, int], str]:
    """The sentences meant, by number, language and offset."""
    wanted = {(number, lang, int(start)) for number, lang, start, *_ in ROWS}
    numbers = {number for number, *_ in wanted}
    found = {}
    for number, texts in abstracts(real_data, numbers):
        for lang, text in texts.items():
            found |= {(number, lang, start): text[start:end] for start, end in bounds(text) if (number, lang, start) in wanted}
    return found


def abstracts(data: Path, numbers: set[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Abstracts of these documents; the lines of others are not parsed."""
    with gzip.open(data / documents.ABSTRACTS) as stream:
        for line in stream:
            row = json.loads(line)
            if row["pub_no"] in numbers:
                yield row["pub_no"], {row["lang"]: row["abstract"], "en": row.get("abstract_en_mt") or row["abstract"]}
    for patent in documents.full_texts(data):
        if patent.number in numbers:
            yield patent.number, patent.abstracts


def test_the_labels_are_of_two_hundred_sentences_and_of_known_effects() -> None:
    assert Counter(lang for _, lang, *_ in ROWS) == {"zh": 110, "en": 90}
    assert len({tuple(row[:3]) for row in ROWS}) == 200
    assert {effect for row in ROWS for effect in row[4].split()} == set(effects())


@pytest.mark.data
def test_precision_and_recall_are_those_that_are_told(sentences: Mapping[tuple[str, str, int], str]) -> None:
    tallies: dict[str, Counter[str]] = {lang: Counter() for lang in BY_LANGUAGE}
    for number, lang, start, check, told in ROWS:
        text = sentences[number, lang, int(start)]
        assert hashlib.sha256(text.encode()).hexdigest()[:8] == check
        got, labels = {each.effect for each in said(text, lang)}, set(told.split())
        tallies[lang] += Counter(right=len(got & labels), found=len(got), wanted=len(labels))
    assert {lang: figures(tally) for lang, tally in tallies.items()} == BY_LANGUAGE
    assert figures(tallies["zh"] + tallies["en"]) == (PRECISION, RECALL)


def figures(tally: Counter[str]) -> tuple[float, float]:
    """Precision and recall."""
    return round(tally["right"] / tally["found"], 2), round(tally["right"] / tally["wanted"], 2)


def test_the_documentation_tells_them() -> None:
    page = (ROOT / "docs" / "analysis.md").read_text("utf-8")
    assert f"precision {PRECISION:.0%}" in page
    assert f"recall {RECALL:.0%}" in page
    assert all(f"({share:.0%})" in page for share in MEANS.values())
    assert all(f"`{name}`" in page for name in effects())
