"""A message, where it stands, and what sends it."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol

Channel = Literal["email", "sms"]
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class MessageRefused(ValueError):
    """The message can't be one: a mistake of the program, or a recipient that tries to be a header."""


@dataclass(frozen=True, slots=True)
class Message:
    """`recipient` an e-mail address or an E.164 number; `subject` of a text message is not sent; `text` is plain."""

    channel: Channel
    recipient: str
    subject: str
    text: str

    def __post_init__(self) -> None:
        """No line break or other control character gets into a header (OWASP ASVS 5.0, 1.3.11)."""
        if _CONTROL.search(self.recipient) or _CONTROL.search(self.subject) or not self.recipient.strip():
            raise MessageRefused("recipient and subject are one line each")


class State(StrEnum):
    """Where a message stands. Failed: not to be tried any more."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Queued:
    """A message as the queue shows it: `recipient` masked, `reason` of the last failure, `due_at` when it is tried next."""

    id: str
    channel: Channel
    recipient: str
    state: State
    tries: int
    reason: str | None
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many messages have not left, since when the first of them waits, and the last reason why one did not leave."""

    count: int
    since: datetime | None
    reason: str | None


class Undeliverable(Exception):
    """It was not taken. `reason` is a short code without anybody's data; `permanent`: no use in trying again."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


class Sender(Protocol):
    """Hands a message over to a server or gateway, in the calling thread, within some seconds. A message may come twice, with
    the same `id`, when the process died between sending it and writing that down."""

    def send(self, message: Message, *, id: str) -> None:  # noqa: A002 - the message's own name
        """Sends it; `Undeliverable`."""
