"""Two institutions and a person for each role in each, for every test that needs somebody."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.db.work import Work
from lms.foundation.kernel.points import points
from lms.foundation.kernel.text import fold
from lms.foundation.web.identity import hash_of
from lms.people.models import (
    Grant,
    Identifier,
    Installation,
    Institution,
    LoginSession,
    Person,
    Post,
    Signer,
)
from lms.people.models.person import IdentifierKind, PersonState

STAFF = (
    Role.INSTRUCTOR,
    Role.TUTOR,
    Role.REGISTRAR,
    Role.SIGNER,
    Role.HELP_DESK,
    Role.ADMINISTRATOR,
)
SURNAMES = ("Xiloj", "Quispe", "Chávez", "Ñáñez", "Mejía", "Tzunún")


@dataclass
class World:
    """Institutions by key (``igm``, ``otra``) and persons by name.

    Names: ``learner``, ``learner2``, and each role (``registrar``, …); the same with ``otra-`` in
    front belong to the other institution, whose things must never be seen from the first.
    """

    institutions: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    uids: dict[str, str] = field(default_factory=dict)

    def token_of(self, name: str) -> str:
        return f"session-of-{name}"


def build_world(work: Work) -> World:
    world = World()
    igm = make_institution(work, "igm", "Instituto de Gobierno Municipal", country="GT")
    otra = make_institution(
        work, "otra", "Escuela de Gobierno Local", country="PE", zone="America/Lima", scale="0-20",
        pass_mark=points("0.55"),
    )  # fmt: skip
    work.session.add(Installation(id=1, version=1, institution_id=igm.id))
    for prefix, institution in (("", igm), ("otra-", otra)):
        world.institutions[institution.key] = institution.id
        for name in ("learner", "learner2"):
            _add(work, world, prefix + name, institution)
        for role in STAFF:
            person = _add(work, world, prefix + role.value, institution)
            work.session.add(
                Grant(
                    institution_id=institution.id,
                    person_id=person.id,
                    role=role,
                    kind=ScopeKind.INSTITUTION,
                    starts_at=work.now - timedelta(days=30),
                )
            )
        for order, (name, position) in enumerate(
            (("Mtra. Verónica Ibáñez", "Directora general"), ("Lic. Joaquín Núñez", "Coordinador")),
            start=1,
        ):
            work.session.add(
                Signer(
                    institution_id=institution.id, name=name, position=position, order=order,
                    starts_on=date(2026, 1, 1),
                )
            )  # fmt: skip
    work.session.flush()
    return world


def make_institution(work: Work, key: str, name: str, **given: object) -> Institution:
    values: dict[str, object] = {
        "key": key,
        "name": name,
        "short_name": name,
        "place": "Ciudad de Guatemala",
        "country": "GT",
        "locale": f"es_{given.get('country', 'GT')}",
        "zone": "America/Guatemala",
        "scale": "0-100",
        "pass_mark": points("0.61"),
        "academic_hour_minutes": 60,
        "demo": True,
        "created_at": work.now,
    }
    institution = Institution(**(values | given))
    work.session.add(institution)
    work.session.flush()
    return institution


def make_person(work: Work, name: str, *, given: str = "Rosa", confirmed: bool = True) -> Person:
    """An active person with a verified e-mail address ``<name>@example.org`` and no password."""
    surname = SURNAMES[sum(map(ord, name)) % len(SURNAMES)]
    person = Person(
        given_names=given,
        first_surname=surname,
        second_surname="López",
        search=fold(f"{surname} López {given}"),
        name_confirmed_at=work.now if confirmed else None,
        country="GT",
        state=PersonState.ACTIVE,
        created_at=work.now,
        consented_at=work.now,
        consent_version="1",
    )
    work.session.add(person)
    work.session.flush()
    work.session.add(
        Identifier(
            person_id=person.id, kind=IdentifierKind.EMAIL, value=f"{name}@example.org",
            shown=f"{name}@example.org", verified_at=work.now, created_at=work.now,
        )
    )  # fmt: skip
    work.session.add(
        Post(
            person_id=person.id, country="GT", region="Sololá", municipality="San Marcos La Laguna",
            position="Secretaria municipal",
        )
    )  # fmt: skip
    return person


def make_session(work: Work, person: Person, token: str) -> LoginSession:
    session = LoginSession(
        token_hash=hash_of(token),
        person_id=person.id,
        device="test",
        created_at=work.now,
        expires_at=work.now + timedelta(days=60),
    )
    work.session.add(session)
    work.session.flush()
    return session


def _add(work: Work, world: World, name: str, institution: Institution) -> Person:
    person = make_person(work, name)
    make_session(work, person, world.token_of(name))
    world.people[name] = person.id
    world.uids[name] = str(person.uid)
    return person


def add_operator(work: Work, world: World) -> None:
    """Somebody who looks after the whole installation, as ``operator``."""
    institution = work.session.get_one(Institution, world.institutions["igm"])
    person = make_person(work, "operator", given="Nora")
    make_session(work, person, world.token_of("operator"))
    world.people["operator"] = person.id
    work.session.add(
        Grant(
            institution_id=institution.id,
            person_id=person.id,
            role=Role.ADMINISTRATOR,
            kind=ScopeKind.INSTALLATION,
            starts_at=work.now - timedelta(days=1),
        )
    )
