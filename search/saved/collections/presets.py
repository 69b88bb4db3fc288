"""Industry chains to begin a collection with (`presets.toml`)."""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from auth.access.model import Identity
from search.query import parse
from search.query.render import render
from search.query.tree import either
from search.saved.collections.model import Branch, Chain, Collection
from search.saved.collections.service import Collections, Wanted


@dataclass(frozen=True, slots=True)
class Part:
    """A branch of a preset, named in both languages; its place above is in its code: ``1.2`` stands below ``1``."""

    code: str
    zh: str
    en: str
    chain: Chain
    query: str


@dataclass(frozen=True, slots=True)
class Preset:
    """An industry chain; its query is what any of its branches asks."""

    id: str
    zh: str
    en: str
    parts: tuple[Part, ...]

    @property
    def query(self) -> str:
        return render(either(*(parse(part.query, "native").tree for part in self.parts if part.query)))

    def branches(self, lang: str) -> list[Branch]:
        """As branches of a collection, named in one language."""
        return [
            Branch(
                code=part.code,
                parent=part.code.rpartition(".")[0] or None,
                place=place,
                name=getattr(part, lang),
                chain=part.chain,
                canonical=parse(part.query, "native").canonical if part.query else None,
            )
            for place, part in enumerate(self.parts, 1)
        ]


def made(collections: Collections, caller: Identity, wanted: Wanted, preset: str | None, lang: str) -> Collection:
    """A collection as wanted, with the query, where it has none, and the branches of a preset."""
    if preset is None:
        return collections.add(caller, wanted)
    chain = presets()[preset]
    if not wanted.query.strip():
        wanted = replace(wanted, query=chain.query, dialect="native")
    return collections.add(caller, wanted, branches=chain.branches(lang))


@cache
def presets() -> dict[str, Preset]:
    """By id, read when they are first asked for."""
    table = tomllib.loads((Path(__file__).parent / "presets.toml").read_text("utf-8"))
    return {
        key: Preset(key, each["zh"], each["en"], tuple(Part(*part) for part in each["branches"])) for key, each in table.items()
    }
