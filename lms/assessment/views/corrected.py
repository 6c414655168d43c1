"""What was corrected of the questions of an attempt, told beside each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lms.assessment.queries.attempts import Found
from lms.assessment.rules.adjusting import Change
from lms.assessment.views.questions import OnPage
from lms.foundation.kernel.errors import N_
from lms.foundation.locale.words import gettext as _

SAID: Mapping[Change, str] = {
    Change.KEY: N_("The right answer was changed."),
    Change.ACCEPT: N_("Other answers are accepted too."),
    Change.CREDIT: N_("Everybody has its points."),
    Change.DROP: N_("It does not count for anybody."),
}


def noted(
    questions: Sequence[OnPage],
    attempt: Found,
    made: Sequence[Found],
    marks: Mapping[int, Found],
) -> list[OnPage]:
    """The questions, each with what was corrected of it and why; one that is out of the count is
    shown without points."""
    told: dict[int, list[str]] = {}
    for row in made:
        reason = _("Reason: %(reason)s", reason=row.reason)
        said = f"{_(SAID[Change(row.change)])} {reason}"
        told.setdefault(row.question_version_id, []).append(said)
    if not told:
        return list(questions)
    found = []
    for question in questions:
        given = attempt.slots[question.number - 1]
        notes = told.get(given["version"], ())
        mark = marks.get(question.number)
        if notes and mark is not None and mark.out_of == 0 < given["points"]:
            question = replace(question, graded=False, worth=_("Does not count"))
        found.append(replace(question, corrected=tuple(notes)))
    return found
