"""docs/dialects.md says what each language is read as: every example is read and finds something, but not everything."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from msgspec.structs import replace

from indexer.sample.generate import patents
from search.engine.factory import open_index
from search.engine.model import Request
from search.engine.port import PatentIndex
from search.engine.settings import EngineSettings
from search.patent.model import Legal
from search.query import parse, sets
from search.query.dialects import NAMES, pss
from search.query.dialects.language import Language
from search.query.tree import Word
from search.text.fold import fold
from tests import machine

PAGE = (machine.ROOT / "docs" / "dialects.md").read_text("utf-8")
DOCUMENTS = 400
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


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PatentIndex]:
    """The documents of `patentry sample`, in the embedded engine; every second one in force, the others lapsed."""
    index = open_index(EngineSettings(data=tmp_path_factory.mktemp("sample")), ordinals=None)
    statuses = [Legal(status="in_force"), Legal(status="lapsed")]
    documents = [replace(patent, legal=statuses[place % 2]) for place, patent in enumerate(patents(DOCUMENTS))]
    index.write(documents, merge=lambda held, new: new)
    index.flush()
    yield index
    index.close()


@pytest.mark.parametrize(("dialect", "form", "example", "canonical"), ROWS, ids=lambda cell: cell)
def test_an_example_is_read_and_finds_some(sample: PatentIndex, dialect: str, form: str, example: str, canonical: str) -> None:
    parsed = parse(example, dialect)
    assert parsed.canonical == canonical
    found = sample.search(Request(sets.resolve(parsed.tree, lambda _number: Word("seed")), size=1)).total
    assert 0 < found < DOCUMENTS


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
