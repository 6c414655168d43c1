"""Asking for a seat; the registrar's answers; cohorts opened, changed and peopled."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from lms.enrollment.views import (
    applications,
    ask,
    cohorts,
    copying,
    editing,
    keys,
    opening,
    team,
)

blueprint = Blueprint("enrollment", __name__, template_folder="../templates")

_COHORTS = "/gestion/promociones"
_COHORT = f"{_COHORTS}/<uuid:cohort>"
_REQUESTS = f"{_COHORT}/solicitudes"
_SHOW, _SEND, _BOTH = ("GET",), ("POST",), ("GET", "POST")


def _at(rule: str, view: Callable[..., Any], endpoint: str, methods: tuple[str, ...]) -> None:
    blueprint.add_url_rule(rule, view_func=view, endpoint=endpoint, methods=list(methods))


_at("/promociones/<uuid:cohort>/solicitar", ask.ask_for_seat, "apply", _BOTH)
_at(_COHORTS, cohorts.show, "staff_index", _SHOW)
_at(f"{_COHORTS}/abrir", opening.choose, "choose", _SHOW)
_at(f"{_COHORTS}/abrir/<slug>", opening.fill, "open", _BOTH)
_at(f"{_COHORT}/editar", editing.edit, "edit", _BOTH)
_at(f"{_COHORT}/copiar", copying.show, "copy", _SHOW)
_at(f"{_COHORT}/claves", keys.show, "keys", _BOTH)
_at(f"{_COHORT}/claves/<uuid:uid>/revocar", keys.revoke, "revoke_key", _SEND)
_at(f"{_COHORT}/equipo", team.show, "team", _BOTH)
_at(f"{_COHORT}/equipo/<uuid:uid>/quitar", team.dismiss, "dismiss", _SEND)
_at(_REQUESTS, applications.show, "applications", _SHOW)
_at(f"{_REQUESTS}/revisar", applications.preview, "preview", _SEND)
_at(f"{_REQUESTS}/admitir", applications.admit, "admit", _SEND)
_at(f"{_REQUESTS}/no-admitir", applications.decline, "decline", _SEND)
