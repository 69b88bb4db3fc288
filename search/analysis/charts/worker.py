"""`python -m search.analysis.charts.worker FD`: draws what comes over the connection, a chart at a time, until nobody asks.

A process of its own, because the renderer holds the interpreter's lock as long as it draws, and needs 120 MB. It ends with the
one who started it (the connection is closed then), after some idle minutes, and after a chart that could not be drawn: the renderer
is known to fail the next good one too. Whoever asks next gets a new one.
"""

import sys
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
import noto_cjk_sans_otc
import vl_convert

from search.analysis.charts.job import Job
from search.analysis.charts.svg import Labels, finish

IDLE_S = 600.0
_SHARP = 2
"""Pixels of a picture for each of the drawing."""


def draw(job: Job) -> bytes:
    """The chart as SVG, or as a picture; nothing is fetched."""
    if job.grammar == "vega":
        drawn = vl_convert.vega_to_svg(job.spec, allowed_base_urls=[])
    else:
        drawn = vl_convert.vegalite_to_svg(job.spec, vl_version="6.4", allowed_base_urls=[])
    labels = Labels(job.id, job.title, job.description, job.texts, job.links)
    made = finish(drawn, labels, picture=job.picture)
    return vl_convert.svg_to_png(made.decode(), scale=_SHARP) if job.picture else made


def main() -> None:
    """Answers begin with a byte: 1 before a chart, 0 before the reason why there is none."""
    vl_convert.register_font_directory(str(Path(str(noto_cjk_sans_otc.FONT_PATH)).parent))
    connection = Connection(int(sys.argv[1]))
    while connection.poll(IDLE_S):
        try:
            asked = connection.recv_bytes()
        except EOFError:
            return
        try:
            answer = b"\1" + draw(msgspec.json.decode(asked, type=Job))
        except Exception as error:  # whatever it is, whoever asked is to know
            connection.send_bytes(b"\0" + repr(error).encode())
            return
        connection.send_bytes(answer)


if __name__ == "__main__":
    main()
