"""/gestion/personas: the help desk finds somebody, and is told all it needs of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for

from lms.catalog.rules.search import searchable
from lms.certificates.formats.record import from_json
from lms.certificates.rules import status
from lms.certificates.rules.numbers import printed
from lms.desk.queries import helped as queries
from lms.desk.rules.letters import FATES, about
from lms.enrollment.rules.states import EnrollmentState
from lms.enrollment.rules.words import STATES
from lms.foundation.access import words
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import anywhere, grants_for
from lms.foundation.access.rights import may_act_on
from lms.foundation.access.roles import Role
from lms.foundation.kernel.errors import N_
from lms.foundation.locale.words import gettext as _
from lms.foundation.mail.models import LetterState
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.reading import database, reading
from lms.people.models import Person
from lms.people.models.person import PersonState
from lms.people.queries import accounts, finding, grants, merges
from lms.people.queries.getting_in import getting_in
from lms.people.queries.reach import reach_of, reached
from lms.people.queries.site import site
from lms.people.scopes import anyone_for, helped, person_for

HELP = Permission.PERSON_HELP
PAGE_SIZE = 20
PERSON_STATES = {
    PersonState.PENDING: (N_("Waits to be confirmed"), "warn"),
    PersonState.ACTIVE: (N_("Account in use"), "good"),
    PersonState.INVITED: (N_("Invited, has not come in yet"), "info"),
    PersonState.CLOSED: (N_("Account closed"), "bad"),
}


@dataclass(frozen=True, slots=True)
class Attended:
    """One attempt as the help desk reads it."""

    quiz: str
    cohort: str
    number: int
    started_at: Any
    handed_in_at: Any
    state: tuple[str, str]


@guard(HELP, anyone_for(HELP))
def find() -> str:
    """By document, phone, e-mail or any part of the name, among the people within reach."""
    text = searchable(request.args.get("q", ""))
    session = reading()
    reach = reach_of(session, grants_for(signed_in(), HELP))
    found = finding.find(session, text, site().country, partial(reached, reach))
    number = page_of()
    ids = found.ids[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return render_template(
        "desk/help_desk.html",
        text=text,
        more=found.more,
        page=Page(finding.lines(session, ids) if ids else [], number, PAGE_SIZE, len(found.ids)),
        page_url=lambda n: url_for("desk.help_desk", q=text, pagina=n),
        states=states(),
    )


@guard(HELP, person_for(HELP))
def show(person: UUID) -> str:
    """One person: how they are known and get in, where they study, what they were sent."""
    session, now, found = reading(), database().clock(), helped(HELP)
    whose = session.get_one(Person, found.id)
    identifiers = accounts.identifiers(session, whose.id)
    held = grants.standing(session, whose.id, now)
    places = queries.places(session, whose.id, found.reach)
    return render_template(
        "desk/help_person.html",
        blank=lambda: Form(formdata=None),
        person=whose,
        state=states()[whose.state],
        identifiers=identifiers,
        posts=accounts.posts(session, whose.id),
        entry=getting_in(session, whose, identifiers, now),
        may_act=may_act(held),
        may_merge=anywhere(signed_in(), Permission.PERSON_MERGE)
        and whose.state != PersonState.CLOSED
        and whose.id != signed_in().person_id,
        joined=merges.standing(session, whose.id),
        may_look=anywhere(signed_in(), Permission.PERSON_SEE_AS)
        and whose.state == PersonState.ACTIVE
        and whose.id != signed_in().person_id,
        roles=sorted({_(words.ROLES[Role(row.role)]) for row in held}),
        places=[(each, standing(each)) for each in places],
        sittings=_sittings(queries.sittings(session, whose.id, found.reach)),
        letters=_letters(queries.mailed(session, whose.id, found.reach)),
        documents=documents(queries.issued(session, whose.id, found.reach)),
    )


def may_act(held: Sequence[Any]) -> bool:
    """Whether the reader's rights reach those of whoever holds these."""
    mine, theirs = signed_in().grants, [grants.plain(row) for row in held]
    return may_act_on(mine, theirs, grants.above_of(reading(), mine, theirs))


def states() -> dict[str, tuple[str, str]]:
    """The states of accounts in words, each with its tone."""
    return {state: (_(said), tone) for state, (said, tone) in PERSON_STATES.items()}


def standing(place: queries.Place) -> tuple[str, str]:
    said, tone = STATES[EnrollmentState(place.state)]
    return _(said), tone


def _sittings(found: Sequence[queries.Sitting]) -> list[Attended]:
    return [
        Attended(
            each.quiz, each.cohort, each.number, each.started_at, each.handed_in_at, _ended(each)
        )
        for each in found
    ]


def _ended(sitting: queries.Sitting) -> tuple[str, str]:
    if sitting.handed_in_at is None:
        return _("Begun, not handed in"), "info"
    if sitting.passed is None:
        return _("Waiting to be marked"), "info"
    return (_("Passed"), "good") if sitting.passed else (_("Not passed"), "warn")


def _letters(found: Sequence[queries.Mailed]) -> list[dict[str, Any]]:
    letters = []
    for each in found:
        said, tone = FATES[LetterState(each.state)]
        letters.append(
            {
                "about": _(about(each.template)),
                "address": each.address,
                "at": each.sent_at or each.created_at,
                "state": (_(said), tone),
                "error": each.last_error,
            }
        )
    return letters


def documents(found: Sequence[queries.Issued]) -> list[dict[str, Any]]:
    """Documents as lists of the help desk show them."""
    shown = []
    for each in found:
        record, word = from_json(each.record), status.word(each.status)
        shown.append(
            {
                "number": printed(each.series, each.number),
                "url": url_for("certificates.public", code=each.code),
                "title": f"{record.title}: {record.course}",
                "issued_at": each.issued_at,
                "status": (_(word.said), word.tone),
            }
        )
    return shown
