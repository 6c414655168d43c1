"""Checking answers while an attempt runs: what was asked for, and what the page then says."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import request
from markupsafe import Markup

from lms.assessment.actions.check import Checked
from lms.assessment.queries.tries import tried_of
from lms.assessment.rules import marking
from lms.assessment.rules.review import Explained, Shown, shown_during
from lms.assessment.rules.sitting import Settings
from lms.assessment.rules.tries import (
    NOT_TRIED,
    Check,
    Verdict,
    checkable,
    is_settled,
)
from lms.assessment.types import TYPES
from lms.assessment.views.around import Around
from lms.assessment.views.questions import OnPage, marked, points_of, withholding
from lms.assessment.views.taking import Taking, figures
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.points import written
from lms.foundation.locale.formats import number
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.reading import reading_connection

CHECK = "check-"
OUTCOMES = {
    Verdict.MEANWHILE: N_(
        "This question was checked on another page meanwhile. Nothing was counted: look at what "
        "it says now."
    ),
    Verdict.SAME: N_("Your answer is the one that was checked already. Nothing was counted."),
}


def asked_of(go: str) -> int:
    """The question whose answer somebody wants to have checked; 0 for none."""
    slot = go.removeprefix(CHECK)
    return int(slot) if go.startswith(CHECK) and figures(slot) else 0


def check_of(slot: int) -> Check:
    """The check as the page asks for it: under its key, and with how many it had seen."""
    try:
        key = str(UUID(request.form.get("check_key", "")))
    except ValueError:
        key = ""
    pairs = (pair.partition(":") for pair in request.form.get("checked", "")[:5_000].split())
    seen = {int(one): int(tries) for one, _colon, tries in pairs if figures(one) and figures(tries)}
    return Check(slot, f"{key}/{slot}", seen.get(slot, 0))


def outcome(checked: Checked) -> str:
    """Why nothing was counted; empty where the page itself says what became of it."""
    said = OUTCOMES.get(checked.verdict)
    return str(_(said)) if said else ""


@dataclass(frozen=True)
class CheckView:
    """What a page says of checking one question.

    ``after`` is the question as it was checked last, with what may be shown of it now.
    """

    may: bool
    by_person: bool = False
    tries: int = 0
    settled: bool = False
    left: str = ""
    cost: str = ""
    earned: str = ""
    after: OnPage | None = None
    shown: Shown | None = None
    texts: tuple[str | Markup, ...] = ()
    """What explains the answer, while it may still be changed."""


def checks_on(found: Taking, settings: Settings) -> Mapping[int, CheckView]:
    """What is said of each question; nothing where the quiz checks nothing."""
    checking = settings.checking
    if not checking.tries:
        return {}
    tried = tried_of(reading_connection(), found.attempt.id, settings)
    last = {slot: each.answers[-1] for slot, each in tried.items()}
    after = _after(found, last) if tried else {}
    views = {}
    for slot in found.quiz.slots(found.attempt.slots):
        if not checkable(slot.source):
            by_person = TYPES[slot.source["type"]].by_hand
            views[slot.number] = CheckView(may=False, by_person=by_person)
            continue
        tries = tried.get(slot.number, NOT_TRIED)
        settled = is_settled(found.attempt.slots[slot.number - 1])
        shown = shown_during(settings.review, settled=settled, practice=settings.is_practice)
        left, question = checking.tries - len(tries.answers), after.get(slot.number)
        counts = marking.count(slot, tries.answers[-1], tries) if tries.answers else None
        views[slot.number] = CheckView(
            may=not settled,
            tries=len(tries.answers),
            settled=settled,
            left=_left(left) if tries.answers and not settled else "",
            cost=_cost(tries.penalty) if tries.answers and not settled else "",
            earned=points_of(counts.earns.of(slot.points), slot.points)
            if counts is not None and shown.marks and settled
            else "",
            after=withholding([question], shown)[0] if question is not None else None,
            shown=shown,
            texts=() if question is None or settled else tuple(_texts(question, shown)),
        )
    return views


def _after(found: Taking, last: Mapping[int, object]) -> Mapping[int, OnPage]:
    """The questions that were checked, with the answers that were."""
    around = Around(found.attempt.course_version_id)
    return {
        each.number: each
        for each in marked(found.quiz, found.attempt, last, {}, around)
        if each.number in last
    }


def _texts(question: OnPage, shown: Shown) -> list[str | Markup]:
    """The explanations of what was chosen; no other one helps whoever tries again."""
    if shown.feedback is Explained.NONE:
        return []
    chosen = [row for row in question.layout.rows if row.chosen or row.picked]
    return [question.say(row.feedback) for row in chosen if row.feedback]


def _left(left: int) -> str:
    return str(ngettext("You can try %(num)s more time.", "You can try %(num)s more times.", left))


def _cost(penalty: int) -> str:
    if not penalty:
        return str(_("Trying again costs no points."))
    return str(
        _(
            "Each failed try takes %(percent)s %% of what the right answer earns.",
            percent=number(written(penalty * 100)),
        )
    )


def checking_words(settings: Settings) -> str:
    """How answers are checked while answering, in words; empty where they are not."""
    checking = settings.checking
    if not checking.tries:
        return ""
    if checking.tries == 1:
        return str(
            _("You can check each answer as you go: you see whether it is right, and it stands.")
        )
    said = ngettext(
        "You can check each answer as you go, up to %(num)s time.",
        "You can check each answer as you go, up to %(num)s times.",
        checking.tries,
    )
    return f"{said} {_cost(checking.penalty)}"
