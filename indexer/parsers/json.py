"""JSON lines of other people read into a declared shape in one pass; what doesn't fit is refused with its place."""

from typing import TypeVar

import msgspec

from indexer.model import ParseError

T = TypeVar("T")


def decode(decoder: msgspec.json.Decoder[T], data: bytes) -> T:
    """The value of one line; raises `ParseError` for bytes that are no JSON, for another shape and for deep nesting."""
    try:
        return decoder.decode(data)
    except msgspec.ValidationError as error:
        raise ParseError(f"not of this format: {error}") from None
    except msgspec.DecodeError as error:
        raise ParseError(f"not JSON: {error}") from None
    except UnicodeDecodeError as error:
        raise ParseError(f"not UTF-8: {error.reason} at byte {error.start}") from None
    except RecursionError:
        raise ParseError("not JSON: nested too deeply") from None
