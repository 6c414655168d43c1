"""Whom staff reach: by the institutions of their grants, trees included."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from lms.foundation.access.scopes import Grant, ScopeKind
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Person
from lms.people.queries.reach import Reach, reach_of, reached, whereabouts
from tests.factories.enrollment import make_cohort, put_in
from tests.factories.world import make_institution

K = ScopeKind


@pytest.fixture
def tree(db, world):
    """A province over a municipality over a village; ids by key."""

    def make(work):
        found, parent = {}, None
        for key in ("provincia", "municipio", "aldea"):
            made = make_institution(work, key, key.title(), parent_id=parent)
            found[key] = parent = made.id
        return found

    return db.perform(make, SYSTEM)


def test_a_grant_reaches_its_institution_and_a_tree_what_is_below(db, tree):
    with db.reading() as session:
        one = reach_of(session, [Grant("r", K.INSTITUTION, tree["municipio"])])
        whole = reach_of(session, [Grant("r", K.INSTITUTION_TREE, tree["municipio"])])
        cohort = reach_of(session, [Grant("r", K.COHORT, tree["municipio"], cohort_id=1)])
        all_of_it = reach_of(session, [Grant("r", K.INSTALLATION, tree["municipio"])])
    assert one.institutions == {tree["municipio"]}
    assert whole.institutions == {tree["municipio"], tree["aldea"]}
    assert cohort.institutions == frozenset()
    assert all_of_it.everywhere
    assert not one.has(tree["aldea"])
    assert whole.has_all(frozenset({tree["aldea"]}))
    assert not whole.has_all(frozenset({tree["aldea"], tree["provincia"]}))


def test_somebody_is_where_they_study_and_where_they_work(app, db, world):
    from tests.factories.catalog import make_diploma

    def study(work):
        version = make_diploma(work, world.institutions["otra"], "gestion")
        put_in(work, make_cohort(work, version.programme.slug), world.people["registrar"])

    db.perform(study, SYSTEM)
    with app.test_request_context(), db.reading() as session:
        uid = session.scalar(select(Person.uid).where(Person.id == world.people["registrar"]))
        found = whereabouts(session, uid)
        free = session.scalar(select(Person.uid).where(Person.id == world.people["learner"]))
        of_the_house = whereabouts(session, free)
        with pytest.raises(NotFound):
            whereabouts(session, uuid4())
        both = [
            set(session.scalars(select(Person.id).where(reached(Reach(False, frozenset({i}))))))
            for i in world.institutions.values()
        ]
    assert found.institutions == set(world.institutions.values())
    assert of_the_house.institutions == {world.institutions["igm"]}
    registrar, learner = world.people["registrar"], world.people["learner"]
    assert registrar in both[0] & both[1]
    assert learner in both[0] - both[1]
