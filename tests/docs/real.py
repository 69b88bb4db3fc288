"""Real documents for the examples of docs/dialects.md, and what stands in them for the words of the generated ones."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import chain, islice
from pathlib import Path

from msgspec.structs import replace

from indexer.model import NotAPatent, Parser, RawRecord
from indexer.parsers import cnipa_xml, uspto_xml
from search.patent import kinds
from search.patent.model import Patent
from search.patent.standing import reckoned
from tests.differential import documents as real

DAY = date(2030, 1, 1)
"""The day of which legal statuses are reckoned."""

_EACH = 40
"""One in so many of the gazette and of the abstracts is taken, one in ten of so many full texts."""

WORDS = {
    **{"seed": "bicycle", "coating": "rear", "agent": "hub", "pump": "wheel", "pum": "whee", "infusion": "hub"},
    **{"drone": "surface", "blades": "tire", "transplant": "reinforc", "harrowfield": "honda", "northgate": "bridgestone"},
    **{"xiaoming": "andy", "zhou": "wu", "gao": "chen", "qiming": "lipsitz", "启明": "东北", "海川大学": "华为", "种子": "装置"},
    **{"包衣剂": "热管", "抗旱": "静电", "输液泵": "耳机", "识别": "检测", "车牌": "方法"},
    **{"105625501": "102025678", "1056": "1019", "113420701": "101945314", "CN109035901A": "US4313443A"},
    **{"12-07": "14-03", "201010100001": "200910190429", "20101010000": "2009101904"},
    **{"C02F00144": "A61B0050205", "C02F1/44": "A61B5/0205", "C02F1": "A61B5", "C02F": "A61B"},
    **{"20120103": "20110420", "03/01/2012": "20/04/2011", "201201": "201104", "2012": "2011", "2015": "2005", "2018": "2011"},
}
"""A word, number, class or day of the page's examples, and one that the real documents have where the example seeks it."""

_KNOWN = re.compile("|".join(sorted(map(re.escape, WORDS), key=len, reverse=True)))


def example(text: str) -> str:
    """An example of the page with the words of the real documents."""
    return _KNOWN.sub(lambda found: WORDS[found[0]], text)


def documents(data: Path) -> list[Patent]:
    """Each publication once, its status reckoned. The files name no families, so they are dealt out."""
    read = chain(
        _parsed(uspto_xml, [*(data / "uspto/grants").glob("*.xml"), *(data / "uspto/eras/samples/xml2014").glob("*.xml")]),
        _parsed(cnipa_xml, (data / "cnipa/publications").rglob("*.XML")),
        islice(real.gazette(data), 0, None, _EACH),
        islice(real.abstracts(data), 0, None, _EACH),
        islice(real.full_texts(data), 0, None, _EACH // 10),
    )
    found = {patent.number: patent for patent in read}
    return [_told(patent, place) for place, patent in enumerate(found.values())]


def _told(patent: Patent, place: int) -> Patent:
    stage = patent.stage or kinds.stage(patent.country, patent.kind, patent.publication_date)
    legal = reckoned([patent], DAY)[patent.number]
    return replace(patent, stage=stage, family=str(60_000_000 + place % 101), legal=legal)


def _parsed(parser: Parser, files: Iterable[Path]) -> Iterator[Patent]:
    for path in sorted(files):
        with path.open("rb") as stream:
            for record in parser.records(stream, path.name):
                if isinstance(record, RawRecord):
                    with suppress(NotAPatent):
                        yield parser.parse(record)
