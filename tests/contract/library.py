"""The documents that the contract is read from: each is there for what a case asks, and holds nothing else."""

from typing import Any

from search.patent.model import Claim, Party, Patent, Reference, Symbol
from tests.builders import a_patent

_NOTHING: dict[str, Any] = {
    "stage": None,
    "type": None,
    "publication_date": None,
    "application": None,
    "titles": {},
    "abstracts": {},
    "claims": (),
    "description": {},
    "applicants": (),
    "inventors": (),
    "ipc": (),
    "family": None,
}


def paper(number: str, **fields: Any) -> Patent:
    """A publication with its number and these fields alone."""
    return a_patent(number, **(_NOTHING | fields))


def titled(number: str, zh: str) -> Patent:
    return paper(number, titles={"zh": zh})


def in_english(number: str, en: str) -> Patent:
    return paper(number, titles={"en": en})


def symbols(*texts: str) -> tuple[Symbol, ...]:
    return tuple(Symbol(symbol=text) for text in texts)


def parties(*names: str, **fields: Any) -> tuple[Party, ...]:
    return tuple(Party(name=name, **fields) for name in names)


CHINESE = (
    titled("CN101A", "锂电池"),
    titled("CN102A", "一种锂电池组的充电方法"),
    titled("CN103A", "锂电，池"),  # punctuation stands between
    titled("CN104A", "锂离子电池"),
    titled("CN105A", "鋰電池的製造"),  # traditional
    titled("CN106A", "网络和服务器"),  # 和服 stands across two words
    titled("CN107A", "LED灯"),
    titled("CN108A", "LED灯具"),
    titled("CN109A", "灯用LED"),
    titled("CN110A", "酶"),
    titled("CN111A", "淀粉酶及其制备"),
    titled("CN112A", "ＬＥＤ　灯"),  # full width, with a blank
    titled("CN113A", "灯。具"),
    titled("CN114A", "𠮷野家的锅"),  # beyond the basic plane
    titled("CN115A", "ph7.4的H2O2溶液"),
    titled("CN116A", "电池电池"),
    titled("CN117A", "カメラの製造"),
    titled("CN118A", "五%的盐水"),
)

ENGLISH = (
    in_english("US201A", "Wireless charging method"),
    in_english("US202A", "Methods for wirelessly charged batteries"),
    in_english("US203A", "Battery"),
    in_english("US204A", "BATTERY PACK"),
    in_english("US205A", "Pack of a battery"),
    in_english("US206A", "Battery, pack"),
    in_english("US207A", "Größe naïve façade"),
    in_english("US208A", "x" * 300),
    in_english("US209A", "x" * 299 + "y"),
    in_english("US210A", "The pH-meter of O'Neil"),
    in_english("US211A", "don't stop"),
    in_english("US212A", "lamp 灯 housing"),
    in_english("US213A", "lamp housing"),
    in_english("US214A", "A\\B path*name what?"),
    in_english("US215A", "generation generator generating"),
)

FIELDED = (
    paper("EP301A", titles={"zh": "轴承"}),
    paper("EP302A", abstracts={"zh": "轴承"}),
    paper("EP303A", claims=(Claim(number=1, text="轴承", lang="zh"),)),
    paper("EP304A", description={"zh": ("轴承",)}),
    paper("EP305A", applicants=parties("轴承有限公司")),
    paper("EP306A", inventors=parties("王轴承")),
    paper("EP307A", agents=parties("李代理"), agent_firms=parties("轴承事务所")),
    paper("EP308A", titles={"zh": "前言", "en": "end"}, claims=(Claim(number=1, text="前"), Claim(number=2, text="言"))),
    paper("EP309A", titles={"en": "alpha beta", "de": "gamma delta"}),
    paper("EP310A", description={"zh": ("甲乙", "丙丁")}),
    paper("EP311A", inventors=parties("Smith John", "Brown Ann")),
    paper("CN110330865B"),
    paper("EP312A", applicants=(Party(name="华为技术有限公司", names={"en": "Huawei Technologies"}),)),
)

FILED = (
    paper(
        "CN401B",
        stage="granted",
        type="invention",
        publication_date="2020-02-29",
        application=Reference(number="CN201910792871.4", date="2019-08-26"),
        priorities=(Reference(number="US62000001", date="2018-12-31"), Reference(number="US62000002", date="2018-06-01")),
        applicants=parties("甲公司", "乙公司", country="CN", region="江苏省"),
        ipc=symbols("H01M 10/0525", "H01M 10/04", "A01B 1/02"),
        cpc=symbols("Y02E 60/10"),
        family="F1",
    ),
    paper(
        "CN402U",
        stage="granted",
        type="utility_model",
        publication_date="2020-12-31",
        applicants=parties("乙公司", country="CN", region="广东省"),
        ipc=symbols("H01M 4/02"),
        family="F1",
    ),
    paper("CN403S", stage="granted", type="design", publication_date="2021-01-01", locarno=symbols("09-03"), family="F2"),
    paper(
        "US404A1",
        stage="published",
        type="invention",
        publication_date="2021-01-01",
        applicants=parties("Acme, Inc.", country="US"),
        ipc=symbols("A01B 1/02", "A01B 33/00"),
        cpc=symbols("A01B 33/00", "H01M 10/0525"),
    ),
    paper("WO405A1", stage="published", type="invention", publication_date="1999-12-31"),
    paper("US406B2", stage="granted", type="invention", publication_date="2020-12-31", applicants=parties("乙公司", "丙公司")),
)

LIBRARY: tuple[Patent, ...] = (*CHINESE, *ENGLISH, *FIELDED, *FILED)
