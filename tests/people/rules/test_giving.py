"""When a role may be given and ended."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.foundation.kernel.errors import Refused
from lms.people.rules.giving import check_days, check_not_last, check_own_end

pytestmark = pytest.mark.pure
NOW = datetime(2026, 11, 23, 16, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("starts", "ends", "fits"),
    [
        (NOW, None, True),
        (NOW, NOW + DAY, True),
        (NOW + DAY, NOW + 2 * DAY, True),
        (NOW - 9 * DAY, NOW + DAY, True),
        (NOW + DAY, NOW + DAY, False),
        (NOW + 2 * DAY, NOW + DAY, False),
        (NOW - 9 * DAY, NOW - DAY, False),
    ],
)
def test_the_days_of_a_role(starts, ends, fits):
    if fits:
        check_days(starts, ends, NOW)
    else:
        with pytest.raises(Refused):
            check_days(starts, ends, NOW)


@pytest.mark.parametrize(
    ("asked", "own", "fits"),
    [
        (None, [None], True),
        (None, [NOW, None], True),
        (NOW, [NOW], True),
        (NOW, [NOW - DAY, NOW + DAY], True),
        (None, [NOW], False),
        (NOW + DAY, [NOW], False),
    ],
)
def test_nobody_gives_for_longer_than_they_hold(asked, own, fits):
    if fits:
        check_own_end(asked, own)
    else:
        with pytest.raises(Refused, match="ends before that"):
            check_own_end(asked, own)


@pytest.mark.parametrize(
    ("remaining", "fits"), [([None], True), ([NOW, None], True), ([], False), ([NOW], False)]
)
def test_somebody_administers_always(remaining, fits):
    if fits:
        check_not_last(remaining)
    else:
        with pytest.raises(Refused, match="Nobody would be left"):
            check_not_last(remaining)
