"""An institution comes to be and describes itself; every process learns of it."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.audit.actions import changed, record
from lms.foundation.db.work import Work
from lms.foundation.files.actions import refer
from lms.foundation.files.store import Stored
from lms.foundation.kernel.errors import N_, Invalid, Refused
from lms.people.actions.help_desk import NewPerson, create
from lms.people.actions.sessions import Browser, open_for
from lms.people.models import Grant, Installation, Institution
from lms.people.rules import institution as rules
from lms.people.rules.institution import Description

HAS_ONE = N_("This site has its institution already. Sign in.")
TAKEN = N_("Another institution has this key.")


def first_run(
    work: Work, key: str, described: Description, administrator: NewPerson, browser: Browser
) -> str:
    """The first institution of a new site and its first administrator, who is let in.

    Whoever comes second finds that it was done. Returns the token of the session.
    """
    site = work.session.scalar(select(Installation).with_for_update().limit(1))
    if site is not None and site.institution_id is not None:
        raise Refused(HAS_ONE)
    made = open_institution(work, key, described)
    if site is None:
        # The same id for all: of two who come at the same moment, one finds the row there.
        work.session.add(Installation(id=1, version=1, institution_id=made.id))
    else:
        site.institution_id = made.id
        site.version += 1
    work.session.flush()
    person = create(work, administrator, "first run")
    grant = Grant(
        person_id=person.id,
        institution_id=made.id,
        role=Role.ADMINISTRATOR,
        kind=ScopeKind.INSTALLATION,
        starts_at=work.now,
    )
    work.session.add(grant)
    work.session.flush()
    record(work, "grant.given", grant, detail={"role": grant.role, "kind": grant.kind})
    return open_for(work, person, browser)


def open_institution(work: Work, key: str, described: Description) -> Institution:
    """An institution with a key that nobody else has; the key begins its numbers for ever."""
    rules.check_key(key)
    rules.check(described)
    if work.session.scalar(select(Institution.id).where(Institution.key == key)) is not None:
        raise Invalid(TAKEN, fields={"key": TAKEN})
    made = Institution(key=key, demo=False, created_at=work.now, **asdict(described))
    work.session.add(made)
    work.session.flush()
    record(
        work,
        "institution.opened",
        made,
        institution_id=made.id,
        detail={"key": key, **asdict(described)},
    )
    return made


def describe(work: Work, institution_id: int, described: Description) -> None:
    """What the institution says of itself; cohorts that are open keep what they opened with."""
    rules.check(described)
    _change(work, institution_id, "institution.described", asdict(described))


def show_logo(work: Work, institution_id: int, printed: Stored, small: Stored) -> None:
    """The institution's logo, as it is printed and as it stands on pages."""
    refer(work, printed)
    refer(work, small)
    values = {"logo": printed.sha256, "mark": small.sha256}
    _change(work, institution_id, "institution.logo_changed", values)


def hide_logo(work: Work, institution_id: int) -> None:
    """The institution shows no logo any more; what was printed with it stays as it is."""
    _change(work, institution_id, "institution.logo_changed", {"logo": None, "mark": None})


def word_privacy(work: Work, institution_id: int, text: str) -> None:
    """The institution's own privacy notice (none: the site's); each text is a version of its own.

    Whoever agreed to an earlier one is on record with that version, whose text the log keeps.
    """
    if len(text) > rules.LONGEST_PRIVACY:
        said = N_("Use at most 30,000 characters.")
        raise Invalid(said, fields={"text": said})
    found = work.session.get_one(Institution, institution_id)
    if found.privacy == text:
        return
    version = found.privacy_version + 1
    values = {"privacy": text, "privacy_version": version}
    _change(work, institution_id, "institution.privacy_changed", values)


def _change(work: Work, institution_id: int, deed: str, values: dict[str, Any]) -> None:
    found = work.session.get_one(Institution, institution_id)
    before = {name: getattr(found, name) for name in values}
    difference = changed(before, values)
    if difference is None:
        return
    for name, value in values.items():
        setattr(found, name, value)
    # Every process remembers institutions under this version.
    work.session.execute(select(Installation).with_for_update()).scalar_one().version += 1
    work.session.flush()
    record(work, deed, found, institution_id=found.id, detail=difference)
