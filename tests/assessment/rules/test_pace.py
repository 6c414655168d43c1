"""How long each question took."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.assessment.rules.pace import seconds_each
from tests.conftest import MORNING


@dataclass
class Arrived:
    attempt: int
    received_at: datetime | None
    started_at: datetime = MORNING


def after(seconds: int) -> datetime:
    return MORNING + timedelta(seconds=seconds)


def test_from_the_answer_before_in_time_whatever_the_order_on_the_page():
    arrived = [
        Arrived(1, after(90)), Arrived(1, after(20)), Arrived(1, None),
        Arrived(2, after(7)),
    ]  # fmt: skip
    assert seconds_each(arrived) == [70.0, 20.0, None, 7.0]


def test_nothing_of_nothing():
    assert seconds_each([]) == []
