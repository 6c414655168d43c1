"""Asking for a seat; the registrar's answers; cohorts opened, changed and peopled."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from lms.enrollment.views import (
    adding,
    applications,
    applying,
    ask,
    call,
    cohorts,
    copying,
    deciding,
    editing,
    invited,
    keys,
    opening,
    quotas,
    reviewing,
    rosters,
    team,
    waiting,
)

blueprint = Blueprint("enrollment", __name__, template_folder="../templates")

_COHORTS = "/gestion/promociones"
_COHORT = f"{_COHORTS}/<uuid:cohort>"
_LIST = f"{_COHORT}/listas/<uuid:uid>"
_REQUESTS = f"{_COHORT}/solicitudes"
_CALL = f"{_COHORT}/convocatoria"
_ASKED = f"{_CALL}/<uuid:requirement>"
_MINE = "/solicitudes/<uuid:application>"
_PAPER = f"{_MINE}/documentos/<uuid:requirement>"
_READ = f"{_REQUESTS}/<uuid:application>"
_SHOW, _SEND, _BOTH = ("GET",), ("POST",), ("GET", "POST")


def _at(rule: str, view: Callable[..., Any], endpoint: str, methods: tuple[str, ...]) -> None:
    blueprint.add_url_rule(rule, view_func=view, endpoint=endpoint, methods=list(methods))


_at("/promociones/<uuid:cohort>/solicitar", ask.ask_for_seat, "apply", _BOTH)
_at(_MINE, applying.show, "application", _SHOW)
_at(_PAPER, applying.put, "put_paper", _SEND)
_at(f"{_PAPER}/quitar", applying.take_out, "take_out_paper", _SEND)
_at(f"{_MINE}/entregar", applying.hand_in, "hand_in", _SEND)
_at(f"{_MINE}/archivos/<uuid:paper>", applying.own_paper, "own_paper", _SHOW)
_at(_CALL, call.show, "call", _BOTH)
_at(f"{_CALL}/pedir", call.ask_for, "ask_for", _BOTH)
_at(_ASKED, call.ask_otherwise, "ask_otherwise", _BOTH)
_at(f"{_ASKED}/quitar", call.ask_no_more, "ask_no_more", _SEND)
_at(f"{_ASKED}/recuperar", call.ask_again, "ask_again", _SEND)
_at(_COHORTS, cohorts.show, "staff_index", _SHOW)
_at(f"{_COHORTS}/abrir", opening.choose, "choose", _SHOW)
_at(f"{_COHORTS}/abrir/<slug>", opening.fill, "open", _BOTH)
_at(f"{_COHORT}/editar", editing.edit, "edit", _BOTH)
_at(f"{_COHORT}/copiar", copying.show, "copy", _SHOW)
_at(f"{_COHORT}/claves", keys.show, "keys", _BOTH)
_at(f"{_COHORT}/claves/<uuid:uid>/revocar", keys.revoke, "revoke_key", _SEND)
_at(f"{_COHORT}/cupos", quotas.show, "quotas", _BOTH)
_at(f"{_COHORT}/cupos/<uuid:quota>", quotas.change, "change_quota", _BOTH)
_at(f"{_COHORT}/cupos/<uuid:quota>/liberar", quotas.let_fall, "let_fall", _SEND)
_at(f"{_COHORT}/equipo", team.show, "team", _BOTH)
_at(f"{_COHORT}/equipo/<uuid:uid>/quitar", team.dismiss, "dismiss", _SEND)
_at(f"{_COHORT}/agregar", adding.show, "add", _SHOW)
_at(f"{_COHORT}/agregar/persona", adding.one, "add_one", _SEND)
_at(f"{_COHORT}/agregar/lista", adding.paste, "paste", _SEND)
_at(f"{_COHORT}/invitadas", invited.show, "invited", _SHOW)
_at(f"{_COHORT}/invitadas/enviar", invited.send, "invited_send", _SEND)
_at(f"{_COHORT}/invitadas/codigos", invited.codes, "invited_codes", _SEND)
_at(_LIST, rosters.show, "roster", _SHOW)
_at(f"{_LIST}/corregir", rosters.mend, "mend", _SEND)
_at(f"{_LIST}/columnas", rosters.columns, "columns", _SEND)
_at(f"{_LIST}/revisar", rosters.look_over, "roster_look_over", _SEND)
_at(f"{_LIST}/inscribir", rosters.confirm, "roster_confirm", _SEND)
_at(f"{_LIST}/seguir", rosters.resume, "roster_resume", _SEND)
_at(f"{_LIST}/desechar", rosters.discard, "roster_discard", _SEND)
_at(_REQUESTS, applications.show, "applications", _SHOW)
_at(f"{_REQUESTS}/revisar", deciding.preview, "preview", _SEND)
_at(f"{_REQUESTS}/admitir", deciding.admit, "admit", _SEND)
_at(f"{_REQUESTS}/no-admitir", deciding.decline, "decline", _SEND)
_at(f"{_REQUESTS}/reabrir", deciding.reopen, "reopen", _SEND)
_at(f"{_REQUESTS}/retirar-admision", deciding.take_back, "take_back", _SEND)
_at(f"{_REQUESTS}/lista-de-espera", waiting.put_on_list, "put_on_list", _SEND)
_at(f"{_REQUESTS}/sacar-de-la-lista", waiting.take_off_list, "take_off_list", _SEND)
_at(f"{_REQUESTS}/dar-cupos", waiting.promote, "promote", _BOTH)
_at(f"{_CALL}/lista-de-espera", waiting.keep_list, "keep_list", _SEND)
_at(_READ, reviewing.show, "review", _BOTH)
_at(f"{_READ}/plazo", reviewing.give_time, "give_time", _SEND)
_at(f"{_READ}/dejar-sin-efecto", reviewing.call_off, "call_off", _SEND)
_at(f"{_READ}/archivos/<uuid:paper>", reviewing.paper, "paper", _SHOW)
