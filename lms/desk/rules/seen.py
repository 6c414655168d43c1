"""What is done to a list is done to the people that were in view, or not at all."""

from collections.abc import Sequence
from hashlib import sha256

from lms.foundation.kernel.errors import N_, Refused


def fingerprint(enrollments: Sequence[int]) -> str:
    """A list in a few letters: the same people, the same letters, whatever their order."""
    text = ",".join(str(each) for each in sorted(enrollments))
    return f"{len(enrollments)}-{sha256(text.encode()).hexdigest()[:16]}"


def refuse_another(seen: str, enrollments: Sequence[int]) -> None:
    """Refuse where the list has become another since it was looked at."""
    if seen != fingerprint(enrollments):
        raise Refused(
            N_(
                "The list has changed since you opened it: it has %(count)s people now. Look at it"
                " again before you go on."
            ),
            count=len(enrollments),
        )
