"""What questions about effects, and corrections, take in and give out over HTTP."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from auth.http.body import StrictModel
from search.analysis.effects.service import DOCUMENTS, MOST
from search.analysis.effects.store import Correction
from search.analysis.effects.words import effects
from search.find.question import Question
from search.find.schemas import Filters, Meant


def _known(name: str) -> str:
    if name not in effects():
        raise ValueError(f"one of {', '.join(effects())}")
    return name


EffectId = Annotated[str, StringConstraints(max_length=20), AfterValidator(_known)]
MeansText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class EffectsBody(Meant):
    """A question about effects."""

    query: str = Field(description="The query; `*` is every document.", examples=["title:电池"])
    filters: Filters = Field(default_factory=Filters)
    size: int = Field(20, ge=1, le=200, description="Means that are shown, the most frequent ones.")
    documents: int = Field(DOCUMENTS, ge=1, le=MOST, description="Documents that are read at most.")
    sentences: int = Field(5, ge=0, le=100, description="Sentences of a cell.")

    def question(self) -> Question:
        return self.meant(self.query, self.filters.trees())


class CorrectionBody(StrictModel):
    """What an effect that was found in a sentence really is."""

    number: str = Field(min_length=1, max_length=24, description="The document.", examples=["CN110330865B"])
    sentence: str = Field(pattern=r"^[0-9a-f]{16}$", description="As the table names it.")
    found: EffectId = Field(description="The effect as it was found.")
    effect: EffectId | None = Field(None, description="The effect that it is; null: none at all.")
    means: MeansText | None = Field(None, description="The means that it comes by; null: the one found.")


class CorrectionView(BaseModel):
    """A correction that stands."""

    id: str
    number: str
    sentence: str
    found: str
    effect: str | None
    means: str | None
    corrected_at: datetime


class CorrectionList(BaseModel):
    """The caller's corrections, the earliest first."""

    items: list[CorrectionView]


def correction_view(made: Correction) -> CorrectionView:
    return CorrectionView.model_validate(made, from_attributes=True)
