"""What a batch of records comes to: which are new, which change a held one, and what to put."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from search.engine import layout
from search.engine.embedded.documents import Documents, Marks, Stored, digest
from search.engine.embedded.indexing import Change
from search.engine.model import WriteReport
from search.engine.port import Merge
from search.patent.model import Patent, decode, encode, opening


@dataclass(slots=True)
class Batch:
    """Takes records one by one; of two with one number the second is merged into the first. `held` are the lines of the
    generation that is written. `known` are those of the generation that serves while another is built: a record that is equal
    there keeps its ordinal, so that nobody who follows ordinals takes it for a change."""

    held: dict[str, Stored]
    marks: Marks
    merge: Merge
    known: dict[str, Stored] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)
    written: int = 0
    merged: int = 0
    unchanged: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)

    def add(self, patent: Patent) -> None:
        reason = layout.refusal(patent)
        if reason:
            self.refused.append((patent.number, reason))
            return
        try:
            self._add(patent)
        except ValueError as error:
            self.refused.append((patent.number, str(error)))

    def report(self) -> WriteReport:
        return WriteReport(self.written, self.merged, self.unchanged, tuple(self.refused))

    def _add(self, patent: Patent) -> None:
        number = patent.number
        before = self.changes[number].line if number in self.changes else self.held.get(number)
        json = encode(patent)
        content = digest(json)
        if before is None or before.shown is None:
            self._change(patent, json, content, before)
            self.written += 1
            return
        if content != before.digest:
            patent = self.merge(decode(before.json()), patent)
            json = encode(patent)
            content = digest(json)
        if content == before.digest:
            self.unchanged += 1
            return
        self._change(patent, json, content, before)
        self.merged += 1

    def _change(self, patent: Patent, json: bytes, content: bytes, before: Stored | None) -> None:
        known = self.known.get(patent.number)
        place = before or known
        ordinal = known.ordinal if known and known.digest == content else self.marks.next_ordinal()
        keys = layout.keys(patent, ordinal)
        row = place.row if place else self.marks.next_row()
        end = opening(patent)
        line = Stored(row, patent.number, ordinal, content, json[:end], json[end:])
        self.changes[patent.number] = Change(line, keys, layout.texts(patent), replaces=before is not None)


def batched(patents: Iterable[Patent], *, into: Documents, marks: Marks, merge: Merge, origin: Documents | None = None) -> Batch:
    """The batch of `patents`, with one look at what is held."""
    given = list(patents)
    numbers = [patent.number for patent in given]
    batch = Batch(into.get(numbers), marks, merge, origin.get(numbers) if origin else {})
    for patent in given:
        batch.add(patent)
    return batch


def deletions(numbers: Sequence[str], *, held: Documents, marks: Marks) -> list[Change]:
    """The changes that delete those of `numbers` that are held."""
    lines = [line for line in held.get(numbers).values() if line.shown is not None]
    return [Change(Stored(line.row, line.number, marks.next_ordinal())) for line in lines]
