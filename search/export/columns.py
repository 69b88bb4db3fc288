"""The columns of a table of publications: their labels, their INID codes, and what stands in each.

The codes are WIPO ST.9's (bibliographic data of patents; ST.80 has the same for what designs share).  Values of a cell are joined
by semicolons; claims and paragraphs stand a line each.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from search.find.labels import label as value_label
from search.patent.model import Claim, Party, Patent, Reference, Symbol

Cell: TypeAlias = Callable[[Patent, str], str | None]
"""(record, zh or en) -> the text of the cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """`inid` is empty where the standard has no code; `width` is in characters of a digit."""

    zh: str
    en: str
    inid: str
    cell: Cell
    width: int = 14


def label(name: str, lang: str, *, inid: bool = False) -> str:
    """The head of the column of that name."""
    column = COLUMNS[name]
    said = column.zh if lang == "zh" else column.en
    return f"{column.inid} {said}" if inid and column.inid else said


def _texts(texts: Mapping[str, str], lang: str) -> str | None:
    """In the language, else in the first one that there is."""
    return texts.get(lang) or next(iter(texts.values()), None)


def _names(parties: Iterable[Party]) -> str:
    return "; ".join([party.name for party in parties])


def _addresses(patent: Patent, _lang: str) -> str:
    return "; ".join([party.address for party in patent.applicants if party.address])


def _regions(patent: Patent, _lang: str) -> str:
    return "; ".join(dict.fromkeys([party.region for party in patent.applicants if party.region]))


def _symbols(symbols: Iterable[Symbol]) -> str:
    return "; ".join([symbol.symbol for symbol in symbols])


def _reference(reference: Reference) -> str:
    return " ".join([part for part in (reference.number, reference.date) if part])


def claims(patent: Patent, lang: str) -> list[Claim]:
    """Those in the language, else in that of the first."""
    found = [claim for claim in patent.claims if claim.lang == lang]
    return found or [claim for claim in patent.claims if claim.lang == patent.claims[0].lang]


def _first_claim(patent: Patent, lang: str) -> str | None:
    return next((claim.text for claim in claims(patent, lang)), None)


def _all_claims(patent: Patent, lang: str) -> str:
    return "\n".join([f"{claim.number}. {claim.text}" for claim in claims(patent, lang)])


def _description(patent: Patent, lang: str) -> str:
    return "\n".join(patent.description.get(lang) or next(iter(patent.description.values()), ()))


def _value(facet: str) -> Cell:
    """A value of a facet in words."""

    def cell(patent: Patent, lang: str) -> str | None:
        value = getattr(patent, facet)
        return None if value is None else value_label(facet, value, lang)

    return cell


def _of(part: str, name: str) -> Cell:
    """A field of a part that a record may lack."""

    def cell(patent: Patent, _lang: str) -> str | None:
        found = getattr(getattr(patent, part), name, None)
        return found if found is None else str(found)

    return cell


def _legal(patent: Patent, lang: str) -> str | None:
    return value_label("legal", patent.legal.status, lang) if patent.legal else None


COLUMNS: Mapping[str, Column] = {
    "number": Column("公开（公告）号", "Publication number", "(11)", lambda p, _: p.number, 18),
    "kind": Column("文献种类", "Kind", "(13)", lambda p, _: p.kind, 8),
    "country": Column("国别", "Office", "(19)", lambda p, _: p.country, 8),
    "type": Column("专利类型", "Type", "(12)", _value("type"), 10),
    "stage": Column("阶段", "Stage", "", _value("stage"), 10),
    "publication_date": Column("公开（公告）日", "Publication date", "(43)/(45)", lambda p, _: p.publication_date, 12),
    "application": Column("申请号", "Application number", "(21)", _of("application", "number"), 20),
    "application_date": Column("申请日", "Filing date", "(22)", _of("application", "date"), 12),
    "priorities": Column("优先权", "Priority", "(30)", lambda p, _: "; ".join([_reference(each) for each in p.priorities]), 24),
    "pct_application": Column("PCT 申请号", "PCT application", "(86)", _of("pct", "application"), 20),
    "pct_publication": Column("PCT 公布号", "PCT publication", "(87)", _of("pct", "publication"), 20),
    "title": Column("名称", "Title", "(54)", lambda p, lang: _texts(p.titles, lang), 40),
    "title_zh": Column("名称（中文）", "Title (Chinese)", "(54)", lambda p, _: p.titles.get("zh"), 40),
    "title_en": Column("名称（英文）", "Title (English)", "(54)", lambda p, _: p.titles.get("en"), 40),
    "abstract": Column("摘要", "Abstract", "(57)", lambda p, lang: _texts(p.abstracts, lang), 60),
    "abstract_zh": Column("摘要（中文）", "Abstract (Chinese)", "(57)", lambda p, _: p.abstracts.get("zh"), 60),
    "abstract_en": Column("摘要（英文）", "Abstract (English)", "(57)", lambda p, _: p.abstracts.get("en"), 60),
    "applicants": Column("申请（专利权）人", "Applicant or owner", "(71)/(73)", lambda p, _: _names(p.applicants), 30),
    "addresses": Column("地址", "Address", "", _addresses, 30),
    "regions": Column("省市", "Region", "", _regions, 12),
    "inventors": Column("发明（设计）人", "Inventor", "(72)", lambda p, _: _names(p.inventors), 24),
    "agent_firms": Column("代理机构", "Agency", "(74)", lambda p, _: _names(p.agent_firms), 24),
    "agents": Column("代理人", "Agent", "(74)", lambda p, _: _names(p.agents), 16),
    "ipc": Column("国际分类", "IPC", "(51)", lambda p, _: _symbols(p.ipc), 24),
    "cpc": Column("联合分类", "CPC", "(52)", lambda p, _: _symbols(p.cpc), 24),
    "locarno": Column("洛迦诺分类", "Locarno class", "(51)", lambda p, _: _symbols(p.locarno), 12),
    "citations": Column("引证文献", "Citations", "(56)", lambda p, _: "; ".join([each.number for each in p.citations]), 30),
    "non_patent": Column("非专利引证", "Other citations", "(56)", lambda p, _: "; ".join(p.npl), 30),
    "family": Column("同族", "Family", "", lambda p, _: p.family, 14),
    "legal": Column("法律状态", "Legal status", "", _legal, 10),
    "legal_since": Column("状态起始日", "Status since", "", _of("legal", "since"), 12),
    "first_claim": Column("首项权利要求", "First claim", "", _first_claim, 60),
    "claims": Column("权利要求书", "Claims", "", _all_claims, 60),
    "description": Column("说明书", "Description", "", _description, 60),
}
"""Name -> column, in the order in which a table has them."""

DEFAULT = (
    *("number", "title", "applicants", "inventors", "application", "application_date", "publication_date", "type", "stage"),
    *("ipc", "legal", "abstract"),
)
"""The columns of a table where none are chosen."""

LONG = frozenset({"claims", "description"})
"""Columns that may hold more than a cell does."""
