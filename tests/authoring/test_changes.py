"""What changed, told in words: nothing left out, nothing told twice, nothing for mere numbers."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lms.authoring.formats.json_schema import shapes
from lms.authoring.formats.readable import told
from lms.authoring.rules.changes import How, changes
from lms.authoring.rules.compare import Kind, both, compared, paragraphs
from lms.authoring.rules.items import Item, by_item
from lms.authoring.rules.labels import LABELS, VALUES
from lms.authoring.rules.shapes import CERTIFICATES, COUNTRIES, LANGUAGES
from lms.authoring.rules.words import HUES
from lms.catalog.rules.shapes import Choice, Either, ListOf, MapOf, Object, Tagged
from tests.authoring.packages import KINDS

pytestmark = pytest.mark.pure
LESSON = "---\nkey: {key}\ntitle: {title}\naim: explicar\nminutes: {{reading: 5}}\n---\n\n{body}\n"
QUIZ = (
    "key: q\ntitle: Prueba\nminutes: {{assessment: 10}}\npass: 61\nquestions:\n"
    "  - {{key: uno, type: true_false, points: 1, stem: {stem}, answer: true}}\n"
    "  - {{key: dos, type: true_false, points: {points}, stem: Otra cosa., answer: false}}\n"
)


def lesson(key="a", title="Una", body="Los plazos son de diez días."):
    return LESSON.format(key=key, title=title, body=body)


def quiz(stem="El acceso es gratuito.", points=1):
    return QUIZ.format(stem=stem, points=points)


def state(**files):
    """Files by their path."""
    return {
        path: told(path, sha256(text.encode()).hexdigest(), len(text), text, KINDS)
        for path, text in files.items()
    }


def lessons(*texts):
    """A module's lessons in this order."""
    return state(**{f"c/01-m/{n:02d}-{n}.md": text for n, text in enumerate(texts, 1)})


def words_of(change, kind):
    return [
        piece.text
        for field in change.fields
        for block in field.blocks
        for piece in block.pieces
        if piece.kind is kind
    ]


def test_a_word_put_in_the_place_of_another_is_told_as_such():
    (change,) = changes(lessons(lesson()), lessons(lesson(body="Los plazos son de veinte días.")))
    assert (change.how, change.title, change.what) == (How.CHANGED, "Una", "Lesson")
    assert words_of(change, Kind.ADDED) == ["veinte"]
    assert words_of(change, Kind.REMOVED) == ["diez"]


def test_the_same_is_no_change():
    assert changes(lessons(lesson()), lessons(lesson())) == []


def test_a_question_is_told_by_its_words_and_each_thing_of_it_apart():
    old = state(**{"c/01-m/01-q.quiz.yaml": quiz()})
    new = state(**{"c/01-m/01-q.quiz.yaml": quiz(points=3)})
    (change,) = changes(old, new)
    (field,) = change.fields
    assert field.labels == ("Question", "“Otra cosa.”", "Points")
    assert words_of(change, Kind.ADDED) == ["3"]


def test_a_question_that_moved_in_its_quiz_is_no_change_of_words():
    first, _, rest = quiz().partition("  - ")
    one, _, two = rest.partition("  - ")
    old = state(**{"c/01-m/01-q.quiz.yaml": quiz()})
    new = state(**{"c/01-m/01-q.quiz.yaml": f"{first}  - {two}  - {one}"})
    (change,) = changes(old, new)
    assert change.fields == []


def test_what_is_new_and_what_is_gone():
    found = changes(lessons(lesson("a")), lessons(lesson("b", "Otra", "Nada que ver.")))
    assert [(each.how, each.title) for each in found] == [
        (How.ADDED, "Otra"), (How.REMOVED, "Una"),
    ]  # fmt: skip


def test_a_lesson_that_makes_room_is_not_told():
    old = lessons(lesson("a"), lesson("b"), lesson("c"))
    new = lessons(lesson("a"), lesson("n", "Nueva", "Otra cosa."), lesson("b"), lesson("c"))
    assert [(each.how, each.title) for each in changes(old, new)] == [(How.ADDED, "Nueva")]


def test_a_lesson_that_moved_is_told_once_and_the_others_not():
    old = lessons(*(lesson(key, key.upper()) for key in "abcd"))
    new = lessons(*(lesson(key, key.upper()) for key in "bcda"))
    assert [(each.how, each.title) for each in changes(old, new)] == [(How.MOVED, "A")]


def test_a_lesson_that_moved_to_another_module_and_changed_is_one_change():
    old = state(**{"c/01-m/01-a.md": lesson(), "c/02-n/01-b.md": lesson("b", "B")})
    new = state(**{
        "c/02-n/01-b.md": lesson("b", "B"), "c/02-n/02-a.md": lesson(body="Otro texto, del todo."),
    })  # fmt: skip
    (change,) = changes(old, new)
    assert (change.how, change.old_path) == (How.CHANGED, "c/01-m/01-a.md")


def test_a_file_that_cannot_be_read_is_compared_as_text():
    (change,) = changes(lessons(lesson()), lessons("sin encabezado"))
    assert change.fields


OPTIONS = (
    "key: q\ntitle: Prueba\nminutes: {{assessment: 10}}\npass: 61\nquestions:\n"
    "  - {{key: uno, type: single_choice, points: 2, stem: ¿Plazo?, "
    "options: [{{text: Diez, correct: true}}, {{text: Veinte}}{more}]}}\n{after}"
)


def options(more="", after=""):
    return state(**{"c/01-m/01-q.quiz.yaml": OPTIONS.format(more=more, after=after)})


def flat(told_items):
    for each in told_items:
        yield from flat(each.told) if isinstance(each, Item) else [each]


def test_what_became_of_a_question_stands_under_its_words():
    after = "  - {key: dos, type: true_false, points: 1, stem: ¿Otra?, answer: true}\n"
    (change,) = changes(options(), options(", {text: Treinta}", after))
    first, second = by_item(change.fields)
    assert (first.labels, first.how) == (("Question", "“¿Plazo?”"), How.CHANGED)
    (option,) = first.told
    assert (option.labels, option.how) == (("Option", "“Treinta”"), How.ADDED)
    assert (second.labels, second.how) == (("Question", "“¿Otra?”"), How.ADDED)
    (change,) = changes(options("", after), options())
    (gone,) = by_item(change.fields)
    assert gone.how is How.REMOVED


def test_only_a_thing_of_a_question_that_is_new_makes_no_new_question():
    before, after = OPTIONS.format(more="", after=""), OPTIONS.format(more="", after="")
    after = after.replace("points: 2", "points: 2, feedback: Diez días")
    old, new = (state(**{"c/01-m/01-q.quiz.yaml": each}) for each in (before, after))
    (change,) = changes(old, new)
    (item,) = by_item(change.fields)
    assert item.how is How.CHANGED


@given(some.booleans(), some.booleans(), some.booleans(), some.booleans())
def test_put_together_item_by_item_nothing_is_lost(a, b, c, d):
    more, after = ", {text: Treinta}", "  - {key: dos, type: true_false, stem: X, answer: true}\n"
    old = options(more if a else "", after if b else "")
    new = options(more if c else "", after if d else "")
    for change in changes(old, new):
        assert list(flat(by_item(change.fields))) == list(change.fields)


TEXTS = some.lists(
    some.lists(some.sampled_from(["uno", "dos", "tres", "cuatro", "."]), min_size=1, max_size=6),
    max_size=6,
).map(lambda blocks: "\n\n".join(" ".join(block) for block in blocks))


@given(TEXTS, TEXTS)
def test_the_pieces_give_both_texts_back(old, new):
    blocks = compared(old, new)
    for gone, expected in ((Kind.ADDED, old), (Kind.REMOVED, new)):
        kept = [
            "".join(piece.text for piece in block.pieces if piece.kind is not gone)
            for block in blocks
        ]
        assert [each for each in kept if each] == paragraphs(expected)


@given(TEXTS, TEXTS)
def test_two_versions_in_one_lose_no_line(mine, theirs):
    lines = both(mine, theirs).split("\n")
    assert set(mine.split("\n")) | set(theirs.split("\n")) == set(lines)
    assert both(mine, mine) == mine


def names_in(shape):
    match shape:
        case Object(fields):
            for each in fields:
                yield each.name
                yield from names_in(each.shape)
        case Tagged():
            for variant in shape.variants:
                for each in shape.fields(variant):
                    yield each.name
                    yield from names_in(each.shape)
        case ListOf(item=item):
            yield from names_in(item)
        case Either(one, several):
            yield from (*names_in(one), *names_in(several))
        case MapOf(value=value):
            yield from names_in(value)


def words_in(shape):
    match shape:
        case Choice(options):
            yield from options
        case Object(fields):
            for each in fields:
                yield from words_in(each.shape)
        case Tagged():
            for variant in shape.variants:
                for each in shape.fields(variant):
                    yield from words_in(each.shape)
        case ListOf(item=item):
            yield from words_in(item)
        case Either(one, several):
            yield from (*words_in(one), *words_in(several))
        case MapOf(value=value):
            yield from words_in(value)


def test_every_key_of_the_format_has_a_name_for_people():
    named = {name for shape in shapes(KINDS).values() for name in names_in(shape)}
    assert named - LABELS.keys() == set()
    # A gap of a cloze is written in one field of the form, and kept under several keys.
    assert LABELS.keys() - named == {"answers"}


def test_every_word_of_the_format_has_one_too():
    said = {word for shape in shapes(KINDS).values() for word in words_in(shape)}
    codes = {*COUNTRIES, *LANGUAGES, *CERTIFICATES}
    assert said - codes - HUES.keys() - VALUES.keys() == set()
