"""The judged sets of the test data: documents, queries, judgements."""

import ast
import json
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from loadtests.relevance.measures import Grades
from search.patent import numbers
from search.patent.model import Claim, Patent

US640 = "uspto/us_apps_640_json.tar.xz"
PATSNAP = "judged/patsnap2244_xml.tar.xz"


@dataclass(frozen=True, slots=True)
class Query:
    """A text to search with; `number` where it is a document of the set, which is not to be found itself."""

    text: str
    grades: Grades
    number: str | None = None


@dataclass(slots=True)
class Judged:
    """`names` are the judgements' names of the documents, by number."""

    name: str
    documents: list[Patent] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    queries: list[Query] = field(default_factory=list)


def us640(data: Path) -> Judged:
    """40 sentences over 640 US applications with full texts, graded 0 to 3."""
    found = Judged("us640")
    for name, patent in _applications(data / US640):
        _add(found, name, patent)
    grades = _grades(data / "judged/us640.qrels")
    for line in (data / "judged/us640_queries.tsv").read_text("utf-8").splitlines():
        query, text = line.split("\t")
        found.queries.append(Query(text, grades[query]))
    return found


def patsnap2244(data: Path) -> Judged:
    """106 documents with title and abstract: which of 2,244 they cite."""
    found = Judged("patsnap2244")
    for name, patent in _publications(data / PATSNAP):
        _add(found, name, patent)
    by_name = {name: number for number, name in found.names.items()}
    held = {patent.number: patent for patent in found.documents}
    for name, grades in _grades(data / "judged/patsnap2244_citations.qrels").items():
        citing = held[by_name[name]]
        text = " ".join((*citing.titles.values(), *citing.abstracts.values()))
        found.queries.append(Query(text, grades, citing.number))
    return found


def _add(found: Judged, name: str, patent: Patent) -> None:
    if patent.number not in found.names:
        found.documents.append(patent)
        found.names[patent.number] = name


def _grades(path: Path) -> Mapping[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for line in path.read_text("utf-8").splitlines():
        query, _, document, grade = line.split()
        found.setdefault(query, {})[document] = int(grade)
    return found


def _applications(path: Path) -> Iterator[tuple[str, Patent]]:
    with tarfile.open(path) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is None or not member.name.endswith(".json"):
                continue
            for row in json.load(content):
                printed = row["filename"].split("-")[0]
                claims = tuple(Claim(number=place, text=text, lang="en") for place, text in enumerate(_texts(row["claims"]), 1))
                yield (
                    printed.removeprefix("US").removesuffix("A1"),
                    _patent(
                        printed,
                        titles={"en": row["title"]},
                        abstracts={"en": row["abstract"]},
                        claims=claims,
                        description={"en": tuple(_texts(row["detailed_description"]))},
                    ),
                )


def _publications(path: Path) -> Iterator[tuple[str, Patent]]:
    with tarfile.open(path) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is None or not member.name.endswith(".xml"):
                continue
            values = {each.get("name"): (each.text or "").strip() for each in ET.parse(content).getroot()}
            texts = {key: values.get(name) for key, name in (("titles", "Title"), ("abstracts", "Abstract"))}
            if printed := values.get("Patent Number"):
                yield printed, _patent(printed, **{key: {"en": text} for key, text in texts.items() if text})


def _patent(printed: str, **fields: object) -> Patent:
    """A number that is none of its office's stands as it is printed (reissues as the set has them)."""
    try:
        read = numbers.parse_publication(printed)
    except numbers.NumberError:
        return Patent(number=printed, country=printed[:2], doc_number=printed[2:], **fields)  # type: ignore[arg-type]
    return Patent(number=read.number, country=read.country, doc_number=read.doc_number, kind=read.kind, **fields)  # type: ignore[arg-type]


def _texts(listed: str | Sequence[str]) -> list[str]:
    """The file has lists of paragraphs as Python's own text of them."""
    if isinstance(listed, str):
        return list(ast.literal_eval(listed)) if listed.startswith("[") else [listed]
    return list(listed)
