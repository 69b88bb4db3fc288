"""What an engine may raise; each adapter translates its library's exceptions into these and lets nothing else out."""


class EngineError(Exception):
    """Base of the port's errors."""


class EngineUnavailable(EngineError):
    """The engine is away, too slow or overloaded: 503 with Retry-After."""

    def __init__(self, reason: str, *, retry_after_s: int = 5) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s


class StillReading(EngineUnavailable):
    """What tables are counted from is being copied, `read` of `of` documents are, or others count so much that there is no room;
    the next call goes on: 503 with Retry-After."""

    def __init__(self, read: int, of: int) -> None:
        super().__init__(f"{read} of {of} documents are read", retry_after_s=1)
        self.read = read
        self.of = of


class TooManyExpansions(EngineError):
    """A wildcard of the question stands for more words than an engine takes: a 400 that names the pattern."""

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern)
        self.pattern = pattern


class TooManyCells(EngineError):
    """A table would have more than `most` cells, or was asked for more first keys: 400, ask for fewer keys or dimensions."""

    def __init__(self, most: int) -> None:
        super().__init__(f"above {most}")
        self.most = most


class TooManyDocuments(EngineError):
    """Applications and families are counted in `most` documents at the most: 400, narrow the question or count publications."""

    def __init__(self, most: int) -> None:
        super().__init__(f"above {most}")
        self.most = most


class TooMuchText(EngineError):
    """A distance has more documents than can be looked at where every one counts: 400, narrow the question. `looked_at` of `of`."""

    def __init__(self, looked_at: int, of: int) -> None:
        super().__init__(f"{looked_at} of {of}")
        self.looked_at = looked_at
        self.of = of


class CursorExpired(EngineError):
    """The stable view behind a cursor is gone (15 minutes) or the cursor is not of this engine: 400, start again."""


class EngineLocked(EngineError):
    """Another process writes; the message says who (embedded engine: one writer at a time)."""


class IndexDamaged(EngineError):
    """The index does not open or differs in version and could not be rebuilt; the message says what to do."""
