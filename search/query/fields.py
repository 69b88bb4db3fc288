"""The one table of fields: what can be asked, under which names, in Chinese and English.

`search.query.dialects` reads names from it, `search.engine.layout` builds the index from it, the errors suggest from it,
the documentation is checked against it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from search.query.spelling import near
from search.text.fold import fold

FieldClass = Literal["text", "keyword", "class", "number", "date", "set", "name"]


@dataclass(frozen=True, slots=True)
class Field:
    """`name` is the canonical name, in code, in canonical text and in the index; `zh` and `aliases` are read besides it, all
    compared folded; `zh` and `en` label it; `boost` weighs its score in a plain question (relevance: title 3,
    abstract 2, claims 1.5, description 1)."""

    name: str
    kind: FieldClass
    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    boost: float = 1.0
    facet: bool = False


FIELDS: tuple[Field, ...] = (
    Field("title", "text", "标题", "title", ("ti", "发明名称", "名称", "题名"), 3.0),
    Field("abstract", "text", "摘要", "abstract", ("ab",), 2.0),
    Field("claims", "text", "权利要求", "claims", ("cl", "clm", "claim", "权利要求书", "主权项"), 1.5),
    Field("description", "text", "说明书", "description", ("de", "desc"), 1.0),
    Field("applicant", "text", "申请人", "applicant", ("pa", "ap", "assignee", "申请（专利权）人", "专利权人"), facet=True),
    Field("inventor", "text", "发明人", "inventor", ("in", "发明（设计）人", "设计人"), facet=True),
    Field("agent", "text", "代理人", "agent", ("ag", "代理机构", "专利代理机构", "agent_firm"), facet=True),
    Field("ipc", "class", "分类号", "IPC", ("ic", "ipc分类号", "主分类号"), facet=True),
    Field("cpc", "class", "CPC分类号", "CPC", ("cc",), facet=True),
    Field("locarno", "class", "洛迦诺分类号", "Locarno", ("lc",), facet=True),
    Field(
        "number", "number", "公开（公告）号", "publication number", ("pn", "公开号", "公告号", "公开公告号", "publication_number")
    ),
    Field("application", "number", "申请号", "application number", ("an", "专利号", "application_number")),
    Field("cites", "number", "引证文献", "cited document", ("ct", "引用", "cited")),
    Field("publication_date", "date", "公开（公告）日", "publication date", ("pd", "公开日", "公告日", "公开公告日")),
    Field("application_date", "date", "申请日", "application date", ("ad", "filing_date")),
    Field("priority_date", "date", "优先权日", "priority date", ("prd",)),
    Field("legal_since", "date", "法律状态起始日", "legal status since", ("lsd",)),
    Field("country", "keyword", "国家", "country", ("co", "公开国家", "受理局", "office"), facet=True),
    Field("kind", "keyword", "文献种类", "kind", ("ki", "kind_code", "文献类型"), facet=True),
    Field("type", "keyword", "专利类型", "type", ("ty", "类型"), facet=True),
    Field("stage", "keyword", "阶段", "stage", ("st",), facet=True),
    Field("legal", "keyword", "法律状态", "legal status", ("ls", "法律状态信息"), facet=True),
    Field("region", "keyword", "地区", "region", ("re", "省份", "国省"), facet=True),
    Field("family", "keyword", "同族", "family", ("fa",)),
    Field("city", "keyword", "城市", "city", ("ci", "地市")),
    Field("origin", "keyword", "来源国", "country of origin", ("or", "申请人国别")),
    Field("field", "keyword", "技术领域", "field of technology", ("tf", "WIPO技术领域")),
    Field("word", "keyword", "标题词", "word of the title", ()),
    Field("ipc_is", "keyword", "IPC层级", "IPC as it stands", ()),
    Field("cpc_is", "keyword", "CPC层级", "CPC as it stands", ()),
    Field("locarno_is", "keyword", "洛迦诺层级", "Locarno as it stands", ()),
    Field("cites_is", "keyword", "引证专利", "cited patent", ()),
    Field("entity", "name", "申请人实体", "applicant under all names", ("申请人全部名称",)),
    Field("collection", "set", "专题库", "collection", ("专题数据库",)),
)

DEFAULT: tuple[str, ...] = ("title", "abstract", "claims", "description")
"""The fields a leaf without a field asks."""


@cache
def names() -> dict[str, Field]:
    """Every name a field is read by, folded, in the order of the table."""
    found: dict[str, Field] = {}
    for each in FIELDS:
        for name in (each.name, each.zh, *each.aliases):
            if found.setdefault(fold(name), each) is not each:
                raise ValueError(f"{name} names two fields")
    return found


def field(name: str) -> Field | None:
    """The field of that name or alias, in any width, case and script."""
    return names().get(fold(name))


def nearest(name: str, *, size: int = 3) -> list[str]:
    """The names, of different fields, that `name` may be a slip of, nearest first."""
    of_field: dict[str, str] = {}
    for known in near(fold(name), names()):
        of_field.setdefault(names()[known].name, known)
    return list(of_field.values())[:size]
