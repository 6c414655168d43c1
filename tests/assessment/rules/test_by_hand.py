"""What a person may give, and when it is refused."""

import pytest

from lms.assessment.rules.by_hand import Given, Stands, changes, read_points
from lms.foundation.kernel.errors import Conflict, Invalid
from lms.foundation.kernel.points import points

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("typed", "reads"),
    [
        ("0", 0),
        ("4", points(4)),
        ("2.5", points("2.5")),
        ("2,5", points("2.5")),
        (" 3.25 ", 3_250_000),
    ],
)
def test_points_as_people_write_them(typed, reads):
    assert read_points(typed, points(4)) == reads


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write how many points"),
        ("  ", "Write how many points"),
        ("-1", "from 0 to"),
        ("4.01", "from 0 to"),
        ("1.255", "two decimals"),
        ("cuatro", "Write a number"),
        ("1e3", "Write a number"),
        ("9" * 40, "too many figures"),
    ],
)
def test_what_is_no_part_of_the_points_is_refused_beside_the_field(typed, said):
    with pytest.raises(Invalid) as refused:
        read_points(typed, points(4))
    assert said in refused.value.message
    assert list(refused.value.fields) == ["points"]


NEW, ONCE = Stands(), Stands(1, points(2), "Bien")


@pytest.mark.parametrize(
    ("given", "stands", "seen", "result"),
    [
        (Given(0), NEW, 0, True),
        (Given(points(2), "Bien"), ONCE, 1, False),
        (Given(points(3), "Bien", "Sumé mal"), ONCE, 1, True),
        (Given(points(2), "Muy bien", "Faltaba"), ONCE, 1, True),
        (Given(points(3), "Bien"), ONCE, 1, Invalid),
        (Given(points(2), "Bien"), ONCE, 0, Conflict),
        (Given(points(3), "Bien", "Sumé mal"), ONCE, 0, Conflict),
    ],
)
def test_nobody_overwrites_what_they_have_not_read_nor_changes_it_without_a_reason(
    given, stands, seen, result
):
    if isinstance(result, bool):
        assert changes(given, stands, seen) is result
        return
    with pytest.raises(result):
        changes(given, stands, seen)
