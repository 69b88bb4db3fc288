"""`patentry tidy`: what was kept for a time only, and whose time is over."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from auth.database import Connection, Database

Sweep = Callable[["Connection", datetime], int]
"""Forgets some, within a transaction that writes; how many."""


def tidy() -> None:
    """Forget what was kept for a time only: old entries of the security log, where clicks came from, sessions and codes that are
    over. Safe at any time, beside the service, and twice. For cron, once a day."""
    from auth.clock import now  # noqa: PLC0415
    from search.cli.opened import opened  # noqa: PLC0415

    with opened() as database:
        for name, count in swept(database, now=now()):
            typer.echo(f"{name}\t{count}")


def swept(database: "Database", *, now: datetime) -> Iterator[tuple[str, int]]:
    """Sweeps one kind after the other; its name and how many went."""
    for name, sweep in _sweeps():
        yield name, _swept(database, sweep, now)


def _sweeps() -> Iterator[tuple[str, Sweep]]:
    """What is swept; how long each is kept stands in its room."""
    from auth.access import store as access  # noqa: PLC0415
    from auth.access.codes import LATEST  # noqa: PLC0415
    from auth.audit import model as audit  # noqa: PLC0415
    from auth.audit import store as log  # noqa: PLC0415
    from auth.credentials import store as counters  # noqa: PLC0415
    from auth.http import store as requests  # noqa: PLC0415
    from auth.mail import postman  # noqa: PLC0415
    from auth.mail import store as outbox  # noqa: PLC0415
    from auth.referral import store as clicks  # noqa: PLC0415
    from auth.registration import store as registrations  # noqa: PLC0415

    yield "安全日志 security log", lambda held, at: log.prune(held, before=at - audit.KEPT)
    yield "点击来源 places of clicks", lambda held, at: clicks.forget_places(held, now=at)
    yield "未确认的注册 sign-ups never confirmed", lambda held, at: registrations.lapse(held, over=at - LATEST)
    yield "已办信息 messages", lambda held, at: outbox.prune(held, before=at - postman.KEPT)
    yield "会话 sessions", lambda held, at: access.prune_sessions(held, now=at)
    yield "验证码 codes", lambda held, at: access.prune_codes(held, over=at - LATEST)
    yield "重复请求 repeated requests", lambda held, at: requests.prune(held, now=at)
    yield "登录计数 counters of attempts", lambda held, at: counters.prune(held, now=at)


def _swept(database: "Database", sweep: Sweep, at: datetime) -> int:
    """Some at a time, so that nobody waits for long."""
    total = 0
    while True:
        with database.write() as connection:
            some = sweep(connection, at)
        if not some:
            return total
        total += some
