"""A table for spreadsheets as an answer: CSV that opens right, line by line."""

from collections.abc import Iterable, Iterator

from fastapi.responses import StreamingResponse

from search.api import spreadsheet


def csv_file(rows: Iterable[Iterable[str]], name: str) -> StreamingResponse:
    """The rows, their head first, as a file of this name."""

    def lines() -> Iterator[bytes]:
        yield spreadsheet.MARK
        yield from map(spreadsheet.line, rows)

    named = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(lines(), media_type="text/csv", headers=named)
