"""The book of the register: every number on its line, spoiled ones too, and none lost or twice."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select, update

from lms.certificates.actions.books import keep_book, spoil
from lms.certificates.actions.withdraw import Where, correct
from lms.certificates.formats.parts import Holder
from lms.certificates.formats.record import from_json
from lms.certificates.formats.spoiled import LEAF_PREFIX
from lms.certificates.models import Credential, RegisterBook, SpoiledNumber
from lms.certificates.queries.audit import check
from lms.certificates.queries.books import Volume, on_folios, volumes, whole
from lms.certificates.rules.books import Kept, Layout, Place
from lms.certificates.rules.withdrawing import Resolution
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.errors import Invalid, NotFound
from lms.foundation.kernel.ids import uuid7
from lms.foundation.keys.queries import published
from lms.people.models import Institution
from tests.certificates.conftest import URL

KEPT = Kept(False, Layout(entries_per_folio=2, folios_per_book=2), 1401, Place(3, 1, 1))
RESOLUTION = Resolution("RES-7-2026", "Consejo Directivo", date(2026, 11, 20), "Se manchó.")


@pytest.fixture
def house(db, world) -> Institution:
    with db.reading() as session:
        return session.get_one(Institution, world.institutions["igm"])


def credentials(db) -> list[Credential]:
    with db.reading() as session:
        return list(session.scalars(select(Credential).order_by(Credential.leaf_index)))


def places(db) -> list[tuple[int, int, int, int]]:
    return [(each.number, each.book, each.folio, each.line) for each in credentials(db)]


def test_documents_go_on_where_the_institute_has_got_to(
    db, house, registrar, graduates, issue_to_all
):
    db.perform(keep_book, registrar, house.uid, KEPT)
    graduates(4)
    issue_to_all()
    assert places(db) == [(1402, 3, 1, 2), (1403, 3, 2, 1), (1404, 3, 2, 2), (1405, 4, 1, 1)]
    records = [from_json(each.record) for each in credentials(db)]
    assert [(each.book, each.folio) for each in records] == [(3, 1), (3, 2), (3, 2), (4, 1)]
    assert records[0].number == "MUESTRA-CA-001402"
    assert {each.series for each in records} == {"MUESTRA-CA"}
    with db.reading() as session:
        [row] = session.scalars(select(RegisterBook)).all()
        told = session.scalars(select(AuditEntry).where(AuditEntry.deed == "credential.book_kept"))
        assert (row.book, row.folio, row.line, row.demo) == (4, 1, 1, True)
        assert told.one().detail["after"]["number"] == 1401


def test_once_numbers_are_given_only_the_place_moves_on(
    db, house, registrar, graduates, issue_to_all
):
    graduates(1)
    issue_to_all()
    now = Kept(True, Layout(), 1, Place(1, 1, 1))
    for wrong in (replace(now, number=5), replace(now, number=0), replace(now, place=Place())):
        with pytest.raises(Invalid):
            db.perform(keep_book, registrar, house.uid, wrong)
    db.perform(keep_book, registrar, house.uid, replace(now, place=Place(2, 1, 0)))
    graduates(2)
    issue_to_all()
    assert places(db) == [(1, 1, 1, 1), (2, 2, 1, 1), (3, 2, 1, 2)]
    # Another way of numbering is a series of its own, which begins where it is told to.
    db.perform(keep_book, registrar, house.uid, replace(KEPT, number=3, place=Place(2, 2, 0)))
    graduates(3)
    issue_to_all()
    assert places(db)[3:] == [(4, 2, 2, 1), (5, 2, 2, 2), (6, 3, 1, 1)]


def test_what_is_settled_changes_nothing_that_was_issued(
    db, house, registrar, graduates, issue_to_all
):
    graduates(2)
    issue_to_all()
    before = [(each.record, each.leaf, each.series, each.number) for each in credentials(db)]
    db.perform(keep_book, registrar, house.uid, KEPT)
    assert [
        (each.record, each.leaf, each.series, each.number) for each in credentials(db)
    ] == before


def test_a_spoiled_number_is_one_of_the_book_and_of_the_log(
    db, house, registrar, graduates, issue_to_all, do_jobs
):
    graduates(1)
    issue_to_all()
    assert db.perform(spoil, registrar, house.uid, URL, RESOLUTION) == "MUESTRA-CA-2026-000002"
    graduates(2)
    issue_to_all()
    assert places(db) == [(1, 1, 1, 1), (3, 1, 1, 3), (4, 1, 1, 4)]
    with db.reading() as session:
        [row] = session.scalars(select(SpoiledNumber)).all()
    assert (row.number, row.book, row.folio, row.line, row.leaf_index) == (2, 1, 1, 2, 1)
    assert row.leaf == sha256(LEAF_PREFIX + row.salt + row.record.encode()).hexdigest()
    assert "manchó" not in row.record
    do_jobs()
    with db.reading() as session:
        publics = [each.public for each in published(session)]
        checked = check(session, publics)
        assert (checked.leaves, checked.wrong) == (4, None)
    forged = row.record.replace("RES-7-2026", "RES-8-2026")
    db.perform(lambda work: work.session.execute(update(SpoiledNumber).values(record=forged)),
               registrar)  # fmt: skip
    with db.reading() as session:
        assert check(session, publics).wrong.params["name"] == row.code


def test_two_that_were_spoiled_have_two_numbers(db, house, registrar):
    given = [db.perform(spoil, registrar, house.uid, URL, RESOLUTION) for _ in range(2)]
    assert given == ["MUESTRA-CA-2026-000001", "MUESTRA-CA-2026-000002"]


def test_a_resolution_of_a_day_to_come_spoils_nothing(db, house, registrar):
    later = replace(RESOLUTION, on=db.clock().date() + timedelta(days=2))
    with pytest.raises(Invalid):
        db.perform(spoil, registrar, house.uid, URL, later)
    with pytest.raises(NotFound):
        db.perform(spoil, registrar, uuid7(), URL, RESOLUTION)
    with db.reading() as session:
        assert session.scalars(select(SpoiledNumber)).all() == []


def test_a_new_edition_stays_on_the_line_of_the_first(
    db, house, registrar, cohort, graduates, issue_to_all
):
    graduates(2)
    issue_to_all()
    where = Where(cohort, credentials(db)[0].uid, URL)
    paper = replace(RESOLUTION, on=date(2026, 11, 23))
    db.perform(correct, registrar, where, Holder("Ana María", "Cojtí", "Ñáñez"), paper)
    with db.reading() as session:
        entries = list(whole(session, house.id, Volume(True, 1, 1, 1, 2)))
    assert [(each.line, each.edition) for each in entries] == [(1, 2), (2, 1)]
    assert entries[0].holder == "Cojtí Ñáñez, Ana María"


def test_a_book_is_read_folio_by_folio_each_number_once(
    db, house, registrar, graduates, issue_to_all
):
    db.perform(keep_book, registrar, house.uid, KEPT)
    graduates(2)
    issue_to_all()
    db.perform(spoil, registrar, house.uid, URL, RESOLUTION)
    graduates(1)
    issue_to_all()
    with db.reading() as session:
        found = volumes(session, house.id)
        assert found == [Volume(True, 4, 1, 1, 1), Volume(True, 3, 1, 2, 3)]
        folios = on_folios(session, house.id, found[1], 1, 2)
        lines = [
            (each.folio, each.line, each.status) for each in whole(session, house.id, found[1])
        ]
    assert {folio: len(those) for folio, those in folios.items()} == {1: 1, 2: 2}
    assert lines == [(1, 2, "valid"), (2, 1, "valid"), (2, 2, "spoiled")]
