"""What the file of an assignment may say."""

import pytest

from lms.assignments.rules.assignment import Settings, check
from lms.assignments.rules.sharing import shared
from lms.catalog.rules.nodes import Map
from lms.foundation.kernel.points import points
from tests.assignments.school import CRITERIA, source

pytestmark = pytest.mark.pure


def told(**given):
    return [each.message for each in check(Map(source(**given)))]


def test_a_sound_one_has_nothing_to_mend():
    assert told() == []


def test_criteria_add_up():
    assert Settings.of(source()).out_of == points(100)
    assert Settings.of(source(criteria=None, points=20)).out_of == points(20)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"points": 100}, "the points stand in the criteria, and here too"),
        ({"criteria": None}, "it is worth no points"),
        ({"words": {"least": 9, "most": 3}}, "the fewest words are more than the most"),
        ({"accepts": "text"}, "`%(key)s` limits what is not handed in"),
        ({"late": {"days": 2, "most_percent": 9}}, "lateness costs nothing, and a most of it is"),
        (
            {"criteria": [Map({**CRITERIA[0], "points": 3})]},
            "a criterion has either levels or points",
        ),
        ({"criteria": [Map({"key": "a", "title": "A"})]}, "a criterion has either levels"),
    ],
)
def test_what_cannot_be_is_said(given, said):
    assert any(message.startswith(said) for message in told(**given))


def test_works_are_shared_evenly_and_stay_where_they_are():
    assert shared([None] * 5, [1, 2]) == [1, 2, 1, 2, 1]
    assert shared([2, 2, None, None], [1, 2]) == [2, 2, 1, 1]
    assert shared([3, 3, 3], [1, 2]) == [1, 2, 1]
    assert shared([2, 2, 2, 2], [1, 2]) == [2, 2, 1, 1]
