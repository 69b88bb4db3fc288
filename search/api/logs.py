"""The log: one JSON object a line, to standard error, for a request as for everything else.

JSON escapes control characters, and the line ends that it leaves (NEL, U+2028, U+2029) are escaped here, so nothing that a
caller sends can begin a line of its own; long texts are cut.  Never here: a query, a token, an e-mail address, the number of
a document read.
"""

import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import IO, Any

import orjson

CUT = 200
"""The characters kept of a text that a caller chose."""

_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def line(stream: IO[str], **fields: Any) -> None:
    """Writes `fields` as one line with the instant first; one call of `write`, so lines of threads don't mix."""
    stream.write(_json({"time": datetime.now(UTC)} | fields) + "\n")


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
        return _json(fields)


def configure(level: str = "INFO") -> None:
    """Python's logging writes JSON lines to standard error; the server's own access log is ours (`search.api.middleware`)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for library in ("alembic", "elastic_transport"):  # tell of every look at the schema, of every request to the engine
        logging.getLogger(library).setLevel(logging.WARNING)


def _json(fields: Mapping[str, Any]) -> str:
    text = orjson.dumps(fields, option=orjson.OPT_UTC_Z).decode()
    return text if text.isascii() else text.translate(_LINE_ENDS)
