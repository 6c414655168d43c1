"""/gestion/funciones: who holds which role; roles given and ended; who may do what, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.admin.forms.grants import GiveForm
from lms.admin.queries import grants as queries
from lms.admin.queries.grants import Line, Shown
from lms.enrollment.rules import persons
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import POLICY, grants_for
from lms.foundation.access.rights import GIVEN, appointing, permissions_of
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import Grant, ScopeKind
from lms.foundation.access.words import NOTES, PERMISSIONS, REACHES, ROLES
from lms.foundation.kernel.errors import N_, Forbidden, NotFound, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.people.actions import grants as actions
from lms.people.actions.help_desk import NewPerson
from lms.people.models import Person
from lms.people.queries import people
from lms.people.queries.grants import above_of
from lms.people.queries.reach import Reach, reach_of, whereabouts
from lms.people.queries.site import site
from lms.people.rules.names import Name, name_of
from lms.people.scopes import anyone_for, grant_scope, helped, person_for
from lms.people.views.browsers import links

VIEW, GIVE = Permission.GRANT_VIEW, Permission.GRANT_GIVE
STANDINGS = {
    Shown.NOW: (N_("Holds now"), "good"),
    Shown.LATER: (N_("Begins later"), "info"),
    Shown.ENDED: (N_("Has ended"), ""),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A role as the pages show it; ``may_end`` for whoever could have given it."""

    line: Line
    role: str
    place: str
    standing: tuple[str, str]
    may_end: bool


@dataclass(frozen=True, slots=True)
class Right:
    """One thing somebody may do, and the roles that let them."""

    said: str
    rows: Sequence[Row]


@guard(VIEW, anyone_for(VIEW))
def show() -> str:
    """Everybody with a role at the institutions one looks after."""
    shown, role = _shown(), request.args.get("funcion", "")
    role = role if role in set(Role) else ""
    page = queries.page(reading(), _reach(VIEW), shown, role, database().clock(), page_of())
    return render_template(
        "admin/grants.html",
        page=page,
        rows=_rows(page.items),
        page_url=lambda n: url_for("admin.grants", ver=shown, funcion=role or None, pagina=n),
        chips=[
            (_(STANDINGS[each][0]), url_for("admin.grants", ver=each.value, funcion=role or None),
             each is shown)
            for each in Shown
        ],
        roles=[(each.value, _(said)) for each, said in ROLES.items() if each != Role.PARTICIPANT],
        shown=shown.value,
        role=role,
        may_give=bool(grants_for(signed_in(), GIVE)),
    )  # fmt: skip


@guard(VIEW, person_for(VIEW))
def person(person: UUID) -> str:
    """The roles of one person, what they let them do, and what everybody may do anyway."""
    found = helped(VIEW)
    rows = _rows(queries.of_person(reading(), found.id, found.reach))
    holds = [row for row in rows if row.standing == _standing(Shown.NOW)]
    return render_template(
        "admin/person_grants.html",
        person=reading().get_one(Person, found.id),
        rows=rows,
        rights=_rights(holds),
        everybody=[_(PERMISSIONS[each]) for each, rule in POLICY.items() if _is_everybodys(rule)],
        may_give=bool(grants_for(signed_in(), GIVE)),
    )


@guard(GIVE, anyone_for(GIVE))
def give() -> ResponseReturnValue:
    """Give a role: first whom was meant is shown, then it is given."""
    session, identity, now = reading(), signed_in(), database().clock()
    mine = grants_for(identity, GIVE)
    form = GiveForm()
    form.offer(_pairs(mine), queries.places(session, _reach(GIVE), now))
    if not form.is_submitted():
        form.who.data = request.args.get("para", "")
        form.role.data = request.args.get("funcion")
    found = _whom(form.who.data or "")
    # Whom none of one's institutions knows is not named: their name has to be written.
    whom = found if found is not None and _is_known(found) else None
    notes = {role.value: _(said) for role, said in NOTES.items()}

    def page() -> str:
        form.seen.data = str(whom.uid) if whom else ""
        is_new = form.is_submitted() and whom is None and "@" in (form.who.data or "")
        return render_template("admin/give.html", form=form, whom=whom, hints=notes, is_new=is_new)

    if not form.is_submitted():
        return page()
    seen = form.seen.data
    if not form.sent():
        return page(), 422
    new = form.newcomer(site().country) if whom is None else None
    if whom is None and new is None:
        said = _("Nobody here has that document, phone or e-mail.")
        more = _("Write the person’s e-mail and name, and they are invited.")
        form.who.errors = [f"{said} {more}"]
        return page(), 422
    if whom is not None and seen != str(whom.uid):
        return page()  # whom was meant is shown, to be agreed to
    if whom is None and found is not None:
        if not _is_written(found, new):
            form.who.errors = [_(persons.OTHERWISE)]
            return page(), 422
        whom = found
    try:
        if whom is None:
            return submit(
                actions.give_to_newcomer, new, form.given(now), links().invitation,
                form=form, then=lambda uid: url_for("admin.person_grants", person=uid),
                said=_("The role is given, and the invitation is on its way."), again=page,
            )  # fmt: skip
        return submit(
            actions.give, whom.id, form.given(now),
            form=form, then=url_for("admin.person_grants", person=whom.uid),
            said=_("The role is given."), again=page,
        )  # fmt: skip
    except Forbidden as refusal:
        form.refuse(refusal)
        return page(), refusal.status


@guard(GIVE, grant_scope)
def end(grant: UUID) -> ResponseReturnValue:
    """End a role, after having been asked once."""
    form = Form()
    line = queries.one(reading(), grant)

    def page() -> str:
        return render_template("admin/end_grant.html", form=form, row=_rows([line])[0])

    if not form.is_submitted():
        return page()
    return submit(
        actions.end, grant,
        form=form, then=url_for("admin.person_grants", person=line.person),
        said=_("The role has ended."), again=page,
    )  # fmt: skip


def _reach(permission: Permission) -> Reach:
    return reach_of(reading(), grants_for(signed_in(), permission))


def _is_known(person: Person) -> bool:
    reach, known = _reach(GIVE), whereabouts(reading(), person.uid).institutions
    return reach.everywhere or bool(reach.institutions & known)


def _is_written(person: Person, new: NewPerson | None) -> bool:
    """Whether the name that was written can be that of the person with these data."""
    if new is None:
        return False
    return persons.may_be_one(_parts(new.name), _parts(name_of(person)))


def _parts(name: Name) -> tuple[str, str, str]:
    return name.given_names, name.first_surname, name.second_surname or ""


def _shown() -> Shown:
    named = request.args.get("ver", "")
    return Shown(named) if named in set(Shown) else Shown.NOW


def _rows(lines: Sequence[Line]) -> list[Row]:
    mine = signed_in().grants
    above = above_of(reading(), mine, [line.plain for line in lines])
    now = database().clock()
    return [
        Row(
            line=line,
            role=_(ROLES[Role(line.role)]),
            place=_place(line),
            standing=_standing(_when(line, now)),
            may_end=_when(line, now) is not Shown.ENDED
            and bool(appointing(mine, line.plain, above)),
        )
        for line in lines
    ]


def _when(line: Line, now: Any) -> Shown:
    if line.ends_at is not None and line.ends_at <= now:
        return Shown.ENDED
    return Shown.NOW if line.starts_at <= now else Shown.LATER


def _standing(shown: Shown) -> tuple[str, str]:
    said, tone = STANDINGS[shown]
    return _(said), tone


def _place(line: Line) -> str:
    match ScopeKind(line.kind):
        case ScopeKind.COHORT:
            return line.cohort or "—"
        case ScopeKind.COURSE:
            return line.course or "—"
        case ScopeKind.INSTALLATION:
            return _(REACHES[ScopeKind.INSTALLATION])
        case ScopeKind.INSTITUTION_TREE:
            return _("%(institution)s and those below it", institution=line.institution)
    return line.institution


def _rights(rows: Sequence[Row]) -> list[Right]:
    """Each permission that some role of theirs gives, with those roles."""
    found = []
    for permission in Permission:
        giving = [row for row in rows if permission in permissions_of(row.line.plain)]
        if giving:
            found.append(Right(_(PERMISSIONS[permission]), giving))
    return found


def _is_everybodys(rule: frozenset[tuple[Role, ScopeKind]]) -> bool:
    return (Role.PARTICIPANT, ScopeKind.SELF) in rule


def _pairs(mine: Sequence[Grant]) -> set[tuple[Role, ScopeKind]]:
    """What may be given somewhere: each role with each reach, tried in the giver's own places."""
    return {
        (role, kind)
        for role, kind in GIVEN
        for own in mine
        if appointing(mine, Grant(role, kind, own.institution_id, cohort_id=0, course_id=0))
    }


def _whom(typed: str) -> Person | None:
    """The one person who is known by this; none if nobody is, or several could be."""
    try:
        found = people.find(reading(), typed, site().country) if typed else None
    except (NotFound, Refused):
        return None
    return found
