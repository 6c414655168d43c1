"""The institutions of the demo: the one whose site it is, and neighbours that see their own."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.db.work import Work
from lms.foundation.kernel.points import points
from lms.people.models import Grant, Installation, Institution, Signer
from lms.people.rules.institution import usual_locale, usual_zone
from lms.people.rules.names import Name

DOMAIN = "muestra.cabildo.example"


@dataclass(frozen=True)
class Account:
    """A demo account for somebody who looks around."""

    role: str
    name: Name
    email: str


@dataclass(frozen=True)
class House:
    """An institution of the demo, with those who sign and who work there."""

    key: str
    name: str
    short_name: str
    place: str
    country: str
    scale: str
    passing: str
    hour: int
    hue: str
    signers: tuple[tuple[str, str], ...]
    accounts: tuple[Account, ...] = field(default=())

    @property
    def contact(self) -> str:
        return f"ayuda@{DOMAIN}"


HERE = House(
    key="muestra",
    name="Instituto de Gobierno Municipal",
    short_name="Instituto de Gobierno Municipal",
    place="Ciudad de Guatemala",
    country="GT",
    scale="0-100",
    passing="0.61",
    hour=60,
    hue="petrol",
    signers=(
        ("Mtra. Verónica Ibáñez Guzmán", "Directora general"),
        ("Lic. Joaquín Núñez Cañas", "Coordinador académico"),
    ),
)
MEXICO = House(
    key="muestramx",
    name="Red de Profesionalización Municipal",
    short_name="Red de Profesionalización Municipal",
    place="Guadalajara",
    country="MX",
    scale="0-10",
    passing="0.7",
    hour=60,
    hue="plum",
    signers=(("Dra. Itzel Cárdenas Robledo", "Coordinadora nacional"),),
    accounts=(
        Account(Role.REGISTRAR, Name("Xóchitl", "Barragán", "Luna"), f"registro.mx@{DOMAIN}"),
        Account(Role.INSTRUCTOR, Name("Emiliano", "Duarte", "Ríos"), f"docente.mx@{DOMAIN}"),
        Account("participant", Name("Ofelia", "Barrios", "Nava"), f"alumna.mx@{DOMAIN}"),
    ),
)
PERU = House(
    key="muestrape",
    name="Escuela de Gobierno Local",
    short_name="Escuela de Gobierno Local",
    place="Cusco",
    country="PE",
    scale="0-20",
    passing="0.55",
    hour=45,
    hue="terracotta",
    signers=(("Mg. Nilda Huamán Ccori", "Directora"),),
    accounts=(
        Account(Role.REGISTRAR, Name("Yesenia", "Quispe", "Mamani"), f"registro.pe@{DOMAIN}"),
        Account("participant", Name("Nélida", "Huarca", "Ccori"), f"alumna.pe@{DOMAIN}"),
    ),
)
NEIGHBOURS = (MEXICO, PERU)
HOUSES = {house.country: house for house in (HERE, *NEIGHBOURS)}


def make_house(work: Work, house: House) -> int:
    """An institution of the demo, made once; its documents say MUESTRA and have their own book."""
    found = work.session.scalar(select(Institution.id).where(Institution.key == house.key))
    if found is not None:
        return found
    made = Institution(
        key=house.key,
        name=house.name,
        short_name=house.short_name,
        place=house.place,
        country=house.country,
        locale=usual_locale(house.country),
        zone=usual_zone(house.country),
        scale=house.scale,
        pass_mark=points(house.passing),
        academic_hour_minutes=house.hour,
        hue=house.hue,
        contact=house.contact,
        demo=True,
        created_at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    _own_the_site(work, made)
    for order, (name, position) in enumerate(house.signers, start=1):
        work.session.add(
            Signer(
                institution_id=made.id,
                name=name,
                position=position,
                order=order,
                starts_on=date(2026, 1, 1),
            )
        )
    return made.id


def appoint(
    work: Work,
    institution_id: int,
    person_id: int,
    role: str,
    kind: ScopeKind = ScopeKind.INSTITUTION,
) -> None:
    """Somebody works for an institution of the demo, and has for a year."""
    work.session.add(
        Grant(
            institution_id=institution_id,
            person_id=person_id,
            role=role,
            kind=kind,
            starts_at=work.now - timedelta(days=365),
        )
    )


def _own_the_site(work: Work, made: Institution) -> None:
    """A site that is nobody's yet is the first one's."""
    site = work.session.scalar(select(Installation).limit(1))
    if site is None:
        work.session.add(Installation(version=1, institution_id=made.id))
    elif site.institution_id is None:
        site.institution_id = made.id
        site.version += 1
