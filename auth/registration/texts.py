"""The messages of registration, each in both languages. No name or other text that somebody typed stands in them, so nobody
can make this service write to others in his words."""

import unicodedata

from auth.mail.model import Channel, Message
from auth.users.contacts import Contact

TERMS_VERSION = 1
"""Of the terms and the privacy notice; kept with each consent. Raised when the notice says something else than before."""

_HOURS = "10 分钟 / 10 minutes"


def confirm(contact: Contact, *, digits: str, link: str) -> Message:
    """To somebody who is not known here."""
    return _message(
        contact,
        "请确认您的注册 · Confirm your registration",
        "您好！请用下面的验证码或链接确认您在专利信息检索系统的注册。若不是您本人操作，不必理会，注册不会生效。",
        "Hello! Confirm your registration with the patent search by this code or link. If it was not you, do nothing.",
        digits=digits,
        link=link,
    )


def known(contact: Contact, *, digits: str, link: str) -> Message:
    """To somebody who has an account and was entered into the sign-up form again."""
    return _message(
        contact,
        "您已有帐号 · You have an account",
        "您好！有人用此联系方式注册，而您已有帐号。可用下面的验证码或链接直接登录。若不是您本人操作，不必理会。",
        "Hello! This contact was signed up with and has an account: this code or link signs you in. If it was not you, do nothing.",
        digits=digits,
        link=link,
    )


def sign_in(contact: Contact, *, digits: str, link: str) -> Message:
    """To somebody who asked for a code to sign in with."""
    return _message(
        contact,
        "登录验证码 · Your code",
        "您好！请用下面的验证码或链接登录。若不是您本人操作，不必理会，也不要把验证码告诉任何人。",
        "Hello! Sign in with this code or link. If it was not you, do nothing, and tell the code to nobody.",
        digits=digits,
        link=link,
    )


def channel_of(contact: Contact) -> Channel:
    """What carries a message to the contact."""
    return "sms" if contact.kind == "mobile" else "email"


def _message(contact: Contact, subject: str, zh: str, en: str, *, digits: str, link: str) -> Message:
    """A text message says the digits first, since telephones show the beginning."""
    if contact.kind == "mobile":
        return Message("sms", contact.key, subject, f"验证码 code {digits}（{_HOURS}）。{link}")
    text = f"{zh}\n\n{en}\n\n    {digits}    （{_HOURS}）\n\n{link}\n"
    return Message("email", unicodedata.normalize("NFKC", contact.shown), subject, text)
