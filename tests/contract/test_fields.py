"""What fields, values, dates and their combinations find. The names are the specification."""

import pytest

from search.query.tree import All, And, Not, Or, Query, Range, Value, Wild, Word
from tests.contract.library import CHINESE, ENGLISH, FIELDED, FILED, LIBRARY
from tests.contract.shelf import Shelf

EVERYTHING = {patent.number for patent in LIBRARY}
DATED = {patent.number for patent in FILED}
UNDATED = {patent.number for patent in (*CHINESE, *ENGLISH, *FIELDED)}
CHINA = {patent.number for patent in LIBRARY if patent.country == "CN"}

FINDS: dict[str, tuple[Query, set[str]]] = {
    # text fields
    "without a field title, abstract, claims and description are asked": (
        Word("轴承"),
        {"EP301A", "EP302A", "EP303A", "EP304A"},
    ),
    "title": (Word("轴承", "title"), {"EP301A"}),
    "abstract": (Word("轴承", "abstract"), {"EP302A"}),
    "claims": (Word("轴承", "claims"), {"EP303A"}),
    "description": (Word("轴承", "description"), {"EP304A"}),
    "applicant by a part of the name": (Word("轴承", "applicant"), {"EP305A"}),
    "inventor by a part of the name": (Word("轴承", "inventor"), {"EP306A"}),
    "agent is a person or a firm": (Or((Word("李代理", "agent"), Word("轴承", "agent"))), {"EP307A"}),
    "a phrase does not reach from one language's title into the other's": (Word("前言end", "title", exact=True), set()),
    "a latin phrase does not reach from one value into the next": (Word("beta gamma", "title", exact=True), set()),
    "a phrase of stems does not reach from one value into the next": (Word("betas gamma", "title"), set()),
    "a phrase is found in each value": (Word("gamma delta", "title", exact=True), {"EP309A"}),
    "a run does not reach from one claim into the next": (Word("前言", "claims"), set()),
    "a run does not reach from one paragraph into the next": (Word("乙丙"), set()),
    "a phrase does not reach from one person to the next": (Word("John Brown", "inventor", exact=True), set()),
    "a person's name is a phrase": (Word("Smith John", "inventor"), {"EP311A"}),
    "names in every language are sought": (Word("Huawei", "applicant"), {"EP312A"}),
    "names are not stemmed": (Word("Technology", "applicant"), set()),
    "a wildcard in a field of names": (Wild("huaw*", "applicant"), {"EP312A"}),
    # keywords
    "country": (Value("country", "CN"), CHINA),
    "kind": (Value("kind", "B2"), {"US406B2"}),
    "type": (Value("type", "utility_model"), {"CN402U"}),
    "stage": (Value("stage", "granted"), {"CN401B", "CN402U", "CN403S", "US406B2"}),
    "region": (Value("region", "江苏省"), {"CN401B"}),
    "family": (Value("family", "F1"), {"CN401B", "CN402U"}),
    "year of publication": (Value("year", "2020"), {"CN401B", "CN402U", "US406B2"}),
    "an applicant by the whole name": (Value("applicant", "乙公司"), {"CN401B", "CN402U", "US406B2"}),
    "a whole name is not a part of one": (Value("applicant", "公司"), set()),
    "a whole name with signs in it": (Value("applicant", "Acme, Inc."), {"US404A1"}),
    "a value that nobody has": (Value("country", "XX"), set()),
    # classes
    "class at the section": (Value("ipc", "A"), {"CN401B", "US404A1"}),
    "class at the class": (Value("ipc", "H01"), {"CN401B", "CN402U"}),
    "class at the subclass": (Value("ipc", "h01m"), {"CN401B", "CN402U"}),
    "class at the main group": (Value("ipc", "H01M 10"), {"CN401B"}),
    "a main group is not the beginning of another": (Value("ipc", "H01M 1"), set()),
    "class at the subgroup": (Value("ipc", "A01B 1/02"), {"CN401B", "US404A1"}),
    "a wildcard over class keys": (Wild("H01M1*", "ipc"), {"CN401B"}),
    "cpc is not ipc": (Value("cpc", "H01M10/0525"), {"US404A1"}),
    "locarno class": (Value("locarno", "9"), {"CN403S"}),
    "locarno subclass": (Value("locarno", "09-03"), {"CN403S"}),
    "what is no class finds nothing": (Value("ipc", "???"), set()),
    # numbers
    "publication number": (Value("number", "CN110330865B"), {"CN110330865B"}),
    "publication number without its kind": (Value("number", "CN110330865"), {"CN110330865B"}),
    "publication number in another spelling": (Value("number", "cn 110330865 b"), {"CN110330865B"}),
    "publication number of another kind": (Value("number", "CN110330865A"), set()),
    "application number": (Value("application", "CN201910792871.4"), {"CN401B"}),
    "application number without its check digit": (Value("application", "CN201910792871"), {"CN401B"}),
    "a wildcard over numbers": (Wild("CN40?*", "number"), {"CN401B", "CN402U", "CN403S"}),
    "other signs of patterns mean nothing over keys": (Wild("CN4.*", "number"), set()),
    "a backslash in a pattern is a backslash": (Wild("CN4\\0*", "number"), set()),
    "what is no number finds nothing": (Value("number", "灯"), set()),
    # dates
    "one day": (Range("publication_date", "2020-02-29", "2020-02-29"), {"CN401B"}),
    "both ends of a range are in it": (
        Range("publication_date", "2020-12-31", "2021-01-01"),
        {"CN402U", "CN403S", "US404A1", "US406B2"},
    ),
    "a range open below": (Range("publication_date", high="1999-12-31"), {"WO405A1"}),
    "a range open above": (Range("publication_date", low="2021-01-01"), {"CN403S", "US404A1"}),
    "a range between two days that hold nothing": (Range("publication_date", "2020-03-01", "2020-12-30"), set()),
    "a document without the date is in no range": (Range("publication_date", low="0001-01-01"), DATED),
    "a document without the date is not in a range": (Not(Range("publication_date", low="0001-01-01")), UNDATED),
    "application date": (Range("application_date", "2019-08-26", "2019-08-26"), {"CN401B"}),
    "priority date is the earliest": (Range("priority_date", "2018-06-01", "2018-06-01"), {"CN401B"}),
    "priority date is no later one": (Range("priority_date", "2018-12-31", "2018-12-31"), set()),
    # combinations
    "all": (All(), EVERYTHING),
    "and": (And((Word("灯"), Word("LED"))), {"CN107A", "CN108A", "CN109A", "CN112A"}),
    "and over fields": (And((Value("family", "F1"), Value("country", "CN"), Value("kind", "U"))), {"CN402U"}),
    "and of what excludes each other": (And((Value("kind", "U"), Value("kind", "B"))), set()),
    "or": (Or((Word("酶"), Word("battery", exact=True))), {"CN110A", "CN111A", "US203A", "US204A", "US205A", "US206A"}),
    "or with what finds nothing": (Or((Word("不存在的词"), Word("酶"))), {"CN110A", "CN111A"}),
    "not": (Not(Value("country", "CN")), EVERYTHING - CHINA),
    "and not": (And((Word("LED"), Not(Word("灯具")))), {"CN107A", "CN109A", "CN112A"}),
    "only nots": (And((Not(Value("country", "CN")), Not(Value("country", "US")), Not(Value("country", "EP")))), {"WO405A1"}),
    "not of an or": (And((Word("LED"), Not(Or((Word("灯具"), Word("灯用")))))), {"CN107A", "CN112A"}),
    "not of an and": (And((Word("LED"), Not(And((Word("灯"), Word("用")))))), {"CN107A", "CN108A", "CN112A"}),
    "not of a not": (Not(Not(Value("kind", "U"))), {"CN402U"}),
    "or of a not": (
        Or((Value("kind", "U"), Not(Or((Value("country", "CN"), Value("country", "US"), Value("country", "EP")))))),
        {
            "CN402U",
            "WO405A1",
        },
    ),
    "not of nothing": (Not(Word("，")), EVERYTHING),
    "the same clause twice": (And((Word("酶"), Word("酶"))), {"CN110A", "CN111A"}),
}


@pytest.mark.parametrize(("query", "expected"), FINDS.values(), ids=FINDS.keys())
def test_fields(library: Shelf, query: Query, expected: set[str]) -> None:
    results = library.ask(query, size=100)
    assert {hit.number for hit in results.hits} == expected
    assert results.total == len(expected)
