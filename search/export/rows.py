"""`Rows`: the records of an export one after the other, and whether these were all."""

from collections.abc import Iterator, Sequence

from search.engine.errors import EngineError
from search.engine.model import Request, Sort
from search.engine.port import PatentReader
from search.export.model import Remark
from search.patent.model import Patent, decode
from search.query.tree import Query

_PAGE = 500
"""Documents of one step of a chosen order."""


class Rows:
    """Iterates once. When it has ended, `remarks` say what was cut, and `broken` is the error that ended it too early.

    Without `sort` the records come in the order of their last change, in constant memory; with one, of a view that stands for
    fifteen minutes. A record that changes meanwhile comes as it then is, one that is deleted is left out. At most `most` come.
    """

    def __init__(self, reader: PatentReader, query: Query, *, sort: Sort | None = None, most: int | None = None) -> None:
        self.count = 0
        self.remarks: list[Remark] = []
        self.broken: EngineError | None = None
        self._reader = reader
        self._query = query
        self._sort = sort
        self._most = most
        self._found = self._scanned() if sort is None else self._ordered(sort)
        self._first = next(self._found, None)  # what can't be answered at all is told before there is a file

    def total(self) -> int:
        """How many are to come in all, as things are now."""
        found = self._reader.count(self._query)
        return found if self._most is None else min(found, self._most)

    def __iter__(self) -> Iterator[Patent]:
        patent, self._first = self._first, None
        try:
            while patent is not None:
                if self.count == self._most:
                    self.remarks.append(_limited(self.count, self._reader.count(self._query)))
                    return
                self.count += 1
                yield patent
                patent = next(self._found, None)
        except EngineError as error:
            self.broken = error
            self.remarks.append(_interrupted(self.count))

    def _scanned(self) -> Iterator[Patent]:
        for found in self._reader.scan(self._query):
            yield found.patent

    def _ordered(self, sort: Sort) -> Iterator[Patent]:
        after: str | None = ""
        while after is not None:
            page = self._reader.search(Request(self._query, sort=sort, size=_PAGE, after=after))
            if after == "" and page.checked:
                self.remarks.append(_near(*page.checked))
            yield from (decode(hit.document) for hit in page.hits if hit.document is not None)
            after = page.after


def not_held(rows: int, missing: Sequence[str]) -> Remark:
    """Of a list of numbers: those without a document here."""
    some = ", ".join(missing[:20]) + (" …" if len(missing) > 20 else "")
    return Remark(
        "not_held",
        f"清单中有 {len(missing)} 行没有对应的已收录文献：{some}",
        f"{len(missing)} lines of the list name no document held here: {some}",
        rows,
        rows + len(missing),
    )


def _limited(rows: int, of: int) -> Remark:
    return Remark(
        "limit",
        f"【未完】按件数上限只导出了前 {rows} 件，共 {of} 件；其余请按日期等条件分次导出。",
        f"[CUT] Only the first {rows} documents of {of}, as limited: export the others in parts, by date for instance.",
        rows,
        of,
    )


def _interrupted(rows: int) -> Remark:
    return Remark(
        "interrupted",
        f"【未完】检索引擎中途不可用，只导出了前 {rows} 件：请重新导出。",
        f"[CUT] The search engine went away after {rows} documents: export again.",
        rows,
    )


def _near(looked_at: int, of: int) -> Remark:
    return Remark(
        "distances",
        f"【未完】词间距离只核对了 {of} 件中的 {looked_at} 件：请缩小检索式，或不选排序（导出全部）。",
        f"[CUT] Distances were measured in {looked_at} of {of} documents: narrow the query, or choose no order (exports all).",
        looked_at,
        of,
    )
