"""`lms users`: accounts, single-use codes and roles, as the help desk gives them."""

import getpass
from typing import Any

import click

from lms.cli.speech import _, argument, group, option, said
from lms.enrollment.queries.opening import cohort_named
from lms.foundation.access.roles import Role
from lms.foundation.db.work import Work
from lms.foundation.kernel.actor import COMMAND_LINE
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.ids import new_code
from lms.foundation.web.locale import LANGUAGES
from lms.foundation.web.reading import database
from lms.people.actions import help_desk
from lms.people.formats.documents import COUNTRY_OF, DocumentKind, document
from lms.people.formats.hashes import hash_password
from lms.people.formats.phones import phone as read_phone
from lms.people.models import Person
from lms.people.queries import people as queries
from lms.people.queries.site import site
from lms.people.rules import names
from lms.people.rules.addresses import email as read_email
from lms.people.rules.places import COUNTRIES

ROLES = [role.value for role in Role if role is not Role.PARTICIPANT]
BY = option("--by", help="Who answers for this. Default: whoever uses the terminal.")
INSTITUTION = option("--institution", help="Key of the institution. Default: the site's.")
COHORT = option("--cohort", help="Key or uid of the one cohort the role is for.")


@group()
def users() -> None:
    """People: accounts, single-use codes, roles.

    PERSON is an e-mail address, a phone number, a document number or a uid.
    """


@users.command()
@option("--given-names", required=True, help="Exactly as they must stand on a document.")
@option("--first-surname", required=True, help="Likewise.")
@option("--second-surname", help="Likewise; not everybody has one.")
@option("--email", help="Counts as confirmed: you have checked whose it is.")
@option("--phone", help="With the country code, or one of the person's country.")
@option("--document", "paper", metavar="KIND:NUMBER", help="Such as dpi:2345678900101.")
@option("--country", type=click.Choice(COUNTRIES), help="Default: the institution's.")
@option(
    "--language",
    type=click.Choice(list(LANGUAGES)),
    default="es",
    show_default=True,
    help="Language of the pages and letters for this person.",
)
@option(
    "--role",
    "roles",
    type=click.Choice(ROLES),
    multiple=True,
    help="A role at the institution, as often as needed.",
)
@INSTITUTION
@BY
def create(
    given_names: str,
    first_surname: str,
    second_surname: str | None,
    email: str | None,
    phone: str | None,
    paper: str | None,
    country: str | None,
    language: str,
    roles: tuple[str, ...],
    institution: str | None,
    by: str | None,
) -> None:
    """Create an account that can be used at once, and print its password, once."""
    where = country or (site().country if site().country in COUNTRIES else COUNTRIES[0])
    name = names.written(given_names, first_surname, second_surname)
    for part in filter(None, (name.given_names, name.first_surname, name.second_surname)):
        wrong = names.problem(part)
        if wrong:
            raise click.BadParameter(f"{part}: {_(wrong)}")
    password = new_code()
    answerable = by or _operator()
    new = help_desk.NewPerson(
        name=name,
        country=where,
        password_hash=hash_password(password),
        language=language,
        email=_read("--email", read_email, email) if email else None,
        phone=_read("--phone", read_phone, phone, where) if phone else None,
        document=_read("--document", _document, paper, where) if paper else None,
    )

    place = help_desk.Place(institution_key=institution)

    def make(work: Work) -> Person:
        person = help_desk.create(work, new, answerable)
        for role in roles:
            help_desk.grant(work, person.id, Role(role), answerable, place)
        return person

    person = database().perform(make, COMMAND_LINE)
    if new.document and new.document.doubtful:
        click.echo(_("Check the document: its check digit does not fit."), err=True)
    click.echo(f"{person.uid}\t{person.full_name}\t{password}")


@users.command()
@argument("person")
@BY
def code(person: str, by: str | None) -> None:
    """Print a single-use code for PERSON, whose identity you have checked.

    It is good for 24 hours at /ingresar/codigo and makes them choose a new password.
    """
    found = _person(person)
    click.echo(database().perform(help_desk.issue_code, COMMAND_LINE, found.id, by or _operator()))


@users.command()
@argument("person")
@option("--role", type=click.Choice(ROLES), required=True, help="What this person may act as.")
@INSTITUTION
@COHORT
@BY
def grant(
    person: str, role: str, institution: str | None, cohort: str | None, by: str | None
) -> None:
    """Give PERSON a role, at the institution or in one cohort."""
    found = _person(person)
    place = help_desk.Place(institution_key=institution)
    if cohort:
        with database().reading() as session:
            where = cohort_named(session, cohort)
        place = help_desk.Place(institution_id=where.institution_id, cohort_id=where.id)
    new = database().perform(
        help_desk.grant, COMMAND_LINE, found.id, Role(role), by or _operator(), place
    )
    click.echo(f"{found.full_name}\t{role}\t{_('granted') if new else _('had it already')}")


@users.command("list")
@option("--search", default="", help="Part of a name, address or number, or a uid.")
@option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=50,
    show_default=True,
    help="How many at once.",
)
@option(
    "--page", type=click.IntRange(min=1), default=1, show_default=True, help="Which page of them."
)
def list_(search: str, limit: int, page: int) -> None:
    """List people in order of name.

    Columns: uid, name, state (pending, active, closed), first identifier (documents masked).
    """
    with database().reading() as session:
        rows, total = queries.search(session, search, limit=limit, offset=(page - 1) * limit)
    for row in rows:
        name = names.name_of(row).full
        click.echo(f"{row.uid}\t{name}\t{row.state}\t{row.shown or ''}")
    if total > page * limit:
        click.echo(_("%(total)s people in all.", total=total), err=True)


def _person(text: str) -> Person:
    with database().reading() as session:
        return queries.find(session, text, site().country)


def _document(text: str, country: str) -> Any:
    kind, colon, number = text.partition(":")
    if not colon or kind not in list(DocumentKind):
        raise Invalid(N_("Write KIND:NUMBER; kinds are %(kinds)s."), kinds=", ".join(DocumentKind))
    return document(kind, number, COUNTRY_OF.get(DocumentKind(kind), country))


def _read(name: str, read: Any, *typed: str) -> Any:
    try:
        return read(*typed)
    except Invalid as error:
        raise click.BadParameter(said(error), param_hint=name) from error


def _operator() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "terminal"
