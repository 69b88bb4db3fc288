"""What an archive may grow to before it is taken for a bomb (security requirement T49; CWE-409)."""

from dataclasses import dataclass, field


class SourceError(Exception):
    """A file or member that can't be read, or must not be; `reason` is for the operator."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """`ratio` bounds what comes out of one file on disk, all its levels together, by its size; it counts from `free` bytes
    on, because a small file of one repeated line is no attack. Real sources: patents in XML shrink 10 to 30 times."""

    ratio: int = 200
    free: int = 32 * 2**20
    depth: int = 4
    members: int = 1_000_000
    directory: int = 64 * 2**20
    """Bytes of a ZIP's central directory, which is held in memory (about 600,000 members)."""


@dataclass(slots=True)
class Meter:
    """Counts what one file on disk has given; shared by all members in it."""

    size: int
    limits: Limits = field(default_factory=Limits)
    out: int = 0
    members: int = 0

    def took(self, count: int) -> None:
        """`count` more bytes were decompressed; raises `SourceError` above the limits."""
        self.out += count
        if self.out > self.limits.free and self.out > self.size * self.limits.ratio:
            raise SourceError(f"expands more than {self.limits.ratio} times: taken for a bomb")

    def opened(self, depth: int) -> None:
        """One more member, `depth` archives deep; raises `SourceError` above the limits."""
        self.members += 1
        if self.members > self.limits.members:
            raise SourceError(f"holds more than {self.limits.members} files")
        if depth > self.limits.depth:
            raise SourceError(f"archives within archives, more than {self.limits.depth} deep")
