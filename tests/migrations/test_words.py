"""Who was here before names were kept by their words is found by them all the same."""

from alembic.script import ScriptDirectory
from sqlalchemy import select, text

from lms.foundation.db import migrate
from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.shipped import shipped
from lms.people.models import Identifier, NameWord, Person, PersonWord
from tests.migrations.test_migrations import empty as empty


def revision_before(name: str) -> str:
    scripts = ScriptDirectory(str(shipped("migrations"))).walk_revisions()
    return next(s.down_revision for s in scripts if s.module.__file__.endswith(f"_{name}.py"))


def test_names_and_documents_of_before_are_kept_the_new_way(empty):
    migrate.upgrade(empty, revision_before("words_of_names"))
    person = (
        "INSERT INTO person (id, uid, given_names, first_surname, search, country, language,"
        " state, demo, created_at) VALUES (:id, :uid, 'Ana', 'Ñáñez', :search, 'GT', 'es',"
        " 'active', false, '2026-01-01 00:00:00')"
    )
    paper = (
        "INSERT INTO identifier (uid, person_id, kind, value, shown, created_at) VALUES"
        " (:uid, :id, 'document', 'GT:passport:A1O2B', 'x', '2026-01-01 00:00:00')"
    )
    with empty.begin() as connection:
        for number, search in ((7, "ana nanez"), (8, "ana lucia xiloj")):
            uid = f"0000000000000000000000000000000{number}"
            connection.execute(text(person), {"id": number, "uid": uid, "search": search})
        connection.execute(text(paper), {"uid": uid, "id": 7})
    migrate.upgrade(empty)
    database = Database(empty)
    with database.reading() as session:
        words = dict(
            session.execute(
                select(NameWord.word, PersonWord.person_id)
                .join(PersonWord, PersonWord.word_id == NameWord.id)
                .where(NameWord.word != "ana")
            ).all()
        )
        assert session.scalar(select(Identifier.alike)) == "A1028"
    assert words == {"nanez": 7, "lucia": 8, "xiloj": 8}

    def add(work):
        work.session.add(
            Person(
                given_names="Ana", first_surname="Nueva", search="ana nueva", country="GT",
                state="active", created_at=work.now,
            )
        )  # fmt: skip

    if not database.is_sqlite:
        with empty.begin() as connection:
            connection.execute(text("SELECT setval('person_id_seq', 100)"))
    database.perform(add, SYSTEM)
    with database.reading() as session:
        assert session.scalar(select(NameWord.id).where(NameWord.word == "nueva")) is not None
    database.close()
