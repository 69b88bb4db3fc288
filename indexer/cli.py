"""The commands that load, found by `patentry` through its entry-point group."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from auth.database import lock
from indexer import report
from indexer.convert import convert as convert_files
from indexer.model import Parser, Rejected
from indexer.parsers import PARSERS, known
from indexer.pipeline import Loader, Stopped
from indexer.reasons import told
from indexer.rebuild import rebuild as rebuild_index
from indexer.replay import replay as replay_refused
from indexer.session import CommandFailed, Session, database, session, stopping
from indexer.settings import Settings
from indexer.sources.walk import Origin, origins
from indexer.words import say
from search.engine.errors import EngineError
from search.engine.factory import open_reader
from search.engine.port import Generation
from search.loads.runs import LiveRuns
from search.loads.store import Loads

app = typer.Typer(no_args_is_help=True, help="装载专利文献 · load patent documents")

INTERRUPTED = 130
"""Exit status of a load that Ctrl-C or SIGTERM stopped: 128 and the signal's number, as shells count."""

Files = Annotated[list[Path], typer.Argument(help="文件、目录或压缩包 · files, folders, archives")]
Format = Annotated[str, typer.Option("--format", help="auto, " + ", ".join(parser.FORMAT for parser in PARSERS))]


@app.command()
def load(files: Files, format_name: Format = "auto") -> None:
    """装载到索引，可中断续装 · load into the engine; goes on where it was interrupted."""
    with _failing():
        found, parser = _origins(files), _parser(format_name)
        with session(Settings(), "load") as open_, stopping() as asked:
            with report.watching(found) as watch:
                loader = Loader(
                    index=open_.index,
                    loads=open_.loads,
                    kept=open_.kept,
                    run=open_.run,
                    ordinals=open_.ordinals,
                    parser=parser,
                    stop=asked.is_set,
                    watch=watch,
                )
                summary = loader.load(found)
            for line in report.summary(summary):
                print(line)
            if summary.stopped:
                raise Stopped
        read, refused = summary.counts.read + summary.before, summary.counts.refused + summary.refused_before
        raise typer.Exit(report.exit_code(read, refused))


@app.command()
def convert(
    files: Files,
    out: Annotated[str, typer.Option("--out", help="输出文件，- 为标准输出 · output file, - for standard output")],
    format_name: Format = "auto",
) -> None:
    """转换为本项目的 JSON 行，不需要引擎 · to the project's JSON lines, without an engine."""

    def refused(record: Rejected) -> None:
        print(f"  {record.file} @{record.offset}: {told(record.reason)}", file=sys.stderr)

    with _failing():
        found, parser = _origins(files), _parser(format_name)
        try:
            with nullcontext(sys.stdout.buffer) if out == "-" else open(out, "wb") as target:
                counts = convert_files(found, target, refused=refused, parser=parser)
        except OSError as error:
            raise CommandFailed(say(f"写入 {out} 失败：{error}", f"writing {out} failed: {error}")) from error
        print(report.balance(counts), file=sys.stderr)
        raise typer.Exit(report.exit_code(counts.read, counts.refused))


@app.command()
def rebuild(
    park: Annotated[bool, typer.Option("--park", help="建好后等待 promote · built, it waits for promote")] = False,
) -> None:
    """从现有文献重建索引并换上 · build the index anew from the documents held, and serve it."""

    def watch(done: int) -> None:
        print(say(f"已写入 {done} 件", f"{done} documents written"), file=sys.stderr)

    with _failing(), session(Settings(), "rebuild") as open_, lock(open_.loads.database, "generations"):
        generation = rebuild_index(open_.index, watch=watch)
        if park:
            open_.index.park(generation)
            name = generation.name
            print(say(f"第 {name} 代已建好，等待 patentry promote", f"generation {name} waits for patentry promote"))
        else:
            _serve(open_, generation)


@app.command()
def promote() -> None:
    """换上已建好等待的一代 · serve the generation that rebuild --park left waiting."""
    with _failing(), session(Settings(), "promote") as open_, lock(open_.loads.database, "generations"):
        generation = open_.index.parked()
        if generation is None:
            raise CommandFailed(
                say("没有等待的一代，请先运行 patentry rebuild --park", "none waits: run patentry rebuild --park first")
            )
        _serve(open_, generation)


def _serve(open_: Session, generation: Generation) -> None:
    """Found first, so that a later roll-back replays only what comes after."""
    open_.index.flush()
    open_.ordinals.found()
    open_.index.promote(generation)
    print(say(f"现用第 {generation.name} 代", f"generation {generation.name} serves"))


@app.command("roll-back")
def roll_back() -> None:
    """恢复上一代索引 · the generation before serves again."""
    with _failing(), session(Settings(), "roll-back") as open_, lock(open_.loads.database, "generations"):
        open_.index.roll_back()
        print(say("已恢复上一代", "the generation before serves again"))


@app.command()
def rejects(
    replay: Annotated[bool, typer.Option("--replay", help="重试被拒绝的记录 · try the refused records again")] = False,
) -> None:
    """列出或重试被拒绝的记录 · list the refused records, or try them again."""
    with _failing():
        if replay:
            _replay()
        with database(Settings()) as held:
            kept = Settings().rejects
            listed = Loads(held).refusals()
            for refusal in listed:
                print(f"{refusal.name}\t{refusal.offset}\t{refusal.format or '-'}\t{told(refusal.reason)}")
            print(say(f"共 {len(listed)} 条，留存于 {kept}", f"{len(listed)} in all, kept in {kept}"), file=sys.stderr)


def _replay() -> None:
    with session(Settings(), "rejects --replay") as open_, stopping() as asked:

        def loader() -> Loader:
            return Loader(
                index=open_.index,
                loads=open_.loads,
                kept=open_.kept,
                run=open_.run,
                ordinals=open_.ordinals,
                stop=asked.is_set,
            )

        print(report.balance(replay_refused(open_.loads, open_.index, open_.kept, loader)))


@app.command()
def sources() -> None:
    """列出已装载的文件 · list the files loaded: name, format, state, records, refused."""
    with _failing(), database(Settings()) as held:
        for loaded in Loads(held).files():
            print(report.file(loaded))


@app.command()
def status() -> None:
    """索引与装载的状态 · the state of the engine and of loading."""
    with _failing(), database(Settings()) as held:
        loads = Loads(held)
        LiveRuns(loads).all()  # buries the dead, so that none is shown as running
        for run in loads.last(10):
            print(report.run(run))
        print(say(f"被拒绝 {loads.refused()} 条", f"{loads.refused()} records are refused"))
        reader = open_reader(Settings().engine())
        try:
            health = reader.health()
        finally:
            reader.close()
        print(say(f"文献 {health.documents} 件", f"{health.documents} documents"), health.detail)


def _origins(files: list[Path]) -> list[Origin]:
    try:
        return origins(files)
    except OSError as error:
        raise CommandFailed(say(f"读不到 {error.filename}", f"can't read {error.filename}")) from error


def _parser(name: str) -> Parser | None:
    parser = known(name)
    if parser is None and name != "auto":
        formats = ", ".join(parser.FORMAT for parser in PARSERS)
        raise CommandFailed(say(f"没有格式 {name}；可用：{formats}", f"no format {name}; there are: {formats}"))
    return parser


@contextmanager
def _failing() -> Iterator[None]:
    """What can't be done ends the command with its reason and status 2."""
    try:
        yield
    except (CommandFailed, EngineError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(2) from error
    except (Stopped, KeyboardInterrupt) as error:
        raise typer.Exit(INTERRUPTED) from error
