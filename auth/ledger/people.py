"""Whom a fact is about, without saying it: keyed fingerprints of contacts, and commitments that erasing a salt makes unlinkable.

A leaf holds SHA-256(salt || fingerprint) with a random salt an account; the salt stands in a table that is erased with the
account.  Outside the logs only the fingerprint and the instant it was first verified remain, so that a return is not new.
"""

import hashlib
import hmac
import secrets
from datetime import datetime

from auth.database import Connection
from auth.ledger import store

SALT_BYTES = 32


def fingerprint(contact: str, *, pepper: bytes) -> str:
    """The contact under the installation's pepper, in hexadecimal. `contact` is normalised by the caller: an address by
    `users.model.email_key`, a number as E.164."""
    return hmac.digest(pepper, contact.encode(), hashlib.sha256).hex()


def commit(connection: Connection, account: str, fingerprint: str) -> str:
    """What a fact of the account says as `person`; the same every time until the account is erased."""
    store.add_salt(connection, account, secrets.token_bytes(SALT_BYTES))
    salt = store.salt(connection, account)
    assert salt is not None
    return commitment(fingerprint, salt)


def commitment(fingerprint: str, salt: bytes) -> str:
    """The commitment, for whoever is given the salt of a sampled record."""
    return hashlib.sha256(salt + bytes.fromhex(fingerprint)).hexdigest()


def remember(connection: Connection, fingerprint: str, *, now: datetime) -> bool:
    """Notes that the contact was verified now; whether it is new here. Of two at once one is."""
    return store.add_fingerprint(connection, fingerprint, now=now)
