"""How parts of a record are shown: titles in two languages, states by sign, word and colour, found words marked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from search.find.labels import label

if TYPE_CHECKING:
    from markupsafe import Markup

_STATES: Mapping[str, tuple[str, str]] = {
    "granted": ("●", "good"),
    "corrected": ("●", "good"),
    "partly_invalidated": ("!", "wait"),
    "published": ("○", "wait"),
    "pre_grant": ("○", "wait"),
    "application": ("○", "wait"),
}


class State(NamedTuple):
    """A stage as a sign, a class of the style sheet, and words."""

    sign: str
    look: str
    words: str


def state(stage: str | None, lang: str) -> State | None:
    """The stage of a publication, where it is known."""
    return None if stage is None else State(*_STATES[stage], label("stage", stage, lang))


def in_order(texts: Mapping[str, str], lang: str) -> list[tuple[str, str]]:
    """`(language, text)` with the page's language first, then Chinese, English, and the rest as they stand."""
    rank = {"zh": 0, "en": 1} | {lang: -1}
    return sorted(texts.items(), key=lambda item: rank.get(item[0], 2))


def marked(text: str, spans: Iterable[Sequence[int]]) -> "Markup":
    """`text` with the spans as ``<mark>``, everything else escaped; spans that overlap are one."""
    from markupsafe import Markup  # noqa: PLC0415  comes with jinja2, which is imported with the first page

    made, done = Markup(), 0
    for start, end in spans:
        if end <= done:
            continue
        begin = max(start, done)
        made += Markup("{}<mark>{}</mark>").format(text[done:begin], text[begin:end])
        done = end
    return made + text[done:]
