"""What keeps an act open, what is different later, and who signs when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from lms.acts.rules.amending import Entry, check_amendment, differences
from lms.acts.rules.blockers import Block, Blocker, Checked, blockers
from lms.acts.rules.closing import check_closing
from lms.acts.rules.outcomes import Ended, Outcome
from lms.acts.rules.signing import (
    Slot,
    check_hand,
    check_paper,
    check_turn,
    next_slot,
    who_signs_for,
)
from lms.foundation.kernel.errors import Invalid, Refused

pytestmark = pytest.mark.pure
PASSED, FAILED = Outcome.PASSED, Outcome.FAILED


@pytest.mark.parametrize(
    ("person", "block"),
    [
        ({}, None),
        ({"has_open_attempt": True}, Block.OPEN_ATTEMPT),
        ({"waits_for_marks": True}, Block.UNMARKED),
        ({"is_computed": False}, Block.UNCOMPUTED),
        ({"has_more_time": True}, Block.MORE_TIME),
        ({"name_confirmed": False}, Block.UNNAMED),
        ({"has_identity": False}, Block.UNIDENTIFIED),
        # Nothing is printed for who did not pass: nobody waits for their name.
        ({"outcome": FAILED, "name_confirmed": False, "has_identity": False}, None),
        # Whoever left keeps nothing open.
        ({"outcome": Outcome.WITHDRAWN, "has_seat": False, "has_open_attempt": True}, None),
    ],
)
def test_what_keeps_an_act_open_about_a_person(person, block):
    found = blockers([Checked("Paz, Ana", **({"outcome": PASSED} | person))], is_over=True)
    assert found == ([Blocker(block, 1, ("Paz, Ana",))] if block else [])


def test_what_keeps_an_act_open_about_the_cohort():
    found = blockers(
        [], is_over=False, undecided=3, signers=0, out_of_office=["Lic. Núñez"], without_act=["A"]
    )
    assert [each.block for each in found] == [
        Block.NOT_OVER, Block.NOBODY, Block.NO_SIGNERS, Block.OUT_OF_OFFICE, Block.NO_ACT,
        Block.UNDECIDED,
    ]  # fmt: skip


def test_many_people_are_counted_and_the_first_named():
    crowd = [Checked(f"P{n}", PASSED, name_confirmed=False) for n in range(9)]
    (found,) = blockers(crowd, is_over=True)
    assert (found.many, len(found.names), found.others) == (9, 5, 4)


def test_an_act_is_closed_once_unblocked_with_the_number_written_rightly():
    check_closing([], is_closed=False, people=3, confirmed=3)
    for wrong in (
        {"is_closed": True, "people": 3, "confirmed": 3},
        {"is_closed": False, "people": 3, "confirmed": 4},
    ):
        with pytest.raises((Refused, Invalid)):
            check_closing([], **wrong)
    with pytest.raises(Refused):
        check_closing([Blocker(Block.NOT_OVER)], is_closed=False, people=3, confirmed=3)


def entry(number, name="Paz, Ana", outcome=PASSED, grade="80", document="1"):
    return Entry(number, name, name.lower(), document, Ended(outcome, grade))


def test_what_is_different_is_name_outcome_or_grade_and_who_was_not_there():
    acted = {n: entry(n) for n in range(1, 6)}
    now = [
        entry(1), entry(2, name="Pax, Ana"), entry(3, outcome=FAILED), entry(4, grade="81"),
        entry(5, document="2"), entry(6),
    ]  # fmt: skip
    found = differences(acted, now)
    assert [each.now.enrollment_id for each in found] == [2, 3, 4, 6]
    assert found[-1].before is None
    assert differences({each.enrollment_id: each for each in now}, now) == []


@pytest.mark.parametrize(
    ("many", "confirmed", "reason", "authority", "field"),
    [
        (2, 2, "Se corrigió una clave", "Resolución 12-2026", None),
        (2, 2, "Sí", "Resolución 12-2026", "reason"),
        (2, 2, "Se corrigió una clave", "", "authority"),
        (2, 3, "Se corrigió una clave", "Resolución 12-2026", "confirmed"),
    ],
)
def test_an_amendment_says_how_much_why_and_by_whom(many, confirmed, reason, authority, field):
    if field is None:
        check_amendment(many, confirmed, reason, authority)
        return
    with pytest.raises(Invalid) as refusal:
        check_amendment(many, confirmed, reason, authority)
    assert list(refusal.value.fields) == [field]


def test_nothing_different_is_not_amended():
    with pytest.raises(Refused):
        check_amendment(0, 0, "Se corrigió una clave", "Resolución 12-2026")


SLOTS = [Slot(1, "Verónica", True), Slot(2, "Joaquín", False), Slot(3, "Nilda", False)]


def test_each_signs_in_turn_and_once():
    assert next_slot(SLOTS) == SLOTS[1]
    check_turn(SLOTS, 2)
    for order, said in ((1, "has signed"), (3, "signs first")):
        with pytest.raises(Refused, match=said):
            check_turn(SLOTS, order)
    assert next_slot([SLOTS[0]]) is None


def test_nobody_signs_for_another_or_without_an_account():
    check_hand("Verónica", 7, 7)
    for account, person in ((7, 8), (None, 8), (None, None)):
        with pytest.raises(Refused):
            check_hand("Verónica", account, person)


def test_paper_is_signed_between_closing_and_today():
    closed, today = date(2026, 7, 2), date(2026, 7, 9)
    for day in (closed, today):
        check_paper(day, closed, today)
    for day in (date(2026, 7, 1), date(2026, 7, 10)):
        with pytest.raises(Invalid):
            check_paper(day, closed, today)


@dataclass(frozen=True)
class Signs:
    id: int
    starts_on: date = date(2026, 1, 1)
    ends_on: date | None = None
    substitutes_id: int | None = None
    order: int = 1
    name: str = ""
    position: str = ""
    account_id: int | None = None

    @property
    def uid(self):
        return UUID(int=self.id)


def test_a_substitute_signs_when_who_is_named_is_not_in_office():
    day, ended = date(2026, 7, 2), date(2026, 6, 30)
    named, gone = Signs(1), Signs(1, ends_on=ended)
    first, second = Signs(2, substitutes_id=1, ends_on=ended), Signs(3, substitutes_id=1)
    assert who_signs_for(UUID(int=1), [named, second], day) == named
    assert who_signs_for(UUID(int=1), [gone, first, second], day) == second
    assert who_signs_for(UUID(int=1), [gone, first], day) is None
    assert who_signs_for(UUID(int=9), [named], day) is None
