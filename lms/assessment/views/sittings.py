"""How far people are with a quiz, in words, and where in a cohort a quiz stands."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from lms.assessment.queries import watching as queries
from lms.assessment.queries.attempts import Found
from lms.assessment.rules.watching import RUNNING, Sitting
from lms.enrollment.queries.places import cohort_place
from lms.foundation.access.scopes import Scope
from lms.foundation.kernel.errors import N_
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.reading import reading_connection

PATH = "/gestion/promociones/<uuid:cohort>/en-curso"

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


def quiz_scope(cohort: UUID, quiz: UUID, **_values: Any) -> Scope:
    """The place of a quiz in a cohort: of its course only, not of the others taught there."""
    connection = reading_connection()
    place = cohort_place(connection, cohort)
    found = queries.quiz_in(connection, cohort, quiz)
    return replace(place, course_ids=frozenset({found.course_id}))


def state_of(row: Found) -> tuple[str, str]:
    """How far somebody is, in words and in a colour."""
    said, tone = STATES[Sitting(row.sitting)]
    return _(said), tone
