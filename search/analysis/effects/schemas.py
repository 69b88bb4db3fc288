"""What questions about effects, and corrections, take in and give out over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from pydantic_core import PydanticCustomError

from auth.http.body import StrictModel
from auth.http.lang import Language
from search.analysis.effects.service import DOCUMENTS, MOST
from search.analysis.effects.store import Correction
from search.analysis.effects.words import effects
from search.find.question import Question
from search.find.schemas import Filters, Meant, Narrowing, narrowed


def _known(name: str) -> str:
    if name not in effects():
        raise PydanticCustomError("effect", "one of {names}", {"names": ", ".join(effects())})
    return name


EffectId = Annotated[str, StringConstraints(max_length=20), AfterValidator(_known)]
MeansText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class Read(Meant):
    """How much is read and shown: what both forms of the question share."""

    size: int = Field(20, ge=1, le=200, description="Means that are shown, the most frequent ones.")
    documents: int = Field(DOCUMENTS, ge=1, le=MOST, description="Documents with a text that are read at most.")


class EffectsBody(Read):
    """A question about effects as a JSON body."""

    query: str = Field(description="The query; `*` is every document.", examples=["title:电池"])
    filters: Filters = Field(default_factory=Filters)
    sentences: int = Field(5, ge=0, le=100, description="Sentences of a cell.")

    def question(self) -> Question:
        """Which documents."""
        return self.meant(self.query, self.filters.trees())


class EffectsParams(Read):
    """A question about effects as an address; `filter` is as a search's."""

    q: str = Field(description="The query; `*` is every document.", max_length=100_000)
    filter: Narrowing = Field(default_factory=list)

    def question(self) -> Question:
        """Which documents."""
        return self.meant(self.q, narrowed(self.filter).trees())

    def pairs(self) -> list[tuple[str, str]]:
        """The address that asks the same, without what any address asks."""
        kept = self.model_dump(include={"q", "filter", *Read.model_fields}, exclude_defaults=True)
        told = [(name, each) for name, value in kept.items() for each in (value if isinstance(value, list) else [value])]
        return [(name, str(value).lower() if isinstance(value, bool) else str(value)) for name, value in told]


class ChartParams(EffectsParams):
    """The address of the chart."""

    lang: Language = Field("zh", description="Language of the words in it, and of the texts that are read.")
    box: Literal["small", "large"] = Field("large", description="`small`: 340 wide, the first keys alone; `large`: 700 wide.")


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
