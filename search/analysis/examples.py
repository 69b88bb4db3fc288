"""Questions as the API's description shows them; a test sends each to the application."""

from typing import Any

BODIES: dict[str, Any] = {
    "trend": {"summary": "By year of filing, publication and grant", "value": {"query": "电池"}},
    "matrix": {"summary": "Applicants against classes", "value": {"query": "电池", "by": ["applicant", "subclass"], "size": 10}},
    "grants": {
        "summary": "Grants of an applicant in a period",
        "value": {"query": "*", "applicants": ["深圳锂源电池有限公司"], "first": "2023-01", "last": "2023-09", "irregular": 0},
    },
    "density": {
        "summary": "Inventions in force for 10,000 people",
        "value": {"query": "*", "by": ["region"], "people": {"贵州省": 38_650_000}, "at": "2026-06-30"},
    },
}
