"""When an act on a document is allowed: the table of everything that may be asked."""

from datetime import date, timedelta

import pytest

from lms.certificates.rules.status import Status
from lms.certificates.rules.withdrawing import REPLY, Resolution, check
from lms.foundation.kernel.errors import Invalid, Refused

pytestmark = pytest.mark.pure
TODAY = date(2026, 11, 23)
ISSUED = TODAY - timedelta(days=30)


def resolution(on=TODAY, notified_on=None) -> Resolution:
    return Resolution("RES-1", "Consejo", on, "Por error.", notified_on)


@pytest.mark.parametrize("act", [Status.ANNULLED, Status.REVOKED, Status.SUPERSEDED])
@pytest.mark.parametrize("status", list(Status))
def test_only_what_is_valid_is_changed(act, status):
    given = resolution(notified_on=TODAY - REPLY)
    if status is Status.VALID:
        check(act, status, given, ISSUED, TODAY)
    else:
        with pytest.raises(Refused):
            check(act, status, given, ISSUED, TODAY)


@pytest.mark.parametrize(
    ("on", "fits"),
    [(TODAY, True), (ISSUED, True), (TODAY + timedelta(1), False), (ISSUED - timedelta(1), False)],
)
def test_the_resolution_is_neither_of_a_day_to_come_nor_older_than_the_document(on, fits):
    if fits:
        check(Status.ANNULLED, "valid", resolution(on), ISSUED, TODAY)
    else:
        with pytest.raises(Invalid) as refusal:
            check(Status.ANNULLED, "valid", resolution(on), ISSUED, TODAY)
        assert set(refusal.value.fields) == {"on"}


@pytest.mark.parametrize(("days", "fits"), [(None, False), (4, False), (5, True), (20, True)])
def test_a_sanction_comes_after_notice_and_time_to_reply(days, fits):
    given = resolution(notified_on=None if days is None else TODAY - timedelta(days))
    check(Status.ANNULLED, "valid", given, ISSUED, TODAY)
    if fits:
        check(Status.REVOKED, "valid", given, ISSUED, TODAY)
    else:
        with pytest.raises(Invalid) as refusal:
            check(Status.REVOKED, "valid", given, ISSUED, TODAY)
        assert set(refusal.value.fields) == {"notified_on"}
