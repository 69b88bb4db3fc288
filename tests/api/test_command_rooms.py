"""Commands about messages, registrations and organisations, as an operator or cron runs them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from auth.clock import now
from auth.database import Database, open_database
from auth.mail import store as outbox
from auth.mail.model import Message
from auth.organisations import service as organisations
from auth.organisations.model import Kind
from auth.organisations.service import New
from auth.registration.handovers import store as handovers
from auth.registration.handovers.model import What
from auth.roles import Role
from auth.settings import Settings
from auth.users import store as users
from auth.users.model import User
from tests.command import patentry


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the schema."""
    folder = tmp_path_factory.mktemp("operator") / "data"
    assert patentry("migrate", data=folder).returncode == 0
    return folder


@contextmanager
def opened(data: Path) -> Iterator[Database]:
    """The folder's database."""
    database = open_database(Settings(env="development", data=data))
    yield database
    database.close()


def test_the_queue_is_seen_and_sent_by_command(data: Path) -> None:
    """A server that is away is said with its reason and exit status 1; nothing is lost, and the message leaves the next time."""
    letter = Message("email", "li@example.com", "确认", "您好 123456")
    with opened(data) as database, database.write() as connection:
        outbox.add(connection, "m1", letter, account=None, shown="l***@example.com", now=now(), due_at=now())
    away = {"PATENTRY_SMTP_URL": "smtp://127.0.0.1:1"}
    refused = patentry("mail", "run", data=data, **away)
    assert (refused.returncode, refused.stdout) == (1, "已发 / sent 0 · 待发 / queued 1\n")
    assert refused.stderr.endswith("Z: smtp_unreachable\n")
    listed = patentry("mail", "list", data=data, **away).stdout
    assert "queued\t1\temail\tl***@example.com\tsmtp_unreachable\n" in listed
    assert "待发 / queued 1，最早 / since 20" in listed
    with opened(data) as database, database.write() as connection:
        outbox.put_off(connection, "m1", reason="smtp_unreachable", due_at=now())
    assert patentry("mail", "run", data=data).stdout == "已发 / sent 1 · 待发 / queued 0\n"
    again = patentry("mail", "run", data=data)
    assert (again.returncode, again.stdout, again.stderr) == (0, "已发 / sent 0 · 待发 / queued 0\n", "")
    assert json.loads((data / "outbox" / "m1.json").read_text("utf-8"))["to"] == "li@example.com"
    listed = patentry("mail", "list", "--state", "sent", data=data).stdout
    assert "l***@example.com" in listed
    assert "li@" not in listed


def test_who_has_a_number_alone_is_listed_by_a_part_of_it(data: Path) -> None:
    person = User("u-mobile", None, None, Role.RESEARCHER, None, "active", now(), "+8613800138000")
    with opened(data) as database, database.write() as connection:
        assert users.add(connection, person, password=None)
    assert "u-mobile\t+86138****8000\tresearcher\tactive" in patentry("users", "list", data=data).stdout


def test_registrations_are_reviewed_by_command(data: Path) -> None:
    done = patentry("registrations", "review", data=data)
    assert (done.returncode, done.stdout.partition(" / ")[2]) == (0, "0 judged, 0 held, 0 sign-ups forgotten\n")


def test_the_hand_over_list_is_a_table(data: Path) -> None:
    with opened(data) as database, database.write() as connection:
        held = organisations.add(connection, New(Kind.AGENCY, "=1+1 所"), caller=None, now=now())[0]
        handovers.note(connection, "a1", held.id, What.NAME, now=now())
    listed = patentry("registrations", "handovers", data=data)
    head, line = listed.stdout.splitlines()
    assert head.startswith("帐号 account,接收方 organisation")
    assert line.startswith(f"a1,{held.id},'=1+1 所,name,20")
    assert len(patentry("registrations", "handovers", "--since", "2999-01-01", data=data).stdout.splitlines()) == 1
    assert patentry("registrations", "handovers", "--since", "soon", data=data).returncode == 2


def test_a_table_of_size_classes_is_loaded_once_and_classifies(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "sizes.toml"
    assert patentry("organisations", "sizes", "classify", "I", "--staff", "25", data=data).returncode == 2, "none is shipped"
    text = 'title = "划型标准"\nfirst = 2020-01-01\n[[industry]]\ncode = "I"\nname = "工业"\nstaff = [20, 300, 1000]\n'
    file.write_text(text, "utf-8")
    outcomes = [patentry("organisations", "sizes", "load", str(file), data=data).stdout.split("\t")[3] for _ in range(2)]
    assert outcomes == ["added", "unchanged"]
    assert patentry("organisations", "sizes", "list", data=data).stdout.endswith("\t2020-01-01\t划型标准\n")
    told = patentry("organisations", "sizes", "classify", "I", "--staff", "25", data=data)
    assert told.stdout.startswith("small\t工业，从业人员 25 人：≥ 20")
    file.write_text(text.replace("300", "3"), "utf-8")
    for arguments in (("load", str(file)), ("load", str(tmp_path / "none")), ("classify", "X")):
        refused = patentry("organisations", "sizes", *arguments, data=data)
        assert refused.returncode == 2, arguments
        assert "Traceback" not in refused.stderr
