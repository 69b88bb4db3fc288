"""Which engine is opened, and what is imported for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from search.engine.elastic.bounds import PATIENT
from search.engine.embedded.index import EmbeddedIndex
from search.engine.embedded.reader import EmbeddedReader
from search.engine.factory import open_index, open_reader
from search.engine.settings import EngineSettings

ROOT = Path(__file__).parents[3]


def test_without_an_address_the_engine_is_in_the_data_folder(tmp_path: Path) -> None:
    settings = EngineSettings(tmp_path / "new" / "folder")
    reader, index = open_reader(settings), open_index(settings)
    assert type(reader) is EmbeddedReader
    assert type(index) is EmbeddedIndex
    reader.close()
    index.close()


def test_elasticsearch_is_written_to_with_ordinals_only(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ordinals"):
        open_index(EngineSettings(tmp_path, elasticsearch_url="http://127.0.0.1:1"))


def test_a_command_reads_all_that_it_may_count_in_one_call() -> None:
    assert PATIENT.read >= PATIENT.counted


def test_the_embedded_engine_imports_nothing_of_elasticsearch(tmp_path: Path) -> None:
    """A process of its own: this one has imported both."""
    code = (
        "import sys; from pathlib import Path; from search.engine.factory import open_reader;"
        "from search.engine.settings import EngineSettings;"
        "open_reader(EngineSettings(Path(sys.argv[1]))).close();"
        "print([name for name in sys.modules if name.startswith(('elastic', 'search.engine.elastic'))])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
