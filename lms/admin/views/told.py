"""Values of the log as people say them: states, roles, days and moments in words."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale

from lms.admin.rules import deeds, words
from lms.admin.rules.told import plain
from lms.catalog.rules.words import MODES
from lms.desk.rules.letters import about
from lms.enrollment.rules.words import DOORS_OF_STAFF, STATES
from lms.foundation.access.words import REACHES, ROLES
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.points import written
from lms.foundation.locale.formats import day, moment, number
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.locale import LANGUAGES

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_CONTACTS = {"email": N_("E-mail"), "phone": N_("Phone"), "document": N_("Document")}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "state": {state.value: said for state, (said, _tone) in STATES.items()},
    "role": {role.value: said for role, said in ROLES.items()},
    "kind": {kind.value: said for kind, said in REACHES.items()} | _CONTACTS,
    "mode": MODES,
    "door": {door.value: said.partition(":")[0] for door, said in DOORS_OF_STAFF.items()},
    "task": words.TASKS,
}


def name_of(path: tuple[str, ...]) -> str:
    """What a thing in an entry is called on the screen."""
    return " · ".join(_(part) for part in deeds.field(path) if part)


def value_of(name: str, value: Any) -> str:
    """A value as people say it; as it was written where nobody has words for it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int):
        return _counted(name, value)
    if isinstance(value, str):
        return _said(name, value)
    return plain(value)


def _counted(name: str, value: int) -> str:
    match name:
        case "pass_mark":
            return f"{number(written(100 * value))} %"
        case "points":
            return number(written(value))
        case _:
            return number(value)


def _said(name: str, value: str) -> str:
    if said := _WORDS.get(name, {}).get(value):
        return _(said)
    if name == "country" and (locale := get_locale()):
        return str(locale.territories.get(value, value))
    if name == "language":
        return LANGUAGES.get(value, value)
    if name == "kind" and "/" in value:
        return _(about(value))
    if _MOMENT.match(value):
        return moment(value)
    return day(value) if _DAY.fullmatch(value) else value
