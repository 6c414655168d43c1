"""Earlier diplomas: looked over, registered once whatever is killed, verified, annulled."""

import json
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select, update

from lms.certificates.actions import transcribe as actions
from lms.certificates.actions.books import keep_book
from lms.certificates.formats.transcribed import from_json
from lms.certificates.models import LogHead, Transcribed, TranscriptRow, TranscriptSheet
from lms.certificates.queries.audit import check
from lms.certificates.queries.books import Volume, volumes, whole
from lms.certificates.queries.transcripts import rows_of, sheet_of
from lms.certificates.rules.books import Kept, Layout, Place
from lms.certificates.rules.transcribing import COLUMNS, EXAMPLE
from lms.certificates.rules.withdrawing import Resolution
from lms.foundation.kernel.actor import Actor
from lms.foundation.kernel.errors import Conflict, NotFound, Refused
from lms.foundation.kernel.ids import uuid7
from lms.foundation.keys.queries import published
from lms.people.models import Institution
from tests.certificates.conftest import URL
from tests.statements import statements

CELLS = dict(zip(COLUMNS, EXAMPLE, strict=True))
KEPT = Kept(False, Layout(20, 200), 1401, Place(3, 47, 8))
RESOLUTION = Resolution("RES-7-2026", "Consejo Directivo", date(2026, 11, 20), "Mal copiado.")


@pytest.fixture
def house(db, world, registrar) -> Institution:
    with db.reading() as session:
        found = session.get_one(Institution, world.institutions["igm"])
    db.perform(keep_book, registrar, found.uid, KEPT)
    return found


@pytest.fixture
def lay(db, house, registrar):
    return lambda rows: db.perform(actions.lay, registrar, house.uid, "viejos.xlsx", rows)


def rows(many: int, first: int = 1) -> list[tuple[int, dict[str, str]]]:
    """So many diplomas of one folio after the other."""
    return [
        (n + 1, CELLS | {"numero": str(n), "folio": str(1 + n // 20), "primer_apellido": f"Xol{n}"})
        for n in range(first, first + many)
    ]


def carry_on(db, house, registrar, sheet: UUID) -> int:
    times = 1
    while db.perform(actions.carry_out, registrar, house.uid, sheet, URL):
        times += 1
    return times


def registered(db) -> list[Transcribed]:
    with db.reading() as session:
        return list(session.scalars(select(Transcribed).order_by(Transcribed.leaf_index)))


def test_a_sheet_is_looked_over_before_anything_is_registered(db, house, lay):
    sheet = lay([*rows(2), (9, CELLS | {"fecha": "2030-01-01"}), (10, CELLS | {"numero": "1"}),
                 (11, CELLS | {"nombres": "Rosa\u202eavlE"}), (12, CELLS | {"libro": "4"}),
                 (13, CELLS | {"numero": "1"})])  # fmt: skip
    with db.reading() as session:
        found = sheet_of(session, house.id, sheet)
        wrong = rows_of(session, found.id, 1, wrong=True)
        assert session.scalars(select(LogHead)).all() == []
    assert (found.ready, found.wrong) == (3, 4)
    assert [row.line for row in wrong] == [9, 11, 12, 13]
    assert registered(db) == []


def test_rows_are_registered_a_few_at_a_time_and_none_twice(db, house, registrar, lay, do_jobs):
    sheet = lay(rows(23))
    with pytest.raises(Conflict):
        db.perform(actions.confirm, registrar, house.uid, sheet, 22)
    assert db.perform(actions.confirm, registrar, house.uid, sheet, 23) == 23
    # Killed after the first batch, and begun again by the job.
    assert db.perform(actions.carry_out, registrar, house.uid, sheet, URL)
    assert len(registered(db)) == actions.BATCH
    with pytest.raises(Refused):
        db.perform(actions.discard, registrar, house.uid, sheet)
    do_jobs()
    made = registered(db)
    assert [each.number for each in made] == [str(n) for n in range(1, 24)]
    assert [each.leaf_index for each in made] == list(range(23))
    with db.reading() as session:
        assert session.scalars(select(TranscriptSheet)).all() == []
        assert session.scalars(select(TranscriptRow)).all() == []
        publics = [each.public for each in published(session)]
        checked = check(session, publics)
        assert (checked.leaves, checked.wrong) == (23, None)
        assert volumes(session, house.id) == [Volume(True, 2, 1, 2, 23)]
        entries = list(whole(session, house.id, Volume(True, 2, 1, 2, 23)))
    assert [each.number for each in entries] == [str(n) for n in range(1, 24)]
    assert {each.status for each in entries} == {"transcribed"}


def test_the_record_says_what_the_book_says_and_no_identity_document(
    db, house, registrar, lay, world
):
    sheet = lay([(2, CELLS)])
    db.perform(actions.confirm, registrar, house.uid, sheet, 1)
    carry_on(db, house, registrar, sheet)
    [made] = registered(db)
    record = from_json(made.record)
    assert record.holder.full_name == "Rosa Elvira Xol Caal"
    assert (record.book, record.folio, record.number) == (2, 31, "845")
    assert record.transcribed_on == date(2026, 11, 23)
    assert json.loads(made.record)["kind"] == "transcribed"
    assert "56789" not in made.record
    assert made.document == "DPI 1234 56789 0101"


def test_what_is_there_already_is_not_brought_in_again(db, house, registrar, lay):
    first, second = lay(rows(2)), lay(rows(2))
    for sheet in (first, second):
        db.perform(actions.confirm, registrar, house.uid, sheet, 2)
    carry_on(db, house, registrar, first)
    carry_on(db, house, registrar, second)
    assert len(registered(db)) == 2
    with db.reading() as session:
        left = sheet_of(session, house.id, second)
    assert (left.ready, left.wrong) == (0, 2)
    third = lay(rows(2))
    with pytest.raises(Refused):
        db.perform(actions.confirm, registrar, house.uid, third, 0)
    db.perform(actions.discard, registrar, house.uid, third)


def test_a_transcribed_diploma_is_annulled_and_the_register_says_so(
    db, house, registrar, lay, do_jobs
):
    sheet = lay(rows(2))
    db.perform(actions.confirm, registrar, house.uid, sheet, 2)
    carry_on(db, house, registrar, sheet)
    made = registered(db)[0]
    db.perform(actions.withdraw, registrar, house.uid, made.uid, URL, RESOLUTION)
    with pytest.raises(Refused):
        db.perform(actions.withdraw, registrar, house.uid, made.uid, URL, RESOLUTION)
    do_jobs()
    with db.reading() as session:
        publics = [each.public for each in published(session)]
        assert check(session, publics).wrong is None
        statuses = [each.status for each in whole(session, house.id, Volume(True, 2, 1, 1, 2))]
    assert statuses == ["annulled", "transcribed"]
    lifted = update(Transcribed).values(status="valid")
    db.perform(lambda work: work.session.execute(lifted), registrar)
    with db.reading() as session:
        assert check(session, publics).wrong.params["name"] == made.code


def test_a_changed_record_is_found(db, house, registrar, lay, do_jobs):
    sheet = lay(rows(1))
    db.perform(actions.confirm, registrar, house.uid, sheet, 1)
    do_jobs()
    [made] = registered(db)
    other = update(Transcribed).values(record=made.record.replace("Xol1", "Xol2"))
    db.perform(lambda work: work.session.execute(other), registrar)
    with db.reading() as session:
        found = check(session, [each.public for each in published(session)])
    assert found.wrong.params["name"] == made.code


def test_another_institution_touches_nothing(db, house, world, lay):
    sheet = lay(rows(1))
    with db.reading() as session:
        other = session.get_one(Institution, world.institutions["otra"]).uid
    theirs = Actor(world.people["otra-registrar"])
    for deed in (
        lambda: db.perform(actions.confirm, theirs, other, sheet, 1),
        lambda: db.perform(actions.discard, theirs, other, sheet),
        lambda: db.perform(actions.withdraw, theirs, other, uuid7(), URL, replace(RESOLUTION)),
    ):
        with pytest.raises(NotFound):
            deed()


def test_a_sheet_costs_a_fixed_number_of_statements(db, house, lay):
    counts = []
    for many in (2, 60):
        with statements(db.engine) as seen:
            lay(rows(many))
        counts.append(len(seen))
    assert counts[0] == counts[1]
