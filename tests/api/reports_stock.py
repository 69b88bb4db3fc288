"""Documents for reports: sixty in a field over twelve years by five applicants of three countries, citing each other, with rare
characters and texts that mean harm; three of another field."""

from search.patent.model import Citation, Legal, Party, Patent, Reference, Symbol
from tests.builders import a_claim, a_party, a_patent
from tests.unit.reports.samples import HARM, RARE

OWN = "深圳锂源电池有限公司"
NAMES = (OWN, "宁波䶮能电池有限公司", "Volta Cells, Inc.", "Kyoto Battery K.K.", f"贵阳{HARM}")
_PLACES = (
    ("CN", "广东省", "深圳市"),
    ("CN", "浙江省", "宁波市"),
    ("US", None, None),
    ("JP", None, None),
    ("CN", "贵州省", "贵阳市"),
)
_CLASSES = ("H01M 10/44", "H01M 4/38", "H02J 7/00", "B60L 53/00")
_STATES = ("in_force", "lapsed", "pending")


def documents() -> list[Patent]:
    """CN100000000A to CN100000059A, or US and JP for applicants from there."""
    other = [a_patent(f"CN20000000{n}A", family=None, application=None) for n in range(3)]
    return [*map(_battery, range(60)), *other]


def number(place: int) -> str:
    """Of the document of that place."""
    if place % 5 == 2:
        return f"US2020{1000000 + place}A1"
    return f"JP20200000{place:02}A" if place % 5 == 3 else f"CN1000000{place:02}A"


def _battery(place: int) -> Patent:
    who = place % 5
    country, region, city = _PLACES[who]
    year = 2013 + place % 12
    cited = tuple(Citation(number=number(each)) for each in range(place) if (place + each) % 11 == 0)
    partner = (a_party(NAMES[0], region="广东省", city="深圳市"),) if place % 20 == 1 else ()
    return a_patent(
        number(place),
        stage="granted" if place % 4 == 0 else "published",
        publication_date=f"{year}-{1 + place % 9:02}-15",
        application=Reference(number=f"{country}20{place:02}A{place // 2}", date=f"{year - 1}-03-01"),
        titles={"zh": f"一种锂电池{RARE}的充电方法{place}" if who != 4 else HARM, "en": f"Charging of batteries {place}"},
        abstracts={"zh": f"先恒流充电，再恒压充电。{RARE}"},
        claims=(a_claim(f"一种锂电池的充电方法，{RARE}。{HARM}"),),
        description={"zh": (f"本发明涉及电池领域{RARE}。", HARM)},
        applicants=(Party(name=NAMES[who], country=country, region=region, city=city), *partner),
        ipc=(Symbol(symbol=_CLASSES[place % 4], first=True), Symbol(symbol=_CLASSES[place % 3])),
        family=f"F{place // 2}",
        citations=cited,
        legal=Legal(status=_STATES[place % 3], since="2024-01-01") if place % 7 else None,
    )
