"""The house of these tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.auth.house import House, a_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A fresh installation with one researcher."""
    with a_house(tmp_path) as opened:
        yield opened
