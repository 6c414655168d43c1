"""Questions of every kind, drawn at random: whatever a quiz file may hold."""

from decimal import Decimal

from hypothesis import strategies as st

from lms.assessment.formats.interface import Item
from lms.assessment.formats.judging import is_key
from lms.foundation.kernel.text import fold

LETTERS = st.characters(exclude_categories=("Cs", "Cn"), exclude_characters="\r")
SPECIAL = st.sampled_from(
    ["=", "~", "#", "{", "}", ":", "\\", "->", "%50%", "[html]", "<b>", "&amp;", "]]>", "*", "\n",
     "\n\n", "|", '"', "'", ";", ",", "=1+1", "media/x.png", "![a](media/x.png)", "ANSWER: A",
     "A) ", "//", "\x85", "####", "T", "ñ", "¿", "\t", " "]
)  # fmt: skip
WRITING = st.lists(st.one_of(SPECIAL, st.text(LETTERS, max_size=6)), min_size=1, max_size=8)


def texts(longest=200):
    return WRITING.map(lambda parts: "".join(parts)[:longest]).filter(lambda text: text.strip())


NUMBERS = st.one_of(
    st.integers(-(10**6), 10**6), st.decimals("-99999", "99999", places=3).map(Decimal)
)
KEYS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,5})?", fullmatch=True).filter(is_key)


@st.composite
def options(draw, *, one):
    count = draw(st.integers(2, 5))
    words = draw(st.lists(texts(), min_size=count, max_size=count, unique_by=fold))
    right = {draw(st.integers(0, count - 1))} if one else set(
        draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=count))
    )  # fmt: skip
    made = []
    for at, text in enumerate(words):
        option = {"text": text}
        if at in right:
            option["correct"] = True
        if draw(st.booleans()):
            option["feedback"] = draw(texts())
        made.append(option)
    return made


@st.composite
def own(draw, kind):
    if kind == "single_choice":
        return {"options": draw(options(one=True))}
    if kind == "multiple_choice":
        scoring = draw(st.sampled_from(["partial", "all_or_nothing", None]))
        return {"options": draw(options(one=False))} | ({"scoring": scoring} if scoring else {})
    if kind == "true_false":
        said = {"answer": draw(st.booleans())}
        for word in ("feedback_true", "feedback_false"):
            if draw(st.booleans()):
                said[word] = draw(texts())
        return said
    if kind == "matching":
        lefts = draw(st.lists(texts(40), min_size=2, max_size=4, unique_by=fold))
        sides = draw(
            st.lists(texts(40), min_size=len(lefts), max_size=len(lefts) + 2, unique_by=fold)
        )
        pairs = [{"left": left, "right": sides[at]} for at, left in enumerate(lefts)]
        spare = sides[len(lefts) :]
        return {"pairs": pairs} | ({"distractors": spare} if spare else {})
    if kind == "numerical":
        said = {"answer": draw(NUMBERS)}
        if draw(st.booleans()):
            said["tolerance"] = abs(draw(NUMBERS))
        return said | ({"unit": draw(texts(20))} if draw(st.booleans()) else {})
    if kind == "essay":
        said = {"guidance": draw(texts())} if draw(st.booleans()) else {}
        for name in ("least", "most"):
            if draw(st.booleans()):
                said[name] = draw(st.integers(1, 300))
        return said
    accepted = draw(st.lists(st.from_regex(r"[a-záñ*\\ ]{1,9}x", fullmatch=True), min_size=1,
                             max_size=3, unique_by=fold))  # fmt: skip
    said = {"accept": accepted}
    for name in ("ignore_case", "ignore_accents"):
        if draw(st.booleans()):
            said[name] = draw(st.booleans())
    return said


@st.composite
def sources(draw, kinds=None):
    kind = draw(st.sampled_from(kinds or [
        "single_choice", "multiple_choice", "true_false", "matching", "numerical", "short_answer",
        "essay",
    ]))  # fmt: skip
    source = {
        "key": draw(KEYS),
        "type": kind,
        "points": draw(st.one_of(st.integers(0, 20), st.sampled_from([Decimal("2.5")]))),
        "stem": draw(texts()),
    }
    extra = {
        "category": texts(60), "feedback": texts(), "difficulty": st.integers(1, 3),
        "outcome": KEYS, "tags": st.lists(texts(20), min_size=1, max_size=3, unique=True),
        "facts": st.lists(KEYS, min_size=1, max_size=3, unique=True),
    }  # fmt: skip
    for name, values in extra.items():
        if draw(st.booleans()):
            source[name] = draw(values)
    return source | draw(own(kind))


ITEMS = st.lists(sources().map(Item), min_size=1, max_size=4)
