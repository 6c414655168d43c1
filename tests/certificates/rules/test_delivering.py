"""What must be put down of a paper that leaves the office."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lms.certificates.rules.delivering import MOST, SAID, WAYS, Handing, Way, check, check_many
from lms.foundation.kernel.errors import Invalid, Refused

pytestmark = pytest.mark.pure
TODAY = date(2026, 11, 30)
ISSUED = date(2026, 11, 20)
WHOLE = Handing(Way.OTHER, "Eva Tum", "DPI 1", "Ana Paz", TODAY)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("handing", "wrong"),
    [
        (WHOLE, set()),
        (replace(WHOLE, way=Way.HOLDER, received_by="", document=""), set()),
        (replace(WHOLE, way=Way.SENT, document=""), set()),
        (replace(WHOLE, way=Way.SENT, received_by=""), {"received_by"}),
        (replace(WHOLE, received_by="", document=""), {"received_by", "document"}),
        (replace(WHOLE, document=""), {"document"}),
        (replace(WHOLE, handed_by=""), {"handed_by"}),
        (replace(WHOLE, on=TODAY + DAY), {"on"}),
        (replace(WHOLE, on=ISSUED), set()),
        (replace(WHOLE, on=ISSUED - DAY), {"on"}),
    ],
)
def test_what_is_missing_is_said_beside_its_field(handing, wrong):
    if not wrong:
        check(handing, ISSUED, TODAY)
        return
    with pytest.raises(Invalid) as refused:
        check(handing, ISSUED, TODAY)
    assert set(refused.value.fields) == wrong
    assert str(refused.value)


@pytest.mark.parametrize(
    ("found", "shown", "taken"),
    [(1, 1, True), (MOST, MOST, True), (MOST + 1, MOST + 1, False), (0, 0, False), (2, 3, False)],
)
def test_only_what_was_looked_over_is_put_down(found, shown, taken):
    if taken:
        check_many(found, shown)
        return
    with pytest.raises(Refused):
        check_many(found, shown)


def test_every_way_has_its_words():
    assert set(WAYS) == set(SAID) == set(Way)
