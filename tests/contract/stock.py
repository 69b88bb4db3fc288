"""Documents and questions that tables are counted over: few keys that meet in many ways, and keys that are hard to spell."""

from random import Random

from search.engine import layout
from search.engine.model import Question, Unit
from search.patent.model import Citation, Legal, Party, Patent, Reference
from search.query.tree import All, Not, Or, Query, Range, Value, Word
from tests.contract.library import paper, symbols

_NAMES = (
    "甲公司",
    "乙公司",
    "Acme,  Inc.",
    'The "A" Co.',
    "“丙”公司",
    '两"种“引号”',
    "A*B?",
    "OR",
    "café",
    "cafe\u0301",
    "长" * 600,
)
_PEOPLE = ("王一", "李二", "Smith, John", "#3", "张（三）")
_IPC = ("H01M 10/0525", "H01M 10/04", "H01M 4/02", "A01B 1/02", "G01N 33/50", "A61K 8/02", "H01", "B01D 53/94")
_REGIONS = ("江苏省", "江苏", "广东省", "Île-de-France", None)
_CITED = ("US7318131B2", "US7318131", "CN110330865B", "CN110330865A", "JP H05-123", "a paper, no number")
_TITLES = ("锂电池", "电池组 battery", "Battery charging", "水泵阀门")

FIELDS: tuple[str, ...] = tuple(layout.DIMENSIONS)
UNITS: tuple[Unit, ...] = ("publication", "application", "family")


def stock(count: int, *, seed: int) -> list[Patent]:
    random = Random(seed)
    return [_patent(random, number) for number in range(count)]


def questions(count: int, *, seed: int) -> list[Question]:
    random = Random(seed)
    return [_question(random) for _ in range(count)]


def populations() -> list[tuple[Query, dict[str, Query]]]:
    """Queries with their filters."""
    return [
        (All(), {}),
        (Word("电池"), {}),
        (Or((Word("battery", "title"), Value("stage", "granted"))), {"country": Value("country", "CN")}),
        (Not(Range("publication_date", low="2021-01-01")), {}),
        (Word("不存在的词"), {}),
    ]


def _patent(random: Random, number: int) -> Patent:
    def some(values: tuple[str, ...], most: int) -> list[str]:
        return [random.choice(values) for _ in range(random.randrange(most + 1))]

    office = random.choice(("CN", "CN", "US", "EP"))
    filed = f"201{number % 7}-0{number % 8 + 1}-01"
    return paper(
        f"{office}{1000 + number}{random.choice(('A', 'B', 'A1'))}",
        stage=random.choice(("granted", "published", None)),
        type=random.choice(("invention", "design", None)),
        publication_date=random.choice((f"202{number % 5}-12-31", f"202{number % 5}-01-01", None)),
        application=random.choice((Reference(number=f"US{number % 40:08}", date=filed), Reference(date=filed), None)),
        priorities=tuple(Reference(date=f"20{day}-06-01") for day in some(("09", "10", "11"), 2)),
        titles={"zh": random.choice(_TITLES)},
        applicants=tuple(
            Party(
                name=name,
                country=random.choice(("CN", "us", None)),
                region=random.choice(_REGIONS),
                city=random.choice(("苏州市", None)),
            )
            for name in some(_NAMES, 3)
        ),
        inventors=tuple(Party(name=name) for name in some(_PEOPLE, 4)),
        agents=tuple(Party(name=name) for name in some(_PEOPLE, 1)),
        ipc=symbols(*some(_IPC, 3)),
        cpc=symbols(*some(_IPC, 2)),
        locarno=symbols(*some(("09-03", "14-03"), 1)),
        citations=tuple(Citation(number=each) for each in some(_CITED, 3)),
        legal=random.choice((Legal(status="in_force", version=1), Legal(status="pending", version=1), None)),
        family=random.choice((f"F{number % 30}", None)),
    )


def _question(random: Random) -> Question:
    by = tuple(random.choice(FIELDS) for _ in range(random.choice((0, 1, 1, 2, 2, 3))))
    only = {name: tuple(random.sample(_KEYS[name], 2)) for name in by if name in _KEYS and random.random() < 0.4}
    size = tuple(random.choice((None, None, 1, 2, 5, 10_000)) for _ in range(random.randrange(len(by) + 1)))
    within = random.choice((None, None, None, Word("电池"), Value("country", "CN")))
    of = random.choice((None, None, None, None, random.choice(FIELDS)))
    return Question(by, unit=random.choice(UNITS), size=size, only=only, within=within, of=of)


_KEYS: dict[str, tuple[str, ...]] = {
    "applicant": ("甲公司", "Acme, Inc.", "OR", "never seen"),
    "subclass": ("H01M", "A01B", "H01"),
    "publication_year": ("2020", "2021", "1999"),
    "field": ("1", "11", "24"),
    "country": ("CN", "US", "XX"),
}
