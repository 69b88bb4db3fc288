"""The process of `search.engine.embedded.cutting`: cuts the chunks that come over a connection, named by its descriptor, until that
is closed, as it is too when the process at the other end dies."""

import signal
import sys
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread

from search.engine.embedded.cutting import HERE, cut, encoded, given


def main(descriptor: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts means the other process, which ends this one
    connection = Connection(descriptor)
    chunks: SimpleQueue[bytes | None] = SimpleQueue()
    Thread(target=_read, args=(connection, chunks), daemon=True).start()  # so that nobody waits to be rid of a chunk
    try:
        connection.send_bytes(HERE)
        while (chunk := chunks.get()) is not None:
            connection.send_bytes(encoded(cut(given.decode(chunk))))
    except OSError:  # the other end is gone
        return


def _read(connection: Connection, chunks: "SimpleQueue[bytes | None]") -> None:
    try:
        while True:
            chunks.put(connection.recv_bytes())
    except (EOFError, OSError):
        chunks.put(None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
