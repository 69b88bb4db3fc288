"""The process that sets a report: a job on its standard input (MessagePack), the PDF on its standard output.

Of its own, because a report may be hard to set: it has its own limit of time and memory, and nothing but what it was given.
"""

import resource
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

import msgspec

MEMORY_B = 3 << 30
"""Of the process; a report of some hundred pages takes a tenth."""

_TEMPLATE = Path(__file__).with_name("report.typ")


class Job(msgspec.Struct):
    """`report` is the JSON that the template reads, `pictures` are its files by name, `fonts` folders, `made` is in seconds since
    1970."""

    report: str
    pictures: dict[str, bytes]
    fonts: list[str]
    made: int


def set_pages(job: Job, *, format: Literal["pdf", "png"] = "pdf") -> Any:  # noqa: A002  the library's own word
    """The PDF, or a picture of each page. Needs no network and sees no file besides the job's."""
    import typst  # noqa: PLC0415  under the limit of memory

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / _TEMPLATE.name).write_bytes(_TEMPLATE.read_bytes())
        for name, data in job.pictures.items():
            (root / name).write_bytes(data)
        return typst.compile(
            str(root / _TEMPLATE.name),
            root=str(root),
            font_paths=[*job.fonts],
            ignore_system_fonts=True,
            format=format,
            sys_inputs={"report": job.report},
            timestamp=job.made,
        )


def main() -> None:
    job = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Job)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_B, MEMORY_B))
    sys.stdout.buffer.write(set_pages(job))


if __name__ == "__main__":
    main()
