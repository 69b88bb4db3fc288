"""What a table of effects says of itself, in both languages: how right it is, and what it was read from."""

from collections.abc import Iterator

from search.analysis.effects.service import SCANNED, Matrix
from search.analysis.model import Caveat

PRECISION, RECALL = 0.87, 0.90
"""Of the effects found in 200 sentences, 110 Chinese and 90 English, labelled by hand (tests/unit/effects/labelled.tsv)."""

BY_LANGUAGE = {"zh": (0.88, 0.93), "en": (0.85, 0.86)}
"""The same of the sentences in each language."""

MEANS = {"zh": 0.86, "en": 0.70}
"""Which share of 108 means, 71 Chinese and 37 English, is a whole noun that the effect comes by, looked at by hand."""


def caveats(matrix: Matrix) -> tuple[Caveat, ...]:
    """What to know of the crossing."""
    return (_rules(), _NOT_OFFICIAL, *_reading(matrix), *_counting(matrix))


def _rules() -> Caveat:
    (zh_p, zh_r), (en_p, en_r) = BY_LANGUAGE["zh"], BY_LANGUAGE["en"]
    return Caveat(
        "rules",
        f"由规则自动从摘要和权利要求的句子中读出，没有人工标引：在 200 句人工标注的句子中，"
        f"查准率 {PRECISION:.0%}，查全率 {RECALL:.0%}（中文 {zh_p:.0%} 和 {zh_r:.0%}，英文 {en_p:.0%} 和 {en_r:.0%}）；"
        f"技术手段的查准率中文 {MEANS['zh']:.0%}，英文 {MEANS['en']:.0%}（人工看过 108 处）。来源和局限见 docs/analysis.md。",
        "Read by rules in the sentences of abstracts and claims, by no person: in 200 labelled sentences"
        f" precision is {PRECISION:.0%}, recall {RECALL:.0%}"
        f" (Chinese {zh_p:.0%} and {zh_r:.0%}, English {en_p:.0%} and {en_r:.0%});"
        f" of 108 means {MEANS['zh']:.0%} of the Chinese and {MEANS['en']:.0%} of the English ones are right."
        " docs/analysis.md says where they come from and what they can't tell.",
    )


_NOT_OFFICIAL = Caveat(
    "not_official",
    "功效是文献自己的说法，不是国家知识产权局的官方标引，也没有验证其真实性；引用前请读原句。",
    "Effects are what documents say of themselves: no official indexing, and nobody has verified them."
    " Read the sentences before you rely on a number.",
)


def _reading(matrix: Matrix) -> Iterator[Caveat]:
    if matrix.looked_at:
        (zh, en), (zh_s, en_s) = ([told.get(lang, 0) for lang in ("zh", "en")] for told in (matrix.documents, matrix.sentences))
        without = matrix.looked_at - zh - en
        yield Caveat(
            "read",
            f"看了 {matrix.looked_at} 件：读了中文 {zh} 件共 {zh_s} 句，英文 {en} 件共 {en_s} 句，"
            f"没有中英文摘要和权利要求的 {without} 件；其中 {matrix.silent} 件没有说到功效。",
            f"{matrix.looked_at} documents were looked at: {zh} were read in Chinese with {zh_s} sentences, {en} in English with"
            f" {en_s}; {without} have neither abstract nor claims in either. {matrix.silent} of them all say no effect.",
        )
    if matrix.looked_at < matrix.total:
        yield Caveat(
            "first_documents",
            f"只看了 {matrix.total} 件中先装载的 {matrix.looked_at} 件，其余不在表中：读够 documents 件有摘要或权利要求的为止，"
            f"一次最多看 {SCANNED:,} 件；请缩小检索式，或加大 documents。",
            f"Of {matrix.total} documents the first {matrix.looked_at} loaded were looked at, the rest are not in the table: until"
            f" `documents` with an abstract or claims were read, {SCANNED:,} at the most. Narrow the query or raise `documents`.",
        )
    if matrix.corrected or matrix.removed:
        yield Caveat(
            "corrected",
            f"含您的更正：{matrix.corrected} 处改了功效或手段，{matrix.removed} 处改为不是功效；他人看到的表没有这些更正。",
            f"As you corrected it: {matrix.corrected} effects or means are changed and {matrix.removed} are taken out;"
            " others see the table without.",
        )


def _counting(matrix: Matrix) -> Iterator[Caveat]:
    if matrix.further:
        yield Caveat(
            "each_publication",
            f"按公开文献计：其中 {matrix.further} 件与已读的文献属于同一申请，仍各计一次。",
            f"Counted by publications: {matrix.further} of them are of an application that was read already, and count too.",
        )
    if matrix.left_out:
        yield Caveat(
            "cut",
            f"只列出文献最多的 {len(matrix.means)} 种技术手段，另有 {matrix.left_out} 种未列出。",
            f"Only the {len(matrix.means)} means with the most documents are listed, {matrix.left_out} more are not.",
        )
    if not matrix.cells:
        yield Caveat("empty", "没有句子说到功效。", "No sentence says an effect.")
