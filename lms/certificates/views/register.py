"""/registro: the register as a public log, and the keys that sign, for people and programs."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, render_template
from flask.typing import ResponseReturnValue

from lms.certificates.formats import note
from lms.certificates.formats.credential import (
    MEDIA_TYPE,
    Issuer,
    did_document,
    profile,
    sign,
    status_list,
)
from lms.certificates.formats.trust import certificates_pem, jwks, verifier_keys
from lms.certificates.queries import acts, issuers, register
from lms.certificates.rules.status import PLACES
from lms.certificates.rules.tree import WIDTH
from lms.foundation.kernel.errors import NotFound
from lms.foundation.keys.keyring import Keyring
from lms.foundation.keys.models import Purpose
from lms.foundation.keys.queries import published
from lms.foundation.web.guard import public
from lms.foundation.web.reading import database, reading_connection

_YEAR = 365 * 24 * 3600
_SOON = 60


@public("what the register is, how far it has come, and who signs")
def show() -> str:
    reader = reading_connection()
    latest = register.latest(reader)
    return render_template(
        "certificates/register.html",
        head=note.read_checkpoint(latest) if latest else None,
        root=note.read_checkpoint(latest).root.hex() if latest else "",
        keys=issuers.keys(reader),
    )


@public("whoever follows the register reads its newest checkpoint")
def checkpoint() -> Response:
    latest = register.latest(reading_connection())
    if latest is None:
        raise NotFound()
    return _open(latest, "text/plain; charset=utf-8", _SOON)


@public("whoever follows the register reads its tree")
def tile(rest: str) -> Response:
    try:
        level, number, width = _asked(rest)
    except ValueError:
        raise NotFound() from None
    reader = reading_connection()
    if level == "entries":
        entries = register.entries(reader, number, width)
        found = note.bundle(entries) if entries else None
    else:
        found = register.tile(reader, int(level), number, width)
    if found is None:
        raise NotFound()
    return _open(found, "application/octet-stream", _YEAR)


@public("whoever checks a checkpoint needs the key of the register")
def key() -> Response:
    origin = register.origin(reading_connection())
    found = published(reading_connection(), Purpose.LOG)
    if origin is None or not found:
        raise NotFound()
    return _open(verifier_keys(origin, found), "text/plain; charset=utf-8", _SOON)


@public("whoever checks a signed PDF needs the certificates of the institutions")
def certificates() -> Response:
    found = published(reading_connection(), Purpose.PDF)
    return _open(certificates_pem(found), "application/x-pem-file", _SOON)


@public("whoever checks a credential needs the keys it was signed with")
def keys_of_site() -> Response:
    return _json(jwks(published(reading_connection(), Purpose.CREDENTIAL)))


@public("whoever checks a list of states finds the site's keys by its name")
def did_of_site() -> Response:
    found = published(reading_connection(), Purpose.CREDENTIAL)
    return _json(did_document(_site(), found), "application/did+json")


@public("whoever checks a credential finds its issuer's keys by its name")
def did(institution: str) -> Response:
    found = published(reading_connection(), Purpose.CREDENTIAL)
    return _json(did_document(_issuer(institution), found), "application/did+json")


@public("whoever checks a credential reads who issued it")
def issuer(institution: str) -> Response:
    return _json(profile(_issuer(institution)))


@public("whoever checks a credential asks whether it still holds")
def states(number: int, purpose: str) -> ResponseReturnValue:
    reader = reading_connection()
    first = number * PLACES
    if register.size(reader) <= first or not published(reader, Purpose.CREDENTIAL):
        raise NotFound()
    held = acts.not_valid(reader, first, first + PLACES)
    now = database().clock()
    site = _site()
    signer = Keyring(database(), str(current_app.secret_key)).signer(Purpose.CREDENTIAL)
    token = sign(status_list(site, number, purpose, held, now), site, signer)
    return _open(token, MEDIA_TYPE, _SOON)


def _asked(rest: str) -> tuple[str, int, int]:
    """Level, number and width of the tile at an address; ValueError where there can be none."""
    level, _, path = rest.partition("/")
    width = WIDTH
    if ".p/" in path:
        path, _, told = path.partition(".p/")
        width = int(told)
        if str(width) != told or not 0 < width < WIDTH:
            raise ValueError(rest)
    if level != "entries" and (str(int(level)) != level or not 0 <= int(level) < TOP):
        raise ValueError(rest)
    return level, note.number_of(path), width


TOP = 8  # levels of tiles: more leaves than there will ever be


def _site() -> Issuer:
    return Issuer(current_app.config["PUBLIC_URL"], "", "")


def _issuer(key: str) -> Issuer:
    name = issuers.name_of(reading_connection(), key)
    if name is None:
        raise NotFound()
    return Issuer(current_app.config["PUBLIC_URL"], key, name)


def _json(data: Mapping[str, Any], kind: str = "application/json") -> Response:
    return _open(json.dumps(data, ensure_ascii=False, indent=1) + "\n", kind, _SOON)


def _open(content: str | bytes, kind: str, seconds: int) -> Response:
    """An answer that any program on any site may read, and keep for a while."""
    response = Response(content, content_type=kind)
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
