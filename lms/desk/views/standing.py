"""How somebody stands in a course, as pages and spreadsheets say it: a word, a tone and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.desk.queries.people import Line
from lms.desk.rules.standings import GONE, WORDS, Lacking, Stand, lacking, over_at, stand
from lms.foundation.locale.formats import day
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.learning.rules.gate import Days


@dataclass(frozen=True, slots=True)
class State:
    """A word with its tone, and in a line why it is not a better one."""

    word: str
    tone: str
    why: str


def state_of(line: Line, days: Days, now: datetime) -> State:
    """How somebody stands, and why; of those who have completed the course nothing is missing."""
    found = stand(line.known, days, now)
    word, tone = WORDS[found]
    why = _why(found, line, days, now)
    if line.known.recognised and found not in GONE:
        said = _("Recognised: passed elsewhere, without a grade here.")
        why = f"{said} {why}".strip()
    return State(_(word), tone, why)


def _why(found: Stand, line: Line, days: Days, now: datetime) -> str:
    match found:
        case Stand.ISSUED | Stand.READY | Stand.RECOGNISED | Stand.NOT_BEGUN:
            return ""
        case Stand.WITHDRAWN | Stand.TRANSFERRED:
            return _gone(line)
        case Stand.UNNAMED:
            return _("Has not confirmed how the name must be printed.")
    is_over = now >= over_at(line.known, days)
    said = [_("The cohort has ended.")] if is_over else [_since(found, line)]
    return " ".join(part for part in (*said, _lacks(line.explanation)) if part)


def _gone(line: Line) -> str:
    """Since when somebody is not here, where they went, and why."""
    if line.left_on is None:  # came by a transfer that was undone
        return line.reason
    since = day(line.left_on, "short")
    if line.went_to:
        said = _("From %(day)s in %(cohort)s.", day=since, cohort=line.went_to)
        return f"{said} {line.reason}"
    return _("From %(day)s. %(reason)s", day=since, reason=line.reason)


def _since(found: Stand, line: Line) -> str:
    """Why somebody is thought absent or stuck: the days it is told by."""
    seen, moved = line.known.last_seen_at, line.known.moved_at
    match found:
        case Stand.ABSENT if seen is None:
            return _("Admitted on %(day)s, has never entered.", day=_day(line.known.admitted_at))
        case Stand.ABSENT:
            return _("Last entry on %(day)s.", day=_day(seen))
        case Stand.STUCK if moved is None:
            return _("Entered on %(day)s, has finished nothing yet.", day=_day(seen))
        case Stand.STUCK:
            return _(
                "Entered on %(day)s, has finished nothing since %(moved)s.",
                day=_day(seen),
                moved=_day(moved),
            )
    return ""


def _day(moment: datetime | None) -> str:
    return day(moment, "month")


def _lacks(explanation: Mapping[str, Any]) -> str:
    if not explanation:
        return _("Has not begun")
    found: Lacking = lacking(explanation)
    parts = []
    if found.lessons:
        parts.append(ngettext("%(num)s lesson", "%(num)s lessons", found.lessons))
    if found.graded:
        parts.append(ngettext("%(num)s quiz", "%(num)s quizzes", found.graded))
    if found.waiting:
        parts.append(ngettext("%(num)s to be marked", "%(num)s to be marked", found.waiting))
    if found.mark:
        parts.append(_("the pass mark"))
    return _("Lacks: %(things)s", things=", ".join(parts)) if parts else ""
