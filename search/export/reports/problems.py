"""What whoever asks for a report may get instead."""

from auth.errors import Problem
from search.export.reports.order import Order


class EnterpriseAsked(Problem):
    """The report is about one enterprise, and none is named."""

    status = 400
    code = "enterprise_asked"
    zh = "专利挖掘与布局报告须在 applicants 中首先给出本企业的全称，其后可列竞争对手。"
    en = "For a report of patent mining and layout give first the enterprise's whole name in `applicants`, then its rivals."


class SectionsAsked(Problem):
    """A report of one's own choice without a choice."""

    status = 400
    code = "sections_asked"
    zh = "自选报告须在 sections 中给出至少一章（标题、文字、统计表）。"
    en = "For a report of your own choice give at least one chapter in `sections`: a heading, text, tables."


def require(order: Order) -> None:
    """Raises what is missing in an order."""
    if order.kind == "mining" and not order.applicants:
        raise EnterpriseAsked
    if order.kind == "free" and not order.sections:
        raise SectionsAsked


class NotSet(Problem):
    """The report could not be set within its limits."""

    status = 422
    code = "report_not_set"
    zh = "报告未能在规定时间内排成 PDF。请减少重点专利件数或不附全文，或改用 DOCX。"
    en = "The report could not be set as PDF within its limits. Ask for fewer key patents or no full texts, or for DOCX."
