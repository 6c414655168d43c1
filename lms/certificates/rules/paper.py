"""What a document says that no single row says: who signs, from when to when, on what paper."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lms.enrollment.rules.opening import MOST_SIGNERS
from lms.foundation.kernel.errors import N_, Refused

# Where offices use letter-size paper; everywhere else it is A4.
LETTER = frozenset(
    ("BZ", "CA", "CL", "CO", "CR", "DO", "GT", "HN", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE")
)
RECOGNISED = {"es": "Constancia de convalidación", "en": "Certificate of recognition"}
TITLES = {"es": "Constancia de aprobación", "en": "Certificate of completion"}


def signers(policy: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """Who signs: name and post, as the cohort fixed them when it opened."""
    named = [(each["name"], each["position"]) for each in policy.get("signers") or ()]
    if not named:
        raise Refused(N_("Nobody is named to sign the documents of this cohort."))
    if len(named) > MOST_SIGNERS:
        raise Refused(
            N_("%(count)s people are named to sign, and the document has room for %(most)s."),
            count=len(named),
            most=MOST_SIGNERS,
        )
    return named


def taught(starts_on: date, ends_on: date, completed_on: date, today: date) -> tuple[date, date]:
    """The period of a course: the cohort's, or to the day of completion while the cohort runs.

    A document does not attest days that have not come yet.
    """
    return starts_on, ends_on if ends_on <= today else max(starts_on, completed_on)


def paper(country: str) -> str:
    """The paper that offices of the country use."""
    return "letter" if country in LETTER else "a4"


def title(certificate: Mapping[str, Any], language: str, *, recognised: bool = False) -> str:
    """What the document is called: as the programme says, unless the course is recognised."""
    if recognised:
        return RECOGNISED[language]
    return str(certificate.get("title") or TITLES[language])
