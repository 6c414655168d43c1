"""Two accounts of one person become one: all that is theirs goes along, and back again."""

from uuid import UUID

import pytest
from sqlalchemy import select, update

from lms.certificates.models import Credential
from lms.certificates.tasks import issue_all
from lms.desk.models import KeptList
from lms.enrollment.models import Enrollment
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import NotFound, Refused
from lms.foundation.mail.actions import tell
from lms.foundation.mail.models import Letter, Notice
from lms.learning.actions.inquiries import ask
from lms.learning.models import InquiryPost
from lms.people.actions import contacts, forget, help_desk, helping, sessions
from lms.people.actions.merge import Why
from lms.people.actions.sessions import Browser
from lms.people.models import Grant, Identifier, LoginSession, Merge, OneTimeCode, Person, Post
from lms.people.models.person import PersonState
from lms.people.queries import accounts, finding, people
from lms.people.queries.directory import addressee
from lms.people.queries.reach import whereabouts
from lms.people.rules import merging as rules
from lms.people.rules.names import written
from tests.factories.teaching import COURSE
from tests.factories.world import make_person
from tests.people.actions.joining import entry, join, known_before, rows, separate


@pytest.fixture
def boss(world) -> Actor:
    return Actor(world.people["administrator"])


@pytest.fixture
def pair(world) -> tuple[int, int]:
    """The account that stays, and the one with everything in it."""
    return world.people["learner2"], world.people["learner"]


@pytest.fixture
def full(classroom, app, db, do_jobs, pair):
    """The learner has finished, asked, was told things, and has a document and a kept list."""
    _stays, goes = pair
    classroom.finish("learner")
    do_jobs()
    issue_all(db, classroom.actor("registrar"), classroom.cohort.uid, "http://localhost")
    do_jobs()
    theirs = classroom.enrollments["learner"]

    def more(work):
        tell(work, goes, "people/password_changed", name="Rosa")
        work.session.add(
            KeptList(person_id=goes, cohort_id=classroom.cohort.id, asked={}, kept_at=work.now)
        )
        work.session.add(
            Grant(
                person_id=goes, institution_id=theirs.institution_id, role="tutor", kind="cohort",
                cohort_id=classroom.cohort.id, starts_at=work.now,
            )
        )  # fmt: skip

    db.perform(more, SYSTEM)
    db.perform(ask, classroom.actor("learner"), theirs.uid, COURSE, "Los asuetos", "¿Cuentan?")
    return classroom


def whose(db, column) -> set[int]:
    with db.reading() as session:
        return set(session.scalars(select(column)))


@pytest.fixture
def leads_to(app, db):
    """Whose page the address of somebody's page is."""

    def read(uid) -> int:
        with app.app_context(), db.reading() as session:
            return whereabouts(session, uid).person_id

    return read


WHOSE = (
    Identifier.person_id, Post.person_id, Grant.person_id, Enrollment.person_id,
    Credential.person_id, Notice.person_id, Letter.person_id, KeptList.person_id,
    InquiryPost.author_id,
)  # fmt: skip


def test_all_that_is_theirs_goes_along(full, db, boss, pair):
    stays, goes = pair
    assert all(goes in whose(db, column) for column in WHOSE)
    join(db, boss, stays, goes)
    for column in WHOSE:
        assert goes not in whose(db, column), column
        assert stays in whose(db, column), column
    with db.reading() as session:
        gone = session.get_one(Person, goes)
    assert (gone.state, gone.merged_into_id) == (PersonState.MERGED, stays)


def test_joined_and_parted_every_row_is_as_it_was(full, db, boss, pair):
    stays, goes = pair
    before = rows(db)
    uid = join(db, boss, stays, goes)
    assert known_before(before, rows(db)) != before
    assert separate(db, boss, stays, uid) == []
    assert known_before(before, rows(db)) == before


def test_the_signed_record_of_a_document_is_never_touched(full, db, boss, pair):
    def record():
        with db.reading() as session:
            row = session.scalars(select(Credential)).one()
            return row.record, row.leaf, row.salt, row.holder_sort, row.sealed_sha256

    before = record()
    join(db, boss, *pair)
    assert record() == before


def test_what_is_on_record(full, db, boss, pair, world):
    stays, goes = pair
    uid = join(db, boss, stays, goes)
    kept, personal = entry(db, "person.merged")
    assert (kept.actor_id, kept.person_id) == (boss.person_id, stays)
    assert kept.detail["merge"] == str(uid)
    assert kept.detail["other"] == world.uids["learner"]
    with db.reading() as session:
        moved = session.scalars(select(Merge.moved)).one()
    assert kept.detail["moved"] == sum(map(len, moved.values())) > len(WHOSE)
    assert len(moved["enrollment.person_id"]) == 1
    assert personal == {"how": "document: DPI a la vista", "reason": "Se registró dos veces"}
    separate(db, boss, stays, uid)
    kept, personal = entry(db, "person.parted")
    assert kept.detail == {"merge": str(uid), "other": world.uids["learner"]}
    assert personal == {"reason": "Eran dos personas"}


def test_lists_sort_by_the_name_of_who_stays(full, db, boss, pair):
    stays, goes = pair

    def rename(work):
        person = work.session.get_one(Person, stays)
        person.first_surname, person.search = "Zapeta", "rosa zapeta lopez"

    db.perform(rename, SYSTEM)
    uid = join(db, boss, stays, goes)
    with db.reading() as session:
        assert session.scalars(select(Enrollment.sort_name)).one().startswith("zapeta")
    separate(db, boss, stays, uid)
    with db.reading() as session:
        assert not session.scalars(select(Enrollment.sort_name)).one().startswith("zapeta")


def test_nobody_finds_the_account_that_is_closed(db, world, boss, pair, leads_to):
    stays, goes = pair
    name = {"given": "Xóchitl"}

    def call(work):
        for each in pair:
            person = work.session.get_one(Person, each)
            person.given_names, person.search = name["given"], "xochitl"

    db.perform(call, SYSTEM)

    def found():
        with db.reading() as session:
            return list(finding.find(session, "xóchitl", "GT", lambda _c: _c.is_not(None)).ids)

    assert sorted(found()) == sorted(pair)
    uid = join(db, boss, stays, goes)
    assert found() == [stays]
    with db.reading() as session:
        assert people.find(session, "learner@example.org", "GT").id == stays
    assert leads_to(UUID(world.uids["learner"])) == stays
    separate(db, boss, stays, uid)
    assert sorted(found()) == sorted(pair)


def test_sessions_end_codes_are_void_and_nothing_can_be_done_to_it(db, boss, pair, world):
    stays, goes = pair
    code = db.perform(help_desk.issue_code, SYSTEM, goes, "test")
    join(db, boss, stays, goes)
    with db.reading() as session:
        for row in session.scalars(select(LoginSession).where(LoginSession.person_id == goes)):
            assert row.revoked_at is not None
        for row in session.scalars(select(LoginSession).where(LoginSession.person_id == stays)):
            assert row.revoked_at is None
        assert session.scalars(select(OneTimeCode)).one().used_at is not None
    assert code
    for act in (
        lambda: db.perform(sessions.start, SYSTEM, goes, Browser("test", 1)),
        lambda: db.perform(helping.give_code, boss, goes, "document", 1),
        lambda: db.perform(helping.unlock, boss, goes, 1),
    ):
        with pytest.raises(Refused, match="joined with another"):
            act()


def test_both_addresses_are_told(db, boss, pair, mailbox):
    stays, goes = pair
    uid = join(db, boss, stays, goes)
    to = sorted(str(letter["To"]) for letter in mailbox.letters())
    assert to == ["learner2@example.org", "learner@example.org"]
    with db.reading() as session:
        assert [each.template for each in session.scalars(select(Notice))] == ["people/merged"]
    separate(db, boss, stays, uid)
    to = sorted(str(letter["To"]) for letter in mailbox.letters())
    assert to == ["learner2@example.org"] * 2 + ["learner@example.org"] * 2
    with db.reading() as session:
        assert addressee(session, goes).address == "learner@example.org"


@pytest.mark.parametrize("name", ["registrar", "instructor", "otra-registrar", "administrator"])
def test_an_account_with_rights_beyond_ones_own_is_neither_side(db, world, name):
    lucia = Actor(world.people["help_desk"])
    for pair in ((name, "learner"), ("learner", name)):
        with pytest.raises(Refused, match="rights"):
            join(db, lucia, *(world.people[each] for each in pair))


def test_not_ones_own_account_not_the_same_not_nobodys(db, world, boss, pair):
    with pytest.raises(Refused, match="your own"):
        join(db, boss, boss.person_id, pair[0])
    with pytest.raises(Refused, match="same account"):
        join(db, boss, pair[0], pair[0])
    with pytest.raises(NotFound):
        join(db, boss, pair[0], 999_999)


@pytest.mark.parametrize("reason", ["", "  ", "no", "x" * 501])
def test_a_reason_is_written(db, boss, pair, reason):
    with pytest.raises(Refused, match="reason"):
        join(db, boss, *pair, Why("document", reason))
    uid = join(db, boss, *pair)
    with pytest.raises(Refused, match="reason"):
        separate(db, boss, pair[0], uid, reason)


def test_too_much_to_be_a_duplicate(db, boss, pair, monkeypatch):
    monkeypatch.setattr(rules, "MOST", 1)
    before = rows(db)
    with pytest.raises(Refused, match="too much"):
        join(db, boss, *pair)
    assert rows(db) == before


def test_parted_once(db, boss, pair):
    stays, goes = pair
    uid = join(db, boss, stays, goes)
    with pytest.raises(Refused, match="closed"):
        join(db, boss, stays, goes)
    separate(db, boss, stays, uid)
    with pytest.raises(Refused, match="parted already"):
        separate(db, boss, stays, uid)
    again = join(db, boss, stays, goes)
    assert again != uid
    with db.reading() as session:
        assert [bool(each.undone_at) for each in session.scalars(select(Merge))] == [True, False]


def test_a_merge_of_somebody_else_does_not_exist(db, boss, pair, world):
    uid = join(db, boss, *pair)
    with pytest.raises(NotFound):
        separate(db, boss, world.people["tutor"], uid)


def test_three_accounts_are_parted_the_last_first(db, boss, leads_to):
    one, two, three = (
        db.perform(lambda work, n=n: make_person(work, n).id, SYSTEM) for n in ("a", "b", "c")
    )
    before = rows(db)
    first = join(db, boss, two, three)
    second = join(db, boss, one, two)
    with db.reading() as session:
        uid = session.get_one(Person, three).uid
        assert len(accounts.identifiers(session, one)) == 3
    assert leads_to(uid) == one
    with pytest.raises(Refused, match="Part those first"):
        separate(db, boss, two, first)
    separate(db, boss, one, second)
    assert leads_to(uid) == two
    separate(db, boss, two, first)
    assert known_before(before, rows(db)) == before


def test_what_was_done_since_stays_and_what_was_taken_away_is_named(db, boss, pair):
    stays, goes = pair

    def phone(work):
        work.session.add(
            Identifier(
                person_id=goes, kind="phone", value="+50255123456", shown="+502 5512 3456",
                created_at=work.now,
            )
        )  # fmt: skip

    db.perform(phone, SYSTEM)
    uid = join(db, boss, stays, goes)
    with db.reading() as session:
        known = accounts.identifiers(session, stays)
        number = next(each for each in known if each.kind == "phone")

    def post(work):
        work.session.add(
            Post(person_id=stays, country="GT", region="", municipality="Cobán", position="Juez")
        )

    db.perform(post, SYSTEM)
    db.perform(contacts.remove, boss, stays, number.uid, "No es suyo", 1)
    assert separate(db, boss, stays, uid) == ["+502 5512 3456"]
    with db.reading() as session:
        assert [each.kind for each in accounts.identifiers(session, goes)] == ["email"]
        assert "Juez" in [each.position for each in accounts.posts(session, stays)]


def test_not_parted_when_nobody_could_enter_the_other(db, boss, pair):
    stays, goes = pair
    uid = join(db, boss, stays, goes)
    with db.reading() as session:
        known = accounts.identifiers(session, stays)
        theirs = next(each for each in known if each.value == "learner@example.org")
    db.perform(contacts.remove, boss, stays, theirs.uid, "No es suyo", 1)
    with pytest.raises(Refused, match="nobody could enter"):
        separate(db, boss, stays, uid)


def test_whoever_could_open_the_one_that_stayed_can_no_more(db, boss, pair):
    """A link to a new password may have gone to the other's address meanwhile."""
    stays, _goes = pair
    uid = join(db, boss, *pair)
    db.perform(help_desk.issue_code, SYSTEM, stays, "test")
    separate(db, boss, stays, uid)
    with db.reading() as session:
        assert session.scalars(select(OneTimeCode)).one().used_at is not None
        ended = select(LoginSession.revoked_at).where(LoginSession.person_id == stays)
        assert None not in session.scalars(ended).all()


def test_a_registration_that_was_parted_is_forgotten_as_others_are(db, boss, pair, clock):
    stays, _goes = pair

    def register(work):
        person = make_person(work, "espera")
        person.state = PersonState.PENDING
        work.session.execute(update(Identifier).values(verified_at=None).where(
            Identifier.person_id == person.id))  # fmt: skip
        return person.id

    waiting = db.perform(register, SYSTEM)
    uid = join(db, boss, stays, waiting)
    clock.advance(days=40)
    db.perform(forget.forget, SYSTEM)
    with db.reading() as session:
        assert session.get(Person, waiting) is not None
    separate(db, boss, stays, uid)
    with db.reading() as session:
        assert session.get_one(Person, waiting).state == PersonState.PENDING
    db.perform(forget.forget, SYSTEM)
    with db.reading() as session:
        assert session.get(Person, waiting) is None


def test_whoever_registers_with_what_they_were_known_by_is_told_of_the_account_that_stays(
    db, boss, pair
):
    stays, goes = pair
    join(db, boss, stays, goes)
    new = help_desk.NewPerson(written("Rosa", "López", None), "GT", email="learner@example.org")
    with pytest.raises(Refused, match="already has"):
        db.perform(help_desk.create, SYSTEM, new, "test")
