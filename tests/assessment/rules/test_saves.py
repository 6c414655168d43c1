"""Answers arrive twice, late and out of order; what was answered last does not change by it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.rules import saves
from lms.assessment.rules.attempts import State
from lms.assessment.rules.saves import Save, Verdict, receive, taken_over
from lms.foundation.kernel.errors import Conflict, Refused

pytestmark = pytest.mark.pure

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
SAVE = Save(slot=3, key="k1", sequence=5, value=2, received_at=NOW)


@pytest.mark.parametrize(
    ("state", "same_key", "held", "verdict"),
    [
        (State.OPEN, None, None, Verdict.KEEP),
        (State.OPEN, None, 2, Verdict.KEEP),
        (State.OPEN, SAVE, 2, Verdict.REPEAT),
        (State.OPEN, SAVE, 7, Verdict.REPEAT),
        (State.OUT_OF_TIME, None, None, Verdict.KEEP_LATE),
        (State.OUT_OF_TIME, None, 2, Verdict.HELD),
        (State.OUT_OF_TIME, SAVE, 1, Verdict.REPEAT),
        (State.HANDED_IN, None, 1, Verdict.KEEP_LATE),
        (State.HANDED_IN, None, 2, Verdict.HELD),
        (State.HANDED_IN, replace(SAVE, late=True), 1, Verdict.REPEAT),
    ],
)
def test_what_happens_to_an_arriving_answer(state, same_key, held, verdict):
    assert receive(SAVE, same_key, held, state, kept=0) is verdict


@pytest.mark.parametrize("other", [replace(SAVE, value=1), replace(SAVE, slot=4)])
@pytest.mark.parametrize("state", list(State))
def test_the_same_key_with_other_content_is_a_conflict(other, state):
    with pytest.raises(Conflict):
        receive(SAVE, other, 2, state, kept=0)


def test_a_program_gone_wild_is_stopped():
    with pytest.raises(Refused):
        receive(SAVE, None, None, State.OPEN, kept=saves.MOST_SAVES)
    assert receive(SAVE, SAVE, None, State.OPEN, kept=saves.MOST_SAVES) is Verdict.REPEAT


changes = st.lists(st.integers(0, 5), min_size=1, max_size=8)


def counting(kept):
    """Of what is kept in time, the highest number counts: as `newest_in_time` asks the database."""
    return max(kept, key=lambda save: save.sequence).value if kept else None


@given(changes, st.randoms(use_true_random=False), st.data())
def test_any_order_and_any_repeats_leave_the_last_change(values, dice, data):
    sent = [Save(1, f"k{n}", n, value, NOW) for n, value in enumerate(values, 1)]
    arriving = sent + data.draw(st.lists(st.sampled_from(sent)))
    dice.shuffle(arriving)
    kept: list[Save] = []
    for save in arriving:
        same = next((k for k in kept if k.key == save.key), None)
        if receive(save, same, counting(kept), State.OPEN, len(kept)) is Verdict.KEEP:
            kept.append(save)
    assert counting(kept) == values[-1]
    assert len(kept) == len(sent)


def test_what_is_asked_again_is_answered_already():
    before = [{"version": 1, "shown": {"options": [0, 1]}}, {"version": 2, "shown": {}},
              {"version": 3, "shown": {}}]  # fmt: skip
    now = [{"version": 2, "shown": {}}, {"version": 1, "shown": {"options": [1, 0]}},
           {"version": 4, "shown": {}}, {"version": 3, "shown": {}}]  # fmt: skip
    assert taken_over(before, {1: 0, 2: True, 3: None}, now) == {1: True}
    assert taken_over(before, {1: 0, 2: True}, before) == {1: 0, 2: True}
