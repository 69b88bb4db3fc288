"""What is in flight: records read and not yet stored, and how far their files have come with them."""

from dataclasses import dataclass, field, replace
from hashlib import blake2b

import msgspec

from search.loads.model import LoadedFile, Progress, Refusal, Seen
from search.patent.model import Patent, encode

COUNT = 1000
BYTES = 8 * 2**20
"""Records and source bytes of a batch; what a kill loses at most, and what stands in memory."""


@dataclass(slots=True)
class Course:
    """A file being loaded: `file` as it will stand when what is in flight is stored; `stored`: some of it is already."""

    file: LoadedFile
    fresh: bool
    stored: bool
    met: list[Seen] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def step(self) -> Progress:
        """What is to be committed; from then on the course is no more fresh and starts to gather anew."""
        progress = Progress(self.file, self.fresh, tuple(self.met), tuple(self.refused))
        self.fresh, self.stored, self.met, self.refused = False, True, [], []
        return progress

    def read(self, offset: int) -> None:
        """One more record, at `offset`, is behind the mark."""
        self.file = replace(self.file, mark=offset + 1, read=self.file.read + 1)

    def refuse(self, refusal: Refusal) -> None:
        self.refused.append(refusal)
        self.file = replace(self.file, refused=self.file.refused + 1)


@dataclass(frozen=True, slots=True)
class Item:
    """A patent in flight: whose file, which record of it, and the raw record for the case that it is refused after all."""

    course: Course
    patent: Patent
    offset: int
    data: bytes
    digest: bytes


def digest(patent: Patent) -> bytes:
    """Eight bytes that stand for what the record says, not for where it stands."""
    return blake2b(encode(msgspec.structs.replace(patent, sources=(), version=1)), digest_size=8).digest()


@dataclass(slots=True)
class Batch:
    """Patents of distinct numbers, and the files that moved on since the last batch."""

    items: dict[str, Item] = field(default_factory=dict)
    publications: set[tuple[str, str]] = field(default_factory=set)
    courses: dict[str, Course] = field(default_factory=dict)
    size: int = 0

    @property
    def full(self) -> bool:
        return len(self.items) >= COUNT or self.size >= BYTES or len(self.courses) >= COUNT

    def add(self, item: Item) -> None:
        """The number must not be in the batch yet."""
        patent = item.patent
        self.items[patent.number] = item
        self.publications.add((patent.country, patent.doc_number))
        self.size += len(item.data)
