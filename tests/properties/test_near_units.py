"""Distances over the unit store, many documents at once, against the exact matcher text by text."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engine import layout
from search.engine.embedded import units
from search.engine.embedded.cutting import cut
from search.engine.embedded.distances import documents
from search.engine.embedded.sheets import Sheets
from search.patent.model import Patent
from search.query.near import matches
from search.query.tree import Near
from tests import machine
from tests.properties.nears import nears, texts


def _patent(values: list[str]) -> Patent:
    return Patent(number="CN1A", country="CN", doc_number="1", titles={str(place): value for place, value in enumerate(values)})


@settings(max_examples=10_000 if machine.soaking() else 80)
@given(nears, st.lists(st.lists(texts, max_size=2), min_size=1, max_size=12))
def test_a_sheet_holds_what_its_texts_do(near: Near, library: list[list[str]]) -> None:
    expected = [place for place, values in enumerate(library) if matches(near, values)]
    with TemporaryDirectory() as folder:
        index = Path(folder)
        units.create(index)
        writer = units.UnitsWriter(index)
        for ordinal, values in enumerate(library, start=3):
            writer.add(cut([layout.texts(_patent(values))]), [ordinal])
        writer.commit()
        sheets = Sheets(index)
        sheet = sheets.sheet("title", np.arange(3, 3 + len(library)))
        assert documents(near, sheet, sheets).tolist() == expected
