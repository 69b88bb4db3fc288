"""Whether the process lives, whether it can serve, and what it has done; open to whoever can reach the port.

None tells a version, a path or an address: the reason of an outage stands in the log.
"""

import logging

import orjson
from fastapi import APIRouter, Response

from auth.database import Database, DatabaseUnavailable
from search.api import metrics
from search.engine.errors import EngineError
from search.engine.port import PatentReader

_log = logging.getLogger(__name__)


def router(reader: PatentReader, database: Database, requests: metrics.Requests) -> APIRouter:
    """The routes without a prefix."""
    routes = APIRouter(tags=["health"])

    @routes.get("/healthz", summary="The process answers")
    async def healthz() -> Response:
        return _json({"status": "ok"})

    @routes.get("/readyz", summary="Engine and database answer", responses={503: {"description": "One of them does not."}})
    def readyz() -> Response:
        parts = {"engine": _engine_ready(reader), "database": _database_ready(database)}
        ready = all(parts.values())
        return _json({"status": "ok" if ready else "unavailable", **parts}, 200 if ready else 503)

    @routes.get("/metrics", summary="Counts and times of this process, Prometheus text")
    def counted() -> Response:
        return Response(metrics.text(requests), media_type="text/plain; version=0.0.4; charset=utf-8")

    return routes


def _engine_ready(reader: PatentReader) -> bool:
    try:
        health = reader.health()
    except EngineError as error:
        _log.warning("engine: %s", error)
        return False
    if not health.ready:
        _log.warning("engine: %s", health.detail)
    return health.ready


def _database_ready(database: Database) -> bool:
    try:
        with database.read() as connection:
            connection.exec_driver_sql("SELECT 1")
    except DatabaseUnavailable as error:
        _log.warning("database: %s", error.__cause__)
        return False
    return True


def _json(value: object, status: int = 200) -> Response:
    return Response(
        orjson.dumps(value), status, media_type="application/json", headers={"Retry-After": "5"} if status == 503 else None
    )
