"""Questions as the API's description shows them; a test sends each to the application."""

from typing import Any

BODIES: dict[str, Any] = {
    "words": {"summary": "Words in both languages", "value": {"query": "旋耕机 OR tiller", "facets": ["country", "year"]}},
    "fields": {
        "summary": "Fields, a filter, an order",
        "value": {
            "query": "title:(旋耕 OR tiller) AND ipc:A01B",
            "filters": {"country": ["CN"], "publication_date": {"from": "2019", "to": "2020-12"}},
            "sort": "publication_date:desc",
            "size": 20,
        },
    },
    "cursor": {"summary": "All of it, page by page, in a stable view", "value": {"query": "*", "size": 100, "cursor": ""}},
}

QUERIES: dict[str, Any] = {
    "cql": {"summary": "Espacenet CQL", "value": {"text": 'ti="rotary tiller" and pd>=2019', "dialect": "cql"}},
    "auto": {"summary": "Found out", "value": {"text": "旋耕机/TI*2019/PD"}},
}

PARSED: dict[str, Any] = {
    "tree": {
        "node": "and",
        "items": [
            {"node": "word", "text": "rotary tiller", "field": "title", "exact": True},
            {"node": "range", "field": "publication_date", "low": "2019-01-01", "high": None},
        ],
    },
    "canonical": 'title:"rotary tiller" AND publication_date>=2019-01-01',
    "dialect": "cql",
    "translations": {
        "native": {"text": 'title:"rotary tiller" AND publication_date>=2019-01-01'},
        "ppubs": {"text": '"rotary tiller".ti. AND @pd>=20190101'},
    },
}

NUMBERS: dict[str, Any] = {
    "canonical": {"summary": "As the records have it", "value": "CN110330865B"},
    "printed": {"summary": "As printed, without the kind", "value": "CN 110330865"},
    "application": {"summary": "An application number", "value": "ZL201910792871.4"},
}

FOUND: dict[str, Any] = {
    "query": {"canonical": "旋耕机 OR tiller", "dialect": "native"},
    "total": 1,
    "took_ms": 3.2,
    "hits": [
        {
            "number": "CN110330865B",
            "score": 7.31,
            "stage": "granted",
            "type": "invention",
            "titles": {"zh": "一种旋耕机", "en": "Rotary tiller"},
            "applicants": [{"name": "江苏禾丰农机有限公司", "country": "CN", "region": "江苏省"}],
            "publication_date": "2020-12-01",
            "ipc": [{"symbol": "A01B 33/00", "first": True}],
            "highlights": {"title": [{"text": "一种旋耕机", "spans": [[2, 5]], "lang": "zh"}]},
        }
    ],
    "facets": {"country": [{"value": "CN", "label": "中国", "count": 1}]},
}
