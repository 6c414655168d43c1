"""What attempts earn when a question is corrected: pure, whatever the order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.rules.adjusting import (
    Change,
    Correction,
    Line,
    Worth,
    refuse,
    same,
    settle,
    with_key,
)
from lms.foundation.kernel.errors import Invalid, Refused
from lms.foundation.kernel.points import points

pytestmark = pytest.mark.pure
ONE = points(1)
SOURCE = {
    "type": "single_choice",
    "options": [{"text": "Diez", "correct": True}, {"text": "Veinte"}, {"text": "Treinta"}],
}
SHOWN = {"options": [0, 1, 2]}
OTHERS = Worth(points(4), points(8))


def line(answer, slot=1, version=7):
    raw = ONE if answer == 0 else 0
    return Line(slot, version, SOURCE, SHOWN, answer, ONE, raw)


def earned(answer, *corrections, others=OTHERS):
    (worth,) = settle(others, [line(answer)], corrections).values()
    return worth.points, worth.out_of


def key(answer, *, keeps=True):
    return Correction(7, Change.KEY, {"answer": answer}, keeps)


def accept(*answers):
    return Correction(7, Change.ACCEPT, {"answers": list(answers)})


CREDIT = Correction(7, Change.CREDIT, {})
DROP = Correction(7, Change.DROP, {})


def test_another_key_gives_to_some_and_takes_from_nobody():
    assert earned(1, key(1)) == (ONE, ONE)
    assert earned(0, key(1)) == (ONE, ONE)  # would lose, and keeps
    assert earned(2, key(1)) == (0, ONE)
    assert earned(None, key(1)) == (0, ONE)


def test_it_takes_where_losses_are_allowed():
    assert earned(0, key(1, keeps=False)) == (0, ONE)


def test_accepted_answers_earn_everything_beside_the_key():
    assert earned(0, accept(1)) == earned(1, accept(1)) == (ONE, ONE)
    assert earned(2, accept(1)) == (0, ONE)
    assert earned(2, accept(1), accept(2)) == (ONE, ONE)


def test_everybody_has_its_points_even_who_answered_nothing():
    assert earned(None, CREDIT) == earned(2, CREDIT) == (ONE, ONE)


def test_out_of_the_count_it_is_neither_earned_nor_asked():
    assert earned(2, DROP) == (0, 0)
    # 5 of 9 would become 4 of 8: whoever had it right keeps it.
    assert earned(0, DROP) == (ONE, ONE)
    assert earned(0, Correction(7, Change.DROP, {}, keeps=False)) == (0, 0)


def test_another_wording_is_not_concerned():
    assert settle(OTHERS, [line(1, version=8)], [CREDIT])[1] == Worth(0, ONE)


def test_a_question_asked_twice_is_corrected_twice():
    found = settle(OTHERS, [line(1, slot=1), line(2, slot=4)], [CREDIT])
    assert found == {1: Worth(ONE, ONE), 4: Worth(ONE, ONE)}


@given(
    st.sampled_from([0, 1, 2, None]),
    st.lists(st.sampled_from([key(1), key(2), accept(1), accept(2), CREDIT, DROP]), max_size=5),
    st.integers(0, 8),
)
def test_nobody_ever_loses_by_default(answer, corrections, rest):
    others = Worth(points(rest), points(8))
    before = settle(others, [line(answer)], [])[1]
    after = settle(others, [line(answer)], corrections)[1]
    assert (others.points + after.points) * (others.out_of + before.out_of) >= (
        others.points + before.points
    ) * (others.out_of + after.out_of)


def test_types_say_what_another_key_means_and_which_answers_are_alike():
    numerical = {"type": "numerical", "answer": 10, "tolerance": 1}
    assert with_key(numerical, {"text": "12", "number": "12"})["answer"] == "12"
    assert same(numerical, {"text": "10.0", "number": "10.0"}, {"text": "10", "number": "10"})
    written = {"type": "short_answer", "accept": ["Recurso"]}
    assert same(written, "Apelación", "apelacion")
    assert not same(written, "Apelación", None)
    assert with_key({"type": "matching", "pairs": []}, [0, 1]) is None


def test_what_cannot_be_corrected():
    with pytest.raises(Refused, match="People mark"):
        refuse({"type": "essay"}, Change.CREDIT, {}, "Un motivo")
    with pytest.raises(Refused, match="no points"):
        refuse({"type": "scale"}, Change.CREDIT, {}, "Un motivo")
    with pytest.raises(Invalid):
        refuse(SOURCE, Change.CREDIT, {}, "")
    with pytest.raises(Invalid):
        refuse(SOURCE, Change.KEY, {"answer": None}, "Un motivo")
    with pytest.raises(Invalid):
        refuse(SOURCE, Change.ACCEPT, {"answers": []}, "Un motivo")
