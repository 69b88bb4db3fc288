"""`ElasticReader`: the half of the port that a running service uses."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from search.engine import layout, tabling
from search.engine.checking import FURTHER, Checking
from search.engine.elastic import facets, view, vocabulary
from search.engine.elastic.bounds import Bounds
from search.engine.elastic.checker import CHARACTERS, Checker
from search.engine.elastic.client import connect, translated
from search.engine.elastic.collapsing import firsts
from search.engine.elastic.compile import compiled, every, ranked
from search.engine.elastic.intervals import Clause
from search.engine.elastic.mapping import DOCUMENT, fingerprint
from search.engine.errors import EngineError, EngineUnavailable, IndexDamaged
from search.engine.model import Health, Hit, NumberKind, Question, Request, Results, Scanned, Sort, Table, Unit
from search.engine.plan import Bool, Plan
from search.engine.planner import plan
from search.engine.port import Ordinals
from search.engine.settings import EngineSettings
from search.engine.ties import STEP, ordered
from search.patent.model import decode, shown
from search.query.tree import All, Query

if TYPE_CHECKING:
    from search.engine.elastic.tables import Tables

Some = TypeVar("Some")

PAGE = 250
"""Documents of one step through many; a full text may be a megabyte."""

GROUPS = 10_000
"""Units counted by one question."""

QUESTIONS = 500
"""Counted by one question."""

KEYS = 5_000
"""Numbers or keys of one question; Elasticsearch takes 65,536 terms."""


class ElasticReader:
    """Asks the alias `elasticsearch_index`. Safe for many threads, as all that it keeps is."""

    def __init__(
        self,
        settings: EngineSettings,
        *,
        ordinals: Ordinals | None = None,
        characters: int = CHARACTERS,
        bounds: Bounds = Bounds(),  # noqa: B008 - frozen
    ) -> None:
        """`characters` bounds how much text a search reads to measure distances, `bounds` what tables are counted from."""
        self.alias = settings.elasticsearch_index
        self._client = connect(settings)
        self._ordinals = ordinals
        self._server_timeout = f"{round(settings.timeout_s * 900)}ms"  # the server gives up before the client does
        self._layout_checked = False
        self._characters = characters
        self._checker = Checker()
        self._bounds = bounds

    def search(self, request: Request) -> Results:
        self._check_layout()
        narrowed = {name: plan(query) for name, query in request.filters.items()}
        early = tuple(found for name, found in narrowed.items() if name not in request.facets)
        late = {name: compiled(found) for name, found in narrowed.items() if name in request.facets}
        held = None if request.after is None else view.read(request.after) if request.after else view.View(self._open_view())
        checking = self._checking(held.pit if held else None)
        asked = Bool(must=(checking.plan(plan(request.query), early),), filters=early)
        body: dict[str, Any] = {
            "query": ranked(asked) if request.sort.by == "relevance" else compiled(asked),
            "size": request.size,
            "sort": _sort(request.sort),
            "aggs": facets.asked(request.facets, size=request.facet_size, filters=late) or None,
            "post_filter": every(tuple(late.values())) if late else None,
        }
        if held is None:
            if request.collapse in layout.UNITS:
                body["collapse"] = {"field": layout.UNITS[request.collapse]}
            answer = self._ask(asked, index=self.alias, from_=request.offset, source=[DOCUMENT], **body)
            counts = {unit: self._units(every((body["query"], *late.values())), unit) for unit in request.counted}
            return _results(request, answer, _documents(answer), checked=checking.checked, units=counts)
        pit = {"id": held.pit, "keep_alive": view.KEEP_ALIVE}
        ask = partial(self._ask, asked, pit=pit, continued=bool(request.after))
        units: dict[Unit, int] = {}
        if request.collapse in layout.UNITS:
            counted = held.units or self._units(every((body["query"], *late.values())), request.collapse, within=held.pit)
            held, units = view.View(held.pit, held.keys, held.seen, counted), {request.collapse: counted}
            answer = firsts(ask, body, layout.UNITS[request.collapse], keys=held.keys, size=request.size)
        else:
            answer = ask(search_after=held.keys or None, source=False, **body)
        documents = self.get([hit["_id"] for hit in answer["hits"]["hits"]])  # as they are now, not as they were then
        after = self._next(held, answer)
        return _results(request, answer, documents, after=after, checked=checking.checked, units=units)

    def brief(self, request: Request) -> bool:
        return False

    def count(self, query: Query) -> int:
        self._check_layout()
        asked = self._checking(further=FURTHER).whole(plan(query))
        answer = self._ask(asked, query=compiled(asked), index=self.alias, size=0)
        return int(answer["hits"]["total"]["value"])

    def counts(self, queries: Sequence[Query]) -> list[int]:
        self._check_layout()
        found: list[int] = []
        for some in chunks(queries, QUESTIONS):
            asked = Bool(should=tuple(self._checking(further=FURTHER).whole(plan(query)) for query in some))
            answer = self._ask(asked, index=self.alias, **vocabulary.each([compiled(one) for one in asked.should]))
            found += (int(bucket["doc_count"]) for bucket in answer["aggregations"]["each"]["buckets"])
        return found

    def aggregate(
        self, query: Query, questions: Sequence[Question], *, filters: Mapping[str, Query] = MappingProxyType({})
    ) -> list[Table]:
        tabling.check(questions)
        self._check_layout()
        pit = self._open_view()
        try:
            checking = self._checking(pit, further=FURTHER)
            asked = checking.whole(Bool(must=(plan(query),), filters=tuple(map(plan, filters.values()))))
            withins = [checking.whole(plan(each.within), (asked,)) if each.within else None for each in questions]
            held = {"id": pit, "keep_alive": view.KEEP_ALIVE}

            def ask(some: Plan, **body: Any) -> Mapping[str, Any]:
                answer = self._ask(some, query=compiled(some), pit=held, **body)
                held["id"] = answer["pit_id"]
                return answer

            return self._tables.count(ask, asked, questions, withins)
        finally:
            with suppress(EngineError):
                self._close_view(pit)

    def suggest(self, prefix: str, field: str, *, size: int = 10) -> list[tuple[str, int]]:
        self._check_layout()
        answer = self._ask(index=self.alias, **vocabulary.beginning(layout.SUGGESTED[field], prefix, size))
        return [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer["aggregations"]["values"]["buckets"]]

    def get(self, numbers: Sequence[str]) -> list[bytes | None]:
        held: dict[str, bytes] = {}
        for some in chunks([number for number in dict.fromkeys(numbers) if number], PAGE):
            with translated():
                answer = self._client.mget(index=self.alias, ids=some, source=[DOCUMENT])
            held |= {found["_id"]: found["_source"][DOCUMENT].encode() for found in found_documents(answer)}
        return [held.get(number) for number in numbers]

    def resolve(self, keys: Sequence[str], *, of: NumberKind = "publication") -> list[str]:
        found: set[str] = set()
        for some in chunks(list(dict.fromkeys(keys)), KEYS):
            held: Clause = {"terms": {layout.NUMBERS[of]: some}}
            found.update(hit["_id"] for hit in self._walk({"bool": {"filter": [held]}}, by="number", source=[]))
        return sorted(found)

    def near_numbers(self, prefix: str, *, size: int = 5) -> list[str]:
        starts: Clause = {"bool": {"filter": [{"prefix": {"number": {"value": prefix}}}]}}
        answer = self._ask(index=self.alias, query=starts, sort=[{"number": "asc"}], size=size, source=False)
        return [hit["_id"] for hit in answer["hits"]["hits"]]

    def scan(self, query: Query, *, after: int = 0) -> Iterator[Scanned]:
        if query != All():
            self._check_layout()
        bounds = {"gt": after}
        if self._ordinals is not None:  # read before the view is made: all below is found by it
            bounds["lt"] = self._ordinals.floor()
        wanted = self._checking(further=FURTHER).whole(plan(query))
        asked = {"bool": {"filter": [compiled(wanted), {"range": {layout.ORDINAL: bounds}}]}}
        for hit in self._walk(asked, by=layout.ORDINAL, source=[layout.ORDINAL, DOCUMENT]):
            yield Scanned(hit["_source"][layout.ORDINAL], decode(hit["_source"][DOCUMENT]))

    def health(self) -> Health:
        try:
            self._check_layout()  # first: the health of an index that is not there is waited for
            documents = self.count(All())
            with translated():
                cluster = self._client.cluster.health(index=self.alias)
        except EngineError as error:
            return Health(ready=False, documents=0, detail=str(error))
        ready = cluster["status"] in ("yellow", "green")
        return Health(ready=ready, documents=documents, detail=f"Elasticsearch {cluster['cluster_name']}: {cluster['status']}")

    def close(self) -> None:
        self._client.close()
        if "_tables" in vars(self):
            self._tables.close()

    @cached_property
    def _tables(self) -> "Tables":
        from search.engine.elastic.tables import Tables  # noqa: PLC0415 - numpy takes 100 ms that a start does not need

        return Tables(self._bounds)

    def _ask(self, asked: Plan | None = None, *, continued: bool = False, **body: Any) -> Mapping[str, Any]:
        """One search whose answer is whole or not given: exact total, no shard missing, not cut short."""
        given = {name: value for name, value in body.items() if value is not None}
        with translated(asked, continued=continued):
            answer = self._client.search(
                **given,
                track_total_hits=True,
                allow_partial_search_results=False,
                search_type="dfs_query_then_fetch",  # shards score by the words of all; one shard skips the extra round
                timeout=self._server_timeout,
            )
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise EngineUnavailable("Elasticsearch did not finish the question in time")
        found: Mapping[str, Any] = answer.body
        return found

    def _units(self, query: Clause, unit: Unit, *, within: str | None = None) -> int:
        """How many units the matches are of, in the view `within` or one of its own: page by page, for Elasticsearch's own count of
        values is an estimate."""
        found, pit, after = 0, within or self._open_view(), None
        sources = [{"unit": {"terms": {"field": layout.UNITS[unit]}}}]
        try:
            while True:
                page: dict[str, Any] = {"size": GROUPS, "sources": sources} | ({"after": after} if after else {})
                held = {"id": pit, "keep_alive": view.KEEP_ALIVE}
                answer = self._ask(query=query, pit=held, size=0, aggs={"units": {"composite": page}})
                pit, values = answer["pit_id"], answer["aggregations"]["units"]
                found, after = found + len(values["buckets"]), values.get("after_key")
                if len(values["buckets"]) < GROUPS:
                    return found
        finally:
            if within is None:
                with suppress(EngineError):
                    self._close_view(pit)

    def _checking(self, pit: str | None = None, *, further: int = 1) -> Checking:
        """Of distances that Elasticsearch can't be asked for, in the view `pit` or as things are now; `further` times as many
        characters as a page may have are read."""
        candidates, most = partial(self._candidates, pit=pit), further * self._characters
        return Checking(partial(self._checker.check, candidates=candidates, pit=pit, most=most))

    def _candidates(self, query: Clause, *, pit: str | None) -> tuple[int, Iterator[Mapping[str, Any]]]:
        view_of = {"pit": {"id": pit, "keep_alive": view.KEEP_ALIVE}} if pit else {"index": self.alias}
        total = int(self._ask(query=query, size=0, continued=pit is not None, **view_of)["hits"]["total"]["value"])
        if not total:
            return 0, iter(())
        return total, self._walk(query, by=layout.ORDINAL, order="desc", source=[layout.ORDINAL, DOCUMENT], pit=pit)

    def _walk(
        self, query: Clause, *, by: str, source: list[str], order: str = "asc", index: str | None = None, pit: str | None = None
    ) -> Iterator[Mapping[str, Any]]:
        """Every match in the order of the unique column `by`, in the view `pit` or one of its own."""
        own, keys = pit is None, None
        pit = pit or self._open_view(index)
        try:
            while True:
                held = {"id": pit, "keep_alive": view.KEEP_ALIVE}
                answer = self._ask(query=query, pit=held, search_after=keys, sort=[{by: order}], size=PAGE, source=source or False)
                pit, hits = answer["pit_id"], answer["hits"]["hits"]
                yield from hits
                if len(hits) < PAGE:
                    return
                keys = hits[-1]["sort"]
        finally:
            if own:
                with suppress(EngineError):  # the view ends by itself; what went wrong before is what counts
                    self._close_view(pit)

    def _open_view(self, index: str | None = None) -> str:
        with translated():
            return str(self._client.open_point_in_time(index=index or self.alias, keep_alive=view.KEEP_ALIVE)["id"])

    def _close_view(self, pit: str) -> None:
        with translated():
            self._client.close_point_in_time(id=pit)

    def _next(self, held: view.View, answer: Mapping[str, Any]) -> str | None:
        """The cursor after this page; at the end the view is given back at once."""
        hits = answer["hits"]["hits"]
        seen = held.seen + len(hits)
        if seen >= (held.units or answer["hits"]["total"]["value"]):
            self._close_view(answer["pit_id"])
            return None
        return view.text(view.View(answer["pit_id"], hits[-1]["sort"] if hits else held.keys, seen, held.units))

    def _check_layout(self) -> None:
        """Refuses a generation whose columns are not those that this version asks; checked until it is right."""
        if self._layout_checked:
            return
        with translated():
            mappings = self._client.indices.get_mapping(index=self.alias).body
        for name, found in mappings.items():
            if found["mappings"].get("_meta", {}).get("layout") != fingerprint():
                raise IndexDamaged(
                    f"索引 {name} 属于另一版本，请运行 patentry rebuild。 {name} is of another version: run `patentry rebuild`."
                )
        self._layout_checked = True


def chunks(values: Sequence[Some], size: int) -> Iterator[list[Some]]:
    """`values` in lists of at most `size`."""
    for start in range(0, len(values), size):
        yield list(values[start : start + size])


def found_documents(answer: Any) -> list[Mapping[str, Any]]:
    """The documents that a multi-get found; an error in it (a shard away) is no absence."""
    for document in answer["docs"]:
        if "error" in document:
            raise EngineUnavailable(f"Elasticsearch could not read {document['_id']}: {document['error'].get('reason')}")
    return [document for document in answer["docs"] if document["found"]]


def _sort(sort: Sort) -> list[dict[str, Any]]:
    direction = "desc" if sort.descending else "asc"
    if sort.by == "number":
        return [{"number": direction}]
    if sort.by == "relevance":
        return [{"_score": "desc"}, {"number": "asc"}]
    return [{sort.by: {"order": direction, "missing": "_last"}}, {"number": "asc"}]


def _score(hit: Mapping[str, Any]) -> float:
    """The score as it counts in the order; the answer's decimals are a float32's, shortened."""
    return 0.0 if hit["_score"] is None else ordered(hit["_score"] - STEP)


def _documents(answer: Mapping[str, Any]) -> list[bytes | None]:
    return [hit["_source"][DOCUMENT].encode() for hit in answer["hits"]["hits"]]


def _results(
    request: Request,
    answer: Mapping[str, Any],
    documents: Sequence[bytes | None],
    *,
    after: str | None = None,
    checked: tuple[int, int] | None,
    units: Mapping[Unit, int] = MappingProxyType({}),
) -> Results:
    if not request.whole:
        documents = [document and shown(document) for document in documents]
    hits = zip(answer["hits"]["hits"], documents, strict=True)
    counted = facets.answered(request.facets, answer["aggregations"]) if request.facets else {}
    found = tuple(Hit(hit["_id"], _score(hit), document) for hit, document in hits)
    return Results(int(answer["hits"]["total"]["value"]), found, counted, after, checked, units)
