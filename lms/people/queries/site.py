"""Whose site this is: read rarely, remembered in the process under a version."""

from dataclasses import dataclass

from flask import current_app, g
from sqlalchemy import select

from lms.foundation.web.reading import database
from lms.people.models import Installation, Institution
from lms.people.rules.agreement import VERSION, version_of


@dataclass(frozen=True)
class Site:
    """What every page needs to know of an institution."""

    version: int
    institution_id: int | None = None
    name: str = "Cabildo"
    short_name: str = "Cabildo"
    hue: str = "petrol"
    locale: str = "es_419"
    zone: str = "UTC"
    country: str = "419"
    contact: str = ""
    mark: str | None = None
    privacy: str = ""
    agreement: str = VERSION


_STATEMENT = select(Installation.version, Institution).join_from(
    Installation, Institution, Installation.institution_id == Institution.id, isouter=True
)
_VERSION = select(Installation.version)


def site() -> Site:
    """The institution whose site this installation is, at its present version.

    Signed-in requests bring the version along with their session; visitors read it alone.
    """
    if "cabildo_site" not in g:
        remembered: Site | None = current_app.extensions.get("cabildo.site")
        version = g.get("cabildo_site_version")
        if version is None and remembered is not None:
            version = _read_version()
        if remembered is None or remembered.version != version:
            remembered = _read()
            current_app.extensions["cabildo.site"] = remembered
        g.cabildo_site = remembered
    found: Site = g.cabildo_site
    return found


def _read_version() -> int | None:
    with database().reading() as session:
        return session.scalar(_VERSION)


def _read() -> Site:
    with database().reading() as session:
        row = session.execute(_STATEMENT).first()
    if row is None:
        return Site(version=0)
    version: int = row.version
    institution: Institution | None = row.Institution  # an outer join: there may be none
    if institution is None:
        return Site(version=version)
    return Site(
        version=version,
        institution_id=institution.id,
        name=institution.name,
        short_name=institution.short_name,
        hue=institution.hue,
        locale=institution.locale,
        zone=institution.zone,
        country=institution.country,
        contact=institution.contact,
        mark=institution.mark,
        privacy=institution.privacy,
        agreement=version_of(
            institution.key, institution.privacy_version, bool(institution.privacy)
        ),
    )
