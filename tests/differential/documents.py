"""The real documents that both engines are asked about: gazette entries, abstracts in many languages, full texts."""

import ast
import gzip
import json
import tarfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from indexer.model import RawRecord
from indexer.parsers import gazette_json
from search.patent import classes, numbers
from search.patent.model import Claim, Patent, Symbol

GAZETTE = "cnipa/gazette/gazette_2019-07-09.jsonl.gz"
ABSTRACTS = "cnipa/abstracts/waste_heat_abstracts.jsonl.gz"
FULL_TEXTS = "uspto/us_apps_640_json.tar.xz"


def documents(data: Path, *, at_most: int) -> list[Patent]:
    """Each publication once: full texts all, of the gazette and of the abstracts at most so many each. The files name no
    families, so they are dealt out: seven documents of eight are of one of a few hundred."""
    found: dict[str, Patent] = {}
    for source in (gazette(data), abstracts(data)):
        for patent in islice(source, at_most):
            found.setdefault(patent.number, patent)
    for patent in full_texts(data):
        found.setdefault(patent.number, patent)
    return [_of_a_family(patent, place) for place, patent in enumerate(found.values())]


def _of_a_family(patent: Patent, place: int) -> Patent:
    family = None if place % 8 == 0 else f"F{place * place % 701}"
    return msgspec.structs.replace(patent, family=family)


def gazette(data: Path) -> Iterator[Patent]:
    """36,725 entries: Chinese titles, names, dates and classes."""
    with gzip.open(data / GAZETTE) as stream:
        for record in gazette_json.records(stream, GAZETTE):  # type: ignore[arg-type]
            if isinstance(record, RawRecord):
                yield gazette_json.parse(record)


def abstracts(data: Path) -> Iterator[Patent]:
    """18,414 abstracts, half of them Chinese, some with a machine's English beside them; classes, no titles."""
    with gzip.open(data / ABSTRACTS) as stream:
        for line in stream:
            row = json.loads(line)
            texts = {row["lang"]: row["abstract"], "en": row.get("abstract_en_mt") or row["abstract"]}
            yield _publication(row["pub_no"], abstracts=texts, ipc=_symbols(row["search_ipc"]))


def full_texts(data: Path) -> Iterator[Patent]:
    """640 applications with claims and description, in English."""
    with tarfile.open(data / FULL_TEXTS) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is None or not member.name.endswith(".json"):
                continue
            for row in json.load(content):
                yield _publication(
                    row["filename"].split("-")[0],
                    titles={"en": row["title"]},
                    abstracts={"en": row["abstract"]},
                    claims=tuple(Claim(number=n, text=text, lang="en") for n, text in enumerate(_texts(row["claims"]), 1)),
                    description={"en": tuple(_texts(row["detailed_description"]))},
                    publication_date=_date(row["filename"]),
                )


def _publication(text: str, **fields: Any) -> Patent:
    parts = numbers.parse_publication(text)
    return Patent(number=parts.number, country=parts.country, doc_number=parts.doc_number, kind=parts.kind, **fields)


def _symbols(texts: list[str]) -> tuple[Symbol, ...]:
    found: list[Symbol] = []
    for text in texts:
        try:
            found.append(Symbol(symbol=classes.ipc(text)))
        except classes.ClassError:
            continue
    return tuple(found)


def _texts(field: str | list[str]) -> list[str]:
    """The file has lists of paragraphs as Python's own text of them."""
    return list(ast.literal_eval(field)) if isinstance(field, str) and field.startswith("[") else [str(field)]


def _date(filename: str) -> str:
    day = filename.rsplit("-", 1)[1][:8]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"
