"""Questions as the API's description shows them, by the name of the table; a test sends each to the application."""

from typing import Any

BODIES: dict[str, Any] = {
    "trend": {"summary": "By year of filing, publication and grant", "value": {"query": "电池"}},
    "matrix": {"summary": "Applicants against classes", "value": {"query": "电池", "by": ["applicant", "subclass"], "size": 10}},
    "grants": {
        "summary": "Grants of an applicant in a period",
        "value": {"query": "*", "applicants": ["江苏禾丰农机有限公司"], "first": "2020-01", "last": "2020-12", "irregular": 0},
    },
}
