"""T21: which contacts are one person's, which are thrown away, and how strongly each ties a person to an employer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth.errors import Problem
from auth.users import contacts
from auth.users.contacts import ContactRefused, EmailRefused, key, masked, parse


@pytest.mark.parametrize("typed", ["13800138000", "+86 138 0013 8000", "138-0013-8000", "１３８００１３８０００"])
def test_a_mobile_number_has_one_key(typed: str) -> None:
    assert (parse(typed).kind, parse(typed).key, key(typed)) == ("mobile", "+8613800138000", "+8613800138000")


@pytest.mark.parametrize("typed", ["A@x.cn", "ａ@X.CN", " a@x.cn "])
def test_an_address_has_one_key(typed: str) -> None:
    """T16."""
    assert (parse(typed).kind, parse(typed).key, key(typed)) == ("email", "a@x.cn", "a@x.cn")


@pytest.mark.parametrize(
    "typed", ["", "x", "12345", "010-82000000", "+1 415 555 2671", "13800138000 ext 5", "138001380001", "\x00", "1" * 60]
)
def test_what_is_no_contact_is_refused(typed: str) -> None:
    with pytest.raises(ContactRefused):
        parse(typed)


@pytest.mark.parametrize("typed", ["a@", "@x.cn", "a b@x.cn", "a@x.cn\r\nBcc: b@x.cn", "a@x", "a@x.cn,b@x.cn"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(EmailRefused):
        parse(typed)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("li@x.cn", "li+patent@x.cn", True),
        ("l.i.lei@gmail.com", "lilei+2@googlemail.com", True),
        ("l.i@x.cn", "li@x.cn", False),
        ("12345678@qq.com", "12345678@vip.qq.com", True),
        ("12345678@qq.com", "12345678@foxmail.com", True),
        ("lilei@qq.com", "lilei@foxmail.com", False),
        ("13800138000", "+8613800138000", True),
        ("13800138000", "13800138001", False),
    ],
)
def test_contacts_of_one_person(one: str, other: str, same: bool) -> None:
    assert (parse(one).identity == parse(other).identity) is same


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("13800138000", "mobile"),
        ("li@huaxin-jixie.com.cn", "enterprise_mail"),
        ("li@qq.com", "public_mailbox"),
        ("li@163.com", "public_mailbox"),
        ("li@mailinator.com", "public_mailbox"),
    ],
)
def test_class_of_a_contact(contact: str, told: str) -> None:
    assert parse(contact).contact_class == told


def test_throw_away_domains_and_those_below_them() -> None:
    assert parse("li@mailinator.com").disposable
    assert parse("li@any.mailinator.com").disposable
    assert [name for name in ("qq.com", "163.com", "126.com", "gmail.com", "gov.cn") if parse(f"li@{name}").disposable] == []


def test_numbered_contacts_share_a_series() -> None:
    assert len({parse(f"tester{number}@x.cn").series for number in range(20)}) == 1
    assert parse("tester1@x.cn").series != parse("tester1@y.cn").series
    assert parse("li@x.cn").series is None
    assert parse("12345678@qq.com").series is None
    assert parse("13800138000").series == parse("13800138001").series != parse("13900138000").series


def test_letters_of_two_scripts() -> None:
    assert parse("аdmin@x.cn").mixed  # the first letter is Cyrillic
    assert not parse("admin2@x.cn").mixed


def test_what_a_mask_shows() -> None:
    assert (masked("li@x.cn"), masked("+8613800138000")) == ("l***@x.cn", "+86138****8000")


@given(st.text(max_size=60))
def test_any_text_is_a_contact_or_refused(text: str) -> None:
    """A key never raises, and is its own key; an identity is one for a contact and its key."""
    assert key(key(text)) == key(text)
    try:
        contact = parse(text)
    except Problem:
        return
    assert parse(contact.key).identity == contact.identity == contacts.identity(text)
