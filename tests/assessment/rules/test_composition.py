"""Drawing by rows: every row is filled where that can be, and nothing is asked twice."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.rules.composition import Row, check, composed, rows_of, short
from lms.assessment.rules.marking import draw
from lms.assessment.rules.quiz import Settings

pytestmark = pytest.mark.pure


def question(key, **more):
    return {"key": key, "type": "true_false", "points": 1, "answer": True} | more


def quiz(draw, *questions):
    return {"pass": 61, "draw": draw, "questions": list(questions)}


def messages(source):
    return [(each.message.split(":")[0], each.is_error) for each in check(source)]


def places(chosen):
    return [[n for lot in own for n in lot] for own in chosen]


LAW = [question(f"ley{n}", category="Leyes/LAIP", difficulty=1 + n % 2) for n in range(6)]
MONEY = [question(f"iusi{n}", category="Finanzas", tags=["Cobro"]) for n in range(4)]


def test_a_row_takes_questions_of_its_category_tags_and_difficulty():
    assert Row.of({"count": 1, "category": "leyes"}).takes(LAW[0])
    assert Row.of({"count": 1, "category": "LEYES / laip"}).takes(LAW[0])
    assert not Row.of({"count": 1, "category": "Ley"}).takes(LAW[0])
    assert not Row.of({"count": 1, "category": "Leyes/LAIP/Plazos"}).takes(LAW[0])
    assert [Row.of({"count": 1, "difficulty": 2}).takes(each) for each in LAW[:2]] == [False, True]
    assert Row.of({"count": 1, "tags": ["cobro"]}).takes(MONEY[0])
    assert not Row.of({"count": 1, "tags": ["cobro", "predios"]}).takes(MONEY[0])
    assert Row.of({"count": 1}).takes(question("x"))


def test_each_attempt_has_as_many_of_each_kind_under_their_headings():
    source = quiz(
        [{"count": 2, "title": "Dinero", "category": "Finanzas"},
         {"count": 3, "title": "Leyes", "category": "Leyes"}],
        *LAW, *MONEY,
    )  # fmt: skip
    settings = Settings.of(source)
    assert settings.draw is None
    seen = set()
    for seed in range(40):
        order, _shown, headings = draw(
            source["questions"], seed, shuffle_questions=seed % 2 == 0, shuffle_options=False,
            rows=settings.rows,
        )  # fmt: skip
        assert headings == ["Dinero"] * 2 + ["Leyes"] * 3
        assert len(set(order)) == 5
        assert all(n >= 6 for n in order[:2])
        assert all(n < 6 for n in order[2:])
        if seed % 2:
            assert order[:2] == sorted(order[:2])
        seen |= set(order)
    assert seen == set(range(10))


def test_without_headings_the_order_is_the_authors():
    rows = rows_of([{"count": 1, "category": "Finanzas"}, {"count": 2, "category": "Leyes"}])
    for seed in range(10):
        order, _shown, headings = draw(
            [*LAW, *MONEY], seed, shuffle_questions=False, shuffle_options=False, rows=rows
        )
        assert order == sorted(order)
        assert headings == [""] * 3


def test_a_question_that_suits_two_rows_goes_where_it_is_needed():
    both = question("ambas", category="Leyes", difficulty=1)
    other = question("otra", category="Leyes", difficulty=2)
    rows = rows_of([{"count": 1, "category": "Leyes"}, {"count": 1, "difficulty": 1}])
    for seed in range(20):
        assert places(composed(rows, [both, other], Random(seed))) == [[1], [0]]
    assert check(quiz([{"count": 1, "category": "Leyes"}, {"count": 1, "difficulty": 1}],
                      both, other)) == []  # fmt: skip


KINDS = st.fixed_dictionaries({"difficulty": st.integers(1, 3), "category": st.sampled_from("ab")})
ROWS = st.fixed_dictionaries(
    {"count": st.integers(1, 4)},
    optional={"difficulty": st.integers(1, 3), "category": st.sampled_from("ab")},
)


@given(st.lists(KINDS, min_size=1, max_size=14), st.lists(ROWS, min_size=1, max_size=4),
       st.integers(0, 2**32))  # fmt: skip
def test_whatever_the_check_lets_pass_is_filled_with_any_seed(kinds, written, seed):
    questions = [question(f"q{n}", **kind) for n, kind in enumerate(kinds)]
    rows = rows_of(written)
    drawn = places(composed(rows, questions, Random(seed)))
    assert drawn == places(composed(rows, questions, Random(seed)))
    every = [n for own in drawn for n in own]
    assert len(every) == len(set(every))
    for row, own in zip(rows, drawn, strict=True):
        assert len(own) <= row.count
        assert all(row.takes(questions[n]) for n in own)
    if not any(each.is_error for each in check(quiz(written, *questions))):
        assert [len(own) for own in drawn] == [row.count for row in rows]
    else:
        assert short(rows, questions) > 0


def test_a_case_is_drawn_whole_also_beside_shared_questions():
    case = [question(f"caso{n}", case="rastro", category="a") for n in range(2)]
    single = [question(f"sola{n}", category="a") for n in range(2)]
    written = [{"count": 3, "category": "a"}, {"count": 1}]
    rows, questions = rows_of(written), [*case, *single]
    for seed in range(20):
        drawn = places(composed(rows, questions, Random(seed)))
        assert [len(own) for own in drawn] == [3, 1]
        assert {0, 1} <= set(drawn[0])
    assert messages(quiz([{"count": 1, "category": "a"}], *case)) == [
        ("%(drawn)s questions cannot be drawn without tearing a case apart", True)
    ]


def test_checks():
    assert messages(quiz([{"count": 6, "category": "Leyes"}, {"count": 4}], *LAW, *MONEY)) == []
    assert messages(quiz([{"count": 7, "category": "Leyes"}], *LAW)) == [
        ("this row draws %(drawn)s questions, and only %(count)s are of its kind", True)
    ]
    assert messages(quiz([{"count": 4}, {"count": 3}], *LAW)) == [
        ("rows draw the same questions", True)
    ]
    assert messages(quiz([{"count": 2, "category": "Leyes"}], *LAW, *MONEY)) == [
        ("no row draws these questions", False)
    ]
    assert messages(quiz([{"count": 1}], LAW[0], question("x", points=2))) == [
        ("this row draws from questions that are not worth the same", True)
    ]
    assert messages(quiz(3, *LAW)) == []
