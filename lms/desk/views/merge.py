"""/gestion/personas/<person>/unir: two accounts of one person beside each other, then one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.catalog.rules.search import searchable
from lms.desk.queries import helped as queries
from lms.desk.views.helped import documents, may_act, standing, states
from lms.foundation.access import words
from lms.foundation.access.permissions import Permission
from lms.foundation.access.roles import Role
from lms.foundation.kernel.errors import NotFound, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.perform import say, submit
from lms.foundation.web.reading import database, reading
from lms.people.actions.authority import BEYOND
from lms.people.actions.merge import By, Why, merge, part, refusal
from lms.people.forms.help_desk import MergeForm, PartForm
from lms.people.models import Identifier, Person, Post
from lms.people.queries import accounts, finding, grants, merges, twins
from lms.people.queries.reach import reached, whereabouts
from lms.people.queries.site import site
from lms.people.rules import merging as rules
from lms.people.scopes import Helped, helped, person_for

MERGE = Permission.PERSON_MERGE


@dataclass(frozen=True)
class Side:
    """One of the two accounts as the preview shows it."""

    person: Person
    state: tuple[str, str]
    identifiers: Sequence[Identifier]
    posts: Sequence[Post]
    roles: Sequence[str]
    places: Sequence[tuple[queries.Place, tuple[str, str]]]
    documents: Sequence[Mapping[str, Any]]
    entered_at: datetime | None
    may_act: bool


@guard(MERGE, person_for(MERGE))
def choose(person: UUID) -> str:
    """Who else it may be: those who are likely the same, and whoever is looked for."""
    found, session = helped(MERGE), reading()
    whose = session.get_one(Person, found.id)
    seen = partial(reached, found.reach)
    text = searchable(request.args.get("q", ""))
    ids = finding.find(session, text, site().country, seen).ids if text else ()
    some = [each for each in ids if each != whose.id][: finding.PAGE_SIZE]

    def compare(other: finding.Line) -> str:
        pair = (whose.uid, other.uid)
        stays, goes = reversed(pair) if rules.is_better(other.state, whose.state) else pair
        return url_for("desk.merge", person=stays, other=goes)

    return render_template(
        "desk/choose_merge.html",
        person=whose,
        text=text,
        lines=finding.lines(session, some) if some else (),
        more=len(ids) > len(some) + 1,
        twins=twins.likely(session, whose, accounts.identifiers(session, whose.id), seen),
        compare=compare,
        states=states(),
    )


@guard(MERGE, person_for(MERGE))
def join(person: UUID, other: UUID) -> ResponseReturnValue:
    """Both beside each other, what goes along and what does not fit; then, for a reason, one."""
    found, form = helped(MERGE), MergeForm()
    goes = _other(found, other)

    def page() -> str:
        return _preview(found, goes, form)

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        merge, found.id, goes, Why(form.said(), form.reason.data), _by(found),
        form=form, then=url_for("desk.help_person", person=person), again=page,
        said=_("The accounts are one now. The person is being told."),
    )  # fmt: skip


@guard(MERGE, person_for(MERGE))
def separate(person: UUID, merge_uid: UUID) -> ResponseReturnValue:
    """What goes back and what stays; then, for a reason, two accounts again."""
    found, session, form = helped(MERGE), reading(), PartForm()
    whose = session.get_one(Person, found.id)
    row = merges.merge_of(session, found.id, merge_uid)
    goes = session.get_one(Person, row.goes_id)

    def page() -> str:
        still = merges.identifiers_still(session, row)
        obstacle = merges.obstacle(session, row)
        return render_template(
            "desk/part.html",
            person=whose,
            other=goes,
            merge=row,
            form=form,
            gone=rules.gone_since(row.known, still),
            refusal=_not_parted(row.undone_at is not None, whose.state, len(still))
            or (obstacle and say(refusal(obstacle, found.reach))),
        )

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        part, found.id, merge_uid, form.reason.data, _by(found),
        form=form, then=url_for("desk.help_person", person=person), said=_parted, again=page,
    )  # fmt: skip


def _other(found: Helped, uid: UUID) -> int:
    """The other person; somebody out of reach does not exist."""
    where = whereabouts(reading(), uid)
    if not found.reach.everywhere and not where.institutions & found.reach.institutions:
        raise NotFound()
    return where.person_id


def _by(found: Helped) -> By:
    return By(found.reach, found.institution_id)


def _preview(found: Helped, goes_id: int, form: MergeForm) -> str:
    session = reading()
    stays, goes = (_side(found, each) for each in (found.id, goes_id))
    fits = merges.fits(session, found.id, goes_id)
    left = [each for each in fits.said if found.reach.has(each.institution_id)]
    return render_template(
        "desk/merge.html",
        form=form,
        stays=stays,
        goes=goes,
        along=merges.counts(session, goes_id, found.reach),
        attempts=queries.attempts(session, goes_id, found.reach),
        left=[say(refusal(each, found.reach)) for each in left],
        refusals=_refusals(found, stays, goes, fits),
        names_differ=stays.person.full_name != goes.person.full_name,
    )


def _side(found: Helped, person_id: int) -> Side:
    session, now = reading(), database().clock()
    person = session.get_one(Person, person_id)
    held = grants.standing(session, person_id, now)
    places = queries.places(session, person_id, found.reach)
    return Side(
        person=person,
        state=states()[person.state],
        identifiers=accounts.identifiers(session, person_id),
        posts=accounts.posts(session, person_id),
        roles=sorted({_(words.ROLES[Role(row.role)]) for row in held}),
        places=[(each, standing(each)) for each in places],
        documents=documents(queries.issued(session, person_id, found.reach)),
        entered_at=accounts.last_entry(session, person_id),
        may_act=may_act(held),
    )


def _refusals(found: Helped, stays: Side, goes: Side, fits: merges.Fits) -> list[str]:
    """Everything that keeps the two from being joined, each as a sentence that says what to do."""
    told = []
    try:
        rules.check(*(_plain(each) for each in (stays, goes)))
    except Refused as refused:
        told.append(say(refused))
    if not (stays.may_act and goes.may_act):
        told.append(_(BEYOND))
    told += [say(refusal(each, found.reach)) for each in fits.clashes]
    return list(dict.fromkeys(told))


def _plain(side: Side) -> rules.Side:
    own = side.person.id == signed_in().person_id
    return rules.Side(side.person.id, side.person.state, is_own=own)


def _not_parted(is_undone: bool, state: str, identifiers: int) -> str | None:
    try:
        rules.check_part(is_undone=is_undone, stays_state=state, identifiers_left=identifiers)
    except Refused as refused:
        return say(refused)
    return None


def _parted(gone: list[str]) -> str:
    told = _("The accounts are two again. Both were signed out everywhere.")
    if gone:
        told += " " + _("Taken away since, so it stays out: %(known)s.", known=", ".join(gone))
    return told
