"""What a person who was drawn is sent. No text that somebody typed stands in it."""

import unicodedata

from auth.mail.model import Message
from auth.users.contacts import Contact

_SUBJECT = "请核实您的注册 · Please confirm your registration"
_ZH = (
    "您好！知识产权局正在核实专利信息服务项目的注册情况，您的注册被随机抽中。请打开下面的链接回答三个问题，一次点击即可；"
    "也可在本系统的“回访”页输入回访码。问题是：是否本人注册、是否在所填企业从事研发、是否使用过本系统。不愿回答可不予理会。"
)
_EN = (
    "Hello! The bureau is checking the registrations of a patent information project, and yours was drawn by lot. Three questions "
    "wait at this link, answered by one tap; or type the code there. Did you sign up yourself, do you work in R&D at the "
    "enterprise you named, did you use the system? If you would rather not answer, do nothing."
)


def ask(contact: Contact, *, code: str, link: str) -> Message:
    """The three questions, by link and code."""
    if contact.kind == "mobile":
        return Message("sms", contact.key, _SUBJECT, f"注册核实，三个问题点一次即可 Three questions: {link} 回访码 code {code}")
    shown = unicodedata.normalize("NFKC", contact.shown)
    return Message("email", shown, _SUBJECT, f"{_ZH}\n\n{_EN}\n\n    {code}\n\n{link}\n")
