"""/inicio: one thing to do next, what is close, and one's courses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from lms.catalog.offers import Offer, Taking, next_offers
from lms.catalog.queries.listing import Listed, listed
from lms.catalog.rules import words
from lms.catalog.rules.search import Wanted
from lms.desk.queries.home import Announced, Home, OpenAttempt, Taken, home
from lms.desk.rules.greeting import ago, greeting
from lms.desk.views.begun import begun, returned
from lms.desk.views.onward import onward, place_of
from lms.enrollment.queries.papers import Unfinished
from lms.enrollment.rules.applying import ApplicationState
from lms.enrollment.rules.states import EnrollmentState
from lms.enrollment.rules.words import STATES
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import anywhere
from lms.foundation.locale.formats import day, kilobytes, moment
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard, public
from lms.foundation.web.identity import current_identity, signed_in
from lms.foundation.web.reading import database, reading_connection
from lms.learning.kind import address_of
from lms.learning.queries.outline import Item
from lms.learning.rules.marks import Mark
from lms.learning.rules.places import classroom_path
from lms.people.landing import landing

SOON = timedelta(days=7)
SUGGESTED = 3
_READY = (Taking.OPEN, Taking.SOON, Taking.FULL, Taking.CLOSED)


@public("the first address of the site leads visitors to the catalogue")
def root() -> ResponseReturnValue:
    """Where the work of whoever has signed in is; the catalogue for everybody else."""
    identity = current_identity()
    return redirect(url_for(landing(identity.grants) if identity.signed_in else "catalog.index"))


@dataclass(frozen=True, slots=True)
class Task:
    """One line of what is close."""

    title: str
    icon: str
    note: str = ""
    url: str | None = None
    tag: tuple[str, str] | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One of one's courses."""

    title: str
    url: str
    hue: str
    icon: str
    eyebrow: str
    by: str
    tag: tuple[str, str]
    percent: int | None
    foot: str
    documents: list[tuple[str, str]]


@guard(Permission.COURSE_TAKE)
def show() -> str:
    """The home of the person who asks."""
    identity, now = signed_in(), database().clock()
    reader = reading_connection()
    found = home(reader, identity.person_id, now)
    here = now.astimezone(ZoneInfo(current_app.extensions["cabildo.zone"]()))
    suggested: Sequence[tuple[Listed, Offer | None]] = ()
    if not found.taken:
        suggested = _suggested(reader, now)
    return render_template(
        "desk/home.html",
        greeting=_(greeting(here)) % {"name": identity.short_name},
        next=onward(found, here),
        week=_week(found, here),
        cards=[_card(each, now) for each in sorted(found.taken, key=lambda each: _rank(each, now))],
        confirm_name=any(each.has_seat for each in found.taken) and not found.name_confirmed,
        has_documents=any(each.documents for each in found.taken),
        suggested=suggested,
        is_staff=anywhere(identity, Permission.STAFF_ROOM),
        kinds=words.KINDS,
        now=now,
    )


def _suggested(reader: Connection, now: datetime) -> list[tuple[Listed, Offer | None]]:
    """Programmes to begin with: those that take requests now, then those that will, by title."""
    found = listed(reader, Wanted(), 1)
    offers = next_offers(reader, [each.programme_id for each in found], now)
    pairs = [(each, offers.get(each.programme_id)) for each in found]
    pairs.sort(key=lambda pair: _READY.index(pair[1].taking(now) if pair[1] else Taking.CLOSED))
    return pairs[:SUGGESTED]


def _title(each: Taken) -> str:
    return each.learner.programme_title


def _week(found: Home, here: datetime) -> list[Task]:
    """What closes within a week, soonest first; then what was announced."""
    dated = [_unfinished(each) for each in found.unfinished]
    for each in found.taken:
        if each.has_seat:
            dated += _closing(each, here)
    dated.sort(key=lambda task: task.at.timestamp() if task.at else 0)
    return [*dated, *(_news(each, here) for each in found.announced)]


def _unfinished(each: Unfinished) -> Task:
    url = url_for("enrollment.application", application=each.uid)
    until = moment(each.until, zone=True)
    if each.state == ApplicationState.CORRECTING:
        said = _("Correct your application for %(cohort)s", cohort=each.cohort)
        note = _("Until %(moment)s", moment=until)
        return Task(said, "pencil", note, url, (_("To be corrected"), "warn"), each.until)
    said = _("Finish your application for %(cohort)s", cohort=each.cohort)
    note = _("Not handed in. It closes on %(moment)s", moment=until)
    return Task(said, "file-text", note, url, None, each.until)


def _closing(each: Taken, here: datetime) -> Iterator[Task]:
    learner = each.learner
    running = {
        place_of(one): one
        for one in each.attempts
        if not (one.is_returned and one.deadline is not None and one.deadline <= here)
    }
    for course in each.outlines:
        for item in course.items:
            url = address_of(learner.enrollment_uid, course.course.key, item.activity)
            place = course.course.course_id, item.key
            if place in running:
                yield _begun(item, running[place], url, here)
            elif (
                item.closes_at is not None
                and not item.is_done
                and item.mark is not Mark.EXHAUSTED
                and here <= item.closes_at <= here + SOON
            ):
                yield Task(
                    item.activity.title,
                    "clipboard-check" if item.graded else "book-open",
                    _("Closes on %(moment)s", moment=moment(item.closes_at, zone=True)),
                    url if item.standing.is_open else None,
                    at=item.closes_at,
                )
    if learner.state == EnrollmentState.ENROLLED and here <= learner.days.over_at <= here + SOON:
        yield Task(
            _("%(cohort)s ends", cohort=learner.cohort_title),
            "calendar-days",
            moment(learner.days.over_at, zone=True),
            url_for("desk.missing", enrollment=learner.enrollment_uid),
            at=learner.days.over_at,
        )


def _begun(item: Item, attempt: OpenAttempt, url: str, here: datetime) -> Task:
    if attempt.is_returned and attempt.deadline is not None:
        until = attempt.deadline
        said = returned(until, here)
        return Task(item.activity.title, "pencil", said, url, (_("To be corrected"), "warn"), until)
    return Task(
        item.activity.title,
        "clipboard-check",
        begun(attempt.deadline, here),
        url,
        (_("Begun"), "warn"),
        attempt.deadline or here,
    )


def _news(each: Announced, here: datetime) -> Task:
    said = ago(here, each.published_at)
    when = _(said) if said else day(each.published_at, "short")
    url = url_for("learning.announcements", enrollment=each.enrollment_uid)
    return Task(each.title, "bell", f"{each.programme_title} · {when}", f"{url}#anuncio-{each.uid}")


def _card(each: Taken, now: datetime) -> Card:
    learner = each.learner
    begun = now >= learner.days.starts_at
    seated = each.has_seat
    return Card(
        title=_title(each),
        url=_address(each),
        hue=each.hue,
        icon=each.icon,
        eyebrow=_(words.KINDS.get(each.kind, each.kind)),
        by=learner.cohort_title,
        tag=_tag(each, now),
        percent=each.percent if seated and begun and each.total else None,
        foot=_foot(each, now),
        documents=[
            (
                _("Download your document (PDF, %(size)s)", size=kilobytes(document.size))
                if document.size
                else _("Your document is being prepared"),
                url_for("certificates.download", credential=document.uid) if document.size else "",
            )
            for document in each.documents
        ],
    )


def _address(each: Taken) -> str:
    """The classroom; whoever withdrew is told why, and whoever asked sees what they sent,
    or the programme again."""
    learner = each.learner
    if each.has_seat:
        return classroom_path(learner.enrollment_uid)
    if learner.state == EnrollmentState.WITHDRAWN:
        return url_for("desk.left", enrollment=learner.enrollment_uid)
    if each.application is not None:
        return url_for("enrollment.application", application=each.application)
    return url_for("catalog.programme", slug=each.slug)


def _rank(each: Taken, now: datetime) -> int:
    """What is studied now comes first, what was declined or left last."""
    match each.learner.state:
        case EnrollmentState.ENROLLED:
            days = each.learner.days
            return 0 if days.starts_at <= now < days.over_at else 1 if now < days.starts_at else 4
        case EnrollmentState.APPLIED | EnrollmentState.WAITLISTED:
            return 2
        case EnrollmentState.COMPLETED:
            return 3
    return 5


def _tag(each: Taken, now: datetime) -> tuple[str, str]:
    learner = each.learner
    if learner.state == EnrollmentState.ENROLLED:
        if now < learner.days.starts_at:
            return _("Soon"), "info"
        if now >= learner.days.over_at:
            return _("Ended"), ""
        return _("In progress"), "info"
    said, tone = STATES[EnrollmentState(learner.state)]
    return _(said), tone


def _foot(each: Taken, now: datetime) -> str:
    learner = each.learner
    match learner.state:
        case EnrollmentState.APPLIED:
            return _("You will be told by mail and under Notices.")
        case EnrollmentState.WAITLISTED:
            told = _("You will be told if a seat becomes free.")
            return _("Place %(number)s.", number=each.place) + " " + told
        case EnrollmentState.WITHDRAWN:
            return " ".join((_reason(each), _("Open it to see what you can do."))).strip()
        case EnrollmentState.DECLINED:
            return _reason(each)
        case EnrollmentState.ENROLLED if now < learner.days.starts_at:
            return _("It begins on %(moment)s", moment=moment(learner.days.starts_at, zone=True))
        case EnrollmentState.ENROLLED if now >= learner.days.over_at:
            return _("It ended on %(day)s", day=day(learner.days.over_at))
    return ""


def _reason(each: Taken) -> str:
    """Why, as a sentence that another can follow."""
    if not each.reason:
        return ""
    stop = "" if each.reason.endswith((".", "!", "?", "…")) else "."
    return _("Reason given: %(reason)s", reason=each.reason) + stop
