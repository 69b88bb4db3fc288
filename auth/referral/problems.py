"""What a caller is told about links."""

from auth.errors import Problem


class CodeUnknown(Problem):
    """The code typed into the form is none, or not good any more: one answer for both."""

    status = 422
    code = "unknown_code"
    zh = "推广码不正确或已失效，请核对后重新输入，也可留空继续注册。"
    en = "This code is not known or not valid any more. Check it and type it again, or leave it empty and go on."


class TooManyDeadCodes(Problem):
    """One address asks for codes that are none, again and again."""

    status = 429
    code = "too_many_codes"
    zh = "错误的推广码过多，请按 retry_after_s 给出的秒数等待后再试；可先不填推广码直接注册。"
    en = "Too many wrong codes. Wait for the seconds given in retry_after_s; signing up without a code works meanwhile."


class LinkRefused(Problem):
    """A part of the link does not fit: `errors` names it."""

    status = 422
    code = "bad_link"
    zh = "链接内容不合要求（见 errors）：活动链接须有起止时间（不超过 7 天），持有单位、企业和成员须为本单位所辖。"
    en = "The link does not fit (see errors): an event has hours, at most 7 days; holder, enterprise and member are among yours."

    def __init__(self, field: str) -> None:
        super().__init__(extra={"errors": [{"field": field, "code": "refused"}]})


class LinkRevoked(Problem):
    """A revoked link stays revoked."""

    status = 409
    code = "link_revoked"
    zh = "该链接已作废，不能再启用；请新建链接。"
    en = "The link was revoked and stays so. Make a new one."
