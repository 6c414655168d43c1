"""Somebody of the demo who is here twice: registered by e-mail, then invited with one slip."""

from sqlalchemy import select

from lms.cli.demo import people
from lms.cli.demo.cohorts import COMING, person_of
from lms.enrollment.actions.add import add_one
from lms.enrollment.formats.entries import Entry
from lms.enrollment.models import Cohort
from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import Actor
from lms.people.formats.phones import phone
from lms.people.models import Identifier, Person
from lms.people.models.person import IdentifierKind
from lms.people.rules.names import name_of

PHONE = "5512 0199"


def fill(database: Database) -> None:
    """The registrar invites Rosa to the cohort that is coming, as if she were new; once."""
    with database.reading() as session:
        number = phone(PHONE, "GT").value
        if session.scalar(select(Identifier.id).where(Identifier.value == number)) is not None:
            return
        rosa = session.get_one(Person, person_of(database, people.ROSA))
        document = session.scalars(
            select(Identifier.value).where(
                Identifier.person_id == rosa.id, Identifier.kind == IdentifierKind.DOCUMENT
            )
        ).one()
        cohort = session.scalars(select(Cohort.uid).where(Cohort.key == COMING.key)).one()
    name, written = name_of(rosa), document.rpartition(":")[2]
    entry = Entry(
        name.given_names, name.first_surname, name.second_surname or "", phone=PHONE,
        document_kind="dpi", document_number=f"{written[:-1]}8", region="Sololá",
        municipality="San Marcos La Laguna", position="Secretaría municipal",
    )  # fmt: skip
    database.perform(add_one, Actor(person_of(database, people.REGISTRAR)), cohort, entry)
