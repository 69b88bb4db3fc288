"""Cutting the texts of many documents into streams, in this process and in one beside it: most of the work of indexing.

The process is started when there is enough to cut and a second core, and takes chunk after chunk while this one does the rest, or
cuts as well. It is no more than a help: one that dies, or doesn't answer, is given up, and what it had is cut here
(docs/decisions/0341-texts-are-cut-in-a-second-process.md).
"""

import os
import struct
import subprocess
import sys
from array import array
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from socket import SO_RCVTIMEO, SO_SNDTIMEO, SOL_SOCKET, socketpair

import msgspec

from search.text.positions import Streams, streams_of

PROGRAM = (sys.executable, "-P", "-m", "search.engine.embedded.beside")
HERE = b"here"
"""What the process says first."""

PATIENCE_S = 60.0
"""How long a chunk may take; on a machine with anything to spare it takes milliseconds."""

_CHUNK = 25_000
"""Characters from which on a chunk is full."""

_WORTH = 500_000
"""Characters of a batch, half a second's work, for which a process is started."""

_AHEAD = 2
"""Chunks that the process has at a time: while one is being cut the next is there already."""

Texts = Mapping[str, Sequence[str]]
"""The values of a document's fields (`search.engine.layout.texts`)."""


class Field(msgspec.Struct, array_like=True, frozen=True):
    """A field as it is indexed: its streams, and how many units it has."""

    streams: Streams
    units: int


class Cut(msgspec.Struct, array_like=True, frozen=True):
    """Documents that were cut together: their fields, each of their tokens once, and of each unit of all fields, in their order,
    the place of its token in `tokens`, uint32."""

    documents: list[dict[str, Field]]
    tokens: list[str]
    units: bytes


encoded = msgspec.msgpack.Encoder().encode
given = msgspec.msgpack.Decoder(list[dict[str, list[str]]])
answered = msgspec.msgpack.Decoder(Cut)


def cut(documents: Sequence[Texts]) -> Cut:
    """The documents of a chunk, cut."""
    tokens, places = _Places(), array("I")

    def one(values: Sequence[str]) -> Field:
        streamed, units = streams_of(values)
        places.extend(map(tokens.__getitem__, units))
        return Field(streamed, len(units))

    found = [{field: one(values) for field, values in texts.items()} for texts in documents]
    return Cut(found, list(tokens), places.tobytes())


class _Places(dict[str, int]):
    """The place of each token; one that was not met before gets the next."""

    def __missing__(self, token: str) -> int:
        place = self[token] = len(self)
        return place


class Cutter:
    """For one thread. `cores` is how many processes can run at once here."""

    def __init__(self, program: Sequence[str] = PROGRAM, *, cores: int | None = None, patience_s: float = PATIENCE_S) -> None:
        self._program = program
        self._alone = (len(os.sched_getaffinity(0)) if cores is None else cores) < 2
        self._patience_s = patience_s
        self._helper: Helper | None = None

    def cut(self, documents: Sequence[Texts]) -> Iterator[tuple[int, Cut]]:
        """The documents chunk by chunk, with the place of the first one of each, in whatever order they are done."""
        waiting = deque(_chunks(documents))
        helper = self._started(documents)
        try:
            while waiting or (helper and helper.chunks):
                done = None
                if helper:
                    try:
                        helper.give(waiting)
                        done = helper.done(wait=not waiting and bool(helper.chunks))
                    except (EOFError, OSError, msgspec.MsgspecError):
                        waiting.extendleft(reversed(helper.chunks))
                        helper = None
                        self._alone = True
                        self.close()
                if done is None and waiting:
                    done = waiting[0].start, cut(waiting.popleft().documents)
                if done is not None:
                    yield done
        finally:
            if helper and helper.chunks:  # nobody takes the rest
                self.close()

    def close(self) -> None:
        """Ends the process."""
        helper, self._helper = self._helper, None
        if helper is not None:
            helper.end()

    @property
    def helper(self) -> int | None:
        """The process's id, while there is one."""
        return None if self._helper is None else self._helper.process.pid

    def _started(self, documents: Sequence[Texts]) -> "Helper | None":
        """The process, if there is one or it is worth while to start it."""
        if self._helper is None and not self._alone and sum(map(_size, documents)) >= _WORTH:
            self._helper = Helper(self._program, self._patience_s)
        return self._helper


class Helper:
    """The process, our end of its connection, and the `chunks` that it has. What is lost with it raises `EOFError` or `OSError`."""

    def __init__(self, program: Sequence[str], patience_s: float) -> None:
        from multiprocessing.connection import Connection  # noqa: PLC0415  10 ms that a start does not need

        self.chunks: deque[_Chunk] = deque()
        self._ready = False
        self._patience_s = patience_s
        ours, theirs = socketpair()
        for waiting in (SO_RCVTIMEO, SO_SNDTIMEO):  # a stopped process neither takes nor gives the rest of a chunk
            ours.setsockopt(SOL_SOCKET, waiting, struct.pack("@ll", int(patience_s), int(patience_s % 1 * 1_000_000)))
        self._connection = Connection(ours.detach())
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603  our own program
                [*program, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )

    def give(self, waiting: "deque[_Chunk]") -> None:
        """As many chunks as it takes ahead, once it has said that it is there, but for the last: the giver needn't be idle."""
        if not self._ready and self._connection.poll():
            self._ready = self._connection.recv_bytes() == HERE
        while self._ready and len(waiting) > 1 and len(self.chunks) < _AHEAD:
            self._connection.send_bytes(encoded(waiting[0].documents))
            self.chunks.append(waiting.popleft())

    def done(self, *, wait: bool) -> tuple[int, Cut] | None:
        """The next chunk that is cut, if one is, or when one is."""
        if self.chunks and self._connection.poll(self._patience_s if wait else 0):
            found = answered.decode(self._connection.recv_bytes())
            return self.chunks.popleft().start, found
        if wait:
            raise TimeoutError
        return None

    def end(self) -> None:
        self._connection.close()
        self.process.kill()
        self.process.wait()


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Documents one after another, the first of which stands at `start`."""

    start: int
    documents: list[Texts]


def _chunks(documents: Sequence[Texts]) -> Iterator[_Chunk]:
    chunk: list[Texts] = []
    size = 0
    for place, texts in enumerate(documents, 1):
        chunk.append(texts)
        size += _size(texts)
        if size >= _CHUNK or place == len(documents):
            yield _Chunk(place - len(chunk), chunk)
            chunk, size = [], 0


def _size(texts: Texts) -> int:
    return sum(len(value) for values in texts.values() for value in values)
