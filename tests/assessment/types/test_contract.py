"""What every question type promises, asked of all of them with questions made at random."""

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.types import TYPES
from lms.assessment.types.given import Given
from lms.assessment.types.interface import Drawing
from lms.foundation.kernel.errors import Invalid
from lms.foundation.kernel.points import SCALE

pytestmark = pytest.mark.pure

texts = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
distinct = st.lists(texts, min_size=2, max_size=6, unique_by=str.casefold)


@st.composite
def options(draw, most_right):
    words = draw(distinct)
    right = draw(
        st.sets(st.integers(0, len(words) - 1), min_size=1, max_size=most_right or len(words))
    )
    return [{"text": word, "correct": n in right} for n, word in enumerate(words)]


@st.composite
def sources(draw):
    kind = draw(st.sampled_from(sorted(TYPES)))
    source = {"key": "k", "type": kind, "points": 1, "stem": "?"}
    match kind:
        case "single_choice":
            source["options"] = draw(options(1))
        case "multiple_choice":
            source["options"] = draw(options(None))
            source["scoring"] = draw(scorings(kind))
        case "true_false":
            source["answer"] = draw(st.booleans())
        case "matching":
            sides = draw(distinct)
            source["pairs"] = [{"left": side, "right": side[::-1]} for side in sides]
        case "numerical":
            source["answer"] = draw(st.decimals(-(10**6), 10**6, places=2))
            source["tolerance"] = draw(st.integers(0, 3))
        case "short_answer":
            source["accept"] = draw(st.lists(texts, min_size=1, max_size=3))
        case "ordering":
            source["items"] = draw(distinct)
            source["scoring"] = draw(scorings(kind))
        case "classification":
            words = draw(distinct)
            at = draw(st.integers(0, len(words)))
            source["groups"] = [
                {"name": "uno", "items": words[:at]},
                {"name": "dos", "items": words[at:]},
            ]
        case "essay":
            source["least"] = draw(st.integers(1, 5))
            source["guidance"] = draw(texts)
        case "scale":
            source["steps"], source["points"] = draw(distinct), 0
        case "missing_words":
            words = draw(distinct)
            gaps = draw(st.lists(st.integers(1, len(words)), min_size=1, max_size=5))
            source["words"] = [
                {"text": word, "group": draw(st.sampled_from("ab"))} for word in words
            ]
            source["passage"] = draw(texts) + " ".join(f"{{{{{gap}}}}}" for gap in gaps)
        case "cloze":
            source["gaps"] = [
                {"type": "short_answer", "accept": draw(st.lists(texts, min_size=1, max_size=3))},
                {"type": "single_choice", "options": draw(options(1)), "weight": 3},
                {"type": "numerical", "answer": draw(st.integers(-(10**6), 10**6))},
            ]
            source["passage"] = "{{2}} y {{3}}, {{1}}"
    return source


def scorings(kind):
    """The ways of scoring that a type declares."""
    field = next(each for each in TYPES[kind].FIELDS if each.name == "scoring")
    return st.sampled_from(field.shape.options)


drawings = st.builds(
    Drawing,
    dice=st.integers(0, 2**32).map(Random),
    shuffle=st.booleans(),
    decimal=st.just("."),
    group=st.just(","),
)


def right_form(source, shown, layout):
    """What somebody who knows sends, read off the page they see."""
    match source["type"]:
        case "single_choice" | "multiple_choice":
            right = {option["text"] for option in source["options"] if option["correct"]}
            return {"choices": [row.value for row in layout.rows if row.text in right]}
        case "true_false":
            return {"choice": "true" if source["answer"] else "false"}
        case "matching":
            pairs = {pair["left"]: pair["right"] for pair in source["pairs"]}
            return {
                "pairs": {
                    row.name: next(c.value for c in row.choices if c.text == pairs[row.text])
                    for row in layout.rows
                }
            }
        case "numerical":
            return {"text": f"{source['answer']:f}"}
        case "short_answer":
            return {"text": source["accept"][0]}
    known = TYPES[source["type"]].known(source, shown)
    if TYPES[source["type"]].by_hand:
        return {"text": known.parts[""][0]}
    if "" in known.parts:
        return {"choice": known.parts[""][0]}
    return {"pairs": {part: values[0] for part, values in known.parts.items()}}


graded = sources().filter(
    lambda source: TYPES[source["type"]].graded and not TYPES[source["type"]].by_hand
)


@given(graded, drawings)
def test_a_right_answer_earns_everything(source, drawing):
    type_ = TYPES[source["type"]]
    shown = type_.freeze(source, drawing)
    answer = type_.read(
        source, shown, Given.from_json(right_form(source, shown, type_.layout(source, shown, None)))
    )
    score = type_.score(source, shown, answer)
    assert score.ratio == SCALE
    assert score.right
    assert type_.complete(source, answer)
    assert type_.describe(source, shown, answer)


@given(graded, drawings)
def test_what_somebody_who_knows_sends_is_the_right_answer(source, drawing):
    type_ = TYPES[source["type"]]
    shown = type_.freeze(source, drawing)
    answer = type_.read(source, shown, type_.known(source, shown))
    assert type_.score(source, shown, answer).right


@pytest.mark.parametrize(("decimal", "group"), [(".", ","), (",", ".")])
def test_a_known_number_is_written_as_the_country_writes_it(decimal, group):
    source = {"type": "numerical", "answer": 42000.5, "tolerance": 0}
    type_ = TYPES["numerical"]
    shown = type_.freeze(source, Drawing(Random(1), decimal=decimal, group=group))
    answer = type_.read(source, shown, type_.known(source, shown))
    assert type_.score(source, shown, answer).right


@given(sources(), drawings)
def test_what_is_kept_survives_json_and_scores_alike_for_ever(source, drawing):
    type_ = TYPES[source["type"]]
    shown = type_.freeze(source, drawing)
    answer = type_.read(
        source, shown, Given.from_json(right_form(source, shown, type_.layout(source, shown, None)))
    )
    again = json.loads(json.dumps([shown, answer]))
    assert again == [shown, answer]
    assert type_.score(source, again[0], again[1]) == type_.score(source, shown, answer)


@given(sources(), drawings)
def test_the_page_filled_with_an_answer_sends_the_same_answer(source, drawing):
    type_ = TYPES[source["type"]]
    shown = type_.freeze(source, drawing)
    answer = type_.read(
        source, shown, Given.from_json(right_form(source, shown, type_.layout(source, shown, None)))
    )
    layout = type_.layout(source, shown, answer)
    if any(row.name for row in layout.rows):
        sent = {"pairs": {row.name: row.picked_value or row.value for row in layout.rows}}
    elif layout.rows:
        sent = {"choices": [row.value for row in layout.rows if row.chosen]}
    else:
        sent = {"text": layout.value}
    assert type_.read(source, shown, Given.from_json(sent)) == answer


@given(sources(), drawings)
def test_one_seed_draws_one_question(source, drawing):
    type_ = TYPES[source["type"]]
    first = type_.freeze(source, Drawing(Random(7), drawing.shuffle))
    assert type_.freeze(source, Drawing(Random(7), drawing.shuffle)) == first


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
words = st.sampled_from(["choice", "choices", "pairs", "text"])


@given(sources(), drawings, json_values | st.dictionaries(words, json_values, max_size=2))
def test_whatever_is_sent_is_read_or_refused_with_a_sentence(source, drawing, value):
    type_ = TYPES[source["type"]]
    shown = type_.freeze(source, drawing)
    refused = None
    try:
        answer = type_.read(source, shown, Given.from_json(value))
    except Invalid as found:
        refused = found
    if refused is not None:
        assert str(refused).endswith(".")
        return
    json.dumps(answer).encode()
    if answer is not None:
        least = -SCALE if source.get("scoring") == "below_zero" else 0
        assert least <= type_.score(source, shown, answer).ratio <= SCALE
        type_.review(source, shown, answer, type_.score(source, shown, answer))


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_leaving_a_question_empty_is_no_answer(kind):
    source = {
        "options": [{"text": "a", "correct": True}, {"text": "b"}],
        "pairs": [{"left": "a", "right": "1"}, {"left": "b", "right": "2"}],
        "answer": 1,
        "accept": ["a"],
        "items": ["a", "b"],
        "passage": "{{1}}",
        "steps": ["a", "b"],
        "words": [{"text": "a"}, {"text": "b"}],
        "gaps": [{"type": "short_answer", "accept": ["a"]}],
        "groups": [{"name": "1", "items": ["a"]}, {"name": "2", "items": ["b"]}],
    }
    type_ = TYPES[kind]
    shown = type_.freeze(source, Drawing(Random(1)))
    for value in ({"choice": None}, {"choices": []}, {"text": "  "}, {"pairs": {}}, None):
        answer = type_.read(source, shown, Given.from_json(value))
        assert answer is None
        assert not type_.complete(source, answer)


def test_a_form_names_a_question_and_its_parts():
    fields = [("q1", "0"), ("q1.0", "2"), ("q1.1", ""), ("q12", "9"), ("csrf_token", "x")]
    assert Given.from_form(fields, "q1").parts == {"": ("0",), "0": ("2",), "1": ("",)}


def test_control_characters_and_half_letters_are_dropped():
    assert Given.from_json({"text": "a\x00b\ud800 "}).one() == "ab"


def test_endless_answers_are_refused():
    with pytest.raises(Invalid):
        Given.from_json({"text": "a" * 20_001})
    with pytest.raises(Invalid):
        Given.from_json({"choices": ["1"] * 101})
