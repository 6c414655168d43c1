"""Texts with gaps: chosen words, and gaps of several kinds; what earns what, what is refused."""

from decimal import Decimal

import pytest
from markupsafe import Markup

from lms.assessment.types import TYPES
from lms.assessment.types.cloze.gaps import shown_gap, written_gap
from lms.assessment.types.given import Given
from lms.assessment.types.interface import PartResult, Row
from lms.assessment.views.texts import with_gaps
from lms.foundation.kernel.errors import Invalid
from lms.foundation.kernel.points import SCALE

pytestmark = pytest.mark.pure

WORDS, CLOZE = TYPES["missing_words"], TYPES["cloze"]
PLAZO = {
    "passage": "Se responde en {{1}} días {{2}}; la prórroga es de {{1}} más.",
    "words": [
        {"text": "diez"},
        {"text": "hábiles", "group": "clase"},
        {"text": "treinta"},
        {"text": "naturales", "group": "clase"},
    ],
}
AS_WRITTEN = {"words": [0, 1, 2, 3]}
LEY = {
    "passage": "La prórroga es de {{2}} días según el decreto {{1}}, y cuesta {{3}} quetzales.",
    "gaps": [
        {"type": "short_answer", "accept": ["57-2008"]},
        {
            "type": "single_choice",
            "weight": 2,
            "options": [
                {"text": "diez", "correct": True},
                {"text": "dos", "feedback": "Muy poco."},
            ],
        },
        {"type": "numerical", "answer": 42_000},
    ],
}
SHOWN = {"gaps": [{}, {"options": [1, 0]}, {"decimal": ".", "group": ","}]}


def read(type_, source, shown, **pairs):
    named = {name.strip("_"): value for name, value in pairs.items()}
    return type_.read(source, shown, Given.from_json({"pairs": named}))


def test_each_right_word_earns_its_share_and_one_word_may_be_right_twice():
    assert WORDS.score(PLAZO, {}, [0, 1, 0]).ratio == SCALE
    assert WORDS.score(PLAZO, {}, [0, 3, 2]).ratio == 333_333
    answer = read(WORDS, PLAZO, AS_WRITTEN, _0="2", _1="3")
    assert answer == [2, 3, None]
    assert not WORDS.complete(PLAZO, answer)
    assert WORDS.describe(PLAZO, {}, answer) == ("1. treinta", "2. naturales", "3. —")


def test_a_gap_offers_only_the_words_of_its_group():
    rows = WORDS.layout(PLAZO, AS_WRITTEN, None).rows
    assert [[choice.text for choice in row.choices] for row in rows] == [
        ["diez", "treinta"],
        ["hábiles", "naturales"],
        ["diez", "treinta"],
    ]
    with pytest.raises(Invalid):
        read(WORDS, PLAZO, AS_WRITTEN, _0="1")


def test_gaps_of_a_cloze_are_marked_by_the_rules_of_their_type_and_by_weight():
    answer = read(CLOZE, LEY, SHOWN, _1="57 - 2008", _2="1", _3="42,000")
    score = CLOZE.score(LEY, SHOWN, answer)
    assert (score.part, score.whole) == (4, 4)
    answer = read(CLOZE, LEY, SHOWN, _1="58-2008", _2="1", _3="")
    score = CLOZE.score(LEY, SHOWN, answer)
    assert (score.part, score.whole) == (2, 4)
    assert [part.result for part in score.parts] == [
        PartResult.WRONG, PartResult.RIGHT, PartResult.MISSING,
    ]  # fmt: skip


def test_gaps_stand_in_the_order_of_the_text_and_keep_their_numbers():
    answer = read(CLOZE, LEY, SHOWN, _2="0", _3="42.000")
    layout = CLOZE.review(LEY, SHOWN, answer, CLOZE.score(LEY, SHOWN, answer))
    assert [(row.text, row.picked) for row in layout.rows] == [("2", "dos"), ("1", ""), ("3", "42")]
    assert layout.rows[0].feedback == "Muy poco."
    assert layout.right == ("1. 57-2008", "2. diez", "3. 42,000")
    assert (layout.surprising, layout.value, layout.understood) == (True, "42.000", "42")


def test_a_number_that_cannot_be_read_names_its_gap():
    with pytest.raises(Invalid) as refused:
        read(CLOZE, LEY, SHOWN, _3="muchos")
    assert refused.value.params["gap"] == 3
    with pytest.raises(Invalid):
        read(CLOZE, LEY, SHOWN, _4="x")


def test_checks():
    def messages(type_, source, **other):
        return [problem.message for problem in type_.check({**source, **other})]

    assert messages(WORDS, PLAZO) == messages(CLOZE, LEY) == []
    assert "names nothing" in messages(WORDS, PLAZO, passage="{{5}}")[0]
    assert "from 1 to" in messages(WORDS, PLAZO, passage="nada")[0]
    assert "nothing else is offered" in messages(WORDS, PLAZO, words=PLAZO["words"][:2])[0]
    assert "offered already" in messages(WORDS, PLAZO, words=[{"text": "A"}, {"text": "a"}])[0]
    hidden = "{{1}} {{2}} {{3}} ![foto {{3}}](media/x.png)"
    found = messages(CLOZE, LEY, passage=hidden)
    assert "picture" in found[0]
    assert "stands %(count)s times" in found[1]
    wrong = [{"type": "numerical", "answer": "muchos"}, {"type": "single_choice", "options": [{}]}]
    found = messages(CLOZE, LEY, gaps=wrong, passage="{{1}} {{2}}")
    assert [each[:13] for each in found] == ["its answer is", "there is noth"]
    none_right = [{"type": "single_choice", "options": [{"text": "a"}, {"text": "b"}]}]
    assert messages(CLOZE, LEY, gaps=none_right, passage="{{1}}") == ["no option is right"]


@pytest.mark.parametrize(
    ("kind", "lines", "gap"),
    [
        ("short_answer", ["uno", "1"], {"accept": ["uno", "1"]}),
        (
            "single_choice",
            ["a", "* b"],
            {"options": [{"text": "a"}, {"text": "b", "correct": True}]},
        ),
        ("numerical", ["42000"], {"answer": 42_000}),
        ("numerical", ["-1,250.5 ± 0.5 °C"],
         {"answer": Decimal("-1250.5"), "tolerance": Decimal("0.5"), "unit": "°C"}),
        ("numerical", ["muchos"], {"answer": "muchos"}),
    ],
)  # fmt: skip
def test_an_author_writes_a_gap_in_a_few_lines(kind, lines, gap):
    written = written_gap({"type": kind, "answers": lines, "weight": None})
    assert written == {"type": kind, **gap}
    again = written_gap({**shown_gap(written), "weight": None})
    assert again == written


def test_gaps_are_put_in_between_and_none_is_lost_or_put_into_a_tag():
    rows = [Row(name=str(n), value="", text=str(n)) for n in (2, 1, 3)]
    html = Markup('<p title="{{1}}">a {{2}} b {{1}}</p>')
    pieces = with_gaps(html, rows)
    assert [(str(text), row and row.text) for text, row in pieces] == [
        ('<p title="{{1}}">a ', "2"),
        (" b ", "1"),
        ("", "3"),
        ("</p>", None),
    ]
