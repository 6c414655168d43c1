"""The page of a quiz: its rules in words, the attempts made, and the button to begin."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from lms.assessment import actions
from lms.assessment.forms import BeginForm
from lms.assessment.queries.attempts import Found, attempts_of, quiz_place
from lms.assessment.queries.beginning import closes_of, refuse_start, settings_of
from lms.assessment.rules.attempts import TOO_SOON, State
from lms.assessment.rules.sitting import Counts, Settings
from lms.assessment.rules.standing import Standing, standing
from lms.assessment.views.around import Around
from lms.assessment.views.blueprint import blueprint
from lms.assessment.views.checking import checking_words
from lms.assessment.views.questions import points_of, points_text
from lms.assessment.views.reviewing import beforehand
from lms.assessment.views.texts import paragraphs
from lms.foundation.access.permissions import Permission
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Refused
from lms.foundation.kernel.points import SCALE, written
from lms.foundation.locale.formats import minutes_text, moment, number
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.limits import Limit, Try, give_back, take
from lms.foundation.web.perform import say, submit
from lms.foundation.web.reading import database, reading_connection

GUESSES = Limit("quiz-password", 10, 15 * 60)
"""Wrong passwords of one person at one quiz."""


@blueprint.get("/aula/<uuid:enrollment>/evaluaciones/<uuid:activity>")
@guard(Permission.COURSE_TAKE)
def quiz(enrollment: UUID, activity: UUID) -> str:
    return _page(enrollment, activity, BeginForm())


@blueprint.post("/aula/<uuid:enrollment>/evaluaciones/<uuid:activity>")
@guard(Permission.COURSE_TAKE)
def begin(enrollment: UUID, activity: UUID) -> ResponseReturnValue:
    form = BeginForm()
    typed = form.password.data or ""
    guess = (GUESSES, f"{signed_in().person_uid}/{activity}")
    if typed:
        take(guess)
    return submit(
        _begun,
        enrollment,
        activity,
        typed,
        guess,
        form=form,
        then=lambda attempt: url_for("assessment.attempt", attempt=attempt),
        again=lambda: _page(enrollment, activity, form),
    )


def _begun(work: Work, enrollment: UUID, activity: UUID, typed: str, guess: Try) -> UUID:
    """Whoever knew the password has not guessed."""
    attempt = actions.start(work, enrollment, activity, typed)
    if typed:
        give_back(work, guess)
    return attempt


def _page(enrollment: UUID, activity: UUID, form: BeginForm) -> str:
    connection, now = reading_connection(), database().clock()
    place = quiz_place(connection, enrollment, activity, signed_in().person_id)
    attempts = attempts_of(connection, place.enrollment_id, place.course_id, place.activity_key)
    found = standing(settings_of(place, now), attempts, now)
    return render_template(
        "assessment/quiz.html",
        form=form,
        place=place,
        intro=paragraphs(place.settings.get("intro") or "", Around(place.course_version_id)),
        rules=Rules(place, found.settings),
        standing=found,
        closes_at=closes_of(place),
        reason="" if found.is_open else _why_not(connection, place, found, now),
        attempts_words=attempts_words(found.settings),
        review_words=beforehand(found.settings),
        checking_words=checking_words(found.settings),
        counted=points_of(found.counts.points, found.counts.out_of) if found.counts else "",
        course_url=url_for("learning.course", enrollment=enrollment),
        lines=[Line(*one, found.settings) for one in zip(attempts, found.states, strict=True)],
    )


def _why_not(connection: Connection, place: Found, stands: Standing, now: datetime) -> str:
    """Why no attempt can be begun now; empty when one can."""
    try:
        refuse_start(connection, place, stands, now)
    except Refused as refusal:
        if refusal.message == TOO_SOON:
            return from_when(stands)
        return say(refusal)
    return ""


def from_when(stands: Standing) -> str:
    """From when another attempt may be begun, in words."""
    return str(
        _("You may begin another attempt from %(when)s.", when=moment(stands.again_at, zone=True))
    )


def _in_minutes(time: timedelta) -> str:
    return minutes_text(int(time.total_seconds()) // 60)


COUNTS = {
    Counts.BEST: N_("The best one counts."),
    Counts.LAST: N_("The last one counts."),
    Counts.FIRST: N_("The first one counts; the others are practice."),
    Counts.AVERAGE: N_("The average of all counts."),
}


def attempts_words(settings: Settings) -> str:
    """How often one may try and what counts, in words."""
    if settings.attempts is None:
        said = _("You may try as often as you like.")
    else:
        said = ngettext(
            "You have a single attempt.", "You may try %(num)s times.", settings.attempts
        )
    return (
        said
        if settings.attempts == 1 or settings.is_practice
        else f"{said} {_(COUNTS[settings.counts])}"
    )


def attempt_words(number: int, settings: Settings) -> str:
    """Attempt 1 of 3."""
    if settings.attempts is None:
        return str(_("Attempt %(number)s", number=number))
    return str(_("Attempt %(number)s of %(total)s", number=number, total=settings.attempts))


@dataclass(frozen=True)
class Rules:
    """The rules of a quiz as figures to be put into words."""

    place: Found
    settings: Settings

    @property
    def questions(self) -> int:
        return int(self.place.settings["questions"])

    @property
    def per_page(self) -> int:
        """How many questions stand on a page; 0 where they are all on one."""
        size = self.place.settings.get("per_page") or (1 if self.sequential else 0)
        return size if size < self.questions else 0

    @property
    def sequential(self) -> bool:
        """Whether nobody goes back to a page."""
        return bool(self.place.settings.get("sequential"))

    @property
    def parts(self) -> list[tuple[str, int]]:
        """The parts of the quiz under a heading, with how many questions each has."""
        found: dict[str, int] = {}
        for row in self.settings.rows:
            found[row.title] = found.get(row.title, 0) + row.count
        return [(title, count) for title, count in found.items() if title]

    @property
    def points(self) -> str:
        return points_text(self.place.settings["points"])

    @property
    def needed(self) -> str:
        """The points that pass, never rounded below what is really needed."""
        exact = Decimal(self.place.settings["points"] * self.settings.pass_ratio) / SCALE**2
        return number(exact.quantize(Decimal("0.01"), ROUND_CEILING).normalize())

    @property
    def percent(self) -> str:
        return number(written(self.settings.pass_ratio * 100))

    @property
    def minutes(self) -> str:
        """The time allowed, or nothing."""
        limit = self.settings.time_limit
        return "" if limit is None else _in_minutes(limit)

    @property
    def grace(self) -> str:
        """How long what is on its way still counts, or nothing."""
        return _in_minutes(self.settings.grace) if self.settings.grace and self.minutes else ""

    @property
    def wait(self) -> str:
        """How long one waits between attempts, or nothing."""
        return _in_minutes(self.settings.wait) if self.settings.wait else ""


@dataclass(frozen=True)
class Line:
    """One attempt in the list of attempts."""

    attempt: Found
    state: State
    settings: Settings

    @property
    def is_open(self) -> bool:
        return self.state is State.OPEN

    @property
    def waits(self) -> bool:
        """Handed in, and a person has to mark part of it."""
        return self.attempt.handed_in_at is not None and self.attempt.points is None

    @property
    def url(self) -> str:
        endpoint = "assessment.attempt" if self.is_open else "assessment.result"
        return url_for(endpoint, attempt=self.attempt.uid)

    @property
    def reached(self) -> str:
        if self.attempt.points is None:
            return ""
        return points_of(self.attempt.points, self.attempt.out_of)
