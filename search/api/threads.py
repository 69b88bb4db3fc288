"""Where engines are asked: threads of our own, to which a coroutine hands blocking work and waits.

The framework does the same for a plain `def` route, at more than twice the cost (docs/decisions/0070-threads.md).
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")

THREADS = 40
"""As many as the framework has for its own; each is made when it is first needed."""

_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="engine")


async def run(work: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """The result of `work`, done in a thread."""
    return await asyncio.get_running_loop().run_in_executor(_pool, lambda: work(*args, **kwargs))
