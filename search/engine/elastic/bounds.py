"""How far tables are counted here, from copies of the documents' columns."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """`counted`: documents of a call, some 1 kB of memory each while it counts; `at_once`: of all calls. `held`: documents
    whose columns are kept, some 0.3 kB each in the folder for passing files. `read`: documents that a call reads before it asks to
    be called again, some ten seconds. `waits_s`: how long a call waits for another one, seconds."""

    counted: int = 1_000_000
    at_once: int = 2_000_000
    held: int = 2_000_000
    read: int = 100_000
    waits_s: float = 1


PATIENT = Bounds(read=1_000_000, waits_s=86_400)
"""Of a command: whoever waits for it need not call again."""
