"""Two places in one cohort, when two accounts of one person are joined."""

import pytest

from lms.enrollment.rules.joining import PREPARING, Fate, Place, fate
from lms.enrollment.rules.states import SEATED, EnrollmentState

pytestmark = pytest.mark.pure

COUNTS = {*SEATED, EnrollmentState.WAITLISTED, EnrollmentState.SET_ASIDE}
STATES = (PREPARING, *EnrollmentState)


@pytest.mark.parametrize("stays", STATES)
@pytest.mark.parametrize("goes", STATES)
def test_a_place_without_a_seat_is_left_and_two_that_count_are_refused(stays, goes):
    found = fate(Place(stays), Place(goes))
    if goes not in COUNTS:
        assert found is Fate.LEFT_BEHIND
    elif stays not in COUNTS:
        assert found is Fate.OTHER_WAY
    else:
        assert found is Fate.REFUSED


def test_a_document_makes_any_place_count():
    paper = Place("withdrawn", has_documents=True)
    assert fate(Place("enrolled"), paper) is Fate.REFUSED
    assert fate(paper, Place("enrolled")) is Fate.REFUSED
    assert fate(Place("declined"), paper) is Fate.OTHER_WAY
    assert fate(paper, Place("applied")) is Fate.LEFT_BEHIND
