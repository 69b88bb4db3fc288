"""What the forms of collections send. Every field but the token may be missing: a browser leaves out what was not filled."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, TypeVar

from pydantic import Field, StringConstraints

from auth.access.current import CSRF_FIELD
from auth.http.body import StrictModel
from search.saved.collections.model import Chain

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4_000)]
Query = Annotated[str, StringConstraints(strip_whitespace=True, max_length=8_000)]
Lines = Annotated[str, StringConstraints(max_length=1_000_000)]
Presets = Literal["", "integrated_circuits", "aerospace", "automobiles", "green_petrochemicals", "light_industry"]


def one_a_line(lines: str) -> list[str]:
    """The numbers of a text, one a line, blanks in a number kept."""
    return [line.strip() for line in lines.splitlines() if line.strip()]


class Form(StrictModel):
    """Carries the page's token; `back` is the rest of the address of the page to return to."""

    token: Annotated[str, Field(alias=CSRF_FIELD)]
    back: Annotated[str, StringConstraints(max_length=8_000)] = ""


Filled = TypeVar("Filled", bound=Form)


def filled(kind: type[Filled], values: Mapping[str, str] = MappingProxyType({})) -> Filled:
    """A form as its page shows it first."""
    return kind.model_validate({CSRF_FIELD: "", **values})


class MakeForm(Form):
    """A collection to make."""

    name: Line = ""
    query: Query = ""
    preset: Presets = ""


class DocumentsForm(Form):
    """Something said of documents."""

    numbers: Lines = ""
    deed: Literal["in", "out", "left", "key", "not_key", "note", "branch_in", "branch_out"] = "note"
    note: Text = ""
    tags: Annotated[str, StringConstraints(max_length=1_000)] = ""
    branch: Annotated[str, StringConstraints(max_length=20)] = ""


class AddForm(Form):
    """A document for a collection."""

    collection: Annotated[str, StringConstraints(max_length=64)] = ""
    number: Annotated[str, StringConstraints(max_length=64)] = ""


class BranchForm(Form):
    """A branch as it is to be."""

    code: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9A-Za-z.-]{0,20}$")] = ""
    name: Line = ""
    parent: Annotated[str, StringConstraints(max_length=20)] = ""
    chain: Chain | Literal[""] = ""
    rule: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)] = ""
    query: Query = ""


class SampleForm(Form):
    """How many documents to draw."""

    size: Annotated[int, Field(ge=1, le=500)] = 50


class JudgeForm(Form):
    """A judged document."""

    number: Annotated[str, StringConstraints(max_length=64)] = ""
    value: Literal["yes", "no"]


class KnownForm(Form):
    """Numbers known to belong to a branch."""

    lines: Lines = ""


class SnapshotForm(Form):
    """A snapshot to take."""

    label: Line = ""


class StepForm(Form):
    """A deed to undo, or to do again."""

    undone: Literal["yes", "no"]


class SettingsForm(Form):
    """The collection as it is to be."""

    name: Line = ""
    query: Query = ""
    about: Text = ""
    columns: Annotated[str, StringConstraints(max_length=2_000)] = ""
    need: Text = ""
    scene: Text = ""
    plan: Text = ""
    result: Text = ""
    use: Text = ""
    filing: Line = ""


class SharingForm(Form):
    """Who sees it."""

    organisation: Literal["yes"] | None = None
    enterprise: Annotated[str, StringConstraints(max_length=64)] = ""


class RemoveForm(Form):
    """The collection, deleted; ticked, because it can't be undone."""

    sure: Literal["yes"] | None = None
