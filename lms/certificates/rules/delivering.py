"""How the paper of a document leaves the office, and what is put down about it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lms.foundation.kernel.errors import N_, Invalid, Refused

MOST = 200
LONGEST_REASON = 500


class Way(StrEnum):
    """Into whose hands a paper was given."""

    HOLDER = "holder"
    OTHER = "other"
    SENT = "sent"


WAYS = {
    Way.HOLDER: N_("Each person received their own"),
    Way.OTHER: N_("Somebody received them for others"),
    Way.SENT: N_("They were sent"),
}
SAID = {
    Way.HOLDER: N_("Handed over on %(day)s"),
    Way.OTHER: N_("Handed over on %(day)s to %(who)s"),
    Way.SENT: N_("Sent on %(day)s with %(who)s"),
}
_WHO = N_("Write who received them.")
_SHOWN = N_("Write which document they showed, for example DPI 2345 67899 0101.")
_CARRIER = N_("Write with whom they were sent, and the number of the parcel if it has one.")
_HANDED = N_("Write who handed them over.")
_LATER = N_("This day is still to come.")
_BEFORE = N_("That is before the day on which a document of the list was issued: %(day)s.")


@dataclass(frozen=True, slots=True)
class Handing:
    """What the office writes down of papers that leave it together."""

    way: Way
    received_by: str
    document: str
    handed_by: str
    on: date


def check(handing: Handing, last_issued: date, today: date) -> None:
    """Whoever receives for others is named with the document they showed; what is sent names with
    whom. Nothing is handed over before it was issued, nor on a day to come. Raises Invalid."""
    wrong: dict[str, str] = {}
    if handing.way is Way.OTHER:
        wrong |= {} if handing.received_by else {"received_by": _WHO}
        wrong |= {} if handing.document else {"document": _SHOWN}
    if handing.way is Way.SENT and not handing.received_by:
        wrong["received_by"] = _CARRIER
    if not handing.handed_by:
        wrong["handed_by"] = _HANDED
    if handing.on > today:
        wrong["on"] = _LATER
    elif handing.on < last_issued:
        wrong["on"] = _BEFORE
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong, day=last_issued.isoformat())


def check_many(found: int, shown: int) -> None:
    """Only what was looked over is put down. Raises Refused."""
    if found > MOST:
        raise Refused(N_("At most 200 at a time. Choose a municipality."))
    if not found or found != shown:
        raise Refused(
            N_("Some of these were handed over meanwhile. Look at the list again and confirm.")
        )
