"""What has become different since an act was closed: only an amending act takes it up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.acts.rules.outcomes import Ended
from lms.foundation.kernel.errors import N_, Invalid, Refused

SHORTEST, LONGEST = 5, 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of an act: who, under which document, and how they ended."""

    enrollment_id: int
    name: str
    sort_name: str
    document: str
    ended: Ended


@dataclass(frozen=True, slots=True)
class Difference:
    """One person as the acts have them, if they have, and as they stand now."""

    now: Entry
    before: Entry | None


def differences(acted: Mapping[int, Entry], now: Sequence[Entry]) -> list[Difference]:
    """Who stands otherwise than the acts say, in the order of the list.

    Name, outcome and grade count; a document number that was added or corrected changes no act.
    """
    return [
        Difference(each, acted.get(each.enrollment_id))
        for each in now
        if _differs(acted.get(each.enrollment_id), each)
    ]


def check_amendment(many: int, confirmed: int, reason: str, authority: str) -> None:
    """An amending act changes something, says why, and by whose decision.

    Raises Refused when nothing is different or the list is another by now, Invalid with what is
    wrong beside each field.
    """
    if not many:
        raise Refused(N_("Nothing is different from what the act says."))
    faults = {}
    if not SHORTEST <= len(reason) <= LONGEST:
        faults["reason"] = N_("Write why the act is amended, in up to 500 characters.")
    if not SHORTEST <= len(authority) <= LONGEST:
        faults["authority"] = N_("Write by whose decision, for example the resolution.")
    if confirmed != many:
        faults["confirmed"] = N_("Write the number of people whose line changes: %(many)s.")
    if faults:
        raise Invalid(next(iter(faults.values())), fields=faults, many=many)


def _differs(before: Entry | None, now: Entry) -> bool:
    return before is None or (before.name, before.ended) != (now.name, now.ended)
