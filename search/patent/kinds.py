"""What a kind code says: the stage and the type of a publication, by office and period (WIPO ST.16, ZC 0008-2004).

The same letter means different things in different years, so a Chinese code is read by its day and its digit.  What no rule
tells is ``None``, never a guess.
"""

from functools import lru_cache

from search.patent.model import Stage, Type

_REVISED_CHINESE_LAW = "1993-01-01"
"""The day examined but ungranted publications ended: B, U and S of before are no grants."""

_SETTLED = "2004-01-01"
"""Since then A is published and B or C granted at every office that uses them; before, some granted under A (GB, FR, TW) and
some published unallowed applications under B (JP, DE)."""

_CHINA: dict[str, Type] = {
    "A": "invention",
    "B": "invention",
    "C": "invention",
    "U": "utility_model",
    "Y": "utility_model",
    "S": "design",
    "D": "design",
}
_CHINA_BY_DIGIT: dict[str, Type] = {"1": "invention", "2": "utility_model", "3": "design", "8": "invention", "9": "utility_model"}

_UNITED_STATES: dict[str, Stage] = {
    "A": "granted",  # until 2000; applications were not published
    "A1": "published",
    "A2": "published",
    "B1": "granted",
    "B2": "granted",
    "C1": "granted",
    "C2": "granted",
    "C3": "granted",
    "E": "granted",
    "E1": "granted",
    "H": "published",
    "H1": "published",
    "P": "granted",
    "P1": "published",
    "P2": "granted",
    "P3": "granted",
    "P4": "published",
    "S": "granted",
    "S1": "granted",
}
_UNITED_STATES_BY_PREFIX: tuple[tuple[str, Type], ...] = (
    ("D", "design"),
    ("PP", "plant"),
    ("RE", "reissue"),
    ("RX", "reissue"),
    ("H", "other"),
    ("T", "other"),
)
_UNITED_STATES_BY_KIND: dict[str, Type] = {"S": "design", "P": "plant", "E": "reissue", "H": "other"}
_ELSEWHERE: dict[str, Type] = {
    "A": "invention",
    "B": "invention",
    "C": "invention",
    "U": "utility_model",
    "Y": "utility_model",
    "Z": "utility_model",
    "S": "design",
    "P": "plant",
}
_OFFICES_OF_INVENTIONS = ("EP", "WO", "EA")


@lru_cache(maxsize=4096)
def stage(country: str, kind: str | None, publication_date: str | None) -> Stage | None:
    """How far the publication is; `publication_date` is ISO. ``None`` for an unknown kind or a missing day that matters."""
    if not kind:
        return None
    if kind[1:] in ("8", "9"):
        return "corrected"
    match country:
        case "CN":
            return _chinese_stage(kind, publication_date)
        case "US":
            return _UNITED_STATES.get(kind)
        case "EP":
            return "published" if kind[0] == "A" else "granted" if kind[0] == "B" else None
        case "WO":
            return "published" if kind[0] in "AB" else "corrected" if kind[0] == "C" else None
        case _ if publication_date is not None and publication_date >= _SETTLED:
            return "published" if kind[0] == "A" else "granted" if kind[0] in "BC" else None
    return None


def patent_type(country: str, kind: str | None, doc_number: str) -> Type | None:
    """What is protected, by the number's own mark where it has one, else by the kind."""
    if country == "CN":
        return _CHINA.get(kind[0]) if kind else _chinese_type(doc_number)
    if country == "US":
        return _united_states_type(kind, doc_number)
    if country in _OFFICES_OF_INVENTIONS:
        return "invention"
    return _ELSEWHERE.get(kind[0]) if kind else None


def _chinese_stage(kind: str, day: str | None) -> Stage | None:
    letter, digit = kind[0], kind[1:]
    if digit:
        return "partly_invalidated" if letter in "CYS" and digit in "1234567" else None
    if letter in "CYD":
        return "granted"
    if letter in "BUS" and day is not None:
        return "granted" if day >= _REVISED_CHINESE_LAW else "pre_grant"
    return "published" if letter == "A" else None


def _chinese_type(doc_number: str) -> Type | None:
    """The third digit of the eight of 1985-88, which are an application's, else the first."""
    return _CHINA_BY_DIGIT.get(doc_number[2] if len(doc_number) == 8 else doc_number[:1])


def _united_states_type(kind: str | None, doc_number: str) -> Type | None:
    for prefix, found in _UNITED_STATES_BY_PREFIX:
        if doc_number.startswith(prefix):
            return found
    return _UNITED_STATES_BY_KIND.get(kind[0], "invention") if kind else None
