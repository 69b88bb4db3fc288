"""`patentry export`: the documents of a query as a file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from search.export.model import File
    from search.export.schemas import ExportBody


def export(
    query: Annotated[str, typer.Argument(help="检索式，任一种检索语言 / A query in any of the languages; * is every document.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="写入的文件 / The file to write; FILE.part until it is whole.")],
    format_name: Annotated[str, typer.Option("--format", help="csv xlsx jsonl ris bibtex numbers")] = "csv",
    columns: Annotated[str, typer.Option(help="表格的列，逗号分隔 / Columns of a table, by commas (docs/export.md).")] = "",
    lang: Annotated[str, typer.Option(help="zh, en: 列名和取值的语言 / of labels and values")] = "zh",
    inid: Annotated[bool, typer.Option("--inid", help="列名前加 INID 代码 / INID codes before the labels.")] = False,
    encoding: Annotated[str, typer.Option(help="CSV: utf-8, gb18030")] = "utf-8",
    sort: Annotated[str, typer.Option(help="loaded, relevance, publication_date:desc …")] = "loaded",
    limit: Annotated[int | None, typer.Option(min=1, help="件数上限 / Documents at most.")] = None,
) -> None:
    """Export what a query finds, any number of documents; exit status 2 for a file that was cut by the engine."""
    asked = {"query": query, "format": format_name, "lang": lang, "inid": inid, "encoding": encoding, "sort": sort, "limit": limit}
    body = _body(asked | ({"columns": columns.split(",")} if columns else {}))
    part = out.with_name(f"{out.name}.part")
    count = _exported(body, part)
    part.replace(out)
    typer.echo(f"已导出 {count} 件 / {count} documents exported: {out}")


def _body(asked: dict[str, Any]) -> "ExportBody":
    from pydantic import ValidationError  # noqa: PLC0415

    from search.export.schemas import ExportBody  # noqa: PLC0415

    try:
        return ExportBody.model_validate(asked)
    except ValidationError as error:
        fault = error.errors()[0]
        raise typer.BadParameter(
            f"{fault['input']}: {fault['msg']}", param_hint=f"--{fault['loc'][0]}" if fault["loc"] else None
        ) from None


def _exported(body: "ExportBody", part: Path) -> int:
    """Writes the file; how many documents are in it."""
    from search.api.cursors import Cursors  # noqa: PLC0415
    from search.api.errors import problem  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415
    from search.engine.factory import open_reader  # noqa: PLC0415
    from search.export.service import Exports, Interrupted  # noqa: PLC0415
    from search.find.classes.service import Classes  # noqa: PLC0415
    from search.find.doctor.service import Doctor  # noqa: PLC0415
    from search.find.service import Finder  # noqa: PLC0415
    from search.query import QueryError  # noqa: PLC0415
    from search.saved.history import History  # noqa: PLC0415
    from search.settings import Settings  # noqa: PLC0415

    settings = Settings()
    with opened(settings) as database:
        reader = open_reader(settings.engine())
        try:
            finder = Finder(reader, Cursors(b""), History(database), Classes(database, reader))
            file = Exports(finder, reader, Doctor(reader)).export(body.wanted(settings.public_url), user="")
            return _written(file, part)
        except QueryError as error:
            raise problem(error) from None
        except Interrupted as cut:
            typer.echo(
                f"检索引擎中途不可用，未完成的文件：{part} / the engine went away; what there is of the file: {part}: {cut}",
                err=True,
            )
            raise typer.Exit(2) from None
        finally:
            reader.close()


def _written(file: "File", part: Path) -> int:
    with part.open("wb") as target, typer.progressbar(length=file.rows.total(), label="导出 / export", file=sys.stderr) as bar:
        for chunk in file.chunks:
            target.write(chunk)
            bar.update(file.rows.count - bar.pos)
    return file.rows.count
