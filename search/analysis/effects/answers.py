"""What a question about effects answers, in the caller's language."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from search.analysis.answers import TableCaveat
from search.analysis.effects.finding import Finding
from search.analysis.effects.service import PRECISION, RECALL, Cell, Matrix
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


class EffectsTable(Answered, frozen=True):
    """Means by effects."""

    population: Annotated[str, Meta(description="Native text of the documents.")]
    total: Annotated[int, Meta(description="Documents that match.")]
    looked_at: Annotated[int, Meta(description="Of these, how many were read.")]
    silent: Annotated[int, Meta(description="Of these, how many say no effect.")]
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
        effects=[EffectName(id=each.id, label=each.zh if lang == "zh" else each.en) for each in effects().values()],
        means=[MeansCount(means=name, count=count) for name, count in matrix.means],
        cells=[_cell(cell, sentences) for cell in matrix.cells],
        caveats=list(caveats(matrix, lang)),
        left_out=matrix.left_out,
    )


def _cell(cell: Cell, most: int) -> EffectCell:
    shown = [_sentence(found) for found in cell.findings[:most]]
    return EffectCell(
        means=cell.means, effect=cell.effect, count=cell.count, sentences=shown, more=max(0, len(cell.findings) - most)
    )


def _sentence(found: Finding) -> EffectSentence:
    return EffectSentence(**{name: getattr(found, name) for name in EffectSentence.__struct_fields__})


def caveats(matrix: Matrix, lang: str) -> Sequence[TableCaveat]:
    """What to know of the crossing, in the language."""
    said = [
        (
            "rules",
            f"由规则从摘要和权利要求的句子中找出；在 200 句人工标注的句子中，查准率 {PRECISION:.0%}，查全率 {RECALL:.0%}。",
            f"Found by rules in abstracts and claims: in 200 labelled sentences precision is {PRECISION:.0%}, recall {RECALL:.0%}.",
        )
    ]
    if matrix.looked_at < matrix.total:
        zh = f"只读了 {matrix.total} 件中先装载的 {matrix.looked_at} 件；请缩小检索式，或加大 documents。"
        en = f"Of {matrix.total} documents the first {matrix.looked_at} loaded were read: narrow the query or raise `documents`."
        said.append(("first_documents", zh, en))
    if not matrix.cells:
        said.append(("empty", "没有句子说到功效。", "No sentence says an effect."))
    return [TableCaveat(code=code, message=zh if lang == "zh" else en) for code, zh, en in said]
