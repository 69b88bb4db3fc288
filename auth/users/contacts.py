"""Contacts: an e-mail address or a Chinese mobile number, however it is typed, and which person it belongs to. Pure."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from email_validator import EmailNotValidError, validate_email

from auth.errors import Problem
from auth.http.json import unfit
from auth.users.model import email_key

MAX_EMAIL = 254
_MAX_NUMBER = 40

Kind = Literal["email", "mobile"]
ContactClass = Literal["mobile", "enterprise_mail", "public_mailbox"]


class EmailRefused(Problem):
    """Not an address mail can be sent to."""

    status = 422
    code = "bad_email"
    zh = "邮箱地址不正确，请检查后重新输入。"
    en = "This is not an e-mail address. Check it and type it again."


class ContactRefused(Problem):
    """Neither an e-mail address nor a mobile number."""

    status = 422
    code = "bad_contact"
    zh = "请填写邮箱地址或中国大陆手机号码。"
    en = "Give an e-mail address or a mobile number of China's mainland."


@dataclass(frozen=True, slots=True)
class Contact:
    """`shown` as typed; `key` is one for every spelling that reaches the same place (an address folded, a number as E.164)."""

    kind: Kind
    shown: str
    key: str

    @property
    def domain(self) -> str:
        """Of an address, what stands after the sign @; empty for a number."""
        return self.key.rpartition("@")[2] if self.kind == "email" else ""

    @property
    def identity(self) -> str:
        """One for all contacts that are surely the same person's: without the tag of ``name+tag@`` (RFC 5233), the dots of a
        Gmail address, and with the domains of one QQ number taken together."""
        if self.kind == "mobile":
            return self.key
        local, _, domain = self.key.rpartition("@")
        local = local.partition("+")[0] or local
        if domain in ("gmail.com", "googlemail.com"):
            return f"{local.replace('.', '')}@gmail.com"
        if domain in ("qq.com", "vip.qq.com", "foxmail.com") and local.isdecimal():
            return f"{local}@qq.com"
        return f"{local}@{domain}"

    @property
    def series(self) -> str | None:
        """One for numbered contacts (``tester1@``, ``tester2@``; numbers that differ in their last two digits), else ``None``.
        A local part that is all digits is a QQ or telephone number, which nobody chooses one after the other."""
        if self.kind == "mobile":
            return self.key[:-2]
        local, _, domain = self.identity.rpartition("@")
        stem = local.rstrip("0123456789")
        return f"{stem}@{domain}" if stem and stem != local else None

    @property
    def mixed(self) -> bool:
        """Whether its letters come from more than one script, such as Latin with a Cyrillic а."""
        scripts = {unicodedata.name(sign, "?").partition(" ")[0] for sign in self.key if sign.isalpha()}
        return len(scripts) > 1

    @property
    def contact_class(self) -> ContactClass:
        """How strongly it ties a person to an employer; a domain counts as an enterprise's unless it is a public one."""
        if self.kind == "mobile":
            return "mobile"
        return "public_mailbox" if self.domain in _public() or self.disposable else "enterprise_mail"

    @property
    def disposable(self) -> bool:
        """Whether its domain, or one above it, gives out throw-away mailboxes (list `disposable-email-domains`)."""
        labels = self.domain.split(".")
        return any(".".join(labels[at:]) in _disposable() for at in range(len(labels) - 1))


def parse(text: str) -> Contact:
    """The contact of any spelling; `EmailRefused` or `ContactRefused`."""
    folded = unicodedata.normalize("NFKC", text)
    if "@" in folded:
        shown = checked_email(text)
        return Contact("email", shown, email_key(shown))
    number = _mobile(folded)
    if number is None:
        raise ContactRefused
    return Contact("mobile", number, number)


def key(text: str) -> str:
    """The key of what somebody typed to sign in; of what is no contact a text that no account has."""
    folded = email_key(text)
    return folded if "@" in folded else _mobile(folded) or folded


def identity(text: str) -> str:
    """The identity of a contact however it is typed, of what is none its key: for lists that others wrote."""
    try:
        return parse(text).identity
    except Problem:
        return key(text)


def checked_email(email: str) -> str:
    """The address as typed, without blanks around; `EmailRefused` unless its folded form is a valid one."""
    typed = email.strip()
    if unfit(typed) or len(typed) > MAX_EMAIL:
        raise EmailRefused
    try:
        validate_email(email_key(typed), check_deliverability=False)
    except EmailNotValidError:
        raise EmailRefused from None
    return typed


def masked(contact: str) -> str:
    """As much of it as shows its owner which one is meant: ``l***@example.com``, ``+86138****8000``."""
    local, sign, domain = contact.rpartition("@")
    return f"{local[:1]}***@{domain}" if sign else f"{contact[:6]}****{contact[-4:]}"


def _mobile(text: str) -> str | None:
    """The number as E.164; ``None`` unless it is a Chinese mobile number."""
    import phonenumbers  # noqa: PLC0415 - a tenth of a second of the start, for those who sign up alone

    if unfit(text) or len(text) > _MAX_NUMBER:
        return None
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return None
    mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    if number.country_code != 86 or number.extension or not mobile:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@cache
def _public() -> frozenset[str]:
    text = resources.files("auth.users").joinpath("public_mailboxes.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


@cache
def _disposable() -> frozenset[str]:
    from disposable_email_domains import blocklist  # noqa: PLC0415 - read when the first address is judged

    return frozenset(blocklist)
