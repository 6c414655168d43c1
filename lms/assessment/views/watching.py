"""Who sits a quiz now: to be watched, and what may be done for them in the middle of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.actions.intervene import Wanted, extend, intervene
from lms.assessment.forms import DeedForm
from lms.assessment.models.attempt import HandedInBy
from lms.assessment.queries import staff
from lms.assessment.queries import watching as queries
from lms.assessment.queries.attempts import Found
from lms.assessment.queries.beginning import closes_of, settings_of
from lms.assessment.rules.quiz import Settings
from lms.assessment.rules.watching import (
    NOBODY,
    OVER,
    RUNNING,
    SILENT_AFTER,
    Deed,
    More,
    Seen,
    Sitting,
    more_time,
    refuse,
    reopened_until,
)
from lms.assessment.views.analysis import pace
from lms.assessment.views.blueprint import blueprint
from lms.enrollment.queries.places import cohort_place
from lms.enrollment.rules.allowances import extra, later
from lms.enrollment.rules.calendar import moments
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import allows
from lms.foundation.access.scopes import Scope
from lms.foundation.kernel.errors import N_, Refused
from lms.foundation.locale.formats import clock_time, day, moment
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import say, submit
from lms.foundation.web.reading import database, reading_connection
from lms.people.rules.names import name_of

EVERY = 30
"""Seconds after which a page that is asked to looks again."""
SOON = timedelta(hours=12)
"""What ends later than that is told by its day, not by the minutes left."""
_PATH = "/gestion/promociones/<uuid:cohort>/en-curso"

FILTERS: Mapping[str, tuple[str, frozenset[Sitting]]] = {
    "": (N_("Everybody"), frozenset(Sitting)),
    "dentro": (N_("In it"), RUNNING),
    "sin-senal": (N_("Silent"), frozenset({Sitting.SILENT})),
    "entregados": (N_("Has handed in"), frozenset({Sitting.HANDED_IN})),
    "vencidos": (N_("Time over"), frozenset({Sitting.EXPIRED})),
    "sin-comenzar": (N_("Not begun"), frozenset({Sitting.NOT_BEGUN})),
}
STATES: Mapping[Sitting, tuple[str, str]] = {
    Sitting.IN: (N_("In it"), "good"),
    Sitting.SILENT: (N_("Silent"), "warn"),
    Sitting.HANDED_IN: (N_("Has handed in"), "info"),
    Sitting.EXPIRED: (N_("Time over"), "info"),
    Sitting.NOT_BEGUN: (N_("Not begun"), ""),
}


@dataclass(frozen=True)
class Line:
    """Somebody's last attempt as it is listed."""

    uid: UUID
    name: str
    state: tuple[str, str]
    number: str
    begun: str
    saved: str
    left: str
    answers: str
    more: str
    by_staff: bool
    url: str


@dataclass(frozen=True)
class Chosen:
    """Somebody for whom something is to be done: what they would get, or why not."""

    row: Found
    name: str
    state: tuple[str, str]
    gets: str = ""
    why_not: str = ""
    more: More | None = None


def quiz_scope(cohort: UUID, quiz: UUID, **_values: Any) -> Scope:
    """The place of a quiz in a cohort: of its course only, not of the others taught there."""
    connection = reading_connection()
    place = cohort_place(connection, cohort)
    found = queries.quiz_in(connection, cohort, quiz)
    return replace(place, course_ids=frozenset({found.course_id}))


@blueprint.get(_PATH)
@guard(Permission.ATTEMPT_MONITOR, scope=cohort_scope)
def watch_index(cohort: UUID) -> str:
    """Each quiz of the cohort, and how many are in it now."""
    connection, now = reading_connection(), database().clock()
    place, counted = cohort_scope(cohort), queries.counts(connection, cohort, now)
    lines = [
        {
            "title": quiz.title,
            "course": quiz.course_title,
            "url": url_for("assessment.watch", cohort=cohort, quiz=quiz.uid),
            "counts": _counts(counted.get(quiz.uid, {})),
            "running": sum(counted.get(quiz.uid, {}).get(each, 0) for each in RUNNING),
        }
        for quiz in queries.quizzes_in(connection, cohort)
        if allows(
            signed_in(),
            Permission.ATTEMPT_MONITOR,
            replace(place, course_ids=frozenset({quiz.course_id})),
        )
    ]
    return render_template(
        "assessment/watch_index.html",
        lines=lines,
        cohort_title=staff.title_of(connection, cohort),
        cohort_url=url_for("desk.cohort", cohort=cohort),
    )


@blueprint.get(f"{_PATH}/<uuid:quiz>")
@guard(Permission.ATTEMPT_MONITOR, scope=quiz_scope)
def watch(cohort: UUID, quiz: UUID) -> ResponseReturnValue:
    """Everybody of the cohort in one quiz; looks again by itself only if it is asked to."""
    connection, now = reading_connection(), database().clock()
    found = queries.quiz_in(connection, cohort, quiz)
    asked = request.args.get("ver", "")
    asked = asked if asked in FILTERS else ""
    again, number = "cada" in request.args, page_of()
    shown = FILTERS[asked][1]
    counted = queries.counts(connection, cohort, now).get(quiz, {})
    rows = queries.people(connection, cohort, quiz, shown, now, number)
    answers = queries.answered(connection, [row.attempt_id for row in rows if row.attempt_id])
    place = quiz_scope(cohort, quiz)
    may_open = allows(signed_in(), Permission.ATTEMPT_REVIEW, place)
    parts = {"ver": asked or None, "cada": EVERY if again else None}

    def here(**other: Any) -> str:
        return url_for("assessment.watch", cohort=cohort, quiz=quiz, **{**parts, **other})

    total = sum(counted.get(each, 0) for each in shown)
    response = make_response(
        render_template(
            "assessment/watch.html",
            quiz=found,
            now=now,
            again=again,
            every=EVERY,
            silent_minutes=SILENT_AFTER.seconds // 60,
            chips=[
                (f"{_(said)} ({sum(counted.get(each, 0) for each in of)})",
                 here(ver=key or None), key == asked)
                for key, (said, of) in FILTERS.items()
            ],
            page=Page([_line(row, now, answers, may_open) for row in rows], number,
                      queries.PER_PAGE, total),
            page_url=lambda n: here(pagina=n),
            here=here(),
            once=here(cada=None),
            by_itself=here(cada=EVERY),
            deeds=_deeds(cohort, quiz) if allows(signed_in(), Permission.ALLOWANCE_GIVE, place)
            else [],
            shown=asked,
            attempts_url=url_for("assessment.staff_attempts", cohort=cohort,
                                 evaluacion=found.key) if may_open else "",
            cohort_url=url_for("desk.cohort", cohort=cohort),
            index_url=url_for("assessment.watch_index", cohort=cohort),
        )
    )  # fmt: skip
    if again:
        response.headers["Refresh"] = str(EVERY)
    return response


@blueprint.route(f"{_PATH}/<uuid:quiz>/mas-tiempo", methods=["GET", "POST"])
@guard(Permission.ALLOWANCE_GIVE, scope=quiz_scope)
def watch_extend(cohort: UUID, quiz: UUID) -> ResponseReturnValue:
    """More minutes for those who are in it."""
    return _act(cohort, quiz, Deed.EXTEND)


@blueprint.route(f"{_PATH}/<uuid:quiz>/reabrir", methods=["GET", "POST"])
@guard(Permission.ALLOWANCE_GIVE, scope=quiz_scope)
def watch_reopen(cohort: UUID, quiz: UUID) -> ResponseReturnValue:
    """Attempts that have ended go on."""
    return _act(cohort, quiz, Deed.REOPEN)


@blueprint.route(f"{_PATH}/<uuid:quiz>/entregar", methods=["GET", "POST"])
@guard(Permission.ALLOWANCE_GIVE, scope=quiz_scope)
def watch_hand_in(cohort: UUID, quiz: UUID) -> ResponseReturnValue:
    """Attempts that run are handed in as they are."""
    return _act(cohort, quiz, Deed.HAND_IN)


@dataclass(frozen=True)
class Words:
    """What a deed is called on its pages."""

    title: str
    lead: str
    icon: str
    endpoint: str
    fits: frozenset[Sitting]
    done: Callable[[int], str]


WORDS: Mapping[Deed, Words] = {
    Deed.EXTEND: Words(
        N_("Give more time"),
        N_("Who is in it gets these minutes at once, as an exception that stays on record."),
        "calendar-clock",
        "assessment.watch_extend",
        RUNNING,
        lambda many: ngettext(
            "Given to %(num)s person, who is being told.",
            "Given to %(num)s people, who are being told.",
            many,
        ),
    ),
    Deed.REOPEN: Words(
        N_("Reopen"),
        N_(
            "The attempt goes on with its answers for the minutes you give. Its marks are taken "
            "back until it is handed in again; that it had been handed in stays on record."
        ),
        "pencil",
        "assessment.watch_reopen",
        OVER,
        lambda many: ngettext(
            "%(num)s attempt is reopened, and its person is being told.",
            "%(num)s attempts are reopened, and their people are being told.",
            many,
        ),
    ),
    Deed.HAND_IN: Words(
        N_("Hand in for the person"),
        N_(
            "The attempt ends now with the answers that have arrived, and is marked. The record "
            "says that you did it."
        ),
        "check",
        "assessment.watch_hand_in",
        RUNNING,
        lambda many: ngettext(
            "%(num)s attempt is handed in, and its person is being told.",
            "%(num)s attempts are handed in, and their people are being told.",
            many,
        ),
    ),
}


def _deeds(cohort: UUID, quiz: UUID) -> list[dict[str, str]]:
    return [
        {
            "title": _(words.title),
            "icon": words.icon,
            "url": url_for(words.endpoint, cohort=cohort, quiz=quiz),
        }
        for words in WORDS.values()
    ]


def _act(cohort: UUID, quiz: UUID, deed: Deed) -> ResponseReturnValue:
    """Whom it concerns and the form; looked over; done."""
    connection, now = reading_connection(), database().clock()
    found = queries.quiz_in(connection, cohort, quiz)
    rows = _asked(cohort, quiz, deed, now)
    sent = request.method == "POST"
    given = {} if sent else {"formdata": None}
    form = DeedForm(needs_minutes=deed is not Deed.HAND_IN, **given)
    if not sent:
        return _act_page(found, cohort, deed, form, rows, now)
    if not form.sent() or "back" in request.form:
        if "back" in request.form:
            form.forgive()
            return _act_page(found, cohort, deed, form, rows, now)
        return _act_page(found, cohort, deed, form, rows, now), 422
    chosen = [_chosen(deed, row, form.minutes.data or 0, now) for row in rows]
    able = [each for each in chosen if not each.why_not]
    if request.form.get("go") != "do":
        if not able:
            form.form_errors.append(_(NOBODY))
            return _act_page(found, cohort, deed, form, rows, now, chosen), 409
        return _act_page(found, cohort, deed, form, rows, now, chosen, looked=True)
    back = url_for("assessment.watch", cohort=cohort, quiz=quiz)
    again = lambda: _act_page(found, cohort, deed, form, rows, now, chosen, looked=True)  # noqa: E731
    if deed is Deed.EXTEND:
        given = [(each.row.enrollment_id, each.more) for each in able]
        return submit(
            extend, cohort, f"{found.course_key}/{found.key}", given, form.reason.data or "",
            form=form, then=back, said=WORDS[deed].done, again=again,
        )  # fmt: skip
    wanted = Wanted(deed, [each.row.attempt_uid for each in able], form.minutes.data or 0)
    return submit(
        intervene, cohort, wanted, form.reason.data or "",
        form=form, then=back, said=WORDS[deed].done, again=again,
    )  # fmt: skip


def _asked(cohort: UUID, quiz: UUID, deed: Deed, now: datetime) -> Sequence[Found]:
    """Those who were ticked; without any, all of the list for whom the deed may be."""
    connection = reading_connection()
    values = request.values.getlist("quien")[: queries.MOST_AT_ONCE]
    uids = []
    for text in values:
        try:
            uids.append(UUID(text))
        except ValueError:
            continue
    if uids:
        return queries.these(connection, cohort, quiz, uids, now)
    shown = FILTERS.get(request.args.get("ver", ""), FILTERS[""])[1] & WORDS[deed].fits
    if not shown:
        return []
    return queries.people(connection, cohort, quiz, shown, now, 1, queries.MOST_AT_ONCE)


def _chosen(deed: Deed, row: Found, minutes: int, now: datetime) -> Chosen:
    """What somebody would get by it."""
    seen, gets, more = _seen(row, now), "", None
    name, state = name_of(row).surnames_first, _state(row)
    try:
        refuse(deed, seen)
        if deed is Deed.EXTEND and minutes:
            more = more_time(seen, minutes)
            gets = _("until %(until)s", until=moment(more.until, zone=True))
        elif deed is Deed.REOPEN and minutes:
            until = reopened_until(now, minutes, later(row.ends_at, row.own_end))
            gets = _("until %(until)s", until=moment(until, zone=True))
    except Refused as refusal:
        return Chosen(row, name, state, why_not=say(refusal))
    return Chosen(row, name, state, gets, more=more)


def _seen(row: Found, now: datetime) -> Seen:
    own = moments(row.calendar or {}, row.course_key, row.activity_key)
    return Seen(
        sitting=Sitting(row.sitting),
        state=row.enrollment_state,
        started_at=row.started_at,
        deadline=row.deadline,
        limit=Settings.of(settings_of(row, now)).time_limit,
        closes=closes_of(row),
        has_own_close=bool(own.get("closes_at")),
        ends=later(row.ends_at, row.own_end),
    )


def _act_page(
    quiz: Found,
    cohort: UUID,
    deed: Deed,
    form: DeedForm,
    rows: Sequence[Found],
    now: datetime,
    chosen: Sequence[Chosen] = (),
    *,
    looked: bool = False,
) -> str:
    people = chosen or [_chosen(deed, row, 0, now) for row in rows]
    words = WORDS[deed]
    return render_template(
        "assessment/watch_act.html",
        quiz=quiz,
        form=form,
        deed=deed.value,
        title=_(words.title),
        lead=_(words.lead),
        icon=words.icon,
        able=[each for each in people if not each.why_not],
        others=[each for each in people if each.why_not],
        looked=looked,
        here=url_for(words.endpoint, cohort=cohort, quiz=quiz.uid),
        back=url_for("assessment.watch", cohort=cohort, quiz=quiz.uid),
        cohort_url=url_for("desk.cohort", cohort=cohort),
        index_url=url_for("assessment.watch_index", cohort=cohort),
    )


def _line(row: Found, now: datetime, answers: Mapping[int, int], may_open: bool) -> Line:
    sitting = Sitting(row.sitting)
    running = sitting in RUNNING
    minutes = extra(row.allowances, row.course_key, row.activity_key, now).minutes
    return Line(
        uid=row.enrollment_uid,
        name=name_of(row).surnames_first,
        state=_state(row),
        number=str(row.number or ""),
        begun=_when(row.started_at, now) if row.started_at else "",
        saved=_saved(row.saved_at, now, running=running),
        left=_left(row.deadline, now) if running else "",
        answers=_("%(answers)s of %(total)s", answers=answers.get(row.attempt_id, 0),
                  total=len(row.slots)) if row.attempt_id else "",
        more=_("+%(minutes)s min", minutes=minutes) if minutes else "",
        by_staff=row.handed_in_by == HandedInBy.STAFF,
        url=url_for("assessment.staff_attempt", attempt=row.attempt_uid)
        if may_open and row.attempt_uid
        else "",
    )  # fmt: skip


def _state(row: Found) -> tuple[str, str]:
    said, tone = STATES[Sitting(row.sitting)]
    return _(said), tone


def _saved(at: datetime | None, now: datetime, *, running: bool) -> str:
    """At 10:42, 3 min ago."""
    if at is None:
        return _("nothing yet") if running else ""
    if not running:
        return _when(at, now)
    seconds = round((now - at).total_seconds())
    ago = f"{seconds // 60} min" if seconds >= 60 else f"{seconds} s"
    return _("%(time)s, %(ago)s ago", time=clock_time(at), ago=ago)


def _when(at: datetime, now: datetime) -> str:
    """Of today the hour, of another day the day."""
    return clock_time(at) if now - at < SOON else day(at, "short")


def _left(deadline: datetime | None, now: datetime) -> str:
    if deadline is None:
        return _("no limit")
    if deadline - now > SOON:
        return _("until %(until)s", until=moment(deadline))
    return pace((deadline - now).total_seconds())


def _counts(counted: Mapping[Sitting, int]) -> str:
    """3 in it · 1 handed in."""
    return " · ".join(
        f"{_(STATES[each][0])}: {counted[each]}" for each in Sitting if counted.get(each)
    )
