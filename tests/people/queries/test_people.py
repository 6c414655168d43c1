from uuid import uuid4

import pytest

from lms.foundation.kernel.errors import NotFound
from lms.people.queries import people
from tests.people.conftest import DPI


@pytest.mark.parametrize("text", ["rosa@example.org", "5512 3456", "+50255123456", DPI])
def test_a_person_is_found_by_anything_they_are_known_by(db, rosa, text):
    with db.reading() as session:
        assert people.find(session, text, "GT").id == rosa.id
        assert people.find(session, str(rosa.uid), "GT").id == rosa.id


def test_nobody_is_nobody(db, rosa):
    with db.reading() as session:
        for text in ("nadie@example.org", "", "5512 0000", str(uuid4())):
            with pytest.raises(NotFound):
                people.find(session, text, "GT")


def test_names_for_a_list_come_in_one_statement(db, rosa, world):
    with db.reading() as session:
        names = people.names(session, [rosa.id, world.people["learner"], 999_999])
        assert set(names) == {rosa.id, world.people["learner"]}
        assert names[rosa.id].full == "Rosa María Q’eqchi’ Ñáñez"
        assert names[rosa.id].surnames_first == "Q’eqchi’ Ñáñez, Rosa María"
        assert people.names(session, []) == {}


def test_no_name_of_a_long_list_is_left_out(db, rosa, world, monkeypatch):
    monkeypatch.setattr(people, "AT_ONCE", 2)
    ids = [rosa.id, *world.people.values()]
    with db.reading() as session:
        assert set(people.names(session, ids)) == set(ids)


def test_searching_forgives_accents_and_finds_numbers(db, rosa):
    with db.reading() as session:
        for text in ("maria q’eqchi’ ñañez", "Q'EQCHI", "55123456", "rosa@example"):
            rows, total = people.search(session, text, limit=10)
            assert (total, [row.uid for row in rows]) == (1, [rosa.uid])
        assert people.search(session, "100%", limit=10) == ([], 0)


def test_a_list_is_bounded_and_in_order(db, world):
    with db.reading() as session:
        rows, total = people.search(session, "", limit=5)
        more, _ = people.search(session, "", limit=5, offset=5)
    assert total == 16
    assert len(rows) == len(more) == 5
    assert not {row.uid for row in rows} & {row.uid for row in more}
