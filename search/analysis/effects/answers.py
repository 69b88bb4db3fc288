"""What a question about effects answers, in the caller's language."""

from typing import Annotated

from msgspec import Meta

from search.analysis.answers import TableCaveat
from search.analysis.effects.caveats import caveats
from search.analysis.effects.finding import LANGUAGES, Finding
from search.analysis.effects.service import Cell, Matrix
from search.analysis.effects.words import effects
from search.find.answers import Answered


class EffectSentence(Answered, frozen=True):
    """A sentence that says an effect, and where it stands."""

    number: str
    field: Annotated[str, Meta(description="`abstract`, or `claims/3`: claim 3.")]
    lang: str
    start: Annotated[int, Meta(description="Code points into that text.")]
    end: int
    text: str
    words: Annotated[tuple[int, int], Meta(description="Where in the sentence it is said.")]
    means: Annotated[str, Meta(description="As it is written.")]
    sentence: Annotated[str, Meta(description="Names the sentence in a correction.")]
    found: Annotated[str, Meta(description="The effect as it was found.")]
    corrected: bool = False


class EffectCell(Answered, frozen=True):
    """A means with an effect."""

    means: Annotated[str, Meta(description="The head of the means; empty where no means is named.")]
    effect: str
    count: Annotated[int, Meta(description="Documents, of those looked at.")]
    sentences: list[EffectSentence]
    more: Annotated[int, Meta(description="Further sentences.")] = 0


class EffectName(Answered, frozen=True):
    """An effect that sentences are sorted by."""

    id: str
    label: str


class MeansCount(Answered, frozen=True):
    """The head of a means, and the documents that have it with any effect."""

    means: str
    count: int


class Spoken(Answered, frozen=True):
    """What was read in a language."""

    lang: str
    documents: int
    sentences: int


class EffectsTable(Answered, frozen=True):
    """Means by effects. Each publication counts."""

    population: Annotated[str, Meta(description="Native text of the documents.")]
    total: Annotated[int, Meta(description="Documents that match.")]
    looked_at: Annotated[int, Meta(description="Of these, how many were looked at, with a text or without.")]
    silent: Annotated[int, Meta(description="Of these, how many say no effect.")]
    further: Annotated[int, Meta(description="Of those read, how many are of an application that was read already.")]
    read: Annotated[list[Spoken], Meta(description="In which languages; the rest have neither abstract nor claims in one.")]
    corrected: Annotated[int, Meta(description="Effects found that are as the caller corrected them.")]
    removed: Annotated[int, Meta(description="Effects found that the caller said are none.")]
    effects: list[EffectName]
    means: list[MeansCount]
    cells: list[EffectCell]
    caveats: list[TableCaveat]
    left_out: Annotated[int, Meta(description="Further means that are not shown.")] = 0


def view(matrix: Matrix, population: str, lang: str, *, sentences: int) -> EffectsTable:
    """The crossing as it is answered, with so many sentences a cell."""
    return EffectsTable(
        population=population,
        total=matrix.total,
        looked_at=matrix.looked_at,
        silent=matrix.silent,
        further=matrix.further,
        read=[
            Spoken(lang=each, documents=matrix.documents[each], sentences=matrix.sentences[each])
            for each in LANGUAGES
            if each in matrix.documents
        ],
        corrected=matrix.corrected,
        removed=matrix.removed,
        effects=[EffectName(id=each.id, label=each.label(lang)) for each in effects().values()],
        means=[MeansCount(means=name, count=count) for name, count in matrix.means],
        cells=[_cell(cell, sentences) for cell in matrix.cells],
        caveats=[TableCaveat(code=each.code, message=getattr(each, lang)) for each in caveats(matrix)],
        left_out=matrix.left_out,
    )


def _cell(cell: Cell, most: int) -> EffectCell:
    shown = [_sentence(found) for found in cell.findings[:most]]
    return EffectCell(
        means=cell.means, effect=cell.effect, count=cell.count, sentences=shown, more=max(0, len(cell.findings) - most)
    )


def _sentence(found: Finding) -> EffectSentence:
    return EffectSentence(**{name: getattr(found, name) for name in EffectSentence.__struct_fields__})
