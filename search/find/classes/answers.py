"""What a look at classes answers: shapes that are written as JSON, and from which OpenAPI is described."""

from typing import Annotated

from msgspec import Meta, Struct


class ClassCount(Struct, omit_defaults=True, kw_only=True, frozen=True):
    """A class with its documents."""

    symbol: Annotated[str, Meta(examples=["A01B 1/02"])]
    titles: Annotated[dict[str, str], Meta(description="By language, where a scheme is loaded.")] = {}
    count: Annotated[int | None, Meta(description="Documents, exactly those that `query` finds.")] = None
    query: Annotated[str | None, Meta(description="Finds them.", examples=["ipc:A01B1/02"])] = None


class Step(Struct, omit_defaults=True, kw_only=True, frozen=True):
    """A class above the one asked for."""

    symbol: str
    titles: dict[str, str] = {}


class Move(Struct, omit_defaults=True, kw_only=True, frozen=True):
    """A reclassification."""

    old: Annotated[str, Meta(examples=["H01L 27/14"])]
    new: Annotated[str, Meta(examples=["H10F 39/10"])]
    kind: str | None = None
    date: str | None = None


class ClassView(Struct, omit_defaults=True, kw_only=True, frozen=True):
    """A class of a scheme, or without a symbol the scheme's sections; with words, the classes that have them in their titles."""

    scheme: str
    symbol: str | None = None
    titles: dict[str, str] = {}
    notes: Annotated[dict[str, str], Meta(description="The scheme's own, by language.")] = {}
    path: Annotated[list[Step], Meta(description="From the root to the class above.")] = []
    count: Annotated[int | None, Meta(description="Documents, exactly those that `query` finds.")] = None
    query: str | None = None
    remarks: Annotated[list[str], Meta(description="What `query` finds besides the symbol itself, in the caller's language.")] = []
    moves: Annotated[list[Move], Meta(description="Reclassifications from and to it that are loaded.")] = []
    children: list[ClassCount] = []
    children_total: int = 0
    page: int = 1
    loaded: Annotated[bool, Meta(description="Whether any of the scheme is loaded; symbols are counted without it.")] = False
    levels: Annotated[bool, Meta(description="Whether the scheme has levels below the main group.")] = False
    holds: Annotated[
        list[ClassCount], Meta(description="The IPC classes that a field or an industry holds, a hundred at most.")
    ] = []
    found: Annotated[list[ClassCount], Meta(description="The classes that have the words asked for, the broadest first.")] = []
