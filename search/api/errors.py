"""What the lower rooms raise, as problems: the one place where an engine's or a query's error becomes an answer."""

from functools import singledispatch

from fastapi import FastAPI, Request, Response

from auth.errors import Problem
from auth.http.problems import answer
from search.api.cursors import CursorForged
from search.api.limits import TooManyAtOnce
from search.engine.errors import (
    CursorExpired,
    EngineError,
    EngineUnavailable,
    StillReading,
    TooManyCells,
    TooManyDocuments,
    TooManyExpansions,
    TooMuchText,
)
from search.query.errors import QueryError


class QueryRefused(Problem):
    """The query can't be read or asks too much; `position` counts characters from 0."""

    status = 400


class DistanceTooWide(QueryRefused):
    """A distance that is to be counted, exported or tabulated exactly has too many documents with its words."""

    code = "distance_too_wide"
    zh = "含有这些词的文献太多，无法逐件核对距离，请增加检索词或缩小日期范围。"
    en = "Too many documents have these words to measure the distance in each; add words, or narrow the dates."


class TooManyWords(QueryRefused):
    """A wildcard stands for more words than an engine takes."""

    code = "too_many_expansions"
    zh = "通配符对应的词太多，请在通配符之前多写几个字符。"
    en = "A wildcard stands for too many words. Write more characters before it."


class TableTooLarge(QueryRefused):
    """A table has more cells, or asks for more first keys, than are counted at once."""

    code = "table_too_large"
    zh = "统计表的单元格或所要的取值太多（limit 为上限），请减少维度、取值个数（size），或缩小检索范围。"
    en = (
        "The table has too many cells, or asks for too many values (`limit` at the most). Ask for fewer dimensions, a smaller size,"
        " or of a narrower query."
    )


class TooManyToCount(QueryRefused):
    """Applications or families are to be counted in more documents than an engine can."""

    code = "too_many_documents"
    zh = "文献太多，无法按申请或同族统计（limit 为上限）。请缩小检索范围，或改为按公开文本（publication）统计。"
    en = (
        "There are too many documents to count applications or families in (`limit` at the most). Narrow the query, or count"
        " publications."
    )


class BadCursor(Problem):
    """The cursor is not this caller's for this question, or its view is gone."""

    status = 400
    code = "cursor"
    zh = "该游标已失效，或不属于本次检索。请以空的 cursor 重新开始检索。"
    en = "The cursor has expired or belongs to another question. Search again with an empty cursor."


class EngineAway(Problem):
    """The engine does not answer."""

    status = 503
    code = "engine_unavailable"
    zh = "检索引擎暂时不可用，请稍后再试；登录等其他功能不受影响。"
    en = "The search engine is unavailable at the moment. Try again shortly; signing in still works."


class TablesInTheMaking(EngineAway):
    """What tables are counted from is read first, or others are counted; the next call goes on where this one ended."""

    code = "tables_in_the_making"
    zh = "正在读取并统计所需的数据，请稍后重试，将从已读处继续。"
    en = "The data of the statistics are being read and counted. Try again shortly: it goes on from there."


class Busy(Problem):
    """The caller's other searches are still under way."""

    status = 429
    code = "searches_at_once"
    zh = "您同时进行的检索过多，请等前面的检索完成后再试。"
    en = "Too many of your searches are under way. Wait until one is done and try again."


@singledispatch
def problem(error: Exception) -> Problem:
    """The problem to answer; an error that is not foreseen is one of ours (500)."""
    return Problem()


@problem.register
def _(error: EngineUnavailable) -> Problem:
    return EngineAway(retry_after_s=error.retry_after_s)


@problem.register
def _(error: StillReading) -> Problem:
    return TablesInTheMaking(
        zh=f"{TablesInTheMaking.zh}已读 {error.read:,} / {error.of:,} 件文献。",
        en=f"{TablesInTheMaking.en} {error.read:,} of {error.of:,} documents are read.",
        retry_after_s=error.retry_after_s,
        extra={"read": error.read, "of": error.of},
    )


@problem.register
def _(error: TooManyDocuments) -> Problem:
    most = f"{error.most:,}"
    return TooManyToCount(
        zh=TooManyToCount.zh.replace("limit 为上限", f"上限 {most} 件"),
        en=TooManyToCount.en.replace("`limit`", most),
        extra={"limit": error.most},
    )


@problem.register
def _(error: EngineError) -> Problem:
    return EngineAway(retry_after_s=60)  # locked or damaged: an operator has to act


@problem.register
def _(error: TooManyExpansions) -> Problem:
    return TooManyWords(extra={"pattern": error.pattern})


@problem.register
def _(error: TooMuchText) -> Problem:
    return DistanceTooWide(extra={"looked_at": error.looked_at, "of": error.of})


@problem.register
def _(error: TooManyCells) -> Problem:
    return TableTooLarge(extra={"limit": error.most})


@problem.register(CursorExpired)
@problem.register(CursorForged)
def _(error: Exception) -> Problem:
    return BadCursor()


@problem.register
def _(error: TooManyAtOnce) -> Problem:
    return Busy(retry_after_s=1)


@problem.register
def _(error: QueryError) -> Problem:
    extra = {"position": error.position, "expected": list(error.expected), "suggestions": list(error.suggestions)}
    return QueryRefused(
        code=error.code, zh=error.zh, en=error.en, extra={key: value for key, value in extra.items() if value != []}
    )


TRANSLATED = (EngineError, CursorForged, TooManyAtOnce, QueryError)


def install(app: FastAPI) -> None:
    """Every route answers these errors as problems."""
    for kind in TRANSLATED:
        app.add_exception_handler(kind, _on_error)


async def _on_error(request: Request, error: Exception) -> Response:
    return answer(problem(error), request.scope)
