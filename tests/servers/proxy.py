"""A small TCP proxy on 127.0.0.1 that can be told to fail: to hold answers back, to cut them off, to answer in the server's
stead once."""

import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit


class Proxy:
    """Passes on what comes, until it is told otherwise; each connection is read by threads of its own."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._target = (str(parts.hostname), int(parts.port or 80))
        self._door = socket.create_server(("127.0.0.1", 0))
        self._open = threading.Event()
        self._open.set()
        self._cut = False
        self._instead: list[tuple[bytes, bytes]] = []
        self._sockets: list[socket.socket] = []
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def hold(self) -> None:
        """From now on no answer comes through."""
        self._open.clear()

    def release(self) -> None:
        """Everything passes again."""
        self._cut = False
        self._open.set()

    def cut(self) -> None:
        """From now on each answer breaks off after a few bytes."""
        self._cut = True

    def answer_once(self, status: str, *, path: str = "") -> None:
        """The next request whose first line has `path` in it is answered by this status, and the server is not asked."""
        lines = [f"HTTP/1.1 {status}", "X-Elastic-Product: Elasticsearch", "Content-Type: application/json", "Content-Length: 2"]
        self._instead.append((path.encode(), "\r\n".join([*lines, "", "{}"]).encode()))

    def close(self) -> None:
        self._open.set()
        for each in (self._door, *self._sockets):
            _end(each)
            each.close()

    def _accept(self) -> None:
        while True:
            try:
                caller, _ = self._door.accept()
                server = socket.create_connection(self._target)
            except OSError:
                return
            self._sockets += [caller, server]
            threading.Thread(target=self._pass, args=(caller, server, False), daemon=True).start()
            threading.Thread(target=self._pass, args=(server, caller, True), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if answers:
                    self._open.wait()
                    if self._cut:
                        sink.sendall(data[:40])
                        break
                elif self._instead and self._instead[0][0] in data.split(b"\r\n", 1)[0]:
                    _swallow(source, data)
                    source.sendall(self._instead.pop(0)[1])
                    continue
                sink.sendall(data)
        _end(source)
        _end(sink)


def _swallow(source: socket.socket, data: bytes) -> None:
    """Reads the rest of a request of which `data` has come."""
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head.lower())
    missing = int(length[1]) - len(body) if length else 0
    while missing > 0:
        missing -= len(source.recv(65536))


def _end(each: socket.socket) -> None:
    """Wakes whoever waits for it."""
    with contextlib.suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def proxying(target: str) -> Iterator[Proxy]:
    proxy = Proxy(target)
    try:
        yield proxy
    finally:
        proxy.close()
