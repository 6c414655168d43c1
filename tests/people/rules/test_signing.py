"""Who signs on a day: terms, places, substitutes."""

from dataclasses import dataclass
from datetime import date

import pytest

from lms.foundation.kernel.errors import Invalid
from lms.people.rules.signing import check_substitute, check_term, in_office, who_signs

pytestmark = pytest.mark.pure
FIRST, MIDDLE, LAST = date(2026, 1, 1), date(2026, 6, 1), date(2026, 12, 31)


@dataclass(frozen=True)
class One:
    id: int
    order: int = 1
    starts_on: date = FIRST
    ends_on: date | None = None
    substitutes_id: int | None = None


@pytest.mark.parametrize(
    ("ends_on", "day", "is_in"),
    [
        (None, date(2025, 12, 31), False), (None, FIRST, True), (None, date(2050, 1, 1), True),
        (LAST, LAST, True), (LAST, date(2027, 1, 1), False),
    ],
)  # fmt: skip
def test_a_term_includes_its_first_and_last_day(ends_on, day, is_in):
    assert in_office(One(1, ends_on=ends_on), day) is is_in


def test_they_sign_in_their_places():
    everybody = [One(1, order=2), One(2, order=1), One(3, order=2)]
    assert [each.id for each in who_signs(everybody, MIDDLE)] == [2, 1, 3]


def test_a_substitute_signs_only_while_the_other_is_not_in_office():
    director = One(1, ends_on=MIDDLE)
    everybody = [director, One(2, order=2), One(3, substitutes_id=1)]
    assert [each.id for each in who_signs(everybody, MIDDLE)] == [1, 2]
    assert [each.id for each in who_signs(everybody, LAST)] == [3, 2]


def test_the_first_substitute_in_office_signs_and_nobody_signs_twice():
    everybody = [
        One(1, starts_on=LAST), One(2, substitutes_id=1, ends_on=FIRST),
        One(3, substitutes_id=1), One(4, substitutes_id=1),
    ]  # fmt: skip
    assert [each.id for each in who_signs(everybody, MIDDLE)] == [3]
    assert [each.id for each in who_signs(everybody[:2], MIDDLE)] == []


def test_a_term_ends_no_earlier_than_it_begins():
    check_term(FIRST, FIRST)
    with pytest.raises(Invalid) as refused:
        check_term(LAST, FIRST)
    assert set(refused.value.fields) == {"ends_on"}


def test_substitutes_do_not_stand_in_a_row():
    check_substitute(None, One(1), has_substitutes=False)
    for own, whom, has in (
        (1, One(1), False),
        (2, One(3, substitutes_id=1), False),
        (2, One(1), True),
    ):
        with pytest.raises(Invalid):
            check_substitute(own, whom, has)
