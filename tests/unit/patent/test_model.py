"""What a page of hits shows opens a record's JSON."""

import json

from indexer.sample.generate import patents
from search.patent.model import Legal, Patent, Shown, encode, opening, shown
from tests.builders import a_patent

SHOWN = set(Shown.__struct_fields__)


def _asked(patent: Patent) -> dict[str, object]:
    return {name: value for name, value in json.loads(encode(patent)).items() if name in SHOWN}


def test_the_opening_and_a_brace_are_what_is_shown() -> None:
    least = Patent(number="CN1A", country="CN", doc_number="1")
    hostile = a_patent(titles={"country": 'a,"country":"b', "doc_number": '"}'}, legal=Legal("in_force"))
    for patent in (least, hostile, *patents(50)):
        line = encode(patent)
        assert line[: opening(patent)] + b"}" == shown(line)
        assert json.loads(shown(line)) == _asked(patent)
