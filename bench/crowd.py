"""Lay very many people beside the others, and who searches among them (a process of its own).

`python -m bench.crowd PEOPLE` in the environment of a laid installation; prints how many statements
a search takes, as JSON. Most people study at the institution of the searcher, the rest elsewhere.
"""

import json
import random
import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from bench import material
from bench.counts import counting
from bench.scenarios import SEARCHES
from lms.app import create_app
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.db.database import Database
from lms.foundation.db.work import Work
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.ids import uuid7
from lms.foundation.kernel.text import fold
from lms.foundation.web.identity import SESSION_COOKIE
from lms.people.models import Grant, Identifier, Person, Post
from lms.people.models.person import IdentifierKind, PersonState
from lms.people.models.words import index_names
from lms.people.rules.alike import bare
from tests.factories.world import make_institution, make_person, make_session

AT_ONCE = 1000
ELSEWHERE = 5
"""One of so many studies at another institution, where the searcher does not see them."""

Rows = list[dict[str, Any]]


def main(people: int) -> None:
    app = create_app()
    database: Database = app.extensions["cabildo.database"]
    with app.app_context():
        here, other = database.perform(_searcher, SYSTEM)
        chance = random.Random(7)
        names = [material.one_of_many(chance) for _ in range(people)]
        for at in range(0, people, AT_ONCE):
            database.perform(_some, SYSTEM, at, names[at : at + AT_ONCE], here, other)
        if database.is_sqlite:
            database.take_stock()
        else:
            with database.engine.connect() as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
    print(json.dumps({"statements": _statements(app, database)}))
    database.close()


def _searcher(work: Work) -> tuple[int, int]:
    """The help desk of the institution; tells a cohort here and one elsewhere."""
    cohort = work.session.scalars(select(Cohort).order_by(Cohort.id)).first()
    assert cohort is not None
    person = make_person(work, "mesa")
    make_session(work, person, material.SEARCHER)
    work.session.add(
        Grant(
            institution_id=cohort.institution_id, person_id=person.id, role=Role.HELP_DESK,
            kind=ScopeKind.INSTITUTION, starts_at=work.now - timedelta(days=1),
        )
    )  # fmt: skip
    other = make_institution(work, "otra", "Otro Instituto", demo=True)
    return cohort.id, other.id


def _some(
    work: Work, first: int, names: Sequence[tuple[str, str, str]], cohort: int, other: int
) -> None:
    """People as their rows: accounts with a document and an address, each with a seat or a post."""
    session, now = work.session, work.now
    here = session.get_one(Cohort, cohort)
    people: Rows = [
        {
            "uid": uuid7(), "given_names": given, "first_surname": one, "second_surname": two,
            "search": fold(f"{one} {two} {given}"), "country": "GT",
            "state": PersonState.ACTIVE, "created_at": now,
        }
        for given, one, two in names
    ]  # fmt: skip
    found = session.execute(insert(Person).returning(Person.id, Person.search, Person.uid), people)
    known: dict[UUID, tuple[int, str]] = {row.uid: (row.id, row.search) for row in found}
    ids = [known[each["uid"]] for each in people]
    index_names(session.connection(), dict(ids))
    identifiers: Rows = []
    seats: Rows = []
    grants: Rows = []
    for number, (person, search) in enumerate(ids, first):
        told = (
            (IdentifierKind.DOCUMENT, material.document(number)),
            (IdentifierKind.EMAIL, f"persona{number}@example.org"),
        )
        identifiers += [
            {
                "person_id": person, "kind": kind, "value": value, "shown": value,
                "alike": bare(value) if kind is IdentifierKind.DOCUMENT else None,
                "verified_at": now, "created_at": now, "uid": uuid7(),
            }
            for kind, value in told
        ]  # fmt: skip
        if number % ELSEWHERE:
            seats.append(
                {
                    "institution_id": here.institution_id, "cohort_id": cohort, "uid": uuid7(),
                    "person_id": person, "sort_name": search, "municipality": "Sololá",
                    "state": "enrolled", "applied_at": now,
                }
            )  # fmt: skip
        else:
            grants.append(
                {
                    "institution_id": other, "person_id": person, "role": Role.SIGNER,
                    "kind": ScopeKind.INSTITUTION, "starts_at": now, "uid": uuid7(),
                }
            )  # fmt: skip
    posts: Rows = [
        {
            "person_id": person, "country": "GT", "region": "Sololá", "municipality": "Sololá",
            "position": "Secretaria municipal", "uid": uuid7(),
        }
        for person, _search in ids
    ]  # fmt: skip
    for model, rows in (
        (Identifier, identifiers), (Enrollment, seats), (Grant, grants), (Post, posts)
    ):  # fmt: skip
        if rows:
            session.execute(insert(model), rows)


def _statements(app: Any, database: Database) -> int:
    """The most that any of the searches takes."""
    browser = app.test_client()
    browser.set_cookie(SESSION_COOKIE, material.SEARCHER)
    most = 0
    for path in SEARCHES.values():
        browser.get(path)
        with counting(database.engine) as counted:
            answer = browser.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"GET {path} answered {answer.status_code}")
        most = max(most, counted.statements)
    return most


if __name__ == "__main__":
    main(int(sys.argv[1]))
