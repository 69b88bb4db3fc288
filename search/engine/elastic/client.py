"""The connection, and the one place where Elasticsearch's errors become the port's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from elastic_transport import ConnectionError, Urllib3HttpNode  # noqa: A004 - the library's own name
from elastic_transport.client_utils import url_to_node_config
from elasticsearch import ApiError, Elasticsearch, OrjsonSerializer, TransportError
from elasticsearch.serializer import NdjsonSerializer

from search.engine.elastic.compile import blamed
from search.engine.errors import CursorExpired, EngineError, EngineUnavailable, TooManyExpansions
from search.engine.plan import Everything, Plan
from search.engine.settings import EngineSettings

_CONNECTIONS = 80  # no fewer than threads of one process that ask at the same time: one without a connection waits for ever
_OVERLOADED = frozenset({408, 429, 502, 503, 504})
_REFUSED = frozenset({401, 403})
_NO_VIEW = frozenset({400, 404})
_TOO_MANY = ("expanded to too many terms", "too_many_clauses", "too_many_nested_clauses", "too_complex_to_determinize")


class _WholeAnswers(Urllib3HttpNode):
    """An answer that breaks off within its headers looks like an empty one; Elasticsearch gives none without a body."""

    def perform_request(self, method: str, *args: Any, **kwargs: Any) -> Any:
        answer = super().perform_request(method, *args, **kwargs)
        if method != "HEAD" and not answer.body:
            raise ConnectionError("the answer broke off")
        return answer


class _Lines(NdjsonSerializer):
    """Lines that are bytes already go as they are: the library would copy them twice."""

    def dumps(self, data: Any) -> bytes:
        return data if isinstance(data, bytes) else super().dumps(data)


def connect(settings: EngineSettings) -> Elasticsearch:
    """A client of the cluster at `elasticsearch_url`: one address or several with commas. It sends nothing yet."""
    addresses = (settings.elasticsearch_url or "").split(",")
    return Elasticsearch(
        [url_to_node_config(address.strip(), use_default_ports_for_scheme=True) for address in addresses],
        request_timeout=settings.timeout_s,
        serializers={OrjsonSerializer.mimetype: OrjsonSerializer(), _Lines.mimetype: _Lines()},
        node_class=_WholeAnswers,
        connections_per_node=_CONNECTIONS,
        max_retries=1,  # on another node, or the same again after a refused connection; never after a timeout
        retry_on_timeout=False,
        retry_on_status=(),
    )


@contextmanager
def translated(plan: Plan | None = None, *, continued: bool = False) -> Iterator[None]:
    """Lets only the port's errors out of the block; `plan` is the question that the block asks, `continued` says that it goes
    on with a caller's cursor, whose view may be gone or was never one."""
    try:
        yield
    except ApiError as error:
        raise _meaning(error, plan or Everything(), continued=continued) from error
    except TransportError as error:
        raise EngineUnavailable(f"Elasticsearch does not answer: {error}") from error


def _meaning(error: ApiError, plan: Plan, *, continued: bool) -> EngineError:
    reasons = _reasons(error.body)
    told = "; ".join(reasons) or str(error)
    if any(sign in told for sign in _TOO_MANY):
        return TooManyExpansions(blamed(plan, told))
    if "search_context_missing_exception" in told or (continued and error.status_code in _NO_VIEW):
        return CursorExpired("the view is no longer held")
    if "index_not_found_exception" in told:
        return EngineUnavailable("nothing has been loaded into this Elasticsearch yet: run `patentry load`")
    if "index_closed_exception" in told:
        return EngineUnavailable("the index is closed in Elasticsearch: open it")
    if error.status_code in _OVERLOADED:
        return EngineUnavailable(f"Elasticsearch is overloaded or lacks a shard: {told}")
    if error.status_code in _REFUSED:
        return EngineUnavailable(f"Elasticsearch refuses this service: {told}")
    return EngineError(f"Elasticsearch answered {error.status_code}: {told}")


def _reasons(body: object) -> list[str]:
    """``type: reason`` of an error and of everything that it names as its cause, the outermost first."""
    found: list[str] = []
    todo: list[object] = [body]
    while todo:
        match todo.pop():
            case {"type": str(kind), **rest}:
                found.append(f"{kind}: {rest.get('reason')}")
                todo.extend(rest.values())
            case dict(parts):
                todo.extend(parts.values())
            case list(items):
                todo.extend(items)
    return list(dict.fromkeys(found))
