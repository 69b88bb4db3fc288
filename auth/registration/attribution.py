"""To whom a registration is credited. Pure.

The claim comes from `auth.referral`: the last click within 30 days by the server's clock, or the code typed by hand, which wins
and is marked `declared`; the first touch is recorded beside it.  What the confirmed claim says is bound when the contact is
first verified; afterwards only a recorded decision moves it.
"""

from auth.referral.model import Claim as Credit
from auth.registration.model import Attribution


def of(credit: Credit) -> Attribution:
    """What a sign-up claims."""
    first = credit.first_link.id if credit.first_link else None
    if credit.link is None:
        return Attribution(first_link=first)
    return Attribution(credit.link.organisation, credit.link.id, first, credit.how)


def assisted(agency: str, credit: Credit) -> Attribution:
    """What staff of an agency claim who enter somebody: their own agency, with the link typed if it is the agency's."""
    link = credit.link.id if credit.link and credit.link.organisation == agency else None
    return Attribution(agency, link, None, "declared")
