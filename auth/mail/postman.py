"""`Postman`: sends what is due, tries again what did not leave, gives up in the end. `Worker`: does so in a thread."""

import logging
import threading
from collections.abc import Mapping
from datetime import timedelta

from auth.clock import Clock, now
from auth.database import Database, DatabaseUnavailable
from auth.mail import store
from auth.mail.files import FileSender
from auth.mail.model import Channel, Queued, Sender, State, Undeliverable, Waiting
from auth.mail.smtp import SmtpSender
from auth.settings import Settings

LEASE = timedelta(minutes=2)
"""How long a message is one process's, longer than any sender takes; of a process that died it is free again after."""

FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)
PATIENCE = timedelta(days=1)
"""After a failure the pause doubles from the first to the longest; a message that could not leave in a day has failed."""

KEPT = timedelta(days=183)
"""How long the queue remembers messages that are done with: the law wants network logs for six months."""

_EVERY_S = 2.0
_log = logging.getLogger(__name__)


class Postman:
    """Any number of them, in any number of processes, may work on one database."""

    def __init__(self, database: Database, senders: Mapping[Channel, Sender], *, clock: Clock = now) -> None:
        self._database = database
        self._senders = senders
        self._clock = clock

    @property
    def channels(self) -> frozenset[Channel]:
        """Those that can be sent by."""
        return frozenset(self._senders)

    def deliver(self) -> int:
        """Sends all that is due; how many left."""
        sent = 0
        while (left := self._one()) is not None:
            sent += left
        return sent

    def queue(self, *, state: State | None = None, limit: int = 100) -> list[Queued]:
        """The messages, the newest first."""
        with self._database.read() as connection:
            return store.queue(connection, state=state, limit=limit)

    def counts(self) -> dict[State, int]:
        """How many stand where."""
        with self._database.read() as connection:
            return store.counts(connection)

    def waiting(self) -> Waiting:
        """What has not left yet."""
        with self._database.read() as connection:
            return store.waiting(connection)

    def _one(self) -> bool | None:
        """Whether the first message that is due left; ``None`` when none is due. No transaction is open while it is sent."""
        with self._database.read() as connection:
            if not store.due(connection, sorted(self._senders), now=self._clock()):
                return None
        with self._database.write() as connection:
            taken = store.take(connection, sorted(self._senders), now=self._clock(), lease=LEASE)
        if taken is None:
            return None
        message_id, message, tries, created_at = taken
        try:
            self._senders[message.channel].send(message, id=message_id)
        except Undeliverable as refused:
            self._not_left(message_id, refused, tries=tries, age=self._clock() - created_at)
            return False
        with self._database.write() as connection:
            at = self._clock()
            store.mark_sent(connection, message_id, now=at)
            store.prune(connection, before=at - KEPT)
        return True

    def _not_left(self, message: str, refused: Undeliverable, *, tries: int, age: timedelta) -> None:
        over = refused.permanent or age >= PATIENCE
        _log.warning("message %s did not leave: %s%s", message, refused.reason, ", given up" if over else "")
        with self._database.write() as connection:
            if over:
                store.mark_failed(connection, message, reason=refused.reason)
            else:
                pause = min(FIRST_PAUSE * 2 ** min(tries, 16), LONGEST_PAUSE)
                store.put_off(connection, message, reason=refused.reason, due_at=self._clock() + pause)


class Worker:
    """A thread that delivers, every few seconds and whenever it is woken; `close` lets it finish the message it is at."""

    def __init__(self, postman: Postman) -> None:
        self._postman = postman
        self._woken = threading.Event()
        self._over = False
        self._thread = threading.Thread(target=self._run, name="postman", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Something may be due."""
        self._woken.set()

    def close(self) -> None:
        self._over = True
        self._woken.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over:
            self._woken.clear()
            try:
                self._postman.deliver()
            except DatabaseUnavailable:
                _log.warning("messages wait: the database is unavailable")
            except Exception:
                _log.exception("messages wait: delivering failed")  # the thread lives on; the message's lease ends by itself
            self._woken.wait(_EVERY_S)


def open_postman(settings: Settings, database: Database, *, clock: Clock = now) -> Postman:
    """With the senders of the settings. In development what has no server goes into files; in production a channel without one
    is not there, and says so once."""
    senders: dict[Channel, Sender] = {}
    if settings.env == "development":
        files = FileSender(settings.data / "outbox")
        senders = {"email": files, "sms": files}
    if settings.smtp_url:
        senders["email"] = SmtpSender(settings.smtp_url, sender=settings.mail_from)
    if "email" not in senders:
        _log.warning("PATENTRY_SMTP_URL is not set: nobody can sign up by e-mail")
    return Postman(database, senders, clock=clock)
