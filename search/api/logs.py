"""The log: one JSON object a line, to standard error, for a request as for everything else.

JSON escapes line feeds and control characters, so nothing that a caller sends can begin a line of its own; long texts are
cut.  Never here: a query, a token, an address of a person, the path of a document read.
"""

import logging
import sys
from datetime import UTC, datetime
from typing import IO, Any

import orjson

CUT = 200
"""The characters kept of a text that a caller chose."""


def line(stream: IO[str], **fields: Any) -> None:
    """Writes `fields` as one line with the instant first; one call of `write`, so lines of threads don't mix."""
    stream.write(orjson.dumps({"time": datetime.now(UTC)} | fields, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE).decode())


def cut(text: str) -> str:
    """At most `CUT` characters of `text`, without lone surrogates."""
    return text[:CUT].encode("utf-8", "replace").decode()


class JsonLines(logging.Formatter):
    """The lines of Python's own logging (the server's, a library's) in the same form."""

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": cut(record.getMessage()),
        }
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return orjson.dumps(fields, option=orjson.OPT_UTC_Z).decode()


def configure(level: str = "INFO") -> None:
    """Python's logging writes JSON lines to standard error; the server's own access log is ours (`search.api.middleware`)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("uvicorn.access").disabled = True
