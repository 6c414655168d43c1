"""The people of the demo: one account for each role, and learners of many municipalities."""

import json
import os
import secrets
import zlib
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.cli.demo.houses import DOMAIN, HERE, NEIGHBOURS, Account, appoint
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.db.work import Work
from lms.people.actions import profile
from lms.people.actions.help_desk import NewPerson, create
from lms.people.formats.documents import Document, document
from lms.people.formats.hashes import hash_password
from lms.people.models import Identifier, Person, Post
from lms.people.rules.names import Name

CONSENT = "demo"

# Names as people of these municipalities bear them, accents and apostrophes included.
NAMES = (
    ("Elena Rosario", "Tzoc", "Mucún"),
    ("Julián", "Mejía", "Cuc"),
    ("Delia Judith", "Paz", "Orantes"),
    ("Wilmer Alexander", "Rojas", "Ichich"),
    ("Nélida", "Choc", "Caal"),
    ("María del Rosario Guadalupe", "Q'eqchi' Xiloj", "de la Cruz Hernández"),
    ("Óscar René", "Güitrón", "Núñez"),
    ("Marta Julia", "Sajbochol", "Bocel"),
    ("Pedro", "Ixcayau", None),
    ("Aura Marina", "Sandoval", "Peñate"),
    ("Tomás", "Ajú", "Tecún"),
    ("Ángela", "Ñáñez", "Yoc"),
    ("Byron Estuardo", "Monzón", "Villatoro"),
    ("Francisca", "Chávez", "Toj"),
    ("Edgar Leonel", "Cojtí", "Batz"),
    ("Silvia Patricia", "Barrientos", "Morales"),
    ("Domingo", "Us", "Lux"),
    ("Gladys Amparo", "Fuentes", "Recinos"),
    ("Héctor", "Tum", "Pérez"),
    ("Blanca Estela", "Azurdia", "Solís"),
    ("Santos", "Raxón", "Ixim"),
    ("Carmen Leticia", "Estrada", "Mazariegos"),
    ("Luis Fernando", "Ovalle", "Pineda"),
    ("Juana", "Sac", "Vicente"),
    ("Mynor", "Godínez", "Ramírez"),
    ("Petrona", "Caba", "Brito"),
    ("Rigoberto", "Lemus", "Aguirre"),
    ("Irma Yolanda", "Cac", "Tiul"),
    ("Jorge Mario", "Villagrán", "Ortiz"),
    ("Catarina", "Mendoza", "Chel"),
)
PLACES = {
    "GT": (
        ("Sololá", "San Marcos La Laguna"),
        ("Alta Verapaz", "San Pedro Carchá"),
        ("Chimaltenango", "San José Poaquil"),
        ("Quiché", "Nebaj"),
        ("Huehuetenango", "Todos Santos Cuchumatán"),
        ("Petén", "San José"),
        ("Jutiapa", "El Progreso"),
        ("Totonicapán", "Momostenango"),
    ),
    "MX": (
        ("Jalisco", "Tapalpa"),
        ("Oaxaca", "Tlacolula de Matamoros"),
        ("Puebla", "Zacatlán"),
    ),
    "PE": (("Cusco", "Ollantaytambo"),),
}
# Offices rather than titles, so that they fit whoever holds them.
POSITIONS = (
    "Secretaría municipal",
    "Unidad de Acceso a la Información",
    "Sindicatura primera",
    "Oficina de presupuesto",
    "Concejalía segunda",
    "Dirección municipal de planificación",
    "Oficina de compras",
)


ACCOUNTS = (
    Account("participant", Name("Rosa Elena", "Xiloj", "Tzunún"), f"rosa@{DOMAIN}"),
    Account(Role.INSTRUCTOR, Name("Ernesto", "Villeda", "Cárcamo"), f"docente@{DOMAIN}"),
    Account(Role.TUTOR, Name("Elvira", "Ramos", "Sicajá"), f"tutora@{DOMAIN}"),
    Account(Role.REGISTRAR, Name("Marcela", "Ochoa", "Sum"), f"registro@{DOMAIN}"),
    Account(Role.SIGNER, Name("Verónica", "Ibáñez", "Guzmán"), f"firma@{DOMAIN}"),
    Account(Role.HELP_DESK, Name("Iván", "Pocón", "Lares"), f"ayuda@{DOMAIN}"),
    Account(Role.ADMINISTRATOR, Name("Nora", "Castellanos", "Ruiz"), f"administra@{DOMAIN}"),
    # She has finished, and has her document.
    Account("participant", Name("Ana Lucía", "Paz", "Orellana"), f"ana@{DOMAIN}"),
    # She has been through every lesson of the diploma.
    Account("participant", Name("Delfina", "Ajú", "Sontay"), f"delfina@{DOMAIN}"),
)
ALL = (*ACCOUNTS, *(account for house in NEIGHBOURS for account in house.accounts))
READERS = {
    HERE.country: ACCOUNTS[8].email,
    **{house.country: house.accounts[-1].email for house in NEIGHBOURS},
}
"""Who has been through all that is shipped for a country."""
ROSA, INSTRUCTOR, TUTOR, REGISTRAR, SIGNER = (ACCOUNTS[n].email for n in range(5))
ADMINISTRATOR, ANA = ACCOUNTS[6].email, ACCOUNTS[7].email


def missing_accounts(session: Session) -> bool:
    """Whether the accounts of the demo have still to be made."""
    emails = [account.email for account in ALL]
    found = session.scalars(select(Identifier.value).where(Identifier.value.in_(emails))).all()
    return len(found) < len(emails)


def accounts(work: Work, houses: dict[str, int], hashes: dict[str, str]) -> None:
    """One person for each role, with a password of its own; fewer for the neighbours."""
    _accounts_here(work, houses[HERE.country], hashes)
    for house in NEIGHBOURS:
        for account in house.accounts:
            person = add_person(
                work,
                account.name,
                account.email,
                country=house.country,
                password_hash=hashes[account.email],
            )
            if person is not None and account.role != "participant":
                appoint(work, houses[house.country], person.id, account.role)


def _accounts_here(work: Work, institution_id: int, hashes: dict[str, str]) -> None:
    for account in ACCOUNTS:
        person = add_person(work, account.name, account.email, password_hash=hashes[account.email])
        # A tutor is granted a cohort, once there is one.
        if account.role not in {"participant", Role.TUTOR} and person is not None:
            # Who looks around as the administrator sees the whole installation.
            whole = account.role == Role.ADMINISTRATOR
            kind = ScopeKind.INSTALLATION if whole else ScopeKind.INSTITUTION
            appoint(work, institution_id, person.id, account.role, kind)


def add_person(
    work: Work,
    name: Name,
    email: str,
    *,
    place: int = 0,
    country: str = HERE.country,
    password_hash: str | None = None,
) -> Person | None:
    """A demo person, unless they are here already; their name is confirmed."""
    if work.session.scalar(select(Identifier.id).where(Identifier.value == email)) is not None:
        return None
    new = NewPerson(
        name=name,
        country=country,
        password_hash=password_hash,
        email=email,
        document=_document(email, country),
    )
    person = create(work, new, by="demo")
    person.demo = True
    person.consented_at, person.consent_version = work.now, CONSENT
    profile.confirm_name(work, person.id)
    places = PLACES[country]
    region, municipality = places[place % len(places)]
    work.session.add(
        Post(
            person_id=person.id,
            country=country,
            region=region,
            municipality=municipality,
            position=POSITIONS[place % len(POSITIONS)],
        )
    )
    work.session.flush()
    return person


def _document(email: str, country: str) -> Document:
    if country == HERE.country:
        return document("dpi", _cui(email), country)
    return document("passport", f"X{zlib.crc32(email.encode()) % 100_000_000:08}", country)


def _cui(email: str) -> str:
    """A number of the right form that nobody was given: its municipality does not exist."""
    number = 20_000_000 + zlib.crc32(email.encode()) % 70_000_000
    while True:
        digits = f"{number:08}"
        check = sum(int(digit) * weight for weight, digit in enumerate(digits, 2)) % 11
        if check < 10:
            return f"{digits}{check}0199"
        number += 1


def learner_email(number: int) -> str:
    return f"persona{number:02}@{DOMAIN}"


def passwords(folder: Path) -> dict[str, str]:
    """The passwords of the demo accounts: random, kept in the data folder for its owner only."""
    path = folder / "demo-accounts.json"
    kept: dict[str, str] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    made = {account.email: kept.get(account.email) or _password() for account in ALL}
    if made != kept:
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(made, file, indent=1)
    return made


def hashes_of(found: dict[str, str]) -> dict[str, str]:
    """Hashed before any transaction, for hashing is slow on purpose."""
    return {email: hash_password(password) for email, password in found.items()}


def _password() -> str:
    syllables = [c + v for c in "bcdfglmnprst" for v in "aeiou"]
    word = "".join(secrets.choice(syllables) for _ in range(5))
    return f"{word}-{secrets.randbelow(900) + 100}"
