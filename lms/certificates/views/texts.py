"""What pages say of candidates and documents, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from lms.certificates.queries.candidates import Candidate
from lms.certificates.rules.qualify import SAID, Lack, missing
from lms.foundation.kernel.points import scale_of
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.grading.rules.completion import Lack as Missing


def reasons(candidate: Candidate) -> list[str]:
    """Why somebody does not receive the document yet, one sentence for each reason."""
    said = []
    for lack in candidate.lacks:
        if lack is Lack.COURSE:
            said.append(_course(candidate.explanation))
        else:
            said.append(_(SAID[lack]))
    return said


def _course(explanation: Mapping[str, Any] | None) -> str:
    counted = missing(explanation)
    if not counted:
        return str(_("Has not begun the course."))
    parts = ", ".join(_part(sort, many) for sort, many in counted.items())
    return str(_("Course not completed: %(parts)s.", parts=parts))


def _part(sort: Missing, many: int) -> str:
    match sort:
        case Missing.SEE:
            return str(ngettext("%(num)s lesson not seen", "%(num)s lessons not seen", many))
        case Missing.TAKE:
            return str(ngettext("%(num)s test not taken", "%(num)s tests not taken", many))
        case Missing.RETRY:
            return str(ngettext("%(num)s test to retake", "%(num)s tests to retake", many))
        case Missing.WAIT:
            return str(ngettext("%(num)s work to be marked", "%(num)s works to be marked", many))
        case Missing.FAILED:
            return str(
                ngettext(
                    "%(num)s test not passed, without attempts left",
                    "%(num)s tests not passed, without attempts left",
                    many,
                )
            )
        case Missing.LEAST:
            return str(
                ngettext("%(num)s minimum not reached", "%(num)s minimums not reached", many)
            )
        case Missing.GRADE:
            return str(_("grade below the pass mark"))
        case Missing.EMPTY:
            return str(_("the course has no lessons"))


def grade(candidate: Candidate, scale: str) -> str:
    """A grade as the document will print it; nothing where the course has none."""
    if candidate.ratio is None:
        return ""
    return str(scale_of(scale).grade(candidate.ratio))
