"""Many changes in few requests: cut by count and by bytes, sent again where the cluster was busy, an outcome for each."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from elasticsearch import Elasticsearch, helpers

from search.engine.elastic.client import translated
from search.engine.errors import EngineUnavailable

MOST_ACTIONS = 500
MOST_BYTES = 5 * 1024 * 1024

_RETRIES = 5
_BUSY = frozenset({429, 502, 503, 504})
_BLOCKED = "cluster_block_exception"
_BLOCK_STEP_S = 0.2
_BLOCK_STEPS = 300  # a promotion blocks writes for its last, short replay

Action: TypeAlias = dict[str, Any]


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
        answers = helpers.streaming_bulk(
            client,
            actions,
            chunk_size=MOST_ACTIONS,
            max_chunk_bytes=MOST_BYTES,
            max_retries=_RETRIES,
            initial_backoff=0.2,
            max_backoff=5,
            retry_on_status=_BUSY,
            raise_on_error=False,
            require_alias=through_alias,  # a missing alias is an error, not a new index of that name
        )
        found = [_outcome(next(iter(answer.values()))) for _, answer in answers]
    busy = next((outcome for outcome in found if outcome.status in _BUSY), None)
    if busy:
        raise EngineUnavailable(f"Elasticsearch is too busy to write: {busy.reason}")
    return found


def _outcome(item: Mapping[str, Any]) -> Outcome:
    error = item.get("error") or {}
    reason = f"{error.get('type')}: {error.get('reason')}" if error else ""
    caused = (error.get("caused_by") or {}).get("reason")
    return Outcome(int(item["status"]), str(item.get("result", "")), f"{reason} ({caused})" if caused else reason)
