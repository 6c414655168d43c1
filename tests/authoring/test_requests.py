"""Four eyes: where the institution asks for it, nobody publishes what only they have seen."""

import pytest
from sqlalchemy import select

from lms.authoring.actions.requests import (
    approve,
    ask_publication,
    decline,
    withdraw_request,
)
from lms.authoring.actions.rule import set_two_persons
from lms.authoring.formats.prepared import prepare
from lms.authoring.models import PublicationRequest
from lms.authoring.queries import drafts
from lms.authoring.queries import requests as queries
from lms.authoring.rules.requests import RequestState, decide
from lms.authoring.tasks import keep_media
from lms.catalog.activity import activity_kinds
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import Conflict, Invalid, Refused
from lms.foundation.mail.models import Notice
from lms.people.models import Grant
from tests.authoring.packages import LESSON, TODAY
from tests.authoring.room import FOLDER, hashed

LINK = "/gestion/autoria/x/solicitudes/REQUEST"


@pytest.fixture
def author(world):
    return Actor(world.people["instructor"])


@pytest.fixture
def other(world):
    return Actor(world.people["administrator"])


@pytest.fixture
def written(room):
    before = room.text(LESSON)
    room.save(LESSON, f"{before}\nMás.\n", hashed(before))
    return f"{before}\nMás.\n"


def ready(room):
    with room.db.reading() as session:
        standing = drafts.working(session, room.programme.id)
        tree = drafts.tree_of(session, room.store, standing, [FOLDER])
        return tree, prepare(tree, activity_kinds(), TODAY)


def ask(room, who, summary="Se aclaró un plazo."):
    _tree, prepared = ready(room)
    args = (prepared, [FOLDER], summary, LINK, "Mi programa")
    return room.db.perform(ask_publication, who, room.uid, *args)


def answer(room, who, uid):
    tree, prepared = ready(room)
    media = keep_media(room.store, tree, prepared.package)
    return room.db.perform(approve, who, room.uid, uid, prepared, media, LINK, "Mi programa")


def request(room, uid):
    with room.db.reading() as session:
        return queries.request_at(session, room.programme.id, uid)


def told(room, who):
    with room.db.reading() as session:
        return session.scalars(
            select(Notice.template).where(Notice.person_id == who.person_id).order_by(Notice.id)
        ).all()


def test_another_person_approves_and_it_is_published(room, author, other, written):
    uid = ask(room, author)
    assert told(room, other) == ["authoring/asked"]
    assert told(room, author) == []
    assert answer(room, other, uid) == 2
    found = request(room, uid)
    assert (found.state, found.number, found.decided_by_id) == ("approved", 2, other.person_id)
    assert room.standing().published[LESSON].sha256 == hashed(written)
    assert told(room, author) == ["authoring/approved"]
    with room.db.reading() as session:
        events = session.scalars(select(AuditEntry.deed)).all()
    assert {"publication.asked", "publication.approved", "programme.published"} <= set(events)


def test_where_nobody_of_the_house_may_publish_those_of_the_site_are_told(
    room, author, other, written
):
    def everywhere(work) -> None:
        grants = work.session.scalars(select(Grant).where(Grant.role == "administrator"))
        for each in grants:
            each.kind = "installation"

    room.db.perform(everywhere, SYSTEM)
    ask(room, author)
    assert told(room, other) == ["authoring/asked"]


def test_nobody_approves_their_own(room, author, written):
    uid = ask(room, author)
    with pytest.raises(Refused):
        answer(room, author, uid)
    assert request(room, uid).state == "waiting"
    assert room.standing().changed == [LESSON]


def test_what_was_saved_since_is_not_published_unseen(room, author, other, written):
    uid = ask(room, author)
    room.save(LESSON, f"{written}\nY más.\n", hashed(written))
    with pytest.raises(Conflict):
        answer(room, other, uid)
    assert room.standing().changed == [LESSON]


def test_one_request_waits_at_a_time_and_can_be_withdrawn(room, author, other, written):
    uid = ask(room, author)
    with pytest.raises(Refused):
        ask(room, other)
    room.db.perform(withdraw_request, author, room.uid, uid)
    with pytest.raises(Refused):
        room.db.perform(withdraw_request, author, room.uid, uid)
    with pytest.raises(Refused):
        answer(room, other, uid)
    assert ask(room, author) != uid


def test_no_is_said_with_a_reason_that_whoever_asked_reads(room, author, other, written):
    uid = ask(room, author)
    with pytest.raises(Invalid):
        room.db.perform(decline, other, room.uid, uid, "  ", LINK, "Mi programa")
    room.db.perform(decline, other, room.uid, uid, "Falta el artículo.", LINK, "Mi programa")
    assert request(room, uid).reason == "Falta el artículo."
    assert told(room, author) == ["authoring/declined"]
    assert room.standing().changed == [LESSON]


def test_without_a_change_or_a_summary_nothing_is_asked_for(room, author):
    with pytest.raises(Refused):
        ask(room, author)
    room.save(LESSON, f"{room.text(LESSON)}\nMás.\n", hashed(room.text(LESSON)))
    with pytest.raises(Invalid):
        ask(room, author, " ")
    with room.db.reading() as session:
        assert session.scalars(select(PublicationRequest)).all() == []


def test_where_two_persons_are_asked_for_nobody_publishes_alone(room, other, written):
    room.db.perform(set_two_persons, other, room.institution_id, True)
    with pytest.raises(Refused):
        room.publish(FOLDER)
    room.db.perform(set_two_persons, other, room.institution_id, True)  # says nothing twice
    room.db.perform(set_two_persons, other, room.institution_id, False)
    assert room.publish(FOLDER).number == 2
    with room.db.reading() as session:
        rule = AuditEntry.deed.like("institution.%_person%")
        assert len(session.scalars(select(AuditEntry.deed).where(rule)).all()) == 2


@pytest.mark.pure
@pytest.mark.parametrize(
    ("state", "asked_by", "decides", "may"),
    [
        ("waiting", 1, 2, True),
        ("waiting", None, 2, True),
        ("waiting", 1, 1, False),
        ("waiting", 1, None, False),
        ("waiting", None, None, False),
        *((state, 1, 2, False) for state in RequestState if state != "waiting"),
    ],
)
def test_who_may_decide(state, asked_by, decides, may):
    if may:
        decide(state, asked_by, decides)
    else:
        with pytest.raises(Refused):
            decide(state, asked_by, decides)
