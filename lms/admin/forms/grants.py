"""The form that gives a role: to whom, which, where, from when until when."""

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.validators import Optional as MayBeEmpty

from lms.admin.queries.grants import Places
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.access.words import REACHES, ROLES
from lms.foundation.kernel.errors import Invalid
from lms.foundation.locale.words import gettext
from lms.foundation.web.forms import Form
from lms.people.actions.grants import Given
from lms.people.actions.help_desk import NewPerson
from lms.people.formats.typed import LONGEST
from lms.people.forms import parts
from lms.people.rules import addresses, names


class GiveForm(Form):
    """A role for somebody. ``seen`` is whom the giver was shown and has agreed to."""

    who = parts.line(
        _l("To whom: document, phone or e-mail"),
        _l("Write the document, phone or e-mail of the person."),
        longest=LONGEST,
    )
    seen = HiddenField()
    given_names = parts.name_line(_l("Given names"))
    first_surname = parts.name_line(_l("First surname"))
    second_surname = parts.name_line(_l("Second surname"))
    role = RadioField(_l("Role"), [InputRequired(_l("Choose the role."))])
    kind = RadioField(_l("Where"), [InputRequired(_l("Choose where."))])
    institution = SelectField(_l("Institution"), [MayBeEmpty()])
    cohort = SelectField(_l("Cohort"), [MayBeEmpty()])
    course = SelectField(_l("Course"), [MayBeEmpty()])
    starts_on = parts.day_field(_l("From"))
    ends_on = parts.day_field(_l("Until"))

    def offer(self, pairs: Collection[tuple[Role, ScopeKind]], places: Places) -> None:
        """Offer only what the giver may give, and only places within reach."""
        self.places = places
        roles = [role for role in Role if any(role == own for own, _ in pairs)]
        kinds = [kind for kind in ScopeKind if any(kind == own for _, own in pairs)]
        self.role.choices = [(role.value, gettext(ROLES[role])) for role in roles]
        self.kind.choices = [(kind.value, gettext(REACHES[kind])) for kind in kinds]
        self.institution.choices = [
            SelectChoice(str(uid), name) for _, uid, name, _ in places.institutions
        ]
        self.cohort.choices = _named(places.cohorts)
        self.course.choices = _named(places.courses)

    def newcomer(self, country: str) -> NewPerson | None:
        """Who is not here yet, if an address and a name were written."""
        try:
            email = addresses.email(self.who.data or "")
        except Invalid:
            return None
        if not (self.given_names.data and self.first_surname.data):
            return None
        name = names.written(
            self.given_names.data, self.first_surname.data, self.second_surname.data or ""
        )
        return NewPerson(name, country, email=email)

    def given(self, now: datetime) -> Given:
        """What was asked for; a cohort or a course says its institution itself."""
        kind = ScopeKind(self.kind.data)
        cohort = _chosen(self.places.cohorts, self.cohort.data, kind is ScopeKind.COHORT)
        course = _chosen(self.places.courses, self.course.data, kind is ScopeKind.COURSE)
        of = {str(uid): (key, zone) for key, uid, _, zone in self.places.institutions}
        zones = {key: zone for key, _, _, zone in self.places.institutions}
        first = self.places.institutions[0]
        house = of.get(self.institution.data or "", (first[0], first[3]))[0]
        institution = (cohort or course or (0, 0, 0, house))[3]
        zone = ZoneInfo(zones[institution])
        starts, ends = self.starts_on.data, self.ends_on.data
        today = now.astimezone(zone).date()
        return Given(
            role=Role(self.role.data),
            kind=kind,
            institution_id=institution,
            # Today means from now on; a later day from its first minute, there.
            starts_at=now if starts in (None, today) else datetime.combine(starts, time(), zone),
            ends_at=datetime.combine(ends + timedelta(days=1), time(), zone) if ends else None,
            cohort_id=cohort[0] if cohort else None,
            course_id=course[0] if course else None,
        )


def _named(places: Sequence[tuple[int, Any, str, int]]) -> list[SelectChoice]:
    first = SelectChoice("", gettext("Choose…"))
    return [first, *(SelectChoice(str(uid), name) for _, uid, name, _ in places)]


def _chosen(
    places: Sequence[tuple[int, Any, str, int]], chosen: str | None, wanted: bool
) -> tuple[int, Any, str, int] | None:
    if not wanted or not chosen:
        return None
    return next((each for each in places if str(each[1]) == chosen), None)
