from datetime import UTC, datetime, timedelta

import pytest

from lms.people.models.account import CodePurpose
from lms.people.rules.codes import LIVES, CodeState, state_of

pytestmark = pytest.mark.pure
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expires", "used", "state"),
    [
        (NOW + timedelta(seconds=1), None, CodeState.OPEN),
        (NOW, None, CodeState.EXPIRED),
        (NOW - timedelta(days=1), None, CodeState.EXPIRED),
        (NOW + timedelta(days=1), NOW, CodeState.USED),
        (NOW - timedelta(days=1), NOW - timedelta(days=2), CodeState.USED),
    ],
)
def test_a_code_opens_once_until_its_time_is_over(expires, used, state):
    assert state_of(expires, used, NOW) == state


def test_every_purpose_has_its_length_of_life():
    assert set(LIVES) == set(CodePurpose)
    assert LIVES[CodePurpose.CONFIRM_EMAIL] == timedelta(hours=48)
    assert LIVES[CodePurpose.HELP_DESK] == timedelta(hours=24)
