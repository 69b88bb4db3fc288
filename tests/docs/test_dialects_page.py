"""docs/dialects.md says what each language is read as: every example is read and finds something, but not everything, on both
engines; and so does the same with words of real documents."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

import pytest
from msgspec.structs import replace

from indexer.sample.generate import patents
from search.engine.factory import open_index
from search.engine.model import Request
from search.engine.port import PatentIndex
from search.loads.ordinals import DatabaseOrdinals
from search.patent.model import Legal, Patent
from search.query import parse, sets
from search.query.dialects import NAMES, pss
from search.query.dialects.language import Language
from search.text.fold import fold
from tests import machine
from tests.contract.conftest import Place, ordinals, place  # noqa: F401 - fixtures
from tests.docs import real

PAGE = (machine.ROOT / "docs" / "dialects.md").read_text("utf-8")
DOCUMENTS = 400
BATCH = 250
OTHERS = tuple(name for name in NAMES if name != "native")


def _rows() -> Iterator[tuple[str, str, str, str]]:
    """The language, the form, the example and the canonical text of each row."""
    dialect = ""
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            dialect = ""
        elif cells[-1] == "规范式 canonical":
            dialect = cells[2].split()[-1]
        elif dialect and not cells[0].startswith("---"):
            yield dialect, _code(cells[0]), _code(cells[2]), _code(cells[3])


def _code(cell: str) -> str:
    return cell.removeprefix("`").removesuffix("`")


ROWS = list(_rows())


@dataclass(frozen=True)
class Shelf:
    """An index, how many documents it holds, and how an example is asked of them."""

    index: PatentIndex
    documents: int
    example: Callable[[str], str]

    def found(self, text: str, dialect: str) -> int:
        """Of an example; what it calls a number of the history is a choice of two words."""
        earlier = parse(self.example("seed OR 包衣剂"), "native").tree
        asked = sets.resolve(parse(self.example(text), dialect).tree, lambda _number: earlier)
        return self.index.search(Request(asked, size=1)).total


@pytest.fixture(scope="module", params=["sample", pytest.param("real", marks=pytest.mark.data)])
def documents(request: pytest.FixtureRequest) -> tuple[list[Patent], Callable[[str], str]]:
    """The documents of `patentry sample`, every second one in force, the others lapsed; or real ones."""
    if request.param == "real":
        return real.documents(request.getfixturevalue("real_data")), real.example
    statuses = [Legal(status="in_force"), Legal(status="lapsed")]
    return [replace(patent, legal=statuses[number % 2]) for number, patent in enumerate(patents(DOCUMENTS))], str


@pytest.fixture(scope="module")
def shelf(
    documents: tuple[list[Patent], Callable[[str], str]],
    place: Place,  # noqa: F811
    ordinals: DatabaseOrdinals,  # noqa: F811
) -> Iterator[Shelf]:
    held, example = documents
    index = open_index(place(), ordinals=ordinals)
    for start in range(0, len(held), BATCH):
        index.write(held[start : start + BATCH], merge=lambda held, new: new)
    index.flush()
    yield Shelf(index, len(held), example)
    index.close()


@pytest.mark.parametrize(("dialect", "form", "example", "canonical"), ROWS, ids=lambda cell: cell)
def test_an_example_is_read_as_the_page_says(dialect: str, form: str, example: str, canonical: str) -> None:
    assert parse(example, dialect).canonical == canonical


@pytest.mark.parametrize("dialect", OTHERS)
def test_every_example_finds_some(shelf: Shelf, dialect: str) -> None:
    found = {example: shelf.found(example, dialect) for name, _, example, _ in ROWS if name == dialect}
    assert {example: count for example, count in found.items() if not 0 < count < shelf.documents} == {}


@pytest.mark.parametrize("dialect", OTHERS)
def test_every_field_stands_there(dialect: str) -> None:
    told = {fold(form) for name, form, _, _ in ROWS if name == dialect}
    language: Language = import_module(f"search.query.dialects.{dialect}").LANGUAGE
    wanted = {fold(name) for name in pss.WRITTEN.values()} if dialect == "pss" else {*language.codes}
    assert {code for code in wanted if not any(form == code or form.startswith(f"{code}:") for form in told)} == set()
    assert {code for code in language.absent if f"`{code}`" not in PAGE} == set()


def test_every_language_stands_there() -> None:
    assert {name for name in ("auto", *NAMES) if f"| `{name}` |" not in PAGE} == set()
    assert {dialect for dialect, _, _, _ in ROWS} == {*OTHERS}
    assert re.search(r"\(query\.md\)", PAGE)
