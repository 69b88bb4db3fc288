"""The languages of a query on the pages: the choice beside the box, a query in each of them, the page of help."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from search.find.answers import Translation
from search.find.translating import translations
from search.query.dialects import NAMES
from search.query.dialects.auto import LABELS
from search.web.home import Example, Holding
from search.web.words import Words

_FORMS = {
    "native": "help_native",
    "cql": "help_cql",
    "ppubs": "help_ppubs",
    "cprs": "help_cprs",
    "pss": "help_pss",
    "google": "help_google",
}
"""What tells each language from the others, by the names of its words."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A language that a query may be in."""

    label: str
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A query in one language, where it is asked in it, and what that language does not carry."""

    label: str
    text: str
    address: str
    warnings: tuple[str, ...] = ()
    words: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A language on the page of help: the words that describe it, and questions that find something."""

    label: str
    words: str
    examples: tuple[Said, ...]


def label(name: str, t: Words) -> str:
    """The language's name."""
    zh, en = LABELS[name]
    return zh if t.lang == "zh" else en


def choices(pairs: Sequence[tuple[str, str]], chosen: str, t: Words) -> list[Choice]:
    """The question of these parameters in each language, found out first."""
    kept = [pair for pair in pairs if pair[0] != "dialect"]
    found_out = Choice(t("language_auto"), urlencode(kept), chosen == "auto")
    return [found_out, *(Choice(label(name, t), urlencode([*kept, ("dialect", name)]), chosen == name) for name in NAMES)]


def said(written: Mapping[str, Translation], read: str, t: Words) -> list[Said]:
    """A query in the languages it was not read in."""
    return [_said(name, each, t) for name, each in written.items() if name != read]


def chapters(held: Holding | None, t: Words) -> list[Chapter]:
    """The same questions in every language that can say them."""
    examples = held.examples if held else ()
    asked = [(example, translations(example.query, "native", t.lang)) for example in examples]
    return [
        Chapter(
            label=label(name, t),
            words=_FORMS[name],
            examples=tuple(_examples(name, ((each[name], example) for example, each in asked), t)),
        )
        for name in NAMES
    ]


def _examples(name: str, asked: Iterable[tuple[Translation, Example]], t: Words) -> Iterable[Said]:
    """The questions that the language says all of, in the order of the first page's."""
    for each, example in asked:
        if not each.warnings:
            order = {key: value for key, value in parse_qsl(example.address) if key != "q"}
            yield replace(_said(name, each, t, **order), words=example.words, about=example.label)


def _said(name: str, each: Translation, t: Words, **order: str) -> Said:
    return Said(label(name, t), each.text, urlencode({"q": each.text, "dialect": name, **order}), tuple(each.warnings))
