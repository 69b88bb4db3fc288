"""Stems: a Latin word's common root (Snowball English), so that a plainly typed word finds its inflections."""

from functools import lru_cache
from threading import Lock

import Stemmer

_english = Stemmer.Stemmer("english", 0)  # without its own cache: ours keeps the words
_lock = Lock()  # a Stemmer has one buffer and is not for two threads at once


@lru_cache(maxsize=1 << 18)
def stem(token: str) -> str:
    """The stem of a folded word: batteries and battery are both batteri. Words that are not English come back nearly whole."""
    with _lock:
        return str(_english.stemWord(token))
