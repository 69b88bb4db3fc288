"""`ElasticIndex`: the whole port over Elasticsearch; many may write at once."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from search.engine import layout
from search.engine.elastic import writer
from search.engine.elastic.bounds import Bounds
from search.engine.elastic.bulk import Outcome, action, send
from search.engine.elastic.checker import CHARACTERS
from search.engine.elastic.client import translated
from search.engine.elastic.generations import Generations
from search.engine.elastic.intervals import Clause
from search.engine.elastic.mapping import DOCUMENT
from search.engine.elastic.reader import PAGE, ElasticReader
from search.engine.errors import EngineError
from search.engine.model import WriteReport
from search.engine.port import Generation, Merge, Ordinals
from search.engine.settings import EngineSettings
from search.patent.model import Patent, decode


class ElasticGeneration:
    """An index being built beside the serving one."""

    def __init__(self, name: str, inner: writer.Writer) -> None:
        self.name = name
        self._writer = inner

    def write(self, batch: Sequence[Patent]) -> WriteReport:
        return self._writer.write(batch, merge=lambda _held, new: new)


class ElasticIndex(ElasticReader):
    """Opens with a first generation behind the alias where there was none."""

    def __init__(
        self,
        settings: EngineSettings,
        *,
        ordinals: Ordinals,
        shards: int = 1,
        characters: int = CHARACTERS,
        bounds: Bounds = Bounds(),  # noqa: B008 - frozen
    ) -> None:
        super().__init__(settings, ordinals=ordinals, characters=characters, bounds=bounds)
        self._numbers = ordinals
        self._generations = Generations(self._client, self.alias, shards=shards)
        self._generations.ensure()
        self._writer = writer.Writer(self._client, self.alias, ordinals)

    def write(self, batch: Sequence[Patent], *, merge: Merge) -> WriteReport:
        self._check_layout()
        return self._writer.write(batch, merge=merge)

    def delete(self, numbers: Sequence[str]) -> int:
        held = writer.held_numbers(self._client, self.alias, numbers)
        if not held:
            return 0
        self._generations.has_deletions(make=True)
        deletions = self._generations.deletions
        notes = [
            action("index", deletions, number, {layout.ORDINAL: ordinal})
            for number, ordinal in zip(held, self._numbers.take(len(held)), strict=True)
        ]  # noted first: a note without its deletion does no harm when it is replayed
        _all_stored(send(self._client, notes, through_alias=False))
        gone = send(self._client, [action("delete", self.alias, number) for number in held], through_alias=True)
        _all_stored(gone)
        return sum(outcome.result == "deleted" for outcome in gone)

    def flush(self) -> None:
        with translated():
            self._client.indices.refresh(index=self.alias)

    def build(self) -> Generation:
        return self._built(self._generations.create(since=self._numbers.floor()))

    def park(self, generation: Generation) -> None:
        self._generations.park(generation.name)

    def parked(self) -> Generation | None:
        name = self._generations.parked()
        return self._built(name) if name else None

    def promote(self, generation: Generation) -> None:
        serving = self._generations.serving()
        if generation.name == serving:
            return
        since = self._generations.meta(generation.name)["since"]
        self._swap(serving, generation.name, since=since, previous=serving)
        self._generations.drop_others(serving, generation.name)

    def roll_back(self) -> None:
        serving = self._generations.serving()
        meta = self._generations.meta(serving)
        previous = meta.get("previous")
        if previous is None:
            raise EngineError("没有更早的一代可以退回。 There is no generation before the serving one.")
        self._generations.meta(previous)
        self._generations.unblock(previous)
        self._swap(serving, previous, since=meta["since"])

    def _built(self, name: str) -> ElasticGeneration:
        return ElasticGeneration(name, writer.Writer(self._client, name, self._numbers, origin=self.alias))

    def _swap(self, serving: str, following: str, *, since: int, previous: str | None = None) -> None:
        """Replays while writes go on, then the rest under a block, then swaps the alias; `previous` is noted in between."""
        mark = self._numbers.floor()
        self._replay(serving, following, since=since)
        with self._generations.blocked(serving):
            self._replay(serving, following, since=mark)
            if previous:
                self._generations.remember(following, previous=previous, since=self._numbers.floor())
            self._generations.serve(following, instead_of=serving)

    def _replay(self, source: str, target: str, *, since: int) -> None:
        """Brings what was written into or deleted from `source` at `since` or later into `target`."""
        for page in self._changes(source, since=since, fields=[layout.ORDINAL, DOCUMENT]):
            kept = [hit["_source"] for hit in page]
            actions = [writer.put(target, decode(found[DOCUMENT]), found[layout.ORDINAL]) for found in kept]
            _all_stored(send(self._client, actions, through_alias=False))
        if not self._generations.has_deletions():
            return
        for page in self._changes(self._generations.deletions, since=since, fields=[]):
            numbers = [hit["_id"] for hit in page]
            held = set(writer.held_numbers(self._client, source, numbers))
            dropped = [action("delete", target, number) for number in numbers if number not in held]
            _all_stored(send(self._client, dropped, through_alias=False))

    def _changes(self, index: str, *, since: int, fields: list[str]) -> Iterator[list[Mapping[str, Any]]]:
        """What stands in an index under `since` or a later ordinal, page by page."""
        with translated():
            self._client.indices.refresh(index=index)
        later: Clause = {"range": {layout.ORDINAL: {"gte": since}}}
        hits = self._walk(later, by=layout.ORDINAL, source=fields, index=index)
        while page := list(islice(hits, PAGE)):
            yield page


def _all_stored(outcomes: Sequence[Outcome]) -> None:
    """A replay or a note of a deletion leaves nothing out. What is to be deleted may be gone already."""
    for outcome in outcomes:
        if not outcome.stored and outcome.result != "not_found":
            raise EngineError(f"Elasticsearch refused a record: {outcome.reason}")
