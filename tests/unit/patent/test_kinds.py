"""Kind codes by office, period and digit."""

import pytest

from search.patent import kinds

CHINA = [
    ("A", "1987-02-04", "published"),
    ("A", "2019-07-09", "published"),
    ("B", "1990-05-02", "pre_grant"),
    ("B", "1992-12-31", "pre_grant"),
    ("B", "1993-01-01", "granted"),
    ("B", "2019-07-09", "granted"),
    ("B", None, None),
    ("C", "2003-01-01", "granted"),
    ("C", None, "granted"),
    ("C1", "2012-01-01", "partly_invalidated"),
    ("C7", None, "partly_invalidated"),
    ("U", "1988-01-01", "pre_grant"),
    ("U", "2015-01-01", "granted"),
    ("U", None, None),
    ("Y", "2001-01-01", "granted"),
    ("Y3", "2011-01-01", "partly_invalidated"),
    ("S", "1989-01-01", "pre_grant"),
    ("S", "2019-07-09", "granted"),
    ("S2", "2019-07-09", "partly_invalidated"),
    ("D", "1999-01-01", "granted"),
    ("A8", "2019-01-01", "corrected"),
    ("B9", "2019-01-01", "corrected"),
    ("S9", None, "corrected"),
    ("B1", "2019-01-01", None),
    ("Q", "2019-01-01", None),
]


@pytest.mark.parametrize(("kind", "day", "stage"), CHINA)
def test_chinese_stages_follow_period_and_digit(kind: str, day: str | None, stage: str | None) -> None:
    assert kinds.stage("CN", kind, day) == stage


@pytest.mark.parametrize(
    ("country", "kind", "stage"),
    [
        ("US", "A", "granted"),
        ("US", "A1", "published"),
        ("US", "A2", "published"),
        ("US", "A9", "corrected"),
        ("US", "B1", "granted"),
        ("US", "B2", "granted"),
        ("US", "E1", "granted"),
        ("US", "H1", "published"),
        ("US", "P1", "published"),
        ("US", "P3", "granted"),
        ("US", "S1", "granted"),
        ("EP", "A1", "published"),
        ("EP", "A3", "published"),
        ("EP", "A8", "corrected"),
        ("EP", "B1", "granted"),
        ("EP", "B9", "corrected"),
        ("WO", "A1", "published"),
        ("WO", "A9", "corrected"),
        ("KR", "A", "published"),
        ("KR", "B1", "granted"),
        ("QQ", "T2", None),
        ("US", None, None),
    ],
)
def test_stages_of_other_offices(country: str, kind: str | None, stage: str | None) -> None:
    assert kinds.stage(country, kind, "2015-01-01") == stage


@pytest.mark.parametrize(("country", "kind"), [("JP", "B2"), ("GB", "A"), ("DE", "B")])
def test_what_other_offices_meant_long_ago_is_not_guessed(country: str, kind: str) -> None:
    assert kinds.stage(country, kind, "1975-01-01") is None
    assert kinds.stage(country, kind, None) is None


@pytest.mark.parametrize(
    ("country", "kind", "doc_number", "found"),
    [
        ("CN", "A", "109996757", "invention"),
        ("CN", "C1", "100000000", "invention"),
        ("CN", "U", "209078969", "utility_model"),
        ("CN", "Y", "2030001", "utility_model"),
        ("CN", "S", "305246987", "design"),
        ("CN", "D", "3003001", "design"),
        ("CN", None, "109996757", "invention"),
        ("CN", None, "209078969", "utility_model"),
        ("CN", None, "3003001", "design"),
        ("CN", None, "85100312", "invention"),
        ("CN", None, "86201543", "utility_model"),
        ("CN", None, "85300001", "design"),
        ("US", "B2", "7318131", "invention"),
        ("US", "S1", "D558961", "design"),
        ("US", None, "D558961", "design"),
        ("US", "P2", "PP8901", "plant"),
        ("US", "P1", "2015322651", "plant"),
        ("US", "E1", "RE39998", "reissue"),
        ("US", "H1", "H1234", "other"),
        ("US", None, "7318131", None),
        ("EP", "A1", "0666666", "invention"),
        ("JP", "U", "H07123", "utility_model"),
        ("QQ", "T2", "1", None),
        ("QQ", None, "1", None),
    ],
)
def test_types(country: str, kind: str | None, doc_number: str, found: str | None) -> None:
    assert kinds.patent_type(country, kind, doc_number) == found
