"""BibTeX: an entry ``@patent`` a record, in the fields of BibLaTeX (its manual, section 2.1.1), UTF-8."""

from collections.abc import Iterable, Iterator

from search.export.formats.blocks import blocks
from search.export.formats.texts import ordered
from search.export.model import Layout, Records
from search.find.labels import label
from search.patent.model import Party, Patent

MEDIA_TYPE = "application/x-bibtex"
SUFFIX = "bib"

_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # an escaped brace would still count: entries end where braces balance
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "%&#$_"},
    }
)


def written(rows: Records, layout: Layout) -> Iterator[bytes]:
    """The file; a remark is a last ``@comment``."""
    return blocks(_entries(rows, layout))


def _entries(rows: Records, layout: Layout) -> Iterable[str]:
    for patent in rows:
        fields = [f"  {name} = {{{value}}},\n" for name, value in _fields(patent, layout) if value]
        yield f"@patent{{{_key(patent.number)},\n{''.join(fields)}}}\n\n"
    for remark in rows.remarks:
        yield f"@comment{{{_escaped(remark.said(layout.lang))}}}\n"


def _fields(patent: Patent, layout: Layout) -> Iterable[tuple[str, str]]:
    yield "title", _braced(ordered(patent.titles, layout.lang)[:1])
    yield "author", _people(patent.inventors)
    yield "holder", _people(patent.applicants)
    yield "number", patent.number
    yield "type", _escaped(label("type", patent.type, layout.lang)) if patent.type else ""
    yield "location", _escaped(label("country", patent.country, layout.lang))
    yield "date", patent.publication_date or ""
    yield "year", (patent.publication_date or "")[:4]
    yield "url", f"{layout.address}{patent.number}" if layout.address else ""
    yield "abstract", " ".join(map(_escaped, ordered(patent.abstracts, layout.lang)[:1]))


def _people(parties: Iterable[Party]) -> str:
    """Each in braces of its own: a comma or an "and" in a name is a part of it, and no Chinese name is turned round."""
    return " and ".join(_braced([party.name]) for party in parties)


def _braced(texts: Iterable[str]) -> str:
    """Braces keep the capitals as they are."""
    return "".join(f"{{{_escaped(text)}}}" for text in texts)


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_ESCAPED)


def _key(number: str) -> str:
    """A label without what some programs end it at."""
    return number.replace("/", "-")
