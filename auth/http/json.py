"""Strict JSON: what RFC 8259 leaves open or the standard library lets through, and what would fail further in, is refused.

Refused: bad UTF-8, a byte order mark, NaN, Infinity, numbers that no double holds (1e999), integers beyond 64 bits, a key
twice in one object, more than 64 levels, lone surrogates, NUL, anything after the value.
"""

import json
import math
import re
from typing import Any, NoReturn

MAX_DEPTH = 64
_MAX_DIGITS = 19  # of a 64-bit integer

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')
_UNFIT = re.compile("[\ud800-\udfff\x00]")


class JsonRefused(ValueError):
    """Why the text was not taken: a code for machines, never a piece of the text."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def loads(data: bytes) -> Any:
    """The value; raises `JsonRefused` and nothing else."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise JsonRefused("json_utf8") from None
    if text.startswith("\ufeff"):
        raise JsonRefused("json_invalid")
    _check_depth(text)
    try:
        value = _decoder.decode(text)
    except JsonRefused:
        raise
    except (ValueError, RecursionError):
        raise JsonRefused("json_invalid") from None
    if "\\u" in text:  # only an escape can bring a surrogate or NUL past UTF-8 and the scanner
        _check_text(value)
    return value


def unfit(text: str) -> bool:
    """Whether the text has a character that no store takes: a lone surrogate or NUL."""
    return "\x00" in text if text.isascii() else _UNFIT.search(text) is not None


def _check_depth(text: str) -> None:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in ("[", "{"):
            depth += 1
            if depth > MAX_DEPTH:
                raise JsonRefused("json_depth")
        elif sign in ("]", "}"):
            depth -= 1


def _check_text(value: Any) -> None:
    if isinstance(value, str):
        if unfit(value):
            raise JsonRefused("json_character")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check_text(item)
    elif isinstance(value, list):
        for item in value:
            _check_text(item)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise JsonRefused("json_duplicate_key")
    return value


def _integer(text: str) -> int:
    if len(text.lstrip("-")) > _MAX_DIGITS:
        raise JsonRefused("json_number")
    return int(text)


def _number(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise JsonRefused("json_number")
    return value


def _constant(_name: str) -> NoReturn:
    raise JsonRefused("json_number")


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer, parse_float=_number, parse_constant=_constant)
