"""`Pace`: how often one address may ask for something that strangers may ask for."""

import threading
from collections import OrderedDict
from datetime import datetime

_REMEMBERED = 10_000


class Pace:
    """At most `most` within a window of `window_s` seconds for a key. Counted in this process alone: several workers multiply
    it. The windows are those of the clock, so at the turn of two up to twice as many may pass."""

    def __init__(self, most: int, *, window_s: int) -> None:
        self._most = most
        self._window_s = window_s
        self._lock = threading.Lock()
        self._counts: OrderedDict[str, tuple[int, int]] = OrderedDict()

    def wait_s(self, key: str, *, now: datetime) -> int:
        """Counts one and answers 0; or, when the window is full, the whole seconds until the next, counting nothing."""
        window, inside = divmod(int(now.timestamp()), self._window_s)
        with self._lock:
            held, count = self._counts.get(key, (window, 0))
            if held != window:
                count = 0
            if count >= self._most:
                return self._window_s - inside
            self._counts[key] = (window, count + 1)
            self._counts.move_to_end(key)
            if len(self._counts) > _REMEMBERED:
                self._counts.popitem(last=False)
        return 0
