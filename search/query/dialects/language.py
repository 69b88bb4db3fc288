"""`Language`: the names, fields and signs of a language, as its reader and its writer share them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from search.query.dialects.frame import Expected
from search.query.dialects.truncation import Truncation

Names: TypeAlias = tuple[str | None, ...]
"""Fields that a leaf is sought in, at least one of them; ``None`` is the plain texts together."""

PLAIN: Names = (None,)


@dataclass(frozen=True, slots=True)
class Language:
    """`codes` name its fields, in lower case, the one to write first; `absent` are those that it has and this system has not, with
    what they mean."""

    name: str
    zh: str
    en: str
    codes: Mapping[str, Names]
    absent: Mapping[str, Expected]
    truncation: Truncation
