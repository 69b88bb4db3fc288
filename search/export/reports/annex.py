"""Full texts of the key patents (重点专利全文文本, S0 L15), whole or not at all."""

from collections.abc import Iterator, Sequence

from search.export.columns import claims
from search.export.reports.counting import characters
from search.export.reports.key import Key, names, state, titled
from search.export.reports.model import Block, Heading, PageBreak, Paragraph, Table
from search.export.reports.tabling import NOTHING
from search.export.reports.wording import Wording
from search.patent.model import Claim, Patent

MOST = 500_000
"""字数 of all full texts; a document that does not fit is left out whole, and named."""


def texts(keys: Sequence[Key], t: Wording) -> Iterator[Block]:
    """The annex."""
    yield PageBreak()
    yield Heading(t("c_texts"), annex=True)
    room, left_out = MOST, []
    for key in keys:
        blocks = list(_document(key.patent, t))
        length = sum(characters(block.text) for block in blocks if isinstance(block, Paragraph))
        if length > room:
            left_out.append(key.patent.number)
            continue
        room -= length
        yield from blocks
    if left_out:
        yield Paragraph(t("left_out_texts", numbers=", ".join(left_out)), quiet=True)


def _document(patent: Patent, t: Wording) -> Iterator[Block]:
    title = titled(patent, t.lang)
    yield Heading(f"{patent.number}　{title}" if t.lang == "zh" else f"{patent.number}  {title}", 2)
    yield Table(title, (t("item"), t("content")), tuple(_facts(patent, t)))
    parts = [("abstract", _abstract(patent, t)), ("claims", _claims(patent, t)), ("description", _description(patent, t))]
    for word, paragraphs in parts:
        if paragraphs:
            yield Heading(t(word), 3)
            yield from map(Paragraph, paragraphs)
    if not (parts[1][1] or parts[2][1]):
        yield Paragraph(t("no_text"), quiet=True)


def _facts(patent: Patent, t: Wording) -> Iterator[tuple[str, str]]:
    filed = patent.application
    yield t("number"), patent.number
    yield t("published"), patent.publication_date or NOTHING
    yield t("application"), (filed.number if filed else None) or NOTHING
    yield t("filed"), (filed.date if filed else None) or NOTHING
    yield t("applicants"), names(patent.applicants, t.lang)
    yield t("inventors"), names(patent.inventors, t.lang)
    yield t("ipc"), ", ".join(symbol.symbol for symbol in patent.ipc) or NOTHING
    yield t("legal"), state(patent, t.lang)


def _abstract(patent: Patent, t: Wording) -> list[str]:
    text = patent.abstracts.get(t.lang) or next(iter(patent.abstracts.values()), "")
    return [text] if text else []


def _claims(patent: Patent, t: Wording) -> list[str]:
    return [_claim(claim) for claim in claims(patent, t.lang)]


def _claim(claim: Claim) -> str:
    said = claim.text.lstrip()
    return said if said.startswith(f"{claim.number}") else f"{claim.number}. {said}"


def _description(patent: Patent, t: Wording) -> list[str]:
    return list(patent.description.get(t.lang) or next(iter(patent.description.values()), ()))
