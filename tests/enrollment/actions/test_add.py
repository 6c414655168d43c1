"""People added by the registrar: whom a row means, what becomes of it, what they are told."""

import pytest
from sqlalchemy import select

from lms.enrollment.actions.add import add_one
from lms.enrollment.formats.entries import Entry
from lms.enrollment.models import Enrollment
from lms.enrollment.queries.matching import check
from lms.enrollment.rules.roster import Outcome
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Refused
from lms.foundation.mail.models import Letter, Notice
from lms.people.models import Identifier, Institution, Person, Post
from lms.people.models.person import PersonState
from tests.enrollment.lists import cui
from tests.factories.enrollment import put_in
from tests.factories.world import make_person

NEW = Entry(
    "Ana Lucía", "Paz", "Tzoc", email="ana@x.gt", phone="5512 3456", document_kind="dpi",
    document_number=cui(1), region="Quiché", municipality="Nebaj", position="Tesorería",
)  # fmt: skip
ROSA = Entry(email="learner@example.org")


@pytest.fixture
def cohort(open_cohort):
    return open_cohort(capacity=2)


@pytest.fixture
def verdict(db, cohort):
    """What would become of these rows: `verdict(entry, …)` gives outcomes and problems."""

    def ask(*entries, left=None):
        with db.reading() as session:
            house = session.get_one(Institution, cohort.institution_id)
            found = check(session, cohort.id, left, list(enumerate(entries, 1)), house)
        return [(each.outcome, [p.about for p in each.problems]) for each in found]

    return ask


def one(entry, **change):
    return Entry(**(entry.kept() | change))


def test_somebody_new_is_invited_and_enrolled(db, cohort, who):
    added = db.perform(add_one, who("registrar"), cohort.uid, NEW)
    assert added.outcome is Outcome.INVITE
    with db.reading() as session:
        enrollment = session.scalars(select(Enrollment)).one()
        person = session.get_one(Person, enrollment.person_id)
        assert (enrollment.state, enrollment.municipality) == ("enrolled", "Nebaj")
        assert (person.state, person.full_name) == (PersonState.INVITED, "Ana Lucía Paz Tzoc")
        assert person.password_hash is None
        assert person.name_confirmed_at is None
        kinds = session.scalars(select(Identifier).where(Identifier.person_id == person.id)).all()
        assert {each.kind for each in kinds} == {"email", "phone", "document"}
        assert all(each.verified_at is None for each in kinds)
        post = session.scalars(select(Post).where(Post.person_id == person.id)).one()
        assert (post.region, post.municipality) == ("Quiché", "Nebaj")
        letter = session.scalars(select(Letter)).one()
        assert (letter.template, letter.address) == ("enrollment/invited", "ana@x.gt")
        assert letter.link.startswith("/invitacion/")
        assert letter.secret
        notice = session.scalars(select(Notice)).one()
        assert notice.person_id == person.id
        deeds = session.scalars(select(AuditEntry.deed).order_by(AuditEntry.id)).all()
        assert deeds[-2:] == ["person.invited", "enrollment.added"]


def test_somebody_who_is_here_is_enrolled_and_told(db, world, cohort, who):
    added = db.perform(add_one, who("registrar"), cohort.uid, ROSA)
    assert added.outcome is Outcome.ENROLL
    with db.reading() as session:
        enrollment = session.scalars(select(Enrollment)).one()
        assert enrollment.person_id == world.people["learner"]
        assert enrollment.municipality == "San Marcos La Laguna"
        letter = session.scalars(select(Letter)).one()
        assert (letter.template, letter.link) == (
            "enrollment/added", f"/aula/{enrollment.uid}",
        )  # fmt: skip


@pytest.mark.parametrize("state", ["applied", "waitlisted", "declined"])
def test_whoever_had_asked_is_admitted(db, world, cohort, who, state):
    put = db.perform(lambda work: put_in(work, cohort, world.people["learner"], state), SYSTEM)
    added = db.perform(add_one, who("registrar"), cohort.uid, ROSA)
    assert added.outcome is Outcome.ADMIT
    with db.reading() as session:
        enrollment = session.scalars(select(Enrollment)).one()
        assert (enrollment.id, enrollment.state, enrollment.reason) == (put.id, "enrolled", None)


def test_adding_twice_changes_nothing(db, cohort, who):
    for entry in (NEW, ROSA):
        db.perform(add_one, who("registrar"), cohort.uid, entry)
        with pytest.raises(Refused, match="enrolled already"):
            db.perform(add_one, who("registrar"), cohort.uid, entry)
    with db.reading() as session:
        assert len(session.scalars(select(Enrollment)).all()) == 2


def test_without_a_seat_nobody_is_added_and_no_account_is_made(db, world, cohort, who):
    for name in ("learner2", "tutor"):
        db.perform(lambda work, n=name: put_in(work, cohort, world.people[n]), SYSTEM)
    for entry in (NEW, ROSA):
        with pytest.raises(Refused, match="seats"):
            db.perform(add_one, who("registrar"), cohort.uid, entry)
    with db.reading() as session:
        assert session.scalars(select(Person).where(Person.state == "invited")).all() == []


def test_after_the_end_nobody_is_added(db, cohort, who, clock):
    clock.advance(days=200)
    with pytest.raises(Refused, match="has ended"):
        db.perform(add_one, who("registrar"), cohort.uid, ROSA)


def test_without_an_email_only_the_notice_is_written(db, cohort, who):
    db.perform(add_one, who("registrar"), cohort.uid, one(NEW, email=""))
    with db.reading() as session:
        assert session.scalars(select(Letter)).all() == []
        assert len(session.scalars(select(Notice)).all()) == 1


def test_a_row_means_whoever_holds_what_it_says(verdict):
    assert verdict(ROSA, NEW, one(NEW, email="", phone="", document_number="")) == [
        (Outcome.ENROLL, []),
        (Outcome.INVITE, []),
        (Outcome.REFUSED, ["email"]),
    ]


def test_a_repeated_row_is_left_out_and_a_shared_address_is_asked_about(verdict):
    same = one(NEW, given_names="ANA LUCIA", document_number="")
    other = one(NEW, given_names="Pedro", first_surname="Ruiz", document_number=cui(2), phone="")
    assert verdict(NEW, same, other) == [
        (Outcome.INVITE, []),
        (Outcome.REPEATED, []),
        (Outcome.REFUSED, ["email"]),
    ]


def test_an_account_of_another_name_is_asked_about_once(verdict):
    other = one(ROSA, given_names="Pedro", first_surname="Ruiz")
    assert verdict(other) == [(Outcome.REFUSED, ["same_person"])]
    assert verdict(one(other, same_person=True)) == [(Outcome.ENROLL, [])]


@pytest.fixture
def stranger(db, world):
    """Somebody of another institution: ``otra-registrar@example.org``, and their own name."""
    with db.reading() as session:
        return session.get_one(Person, world.people["otra-registrar"])


def test_whom_the_institution_does_not_know_is_not_named(db, cohort, stranger):
    with db.reading() as session:
        house = session.get_one(Institution, cohort.institution_id)

        def ask(**parts):
            entry = Entry(email="otra-registrar@example.org", **parts)
            return check(session, cohort.id, None, [(1, entry)], house)[0]

        unnamed = ask()
        guessed = ask(given_names="Zenobia", first_surname="Quintanar", same_person=True)
        own = ask(given_names=stranger.given_names, first_surname=stranger.first_surname)
    for found in (unnamed, guessed):
        assert found.outcome is Outcome.REFUSED
        assert stranger.first_surname not in f"{found.problems} {found.known_as}"
    assert [each.about for each in unnamed.problems] == ["given_names", "first_surname"]
    assert [each.about for each in guessed.problems] == ["email"]
    assert (own.outcome, own.person_id) == (Outcome.ENROLL, stranger.id)


def test_what_belongs_to_two_accounts_is_refused(db, verdict):
    mixed = one(NEW, email="learner@example.org")
    assert verdict(mixed) == [(Outcome.REFUSED, ["same_person"])]

    def give(work):
        person = make_person(work, "ana", given="Ana Lucía")
        work.session.add(
            Identifier(
                person_id=person.id, kind="document", value=f"GT:dpi:{cui(1)}", shown="x",
                created_at=work.now,
            )
        )  # fmt: skip

    db.perform(give, SYSTEM)
    assert verdict(mixed) == [(Outcome.REFUSED, ["document_number"])]


@pytest.mark.parametrize(
    ("state", "entry", "expected"),
    [
        ("pending", ROSA, (Outcome.ENROLL, [])),
        ("closed", ROSA, (Outcome.REFUSED, ["row"])),
        ("invited", ROSA, (Outcome.ENROLL, [])),
    ],
)
def test_the_state_of_an_account_decides(db, world, verdict, state, entry, expected):
    def change(work):
        work.session.get_one(Person, world.people["learner"]).state = state

    db.perform(change, SYSTEM)
    assert verdict(entry) == [expected]


def test_an_unconfirmed_account_is_not_taken_for_its_document_alone(db, world, verdict):
    """Anybody may have registered with somebody else's number and their own address."""

    def change(work):
        person = work.session.get_one(Person, world.people["learner"])
        person.state = "pending"
        work.session.add(
            Identifier(
                person_id=person.id, kind="document", value=f"GT:dpi:{cui(7)}", shown="x",
                created_at=work.now,
            )
        )  # fmt: skip

    db.perform(change, SYSTEM)
    by_document = Entry("Rosa", "Xiloj", document_kind="dpi", document_number=cui(7))
    assert verdict(one(by_document, same_person=True)) == [(Outcome.REFUSED, ["document_number"])]
    both = one(by_document, same_person=True, email="learner@example.org")
    assert verdict(both) == [(Outcome.ENROLL, [])]


def test_an_unconfirmed_account_that_is_enrolled_waits_for_its_owner(db, world, cohort, who):
    def change(work):
        work.session.get_one(Person, world.people["learner"]).state = "pending"

    db.perform(change, SYSTEM)
    db.perform(add_one, who("registrar"), cohort.uid, ROSA)
    with db.reading() as session:
        assert session.get_one(Person, world.people["learner"]).state == PersonState.INVITED
        assert session.scalars(select(Letter.template)).all() == ["enrollment/invited"]


@pytest.mark.parametrize(
    ("left", "expected"), [(None, [Outcome.INVITE] * 3), (0, [Outcome.NO_SEAT] * 3),
    (2, [Outcome.INVITE, Outcome.INVITE, Outcome.NO_SEAT])],
)  # fmt: skip
def test_seats_go_to_the_first_rows(verdict, left, expected):
    rows = [
        one(NEW, email=f"n{n}@x.gt", phone="", document_number=cui(n), given_names=name)
        for n, name in enumerate(("Ana", "Delia", "José"))
    ]
    assert [outcome for outcome, _about in verdict(*rows, left=left)] == expected


def test_whoever_withdrew_is_not_enrolled_by_a_list(db, world, cohort, verdict):
    db.perform(lambda work: put_in(work, cohort, world.people["learner"], "withdrawn"), SYSTEM)
    assert verdict(ROSA) == [(Outcome.REFUSED, ["row"])]
