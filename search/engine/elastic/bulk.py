"""Many changes in few requests: cut by count and by bytes, sent again where the cluster was busy, an outcome for each.

An action is written as the lines that are sent the moment it is made, and its bytes go as they are from there on.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import orjson
from elasticsearch import ApiError, Elasticsearch

from search.engine.elastic.client import translated
from search.engine.errors import EngineUnavailable

MOST_ACTIONS = 500
MOST_BYTES = 5 * 1024 * 1024

_PAUSES_S = (0.2, 0.4, 0.8, 1.6, 3.2)
_BUSY = frozenset({429, 502, 503, 504})
_BLOCKED = "cluster_block_exception"
_BLOCK_STEP_S = 0.2
_BLOCK_STEPS = 300  # a promotion blocks writes for its last, short replay
_TOLD = ("items.*.status", "items.*.result", "items.*.error")

Action: TypeAlias = bytes
"""The line that says what to do and, but for a deletion, the line of the document; both with their line feed."""


def action(
    kind: Literal["index", "create", "delete"], index: str, number: str, source: Mapping[str, Any] | None = None, **guard: int
) -> Action:
    """Stores `source` under `number`, or deletes it; `guard` are the stamps that it must still have."""
    line = orjson.dumps({kind: {"_index": index, "_id": number, **guard}}) + b"\n"
    return line if source is None else line + orjson.dumps(source, option=orjson.OPT_APPEND_NEWLINE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an action: HTTP `status`, `result` (created, updated, deleted, not_found) or the error's `reason`."""

    status: int
    result: str
    reason: str

    @property
    def stored(self) -> bool:
        return self.status < 300

    @property
    def conflict(self) -> bool:
        """Somebody else changed the document in between."""
        return self.status == 409


def send(client: Elasticsearch, actions: Sequence[Action], *, through_alias: bool) -> list[Outcome]:
    """The outcome of each action, in order. Waits while a promotion blocks the index. Raises `EngineUnavailable` where the
    cluster does not take them; what it took is stored, and the same batch may be sent again."""
    outcomes: list[Outcome | None] = [None] * len(actions)
    waiting = list(range(len(actions)))
    for _ in range(_BLOCK_STEPS):
        answered = _once(client, [actions[place] for place in waiting], through_alias=through_alias)
        for place, outcome in zip(waiting, answered, strict=True):
            outcomes[place] = None if outcome.reason.startswith(_BLOCKED) else outcome
        waiting = [place for place in waiting if outcomes[place] is None]
        if not waiting:
            return [outcome for outcome in outcomes if outcome is not None]
        time.sleep(_BLOCK_STEP_S)
    raise EngineUnavailable("the index takes no writes: it is blocked")


def _once(client: Elasticsearch, actions: Sequence[Action], *, through_alias: bool) -> list[Outcome]:
    with translated():
        return [outcome for some in _cut(actions) for outcome in _patiently(client, some, through_alias=through_alias)]


def _cut(actions: Sequence[Action]) -> Iterator[Sequence[Action]]:
    """The actions of each request: an action above `MOST_BYTES` goes alone."""
    start, size = 0, 0
    for place, lines in enumerate(actions):
        if place > start and (place - start == MOST_ACTIONS or size + len(lines) > MOST_BYTES):
            yield actions[start:place]
            start, size = place, 0
        size += len(lines)
    if actions:
        yield actions[start:]


def _patiently(client: Elasticsearch, actions: Sequence[Action], *, through_alias: bool) -> list[Outcome]:
    """One request, and what the cluster was too busy for again after each pause; raises `EngineUnavailable` after the last."""
    outcomes = _request(client, actions, through_alias=through_alias)
    for pause in _PAUSES_S:
        waiting = [place for place, outcome in enumerate(outcomes) if outcome.status in _BUSY]
        if not waiting:
            return outcomes
        time.sleep(pause)
        again = _request(client, [actions[place] for place in waiting], through_alias=through_alias)
        for place, outcome in zip(waiting, again, strict=True):
            outcomes[place] = outcome
    busy = next((outcome for outcome in outcomes if outcome.status in _BUSY), None)
    if busy:
        raise EngineUnavailable(f"Elasticsearch is too busy to write: {busy.reason}")
    return outcomes


def _request(client: Elasticsearch, actions: Sequence[Action], *, through_alias: bool) -> list[Outcome]:
    try:
        answer = client.bulk(
            operations=b"".join(actions),  # type: ignore[arg-type]  # bytes go through: see `client.connect`
            require_alias=through_alias,  # a missing alias is an error, not a new index of that name
            filter_path=_TOLD,
        )
    except ApiError as error:
        if error.status_code not in _BUSY:
            raise
        return [Outcome(error.status_code, "", str(error))] * len(actions)
    return [_outcome(item) for told in answer.body["items"] for item in told.values()]


def _outcome(item: Mapping[str, Any]) -> Outcome:
    error = item.get("error")
    if not error:
        return Outcome(item["status"], item["result"], "")
    reason = f"{error.get('type')}: {error.get('reason')}"
    caused = (error.get("caused_by") or {}).get("reason")
    return Outcome(item["status"], "", f"{reason} ({caused})" if caused else reason)
