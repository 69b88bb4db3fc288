"""`HashWorkers`: the few threads in which passwords are hashed, away from the event loop and from the request threads.

A sign-in runs in one of them as a whole, so at most `workers` hashes (19 MiB and a core each) run at once, and waiting for
one takes no request thread from anybody.  When `queue` are waiting, the next is answered 503 at once.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from auth.errors import Problem

Given = ParamSpec("Given")
Result = TypeVar("Result")


class TooManySignIns(Problem):
    """All workers are busy and the queue is full."""

    status = 503
    code = "sign_in_busy"
    zh = "登录请求过多，请几秒后再试。"
    en = "Too many people are signing in at the moment. Try again in a few seconds."

    def __init__(self) -> None:
        super().__init__(retry_after_s=2)


class HashWorkers:
    """Used from one event loop, whose thread alone counts."""

    def __init__(self, *, workers: int, queue: int) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="hash")
        self._room = workers + queue

    async def run(self, work: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
        """The result of `work`, done in a worker; `TooManySignIns` when the queue is full."""
        if self._room <= 0:
            raise TooManySignIns
        self._room -= 1
        done = asyncio.get_running_loop().run_in_executor(self._threads, lambda: work(*args, **kwargs))
        done.add_done_callback(self._free)  # not a finally: a caller who goes away leaves the work in its place of the queue
        return await asyncio.shield(done)

    def _free(self, done: "asyncio.Future[Result]") -> None:
        self._room += 1
        if not done.cancelled():
            done.exception()  # seen, also where the caller went away

    def close(self) -> None:
        """Ends the threads when what they do now is done; what waits is dropped."""
        self._threads.shutdown(wait=True, cancel_futures=True)
