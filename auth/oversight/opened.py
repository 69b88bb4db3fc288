"""What a bundle shows of those drawn once a sample is closed: the fingerprint that opens an account's commitment in the log."""

from auth.database import Connection
from auth.ledger import people
from auth.ledger import service as ledger
from auth.ledger import store as ledger_store
from auth.ledger.service import Ledger
from auth.oversight import store
from auth.targets.evidence import Sampled
from auth.users import contacts
from auth.users import store as users


def of(evidence: Ledger) -> Sampled:
    """The accounts of a project's closed samples; not one whose contact is another than the log speaks of."""

    def opened(connection: Connection, project: str) -> dict[str, str]:
        found = ((account, _fingerprint(connection, evidence, account)) for account in store.closed_accounts(connection, project))
        return {account: fingerprint for account, fingerprint in found if fingerprint is not None}

    return opened


def _fingerprint(connection: Connection, evidence: Ledger, account: str) -> str | None:
    user, salt = users.by_id(connection, account), ledger_store.salt(connection, account)
    if user is None or salt is None:
        return None
    made = evidence.fingerprint(contacts.parse(user.contact).identity)
    commitment = people.commitment(made, salt)
    return made if any(leaf.person == commitment for leaf in ledger.about(connection, account)) else None
