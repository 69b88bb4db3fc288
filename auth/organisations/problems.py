"""What a caller is told about organisations."""

from auth.errors import Problem


class CreditCodeRefused(Problem):
    """The 18 signs are not a 统一社会信用代码; `reason` says why."""

    status = 422
    code = "bad_credit_code"
    zh = "统一社会信用代码不正确（18 位，末位为校验码），请对照营业执照修改。"
    en = "This is not a unified social credit code (18 signs, the last a check digit). Compare it with the business licence."

    def __init__(self, reason: str) -> None:
        super().__init__(extra={"reason": reason})


class CreditCodeTaken(Problem):
    """An organisation with this code is held."""

    status = 409
    code = "credit_code_taken"
    zh = "该统一社会信用代码已登记，请按名称查找该单位。"
    en = "An organisation with this credit code is held already. Find it by its name."


class RegionRefused(Problem):
    """No division code."""

    status = 422
    code = "bad_region"
    zh = "行政区划代码不正确：应为 6 位数字，前两位为省级代码。"
    en = "This is not a division code: six digits, the first two a province's."


class ParentRefused(Problem):
    """The organisation above is missing, or none that can have others under it, or the caller may not place anything there."""

    status = 422
    code = "bad_parent"
    zh = "上级单位不正确：须为您辖区内的知识产权局或服务中心。"
    en = "The organisation above must be a bureau or service centre, your own or one under it."


class MarkRefused(Problem):
    """The value is none of the mark's, or the last day comes before the first."""

    status = 422
    code = "bad_mark"
    zh = "标记的取值不在可选范围内（values），或截止日早于起始日。"
    en = "The mark has no such value (values lists them), or its last day comes before its first."


class SizeTableMissing(Problem):
    """No table of size classes holds on the mark's first day."""

    status = 422
    code = "size_table_missing"
    zh = "尚未载入该日有效的企业划型标准：请直接填写规模（value），或由管理员用 patentry organisations sizes load 载入标准。"
    en = "No table of size classes holds on that day. Give the class itself in value, or have the administrator load the table."


class FiguresRefused(Problem):
    """The industry is none of the table's, or a figure that decides is missing; `reason` says which."""

    status = 422
    code = "bad_figures"
    zh = "无法据此判定企业规模：reason 列出标准中的行业代码，或缺少的指标。"
    en = "These figures give no size class: reason names the table's industries, or the figure that is missing."


class VersionStale(Problem):
    """Somebody changed the object since the caller read it."""

    status = 409
    code = "version_stale"
    zh = "该对象已被他人修改，请重新读取后再改。"
    en = "The object has changed since you read it. Read it again, then change it."


class TooManyFinds(Problem):
    """Too many look-ups of enterprises from one address."""

    status = 429
    code = "too_many_finds"
    zh = "查找过于频繁，请按 retry_after_s 给出的秒数等待后再试。"
    en = "Too many look-ups. Wait for the seconds given in retry_after_s, then try again."


class TableUnreadable(Problem):
    """The file to import is no CSV table with the columns that are needed, or too long."""

    status = 422
    code = "bad_table"
    zh = "无法读取该表格：须为 CSV（UTF-8 或 GB18030），首行含“企业名称”和“统一社会信用代码”，不超过 5000 行。"
    en = "The table can't be read: CSV in UTF-8 or GB18030, a first row with name and credit_code, at most 5,000 rows."
