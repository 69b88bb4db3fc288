"""Slowing down those who guess passwords, never locking an owner out (OWASP ASVS 5.0, 6.1.1 and 6.3.1).

Three counters, charged before a password is hashed and refunded when it was right: the account as typed from this
address, this address, everybody.  Past its free attempts a counter asks for a pause that doubles with each failure up to
its cap.  An address is an IPv4 address or an IPv6 /64.  The pause of an account is bound to the guesser's address, so its
owner signs in from elsewhere; an address from which the owner signed in within 30 days is exempt from the counter of
everybody, so a flood from strangers does not keep known people out.  The free attempts of an address let a class of sixty
behind one address mistype once.
"""

import hashlib
import hmac
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from auth.credentials import store
from auth.credentials.store import Counter
from auth.database import Connection
from auth.errors import Problem


class TooManyAttempts(Problem):
    """Too many wrong passwords; the answer says how long to wait."""

    status = 429
    code = "too_many_attempts"
    zh = "密码错误次数过多，请按 retry_after_s 给出的秒数等待后再试。"
    en = "Too many wrong passwords. Wait for the seconds given in retry_after_s, then try again."


@dataclass(frozen=True, slots=True)
class Limit:
    """`free` attempts cost nothing; the pause then doubles from 1 s each `step` attempts up to `cap_s`; forgotten after
    `memory` without an attempt."""

    free: int
    step: int
    cap_s: int
    memory: timedelta

    def pause(self, count: int) -> timedelta:
        """The wait after the `count`-th attempt."""
        over = count - self.free
        if over < 0:
            return timedelta()
        return timedelta(seconds=min(self.cap_s, 2 ** min(over // self.step, 30)))


PAIR = Limit(free=5, step=1, cap_s=900, memory=timedelta(days=1))
ADDRESS = Limit(free=100, step=10, cap_s=300, memory=timedelta(hours=1))
EVERYBODY = Limit(free=3_000, step=300, cap_s=30, memory=timedelta(minutes=1))
KNOWN = timedelta(days=30)


class Throttle:
    """`key` hides what the rows are about. All methods work within the caller's write transaction."""

    def __init__(self, key: bytes, *, everybody: Limit = EVERYBODY) -> None:
        self._key = key
        self._everybody = everybody

    def charge(self, connection: Connection, *, account: str, address: str, now: datetime) -> None:
        """Counts one attempt; `TooManyAttempts` (and nothing counted) while a counter asks for a pause."""
        store.prune(connection, now=now)
        counted = [
            (limit, key, store.opened(connection, key, now=now, expires_at=now + limit.memory))
            for limit, key in self._counters(connection, account=account, address=address, now=now)
        ]
        wait = max((held.retry_at - now for _, _, held in counted if held.retry_at), default=timedelta())
        if wait > timedelta():
            raise TooManyAttempts(retry_after_s=math.ceil(wait.total_seconds()))
        for limit, key, held in counted:
            count = held.count + 1
            pause = limit.pause(count)
            store.put(connection, key, Counter(count, now + pause if pause else None, now + limit.memory + pause))

    def refund(self, connection: Connection, *, account: str, address: str, now: datetime) -> None:
        """The password was right: the pair starts anew and is known, the other counters forget this attempt."""
        pair, *others = self._counters(connection, account=account, address=address, now=now)
        store.remove(connection, pair[1])
        for _, key in others:
            held = store.counter(connection, key, now=now)
            if held:
                store.put(connection, key, Counter(max(held.count - 1, 0), None, held.expires_at))
        store.put(connection, self._hidden("known", account, place(address)), Counter(1, None, now + KNOWN))

    def _counters(self, connection: Connection, *, account: str, address: str, now: datetime) -> list[tuple[Limit, str]]:
        origin = place(address)
        counters = [(PAIR, self._hidden("pair", account, origin)), (ADDRESS, self._hidden("address", origin))]
        if store.counter(connection, self._hidden("known", account, origin), now=now) is None:
            counters.append((self._everybody, self._hidden("everybody")))
        return counters

    def _hidden(self, *parts: str) -> str:
        return hmac.digest(self._key, "\0".join(parts).encode(), hashlib.sha256).hex()


def place(address: str) -> str:
    """The address as it is counted: IPv4 as it is (also inside IPv6), IPv6 by its /64; anything else is one place."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is None:
            return f"{IPv6Address(int(parsed) >> 64 << 64)}/64"
        parsed = parsed.ipv4_mapped
    return str(parsed)
