"""Where engines are asked: threads of our own, to which a coroutine hands blocking work and waits.

The framework does the same for a plain `def` route, and the standard library's executor for any function; with their futures
around futures either costs more than twice as much (docs/decisions/0070-threads-of-our-own.md).
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from search.engine.errors import EngineUnavailable

Given = ParamSpec("Given")
Result = TypeVar("Result")

THREADS = 40
"""As many as the framework has for its own; each is made when it is first needed."""

PATIENCE_S = 2.0
"""How long work waits for a thread. When none was free for so long, they all wait for an engine that does not answer."""


class Threads:
    """At most `most` threads, made as work comes while none is idle. They are daemons: one idle ends with the process."""

    def __init__(self, most: int = THREADS, *, clock: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._clock = clock
        self._moved = clock()
        self._work: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._lock = Lock()
        self._made = 0
        self._idle = 0

    async def run(self, work: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
        """The result of `work`, done in a thread; it runs to its end even if nobody waits any more. `EngineUnavailable` at
        once when the work before it waits for a thread in vain, and for work that itself has waited too long."""
        handed = self._clock()
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Result] = loop.create_future()

        def do() -> None:
            settle: Callable[[Any], None]
            outcome: Any
            try:
                if self._clock() - handed > PATIENCE_S:
                    raise _all_wait()
                settle, outcome = done.set_result, work(*args, **kwargs)
            except BaseException as error:  # whatever it is, it belongs to whoever waits
                settle, outcome = done.set_exception, error
            with self._lock:  # before anybody hears of it: who asks again at once finds this thread
                self._idle += 1
            with suppress(RuntimeError):  # the loop is closed: nobody waits
                loop.call_soon_threadsafe(_settle, done, settle, outcome)

        self._put(do, handed)
        return await done

    def quiet(self) -> bool:
        """Whether no thread is at work: then whoever is quick needn't share the interpreter."""
        return self._idle == self._made

    def _put(self, do: Callable[[], None], now: float) -> None:
        with self._lock:
            if self._work.empty():
                self._moved = now
            elif now - self._moved > PATIENCE_S:
                raise _all_wait()
            if self._idle:
                self._idle -= 1
            elif self._made < self._most:
                self._made += 1
                Thread(target=self._serve, name=f"engine_{self._made}", daemon=True).start()
        self._work.put(do)

    def _serve(self) -> None:
        while True:
            do = self._work.get()
            self._moved = self._clock()
            do()


def _all_wait() -> EngineUnavailable:
    return EngineUnavailable("every thread waits for the engine")


def _settle(done: asyncio.Future[Any], settle: Callable[[Any], None], outcome: Any) -> None:
    if not done.done():  # whoever waited may have been cancelled
        settle(outcome)


_shared = Threads()
run, quiet = _shared.run, _shared.quiet
