"""Finding people: by any part of any word, by whole numbers, only where one may look."""

from functools import partial

import pytest
from sqlalchemy import select, text

from lms.foundation.kernel.actor import SYSTEM
from lms.people.actions import profile
from lms.people.actions.help_desk import NewPerson, create
from lms.people.formats.documents import document
from lms.people.models import Grant, Identifier, Person, PersonWord
from lms.people.queries import finding, people
from lms.people.queries.reach import Reach, reached
from lms.people.rules.names import written
from tests.statements import statements

EVERYWHERE = Reach(everywhere=True)


@pytest.fixture
def find(app, db, world):
    """Whom a text finds, by name: `find("xil")`, `find("xil", Reach(…))`."""

    def run(typed: str, reach: Reach = EVERYWHERE) -> list[str]:
        with app.test_request_context(), db.reading() as session:
            found = finding.find(session, typed, "GT", partial(reached, reach))
            return [line.name for line in finding.lines(session, found.ids)]

    return run


@pytest.fixture
def named(db, world):
    """Somebody of this name: `named("Ana", "Ñáñez", "Güitrón", "igm")`."""

    def make(given, first, second=None, institution=None, paper=None):
        def add(work):
            person = create(
                work,
                NewPerson(
                    name=written(given, first, second),
                    country="GT",
                    password_hash=None,
                    email=f"{given}.{first}@example.net".lower().encode("ascii", "ignore").decode(),
                    document=document(*paper, "GT") if paper else None,
                ),
                "test",
            )
            if institution:
                work.session.add(
                    Grant(
                        person_id=person.id,
                        institution_id=world.institutions[institution],
                        role="tutor",
                        kind="institution",
                        starts_at=work.now,
                    )
                )
            return person

        return db.perform(add, SYSTEM)

    return make


@pytest.mark.parametrize(
    "typed",
    ["ñuñuc", "NUNUC", "güit", "guitron", "trón ana", "ana ñu", "  ana   lucía  güitrón ", "ucí"],
)
def test_any_part_of_any_word_in_any_order_without_accents(find, named, typed):
    named("Ana Lucía", "Ñuñuc", "Güitrón")
    named("Berta", "Zúñiga", "Chonay")
    assert find(typed) == ["Ana Lucía Ñuñuc Güitrón"]


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "ana zzz", "--", "ña_ez", "na%z"])
def test_what_says_nothing_or_nobody_bears_finds_nobody(find, named, typed):
    named("Ana", "Ñáñez")
    assert find(typed) == []


def test_two_letters_begin_a_word_and_three_may_stand_inside(find, named):
    named("Marta", "Xolop")
    named("Omar", "Tax")
    assert find("ma") == ["Marta Xolop"]
    assert find("mar") == ["Marta Xolop", "Omar Tax"]


def test_people_come_by_name(find, named):
    for surname in ("Zapón", "Álvarez", "Mux"):
        named("Zoila", surname)
    assert find("zoila") == ["Zoila Álvarez", "Zoila Mux", "Zoila Zapón"]


@pytest.mark.parametrize(
    "typed",
    [
        "2345 67899 0101", "2345678990101", "2345-67899-0101", "23456789901O1",
        "+502 5512 3456", "5512-3456", "rosa@example.org", "rosa@exam", "ROSA@EXAMPLE.ORG",
    ],
)  # fmt: skip
def test_numbers_whole_and_addresses_by_their_beginning(find, rosa, typed):
    assert find(typed) == [rosa.full_name]


@pytest.mark.parametrize("typed", ["2345", "67899", "234567899010", "5512", "osa@example.org"])
def test_a_part_of_a_number_finds_nobody(find, rosa, typed):
    assert find(typed) == []


def test_only_people_of_the_institutions_one_reaches(find, named, world):
    named("Ana", "Deaquí", institution="igm")
    named("Ana", "Deallá", institution="otra")
    named("Ana", "Recienllegada")
    igm, otra = (Reach(False, frozenset({world.institutions[key]})) for key in ("igm", "otra"))
    # Who is of no institution yet has registered on the site of igm.
    assert find("ana", igm) == ["Ana Deaquí", "Ana Recienllegada"]
    assert find("ana", otra) == ["Ana Deallá"]
    assert find("ana", Reach(False)) == []
    assert len(find("ana")) == 3


def test_a_corrected_name_is_found_as_it_is_now(find, named, db):
    person = named("Ana", "Equivocada")
    db.perform(profile.correct_name, SYSTEM, person.id, written("Ana", "Correcta", None))
    assert find("equivocada") == []
    assert find("correcta") == ["Ana Correcta"]


def test_who_is_gone_is_found_no_more(find, named, db):
    person = named("Ana", "Fugaz")

    def remove(work):
        work.session.execute(text("DELETE FROM identifier WHERE person_id = :p"), {"p": person.id})
        work.session.delete(work.session.get_one(Person, person.id))

    db.perform(remove, SYSTEM)
    assert find("fugaz") == []
    with db.reading() as session:
        assert session.query(PersonWord).filter_by(person_id=person.id).count() == 0


def test_of_very_many_some_come_and_more_are_told_of(app, db, named, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 3)
    for surname in ("Aj", "Baj", "Caj", "Daj", "Ej"):
        named("Zoila", surname)
    with app.test_request_context(), db.reading() as session:
        found = finding.find(session, "zoila", "GT", partial(reached, EVERYWHERE))
    assert (len(found.ids), found.more) == (3, True)


def test_a_search_costs_one_statement_and_its_list_another(app, db, named, world):
    named("Ana", "Deaquí", institution="igm")
    reach = Reach(False, frozenset({world.institutions["igm"]}))
    with app.test_request_context(), db.reading() as session:
        reached(reach)  # which reads whose site this is, once for all
        for typed in ("ana", "2345678990101", "ana@example.net"):
            with statements(db.engine) as seen:
                found = finding.find(session, typed, "GT", partial(reached, reach))
                finding.lines(session, found.ids)
            assert len(seen) == 2


@pytest.mark.parametrize("typed", ["ana ñañ", "an", "2345678990101", "ana@example.net"])
def test_a_search_reads_indexes_and_no_whole_list_of_people(app, db, world, typed, database_kind):
    """Names go from words to people; only the small table of words itself is read through."""
    reach = Reach(False, frozenset({world.institutions["igm"]}))
    with app.test_request_context(), db.reading() as session:
        asked = finding._meant(typed, "GT", partial(reached, reach))
        plan = plan_of(session, asked.distinct().limit(501), database_kind)
    whole = [line for line in plan if reads_all(line)]
    assert [line for line in whole if "name_word" not in line] == []


def test_an_identifier_is_found_by_its_index(app, db, world, database_kind):
    """Signing in among a hundred thousand people reads one row."""
    pairs = [("phone", "+50255123456"), ("document", "GT:dpi:1"), ("document", "PE:dni:2")]
    with db.reading() as session:
        plan = plan_of(session, select(Identifier.id).where(people.one_of(pairs)), database_kind)
    assert [line for line in plan if reads_all(line)] == []


def plan_of(session, statement, database_kind: str) -> list[str]:
    """How the database would go about it; on PostgreSQL as if tables were large."""
    written_out = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    asked = text(str(written_out).replace(":", "\\:").replace("%%", "%"))
    if database_kind == "sqlite":
        return [row[3] for row in session.execute(text(f"EXPLAIN QUERY PLAN {asked.text}"))]
    session.execute(text("SET enable_seqscan = off"))
    try:
        return [row[0] for row in session.execute(text(f"EXPLAIN {asked.text}"))]
    finally:
        session.execute(text("SET enable_seqscan = on"))


def reads_all(line: str) -> bool:
    """Whether a line of a plan reads a whole table."""
    scans = line.strip().startswith("SCAN ") and "CONSTANT" not in line and "anon" not in line
    return scans or "Seq Scan" in line
