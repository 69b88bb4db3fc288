"""Messages leave by a real SMTP server; what does not leave is tried again, visibly, and given up in the end."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from auth.database import Database
from auth.errors import StartRefused
from auth.mail import store
from auth.mail.model import Message, MessageRefused, State
from auth.mail.postman import FIRST_PAUSE, LONGEST_PAUSE, PATIENCE, Postman, Worker, open_postman
from auth.mail.smtp import SmtpSender
from auth.settings import Settings
from search.migrations import migrate
from tests.desk import HandClock
from tests.servers.smtp import Mailbox

LETTER = Message("email", "li@example.com", "确认 · Confirm", "您好 123456\n")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'mail.sqlite'}")
    migrate(opened)
    yield opened
    opened.close()


def put(database: Database, message: Message = LETTER, *, name: str = "m1", at: datetime, wait_s: int = 0) -> None:
    with database.write() as connection:
        due = at + timedelta(seconds=wait_s)
        store.add(connection, name, message, account="u1", shown="l***@example.com", now=at, due_at=due)


def a_postman(database: Database, url: str, clock: HandClock) -> Postman:
    return Postman(database, {"email": SmtpSender(url, sender="Patentry <no-reply@patentry.example>")}, clock=clock)


def test_a_message_leaves_whole_and_only_its_mask_stays(database: Database, smtp: Mailbox) -> None:
    clock = HandClock()
    put(database, at=clock())
    postman = a_postman(database, smtp.url, clock)
    assert (postman.deliver(), postman.deliver()) == (1, 0)
    (letter,) = smtp.letters
    assert (letter["to"], letter["subject"], letter.get_content().replace("\r\n", "\n")) == (
        "li@example.com",
        LETTER.subject,
        LETTER.text,
    )
    assert letter["message-id"] == "<m1@patentry.example>"
    assert letter["auto-submitted"] == "auto-generated"
    (held,) = postman.queue()
    assert (held.state, held.recipient, held.sent_at) == (State.SENT, "l***@example.com", clock())
    with database.read() as connection:
        assert [word for word in ("li@example.com", "123456") if word in repr(connection.execute(select(store.outbox)).all())] == []


def test_an_address_beyond_ascii_is_sent_to(database: Database, smtp: Mailbox) -> None:
    clock = HandClock()
    put(database, Message("email", "李@例子.cn", "Hello", "text"), at=clock())
    assert a_postman(database, smtp.url, clock).deliver() == 1
    assert smtp.recipients == ["李@例子.cn"]


@pytest.mark.parametrize("recipient", ["a@x.cn\r\nBcc: all@x.cn", "a@x.cn\n", "", " ", "a@x.cn\x00", "a@x.cn\u2028b"])
def test_a_recipient_that_would_be_a_header_is_refused(recipient: str) -> None:
    with pytest.raises(MessageRefused):
        Message("email", recipient, "Hello", "text")


def test_a_subject_of_two_lines_is_refused() -> None:
    with pytest.raises(MessageRefused):
        Message("email", "a@x.cn", "Hello\r\nBcc: all@x.cn", "text")


def test_a_message_is_not_sent_before_it_is_due(database: Database, smtp: Mailbox) -> None:
    clock = HandClock()
    put(database, at=clock(), wait_s=60)
    postman = a_postman(database, smtp.url, clock)
    assert postman.deliver() == 0
    clock.advance(seconds=60)
    assert postman.deliver() == 1


def test_a_refusal_for_now_is_tried_again_with_growing_pauses(database: Database, smtp: Mailbox) -> None:
    clock, smtp.refusal = HandClock(), "451 later"
    put(database, at=clock())
    postman = a_postman(database, smtp.url, clock)
    pauses = []
    for _ in range(12):
        assert postman.deliver() == 0
        (held,) = postman.queue(state=State.QUEUED)
        assert held.reason == "smtp_451"
        pauses.append(held.due_at - clock())
        clock.at = held.due_at
    assert pauses[:3] == [FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4]
    assert pauses[-1] == LONGEST_PAUSE
    smtp.refusal = ""
    assert postman.deliver() == 1


def test_a_message_that_could_not_leave_for_a_day_has_failed(database: Database) -> None:
    clock = HandClock()
    put(database, at=clock())
    clock.advance(seconds=PATIENCE.total_seconds())
    postman = a_postman(database, "smtp://127.0.0.1:1", clock)
    assert postman.deliver() == 0
    assert postman.counts() == {State.QUEUED: 0, State.SENT: 0, State.FAILED: 1}
    assert postman.queue()[0].reason == "smtp_unreachable"


def test_a_refusal_for_ever_fails_at_once_and_forgets_the_person(database: Database, smtp: Mailbox) -> None:
    clock, smtp.refusal = HandClock(), "550 no such user"
    put(database, at=clock())
    postman = a_postman(database, smtp.url, clock)
    assert postman.deliver() == 0
    assert [(held.state, held.reason) for held in postman.queue()] == [(State.FAILED, "smtp_550")]
    with database.read() as connection:
        assert "li@example.com" not in repr(connection.execute(select(store.outbox)).all())


def test_four_postmen_at_once_send_each_message_once(database: Database, smtp: Mailbox) -> None:
    clock = HandClock()
    for number in range(20):
        put(database, name=f"m{number}", at=clock())
    barrier = threading.Barrier(4)

    def deliver(_number: int) -> int:
        postman = a_postman(database, smtp.url, clock)
        barrier.wait()
        return postman.deliver()

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(deliver, range(4))) == 20
    assert sorted(letter["message-id"] for letter in smtp.letters) == sorted(f"<m{n}@patentry.example>" for n in range(20))


def test_a_message_of_a_process_that_died_is_free_again(database: Database, smtp: Mailbox) -> None:
    clock = HandClock()
    put(database, at=clock())
    with database.write() as connection:
        assert store.take(connection, ["email"], now=clock(), lease=timedelta(minutes=2)) is not None
    postman = a_postman(database, smtp.url, clock)
    assert postman.deliver() == 0
    clock.advance(minutes=2)
    assert postman.deliver() == 1


def test_a_worker_that_is_woken_delivers(database: Database, smtp: Mailbox) -> None:
    clock = HandClock()
    worker = Worker(a_postman(database, smtp.url, clock))
    put(database, at=clock())
    worker.wake()
    assert smtp.arrived.wait(10)
    worker.close()
    with database.read() as connection:
        assert store.sent_at(connection, "m1") == clock()


def test_what_can_be_sent_by_follows_from_the_settings(database: Database, tmp_path: Path) -> None:
    development = Settings(env="development", data=tmp_path)
    production = Settings(env="production", data=tmp_path)
    with_server = Settings(env="production", data=tmp_path, smtp_url="smtp://127.0.0.1:25")
    assert open_postman(development, database).channels == {"email", "sms"}
    assert open_postman(production, database).channels == set()
    assert open_postman(with_server, database).channels == {"email"}


@pytest.mark.parametrize("url", ["http://x", "smtp://", "x"])
def test_an_address_of_no_server_keeps_the_service_from_starting(url: str) -> None:
    with pytest.raises(StartRefused):
        SmtpSender(url, sender="a@x.cn")
