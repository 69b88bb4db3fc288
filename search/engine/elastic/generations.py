"""Generations: indices ``{alias}-{time}-{random}`` of which the alias names one, and the swap from one to another.

A generation's `_meta` keeps `layout` (which version made it), `since` (the ordinal from which the generation before or beside
it may hold what it lacks), `previous` (the one that served before it) and `parked` (it is built and waits).  Deleted numbers
stand with the ordinal of their deletion in ``{alias}-deletions``.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from auth import clock
from search.engine import layout
from search.engine.elastic import mapping
from search.engine.elastic.client import translated
from search.engine.errors import IndexDamaged


class Generations:
    """The generations behind one alias. The caller holds the lock of whoever builds, promotes or rolls back."""

    def __init__(self, client: Elasticsearch, alias: str, *, shards: int) -> None:
        self._client = client
        self._alias = alias
        self._shards = shards
        self._form = re.compile(re.escape(alias) + r"-\d{14}-[0-9a-f]{8}")
        self.deletions = f"{alias}-deletions"

    def ensure(self) -> None:
        """A first, empty generation behind the alias, where there is none yet."""
        with translated():
            if not self._client.indices.exists_alias(name=self._alias):
                self._create(self._new_name(), self._body(0) | {"aliases": {self._alias: {"is_write_index": True}}})

    def has_deletions(self, *, make: bool = False) -> bool:
        """Whether the index of deletions is there; it is made at the first deletion."""
        with translated():
            if make and not self._client.indices.exists(index=self.deletions):
                self._create(self.deletions, _deletions())
            return bool(self._client.indices.exists(index=self.deletions))

    def create(self, *, since: int) -> str:
        """The name of a new, empty generation that nobody reads; one that waited goes."""
        waiting = self.parked()
        name = self._new_name()
        with translated():
            if waiting:
                self._client.indices.delete(index=waiting)
            self._client.indices.create(index=name, **self._body(since))
        return name

    def serving(self) -> str:
        """The generation that the alias names."""
        with translated():
            names = list(self._client.indices.get_alias(name=self._alias).body)
        if len(names) != 1:
            raise IndexDamaged(
                f"别名 {self._alias} 应指向一个索引，现指向 {names}。 The alias must name one index, it names {names}."
            )
        return str(names[0])

    def meta(self, name: str) -> dict[str, Any]:
        """What the generation says of itself; raises `IndexDamaged` where another version made it or it is gone."""
        with translated():
            if not self._client.indices.exists(index=name):
                raise IndexDamaged(f"索引 {name} 已不存在。 The index {name} is gone.")
            found: dict[str, Any] = self._client.indices.get_mapping(index=name)[name]["mappings"].get("_meta", {})
        if found.get("layout") != mapping.fingerprint():
            raise IndexDamaged(
                f"索引 {name} 属于另一版本，请用该版本操作。 {name} is of another version of patentry: use that one."
            )
        return found

    def park(self, name: str) -> None:
        """Notes that the generation is built and waits."""
        meta = self.meta(name) | {"parked": True}
        with translated():
            self._client.indices.put_mapping(index=name, meta=meta)

    def parked(self) -> str | None:
        """The generation that waits, if one does."""
        with translated():
            mappings = self._client.indices.get_mapping(index=f"{self._alias}-*").body
        names = [name for name, held in mappings.items() if held["mappings"].get("_meta", {}).get("parked")]
        return max(filter(self._form.fullmatch, names), default=None)

    def serve(self, name: str, *, instead_of: str) -> None:
        """The alias names `name` from now on: one atomic step."""
        add = {"index": name, "alias": self._alias, "is_write_index": True}
        with translated():
            self._client.indices.refresh(index=name)
            self._client.indices.update_aliases(actions=[{"remove": {"index": instead_of, "alias": self._alias}}, {"add": add}])

    def remember(self, name: str, *, previous: str, since: int) -> None:
        """Notes which generation served before `name`, and from which ordinal on it lacks what `name` gets."""
        with translated():
            meta = self._body(since)["mappings"]["_meta"] | {"previous": previous}
            self._client.indices.put_mapping(index=name, meta=meta)

    @contextmanager
    def blocked(self, name: str) -> Iterator[None]:
        """`name` takes no writes from now on, and those under way are done. It stays so, unless the block fails."""
        with translated():
            self._client.indices.add_block(index=name, block="write")
        try:
            yield
        except BaseException:
            self.unblock(name)
            raise

    def unblock(self, name: str) -> None:
        """`name` takes writes again."""
        with translated():
            self._client.indices.put_settings(index=name, settings={"index.blocks.write": None})

    def drop_others(self, *kept: str) -> None:
        """Deletes every generation of the alias but these."""
        with translated():
            names = self._client.indices.get(index=f"{self._alias}-*", features="settings").body
            for name in names:
                if self._form.fullmatch(name) and name not in kept:
                    self._client.indices.delete(index=name)

    def _new_name(self) -> str:
        return f"{self._alias}-{clock.now():%Y%m%d%H%M%S}-{secrets.token_hex(4)}"

    def _body(self, since: int) -> dict[str, Any]:
        made = mapping.body(shards=self._shards)
        made["mappings"]["_meta"]["since"] = since
        return made

    def _create(self, name: str, body: dict[str, Any]) -> None:
        """Creates an index unless somebody else was quicker: only one index of an alias may be its write index."""
        try:
            self._client.indices.create(index=name, **body)
        except ApiError as error:
            if error.error != "resource_already_exists_exception" and "more than one write index" not in str(error.body):
                raise


def _deletions() -> dict[str, Any]:
    properties = {layout.ORDINAL: {"type": "long"}}
    return {"settings": {"auto_expand_replicas": "0-1"}, "mappings": {"dynamic": "strict", "properties": properties}}
