"""The peer's side of P1, run by a Python that has patpubrender: a line in, the seconds of one pass over the documents out.

python peer.py DOCUMENTS process_time|perf_counter
"""

import pickle
import sys
import time
from pathlib import Path

import patpubrender  # type: ignore[import-not-found]

documents = pickle.loads(Path(sys.argv[1]).read_bytes())  # written by the harness a moment before
clock = getattr(time, sys.argv[2])
for _ in sys.stdin:
    start = clock()
    for document in documents:
        patpubrender.parse(document)
    print(clock() - start, flush=True)
