"""The table of kinds in docs/ledger.md, written from the code: `python -m tests.unit.ledger.kinds_page` renews it."""

from collections.abc import Iterable

from auth.ledger.kinds import KINDS
from tests.machine import ROOT

PAGE = ROOT / "docs" / "ledger.md"
_HEAD = "| kind | must name | must have | may have |\n|---|---|---|---|\n"


def table() -> str:
    """Head and a row a kind."""
    return _HEAD + "".join(
        f"| `{kind}` | {_listed(shape.about)} | {_listed(shape.needs)} | {_listed(shape.may)} |\n" for kind, shape in KINDS.items()
    )


def renewed(page: str) -> str:
    """The page with the table of today."""
    before, _, rest = page.partition(_HEAD)
    return f"{before}{table()}\n" + rest.partition("\n\n")[2]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "—"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text()))
