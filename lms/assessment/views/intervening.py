"""What may be done for people in the middle of a quiz: more time, reopened, handed in for them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.actions.intervene import Wanted, extend, intervene
from lms.assessment.forms import DeedForm
from lms.assessment.queries import watching as queries
from lms.assessment.queries.attempts import Found
from lms.assessment.queries.beginning import closes_of, settings_of
from lms.assessment.rules.sitting import Settings
from lms.assessment.rules.watching import (
    NOBODY,
    OVER,
    RUNNING,
    Deed,
    More,
    Seen,
    Sitting,
    more_time,
    refuse,
    reopened_until,
)
from lms.assessment.views.blueprint import blueprint
from lms.assessment.views.sittings import FILTERS, PATH, quiz_scope, state_of
from lms.enrollment.rules.allowances import later
from lms.enrollment.rules.calendar import moments
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_, Refused
from lms.foundation.locale.formats import moment
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import say, submit
from lms.foundation.web.reading import database, reading_connection
from lms.people.rules.names import name_of


@dataclass(frozen=True)
class Chosen:
    """Somebody for whom something is to be done: what they would get, or why not."""

    row: Found
    name: str
    state: tuple[str, str]
    gets: str = ""
    why_not: str = ""
    more: More | None = None


@blueprint.route(f"{PATH}/<uuid:quiz>/mas-tiempo", methods=["GET", "POST"])
@guard(Permission.ALLOWANCE_GIVE, scope=quiz_scope)
def watch_extend(cohort: UUID, quiz: UUID) -> ResponseReturnValue:
    """More minutes for those who are in it."""
    return _act(cohort, quiz, Deed.EXTEND)


@blueprint.route(f"{PATH}/<uuid:quiz>/reabrir", methods=["GET", "POST"])
@guard(Permission.ALLOWANCE_GIVE, scope=quiz_scope)
def watch_reopen(cohort: UUID, quiz: UUID) -> ResponseReturnValue:
    """Attempts that have ended go on."""
    return _act(cohort, quiz, Deed.REOPEN)


@blueprint.route(f"{PATH}/<uuid:quiz>/entregar", methods=["GET", "POST"])
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


def deeds_of(cohort: UUID, quiz: UUID) -> list[dict[str, str]]:
    """What may be done for those who are chosen on the page of a quiz."""
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

    def again() -> str:
        return _act_page(found, cohort, deed, form, rows, now, chosen, looked=True)

    if deed is Deed.EXTEND:
        more = [(each.row.enrollment_id, each.more) for each in able]
        return submit(
            extend, cohort, f"{found.course_key}/{found.key}", more, form.reason.data or "",
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
    name, state = name_of(row).surnames_first, state_of(row)
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
    settings = Settings.of(settings_of(row, now))
    own = moments(row.calendar or {}, row.course_key, row.activity_key)
    return Seen(
        sitting=Sitting(row.sitting),
        state=row.enrollment_state,
        started_at=row.started_at,
        deadline=row.deadline,
        limit=settings.time_limit + settings.grace if settings.time_limit else None,
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
