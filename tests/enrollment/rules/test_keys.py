"""What an invitation key is good for."""

from datetime import date

import pytest

from lms.enrollment.rules.keys import Key, KeyState, check, check_key
from lms.foundation.kernel.errors import Invalid

pytestmark = pytest.mark.pure
TODAY = date(2027, 1, 11)
YESTERDAY = date(2027, 1, 10)


@pytest.mark.parametrize(
    ("key", "state", "said"),
    [
        (Key(1, TODAY), KeyState.GOOD, None),
        (Key(0, TODAY), KeyState.USED_UP, "used up"),
        (Key(1, YESTERDAY), KeyState.EXPIRED, "expired"),
        (Key(0, YESTERDAY), KeyState.EXPIRED, "expired"),
        (Key(5, TODAY, is_revoked=True), KeyState.REVOKED, "revoked"),
        (Key(0, YESTERDAY, is_revoked=True), KeyState.REVOKED, "revoked"),
    ],
)
def test_a_key_is_good_until_its_last_day_its_last_use_or_its_revocation(key, state, said):
    assert key.state(TODAY) is state
    if said is None:
        check_key(key, TODAY)
    else:
        with pytest.raises(Invalid, match=said):
            check_key(key, TODAY)


@pytest.mark.parametrize(
    ("uses", "until", "note", "field"),
    [
        (0, TODAY, "", "uses"),
        (10_001, TODAY, "", "uses"),
        (1, YESTERDAY, "", "until"),
        (1, TODAY, "x" * 121, "note"),
    ],
)
def test_a_key_is_for_somebody_and_for_some_time(uses, until, note, field):
    with pytest.raises(Invalid) as refused:
        check(uses, until, note, TODAY)
    assert list(refused.value.fields) == [field]
