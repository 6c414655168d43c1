"""A published course is read once and remembered, apart for each database."""

import pytest
from sqlalchemy import create_engine

from lms.catalog.models import CourseFact
from lms.catalog.queries import structure as module
from lms.catalog.queries.memory import Memory
from lms.catalog.queries.structure import structure
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import NotFound
from tests.factories.catalog import make_course
from tests.statements import statements


@pytest.fixture
def course(db, world):
    def lay(work):
        version = make_course(work, world.institutions["igm"])
        work.session.add(
            CourseFact(
                institution_id=version.institution_id, course_version_id=version.id,
                key="laip-art-10", text="Diez días.", source="Decreto 57-2008", article="10",
            )
        )  # fmt: skip
        return version.id

    return db.perform(lay, SYSTEM)


def test_the_course_comes_whole_and_in_order(db, course):
    with db.reading() as session:
        found = structure(session, course)
    assert (found.course_key, found.key) == ("gestion-municipal/transparencia", "transparencia")
    assert [module.title for module in found.modules] == ["Ley de acceso", "Gobierno abierto"]
    assert [a.key for a in found.activities] == [f"leccion-{n}" for n in (1, 2, 3, 4)]
    assert found.activities[2].module_key == "modulo-2"
    assert found.activity("leccion-3") is found.by_id[found.activities[2].id]
    assert found.facts["laip-art-10"].source == "Decreto 57-2008"
    assert found.outcomes[0].key == "solicitud"
    assert found.is_sequential
    assert not found.is_outline
    with pytest.raises(NotFound):
        found.activity("leccion-9")


def test_an_outline_promises_its_lessons(db, world):
    uid = db.perform(
        lambda work: make_course(work, world.institutions["igm"], state="outline").id, SYSTEM
    )
    with db.reading() as session:
        found = structure(session, uid)
    assert found.is_outline
    assert found.activities == ()
    assert found.modules[0].detail["lessons"] == [
        "El derecho y sus principios",
        "Información de oficio",
    ]


def test_it_is_read_once(db, course):
    with db.reading() as session, statements(db.engine) as cold:
        first = structure(session, course)
    with db.reading() as session, statements(db.engine) as warm:
        assert structure(session, course) is first
        assert structure(session.connection(), course) is first
    assert (len(cold), len(warm)) == (4, 0)
    module.forget_structures()
    with db.reading() as session:
        assert structure(session, course) == first


def test_what_does_not_exist_is_not_remembered(db, world):
    with db.reading() as session, pytest.raises(NotFound):
        structure(session, 4711)


def test_the_memory_is_bounded_and_apart_for_each_database():
    memory: Memory[str] = Memory(2)
    one, other = (create_engine("sqlite://").connect() for _ in range(2))
    assert memory.get(one, 1, lambda: "a") == "a"
    assert memory.get(other, 1, lambda: "b") == "b"
    assert memory.get(one, 1, lambda: "x") == "a"
    memory.get(one, 2, lambda: "c")
    memory.get(one, 1, lambda: "x")
    memory.get(one, 3, lambda: "d")
    assert memory.get(one, 1, lambda: "x") == "a"
    assert memory.get(one, 2, lambda: "again") == "again"
    one.close()
    other.close()
