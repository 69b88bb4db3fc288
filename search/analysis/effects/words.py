"""The effects and their words, from `effects.toml`, as patterns."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect in both languages."""

    id: str
    zh: str
    en: str

    def label(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or turn of an effect; `side` is ``up`` for what is better when there is more of it, ``down`` for less, ``said`` for
    what says the effect by itself."""

    pattern: str
    effect: str
    side: str


class Words:
    """One language's words."""

    def __init__(self, lang: str) -> None:
        self.pieces = list(_pieces(lang))
        things = [piece for piece in self.pieces if piece.side != "said"]
        self._things = _whole((piece.pattern for piece in things), lang)
        self._sides = {thing.pattern: thing for thing in things} if lang == "zh" else {}
        self._each = [(re.compile(thing.pattern, re.IGNORECASE), thing) for thing in things]
        spoken = [piece for piece in self.pieces if piece.side == "said"]
        self._any = _whole((piece.pattern for piece in spoken), lang)
        self._said = [(effect, _whole((p.pattern for p in spoken if p.effect == effect), lang)) for effect in effects()]

    def things(self, text: str) -> Iterator[tuple[Piece, int, int]]:
        """The things in a text, the longest at each place, with start and end; they may overlap: 能源利用 and 利用率."""
        at = 0
        while found := self._things.search(text, at):
            yield self._thing(found[0]), *found.span()
            at = found.start() + 1

    def said(self, text: str) -> Iterator[tuple[str, int, int]]:
        """The effects that turns of a text say by themselves, each where it does so first."""
        if self._any.search(text):
            for effect, pattern in self._said:
                if found := pattern.search(text):
                    yield effect, *found.span()

    def _thing(self, text: str) -> Piece:
        """Of Chinese the text is the word itself; English words are patterns, so each text is looked up once."""
        known = self._sides.get(text.lower())
        if known is None:
            known = self._sides[text.lower()] = next(thing for pattern, thing in self._each if pattern.fullmatch(text))
        return known


@cache
def words(lang: str) -> Words:
    """Those of a language, zh or en."""
    return Words(lang)


@cache
def effects() -> Mapping[str, Effect]:
    """By their ids, in the order in which they are listed."""
    return {name: Effect(name, str(told["zh"]), str(told["en"])) for name, told in _table().items()}


@cache
def _table() -> Mapping[str, Mapping[str, str | Sequence[str]]]:
    return tomllib.loads((Path(__file__).parent / "effects.toml").read_text("utf-8"))


def _pieces(lang: str) -> Iterator[Piece]:
    for name, told in _table().items():
        for side in ("up", "down", "said"):
            for text in told[f"{side}_{lang}"]:
                yield Piece(text, name, side)


def _whole(patterns: Iterator[str], lang: str) -> re.Pattern[str]:
    """Any of them, the longest first, in English as whole words."""
    choice = "|".join(f"(?:{pattern})" for pattern in sorted(patterns, key=len, reverse=True))
    return re.compile(rf"\b(?:{choice})\b" if lang == "en" else choice, re.IGNORECASE if lang == "en" else 0)
