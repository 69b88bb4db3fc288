"""Enterprises from a table: each row is entered or refused by itself, and every row gets its verdict."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Literal, get_args

from pydantic import BaseModel, Field, ValidationError

from auth.access.model import Identity
from auth.clock import Clock, now
from auth.database import Connection, Database
from auth.errors import Problem
from auth.http.json import unfit
from auth.http.lang import Language
from auth.http.problems import WrongShape
from auth.organisations import service
from auth.organisations.model import Kind
from auth.organisations.problems import TableUnreadable
from auth.organisations.schemas import EnterpriseBody
from auth.organisations.service import New, Outcome

MAX_ROWS = 5_000
_COLUMNS = {
    "企业名称": "name",
    "单位名称": "name",
    "统一社会信用代码": "credit_code",
    "地址": "address",
    "注册地址": "address",
    "行政区划代码": "region",
    **{name: name for name in ("name", "credit_code", "address", "region")},
}
EXAMPLE = "企业名称,统一社会信用代码,地址\n贵州某某机械有限公司,91520100MA0000000M,贵州省贵阳市云岩区\n"


class Row(BaseModel):
    """What became of a row. `line` is its place in the table, the head being 1; `code` and `detail` say why it was refused."""

    line: int
    verdict: Outcome | Literal["refused"]
    id: str | None = None
    code: str | None = None
    detail: str | None = None


class Imported(BaseModel):
    """A verdict for each row of the table, and how many of each."""

    counts: dict[str, int] = Field(examples=[{"added": 2, "served": 1, "unchanged": 0, "refused": 1}])
    rows: list[Row]


def import_enterprises(database: Database, data: bytes, *, caller: Identity, language: Language, clock: Clock = now) -> Imported:
    """Enters the enterprises of a CSV table as the caller would one by one, in one transaction; `TableUnreadable`."""
    rows = list(table(data))
    with database.write() as connection:
        verdicts = [_enter(connection, line, cells, caller=caller, language=language, now=clock()) for line, cells in rows]
    counts = Counter(row.verdict for row in verdicts)
    return Imported(counts={verdict: counts[verdict] for verdict in (*get_args(Outcome), "refused")}, rows=verdicts)


def _enter(connection: Connection, line: int, cells: dict[str, str], *, caller: Identity, language: Language, now: datetime) -> Row:
    try:
        body = EnterpriseBody.model_validate({name: cell for name, cell in cells.items() if cell})
        held, outcome = service.add(connection, New(Kind.ENTERPRISE, **dict(body)), caller=caller, now=now)
    except ValidationError as error:
        fields = ", ".join(sorted({str(fault["loc"][0]) for fault in error.errors(include_url=False)}))
        told = "缺少或格式不正确" if language == "zh" else "missing or not of the right form"
        return Row(line=line, verdict="refused", code=WrongShape.code, detail=f"{fields}: {told}")
    except Problem as problem:
        return Row(line=line, verdict="refused", code=problem.code, detail=problem.zh if language == "zh" else problem.en)
    return Row(line=line, verdict=outcome, id=held.id)


def table(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows by the names of their columns, with their lines; `TableUnreadable`. Columns of other names are passed over."""
    reader = csv.reader(io.StringIO(_text(data), newline=""), strict=True)
    try:
        head = [_COLUMNS.get(cell.strip(), "") for cell in next(reader, [])]
        if not {"name", "credit_code"} <= set(head) or len(set(filter(None, head))) != len([*filter(None, head)]):
            raise TableUnreadable
        for count, cells in enumerate(reader):
            if count >= MAX_ROWS:
                raise TableUnreadable
            if any(cell.strip() for cell in cells):
                yield count + 2, {name: cell.strip() for name, cell in zip(head, cells, strict=False) if name}
    except csv.Error:
        raise TableUnreadable from None


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not unfit(text):
            return text
    raise TableUnreadable
