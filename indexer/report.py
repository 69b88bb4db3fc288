"""What the commands print: the course of a load, and what it came to in numbers that sum."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from indexer.pipeline import Summary, Watch
from indexer.reasons import told
from indexer.sources.walk import Origin
from indexer.words import say
from search.loads.model import Counts, LoadedFile, Refusal, Run

Show = Callable[[str, int, Counts], None]

EVERY_S = 5.0
"""Seconds between two lines of progress where there is no terminal."""


def exit_code(read: int, refused: int) -> int:
    """0 all loaded, 1 some refused, 2 nothing could be read."""
    if read == refused:
        return 2
    return 1 if refused else 0


def balance(counts: Counts) -> str:
    """The one line that sums."""
    return say(
        "读取 {read} = 新增 {written} + 合并 {merged} + 未变 {unchanged} + 拒绝 {refused}",
        "read {read} = written {written} + merged {merged} + unchanged {unchanged} + refused {refused}",
    ).format(
        read=counts.read,
        written=counts.written,
        merged=counts.merged,
        unchanged=counts.unchanged,
        refused=counts.refused,
    )


def summary(found: Summary) -> Iterator[str]:
    """What a load came to, line by line."""
    yield balance(found.counts)
    yield say(
        f"文件 {found.files} 个，略过附件 {found.passed_over} 个",
        f"{found.files} files, {found.passed_over} companions passed over",
    )
    if found.before:
        yield say(
            f"中断前已读取 {found.before} 条，其中拒绝 {found.refused_before} 条",
            f"{found.before} records were read before the interruption, {found.refused_before} of them refused",
        )
    yield from refused(found.listed, found.counts.refused)
    if found.stopped:
        yield say("已停止；再次运行同一命令即从此处继续", "stopped; the same command goes on from here")


def refused(listed: Iterable[Refusal], total: int) -> Iterator[str]:
    """The refusals listed, and where the others are."""
    shown = 0
    for refusal in listed:
        yield f"  {refusal.name} @{refusal.offset}: {told(refusal.reason)}"
        shown += 1
    if total > shown:
        yield say(f"  …共 {total} 条；全部见 patentry rejects", f"  … {total} in all; patentry rejects lists them")


def file(loaded: LoadedFile) -> str:
    """A file of `patentry sources`."""
    state = say("完成", "done") if loaded.done else say(f"至 {loaded.mark}", f"up to {loaded.mark}")
    return f"{loaded.name}\t{loaded.format or '-'}\t{state}\t{loaded.read}\t{loaded.refused}"


def run(known: Run) -> str:
    """A run of `patentry status`."""
    ending = {
        "finished": say("完成", "finished"),
        "interrupted": say("中断", "interrupted"),
        "dead": say("意外终止", "died"),
        None: say("运行中", "running"),
    }
    return f"{known.started:%Y-%m-%d %H:%M:%SZ} {known.command} {known.who} {ending[known.outcome]}: {balance(known.counts)}"


@contextmanager
def watching(origins: list[Origin]) -> Iterator[Watch]:
    """A bar on a terminal, else a line now and then, both on standard error."""
    total = sum(origin.size for origin in origins)
    ends: dict[str, int] = {}
    behind = 0
    for origin in origins:
        ends[origin.key] = behind
        behind += origin.size
    with _bar(total) if sys.stderr.isatty() else _lines(total) as show:
        yield lambda origin, position, counts: show(origin.name, ends[origin.key] + min(position, origin.size), counts)


@contextmanager
def _bar(total: int) -> Iterator[Show]:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(binary_units=True), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=total)

        def show(name: str, position: int, counts: Counts) -> None:
            progress.update(task, completed=position, description=f"{name[-40:]} {counts.read}")

        yield show


@contextmanager
def _lines(total: int) -> Iterator[Show]:
    last = time.monotonic()

    def show(name: str, position: int, counts: Counts) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY_S:
            last = time.monotonic()
            print(f"{100 * position // max(total, 1)}% {name}: {balance(counts)}", file=sys.stderr, flush=True)

    yield show
