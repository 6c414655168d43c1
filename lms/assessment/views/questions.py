"""Questions as pages show them: to be answered, to be checked once more, or marked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from markupsafe import Markup

from lms.assessment.queries.attempts import Found, Held
from lms.assessment.queries.quizzes import Quiz
from lms.assessment.rules import marking
from lms.assessment.rules.cases import name_of
from lms.assessment.rules.marking import Slot
from lms.assessment.rules.review import Explained, Shown
from lms.assessment.rules.tries import NOT_TRIED, Counted, Tried
from lms.assessment.types import TYPES
from lms.assessment.types.given import Given
from lms.assessment.types.interface import Layout, Row, Score, Word
from lms.assessment.views.around import Around
from lms.assessment.views.texts import Texts, texts_of, with_gaps
from lms.foundation.kernel.errors import Invalid
from lms.foundation.kernel.points import Points, written
from lms.foundation.locale.formats import clock_time, number
from lms.foundation.locale.words import gettext, ngettext
from lms.foundation.web.markdown import Resolver
from lms.foundation.web.perform import say

NO_REFUSALS: Mapping[int, Invalid] = {}
NO_COMMENTS: Mapping[int, str | None] = {}
NOTHING_GIVEN: Mapping[int, Given] = {}


@dataclass(frozen=True)
class Drawn:
    """Questions as they were drawn for somebody of whom nothing is kept."""

    course_version_id: int
    slots: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class OnPage:
    """One question on a page; ``name`` is its form field, ``template`` its type's fragment."""

    number: int
    name: str
    place: str
    worth: str
    template: str
    texts: Texts
    layout: Layout
    hint: str
    sequence: int = 0
    saved: str = ""
    error: str = ""
    score: Score | None = None
    earned: str = ""
    answered: bool = False
    graded: bool = True
    by_hand: bool = False
    waits: bool = False
    tries: str = ""
    """How many tries failed before the answer that counts, and what they cost."""
    comment: tuple[str, ...] = ()
    """What whoever marked it says of it, line by line."""
    lines: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    """What was corrected of it after it was answered, and why."""
    sources: Sequence[str] = ()
    heading: str = ""
    """What stands above it: the part of the quiz that begins with it; empty elsewhere."""
    case_title: str = ""
    case_ends: int = 0
    """The last question of a case, told with its first one; 0 elsewhere."""

    @property
    def options(self) -> list[tuple[str, str | Markup, bool]]:
        """What may be chosen: value, words, and whether it is."""
        return [(row.value, self.say(row.text), row.chosen) for row in self.layout.rows]

    @property
    def passage(self) -> list[tuple[Markup, Row | None]]:
        """The text with gaps in pieces, each with what stands in the gap behind it."""
        text = self.texts.parts.get(self.layout.passage, Markup())
        return with_gaps(text, self.layout.rows)

    def say(self, text: str) -> str | Markup:
        """An option's text: the author's, or ours in the reader's language."""
        if isinstance(text, Word):
            return str(gettext(text))
        return self.texts.parts.get(text, text)


def _as_typed(layout: Layout, given: Given) -> Layout:
    """What could not be read, as it was typed."""

    def sent(part: str) -> str:
        return "".join(given.parts.get(part, ()))

    rows = tuple(
        replace(
            row,
            value=row.value if row.choices or not row.name else sent(row.name),
            choices=tuple(
                replace(each, chosen=each.value == sent(row.name)) for each in row.choices
            ),
        )
        for row in layout.rows
    )
    return replace(layout, value=sent(""), rows=rows)


def points_text(points: Points) -> str:
    """1 point, 2.5 points."""
    plain = written(points)
    form = 1 if plain == 1 else 2
    return str(ngettext("%(points)s point", "%(points)s points", form, points=number(plain)))


def points_of(reached: Points, out_of: Points) -> str:
    """8.5 of 14 points."""
    of = gettext("%(points)s of %(total)s")
    return str(of % {"points": number(written(reached)), "total": points_text(out_of)})


def tries_text(found: Counted) -> str:
    """How many tries failed before the answer that counts; empty where none did."""
    if not found.failed:
        return ""
    said = ngettext(
        "%(num)s failed try before it.", "%(num)s failed tries before it.", found.failed
    )
    if not found.penalty:
        return str(said)
    cost = gettext("Each takes %(percent)s %% of what the right answer earns.")
    return f"{said} {cost % {'percent': number(written(found.penalty * 100))}}"


def to_answer(
    quiz: Quiz,
    attempt: Found | Drawn,
    held: Mapping[int, Held],
    resolver: Resolver,
    *,
    given: Mapping[int, Given] = NOTHING_GIVEN,
    refusals: Mapping[int, Invalid] = NO_REFUSALS,
) -> list[OnPage]:
    """The questions as inputs, filled with what the server holds, and with what was just typed
    where that could not be read."""
    place, worths = gettext("Question %(number)s of %(total)s"), dict[Points, str]()
    slots = quiz.slots(attempt.slots)
    questions = []
    for slot in slots:
        have = held.get(slot.number)
        type_ = TYPES[slot.source["type"]]
        layout = type_.layout(slot.source, slot.shown, have.value if have else None)
        refusal = refusals.get(slot.number)
        if refusal is not None:
            layout = _as_typed(layout, given[slot.number])
        questions.append(
            OnPage(
                number=slot.number,
                name=f"q{slot.number}",
                place=place % {"number": slot.number, "total": len(slots)},
                worth=_worth(slot, worths),
                template=f"{type_.name}/answer.html",
                texts=_texts(quiz, attempt, slot, resolver),
                layout=layout,
                hint=gettext(layout.hint) if layout.hint else "",
                sequence=have.sequence if have else 0,
                saved=clock_time(have.received_at) if have else "",
                error=say(refusal) if refusal is not None else "",
                answered=have is not None and have.value is not None,
                graded=type_.graded,
                heading=_heading(slots, slot),
                **_case(slots, slot),
            )
        )
    return questions


def marked(
    quiz: Quiz,
    attempt: Found | Drawn,
    answers: Mapping[int, Any],
    points: Mapping[int, Points],
    around: Around,
    waits: Collection[int] = (),
    comments: Mapping[int, str | None] = NO_COMMENTS,
    tried: Mapping[int, Tried] = marking.NO_TRIES,
) -> list[OnPage]:
    """The questions as they were answered, part by part, with what each earned. Those in ``waits``
    a person has to mark; ``tried`` is what was checked meanwhile."""
    place, worths = gettext("Question %(number)s of %(total)s"), dict[Points, str]()
    slots = quiz.slots(attempt.slots)
    questions = []
    for slot in slots:
        type_ = TYPES[slot.source["type"]]
        found = marking.count(slot, answers.get(slot.number), tried.get(slot.number, NOT_TRIED))
        answer, score = found.answer, found.score
        if type_.by_hand:
            score = Score(points.get(slot.number, 0), slot.points or 1)
        layout = type_.review(slot.source, slot.shown, answer, score)
        questions.append(
            OnPage(
                number=slot.number,
                name=f"q{slot.number}",
                place=place % {"number": slot.number, "total": len(slots)},
                worth=_worth(slot, worths),
                template=f"{type_.name}/review.html",
                texts=_texts(quiz, attempt, slot, around),
                layout=layout,
                hint=gettext(layout.hint) if layout.hint else "",
                sources=around.sources(slot.source.get("facts") or ()),
                score=score,
                earned=number(written(points.get(slot.number, 0))),
                answered=answer is not None,
                graded=type_.graded,
                by_hand=type_.by_hand,
                waits=slot.number in waits,
                tries=tries_text(found),
                comment=tuple((comments.get(slot.number) or "").split("\n")),
                heading=_heading(slots, slot),
                **_case(slots, slot),
            )
        )
    return questions


def withholding(questions: Sequence[OnPage], shown: Shown) -> list[OnPage]:
    """The same without what is not shown yet: it does not even reach the page."""
    found = []
    for each in questions:
        layout, texts = each.layout, each.texts
        if not shown.right:
            layout = replace(layout, right=())
        if shown.feedback is Explained.NONE:
            layout = replace(layout, rows=tuple(replace(row, feedback="") for row in layout.rows))
            texts = replace(texts, feedback=Markup())
        comment = each.comment if shown.feedback is not Explained.NONE else ("",)
        found.append(replace(each, layout=layout, texts=texts, comment=comment))
    return found


def described(slot: Slot, answer: Any) -> tuple[str, ...]:
    """An answer in plain words, in the reader's language."""
    if answer is None:
        return ()
    lines = TYPES[slot.source["type"]].describe(slot.source, slot.shown, answer)
    return tuple(gettext(line) if isinstance(line, Word) else line for line in lines)


def in_lines(
    quiz: Quiz, attempt: Found | Drawn, held: Mapping[int, Held], resolver: Resolver
) -> Sequence[OnPage]:
    """The questions with their answers in words, for the check before handing in."""
    return [
        replace(question, lines=described(slot, held[slot.number].value))
        if slot.number in held
        else question
        for question, slot in zip(
            to_answer(quiz, attempt, held, resolver), quiz.slots(attempt.slots), strict=True
        )
    ]


def _heading(slots: Sequence[Slot], slot: Slot) -> str:
    before = slots[slot.number - 2].heading if slot.number > 1 else ""
    return slot.heading if slot.heading != before else ""


def _case(slots: Sequence[Slot], slot: Slot) -> dict[str, Any]:
    """What stands above the first question of a case: its title, and how far it reaches."""
    case = name_of(slot.source)
    if not case or (slot.number > 1 and name_of(slots[slot.number - 2].source) == case):
        return {}
    after = takewhile(lambda each: name_of(each.source) == case, slots[slot.number - 1 :])
    return {"case_title": slot.source["case"]["title"], "case_ends": [*after][-1].number}


def _texts(quiz: Quiz, attempt: Found | Drawn, slot: Slot, resolver: Resolver) -> Texts:
    asked = quiz.by_version[attempt.slots[slot.number - 1]["version"]]
    return texts_of(attempt.course_version_id, asked, resolver)


def _worth(slot: Slot, known: dict[Points, str]) -> str:
    if slot.points not in known:
        known[slot.points] = points_text(slot.points) if slot.points else gettext("No points")
    return known[slot.points]
