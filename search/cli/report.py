"""`patentry report`: a report of the documents of a query as a file."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from search.export.reports.counting import Verdict
    from search.export.reports.schemas import ReportBody
    from search.export.reports.service import Written


def report(
    query: Annotated[str, typer.Argument(help="检索式，任一种检索语言 / A query in any of the languages; * is every document.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="写入的文件，.docx 或 .pdf / The file to write, .docx or .pdf.")],
    kind: Annotated[str, typer.Option(help="latest layout competitors hot mining free (docs/reports.md)")] = "layout",
    layout: Annotated[str, typer.Option(help="plain, gb9704")] = "plain",
    lang: Annotated[str, typer.Option(help="zh, en")] = "zh",
    title: Annotated[str, typer.Option(help="题名 / The title.")] = "",
    applicant: Annotated[list[str], typer.Option(help="申请人全称，可重复 / A whole name; may be repeated.")] = [],  # noqa: B006
    merged: Annotated[bool, typer.Option(help="同一申请人的不同名称合并计数 / Names of one applicant count as one.")] = False,
    rows: Annotated[int, typer.Option(help="每表最多行数 / Rows of a table.")] = 20,
    keys: Annotated[int, typer.Option(help="重点专利件数 / Key patents.")] = 10,
    full_texts: Annotated[bool, typer.Option(help="附重点专利全文 / Their full texts in an annex.")] = True,
    charts: Annotated[bool, typer.Option(help="附图 / Charts.")] = True,
    sections: Annotated[Path | None, typer.Option(help="自选章节的 JSON 文件 / Chapters of your own, a JSON file.")] = None,
    floor: Annotated[int | None, typer.Option(help="字数不少于 / 字数 at least.")] = None,
    ceiling: Annotated[int | None, typer.Option(help="字数不多于 / 字数 at most.")] = None,
) -> None:
    """Make a report; exit status 1 where it is not as long as asked for."""
    asked = {
        "query": query,
        "format": out.suffix.lower().removeprefix("."),
        "kind": kind,
        "layout": layout,
        "lang": lang,
        "title": title,
        "applicants": applicant,
        "merged": merged,
        "rows": rows,
        "keys": keys,
        "full_texts": full_texts,
        "charts": charts,
        "sections": json.loads(sections.read_bytes()) if sections else [],
        "floor": floor,
        "ceiling": ceiling,
    }
    written = _written(_body(asked))
    out.write_bytes(written.data)
    typer.echo(f"已写入 / written: {out}")
    _tell(written.verdict)


def _body(asked: dict[str, Any]) -> "ReportBody":
    from pydantic import ValidationError  # noqa: PLC0415

    from search.export.reports.schemas import ReportBody  # noqa: PLC0415

    try:
        return ReportBody.model_validate(asked)
    except ValidationError as error:
        fault = error.errors()[0]
        named = {"applicants": "applicant", "format": "out"}
        at = str(fault["loc"][0])
        raise typer.BadParameter(fault["msg"], param_hint=f"--{named.get(at, at)}") from None


def _written(body: "ReportBody") -> "Written":
    from search.analysis.charts.painter import Painter  # noqa: PLC0415
    from search.analysis.effects.service import Effects  # noqa: PLC0415
    from search.analysis.service import Analyst  # noqa: PLC0415
    from search.api.cursors import Cursors  # noqa: PLC0415
    from search.api.errors import problem  # noqa: PLC0415
    from search.applicants.service import Applicants  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415
    from search.engine.factory import open_reader  # noqa: PLC0415
    from search.export.reports import effects  # noqa: PLC0415
    from search.export.reports.service import Reports  # noqa: PLC0415
    from search.find.classes.service import Classes  # noqa: PLC0415
    from search.find.service import Finder  # noqa: PLC0415
    from search.query import QueryError  # noqa: PLC0415
    from search.saved.history import History  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    settings = Settings()
    with opened(settings) as database:
        reader, painter = open_reader(settings.engine(), patient=True), Painter()
        try:
            finder = Finder(reader, Cursors(b""), History(database), Classes(database, reader))
            further = {"effects": effects.chapter(Effects(reader, database))}
            analyst = Analyst(reader, entities=Applicants(database, reader).entities)
            reports = Reports(finder, reader, analyst, painter, further=further, fonts=settings.fonts)
            return reports.written(body.order(), body.question(), body.format, user="")
        except QueryError as error:
            raise problem(error) from None
        finally:
            painter.close()
            reader.close()


def _tell(verdict: "Verdict") -> None:
    count = verdict.count
    typer.echo(f"正文 {count.body:,} 字，附录 {count.annexes:,} 字 / {count.body:,} characters, annexes {count.annexes:,}")
    if verdict.missing:
        typer.echo(f"还差 {verdict.missing:,} 字 / {verdict.missing:,} characters are missing", err=True)
    if verdict.over:
        typer.echo(f"超出 {verdict.over:,} 字 / {verdict.over:,} characters too many", err=True)
    if not verdict.kept:
        raise typer.Exit(1)
