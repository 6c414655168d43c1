"""What the answers of a cohort say about the questions of a quiz."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import render_template, request, url_for

from lms.assessment.queries import analysis as queries
from lms.assessment.queries.attempts import Found
from lms.assessment.queries.quizzes import Asked
from lms.assessment.rules import analysis
from lms.assessment.rules.analysis import Advice, Entry, QuestionFigures
from lms.assessment.rules.pace import seconds_each
from lms.assessment.rules.responses import Given, responses
from lms.assessment.rules.right import as_written, offered_lines, right_lines
from lms.assessment.types import TYPES
from lms.assessment.types.interface import Word
from lms.assessment.views.around import Around
from lms.assessment.views.blueprint import blueprint
from lms.assessment.views.texts import Texts, texts_of
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import allows
from lms.foundation.kernel.errors import N_, NotFound
from lms.foundation.locale.formats import number
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.reading import reading_connection

ALL = "todos"
_PATH = "/gestion/promociones/<uuid:cohort>/analisis/<uuid:quiz>"

ADVICE: Mapping[Advice, tuple[str, str]] = {
    Advice.KEY: (N_("Those who know most miss it: look at its key and its words"), "bad"),
    Advice.HARD: (N_("Very few get it right"), "warn"),
    Advice.EASY: (N_("Almost nobody misses it"), "info"),
    Advice.WEAK: (N_("It hardly tells those who know from those who do not"), "warn"),
}


@dataclass(frozen=True)
class Line:
    """One question of the table; without figures if it earns nothing."""

    place: int
    url: str
    texts: Texts
    figures: QuestionFigures | None
    advice: tuple[str, str] | None


@blueprint.get(_PATH)
@guard(Permission.ATTEMPT_REVIEW, scope=cohort_scope)
def quiz_analysis(cohort: UUID, quiz: UUID) -> str:
    connection, every = reading_connection(), _every()
    found = queries.quiz(connection, cohort, quiz)
    marks = queries.marks(connection, cohort, found, first_only=not every)
    entries = [
        Entry(one.attempt, one.question, one.earned, one.out_of, seconds)
        for one, seconds in zip(marks, seconds_each(marks), strict=True)
        if one.out_of
    ]
    figures = analysis.analyse(entries)
    asked = queries.questions(connection, {one.question for one in marks})
    return render_template(
        "assessment/analysis.html",
        quiz=found,
        cohort=cohort,
        every=every,
        here=url_for("assessment.quiz_analysis", cohort=cohort, quiz=quiz),
        analysis=figures,
        lines=_lines(cohort, found, every, asked, {one.question: one for one in figures.questions})
        if figures
        else [],
        small=analysis.SMALL,
        percent=percent,
        index=index,
        pace=pace,
    )


@blueprint.get(f"{_PATH}/<uuid:question>")
@guard(Permission.ATTEMPT_REVIEW, scope=cohort_scope)
def question_analysis(cohort: UUID, quiz: UUID, question: UUID) -> str:
    connection, every = reading_connection(), _every()
    found = queries.quiz(connection, cohort, quiz)
    asked = queries.question(connection, question)
    answered = queries.answers(connection, cohort, found, asked.version_id, first_only=not every)
    if not answered:
        raise NotFound()
    texts = texts_of(found.course_version_id, asked, Around(found.course_version_id))
    type_, shown = TYPES[asked.source["type"]], as_written(asked.source)
    given = [
        Given(
            attempt=one.attempt,
            lines=() if one.value is None else type_.describe(asked.source, shown, one.value),
            is_right=one.earned >= one.out_of,
            total=one.points / one.whole if one.whole else 0.0,
        )
        for one in answered
    ]
    return render_template(
        "assessment/analysis_question.html",
        quiz=found,
        back=url_for(
            "assessment.quiz_analysis", cohort=cohort, quiz=quiz, intentos=ALL if every else None
        ),
        cohort=cohort,
        texts=texts,
        answers=len(given),
        correct_url=url_for("assessment.correct", cohort=cohort, quiz=quiz, question=question)
        if type_.graded
        and not type_.by_hand
        and allows(signed_in(), Permission.ATTEMPT_REGRADE, cohort_scope(cohort))
        else "",
        by_hand=type_.by_hand,
        responses=[]
        if type_.by_hand
        else responses(given, offered_lines(asked.source), right_lines(asked.source)),
        say=lambda line: _(line) if isinstance(line, Word) else texts.parts.get(line, line),
        percent=percent,
        small=analysis.SMALL,
    )


def percent(part: float | None) -> str:
    """0.724 as 72 %."""
    return "—" if part is None else f"{number(round(part * 100))} %"


def index(value: float | None) -> str:
    """A correlation or a difference of parts, with its two decimals."""
    return "—" if value is None else number(round(value, 2), 2)


def pace(seconds: float | None) -> str:
    """45 s, 2 min 05 s."""
    if seconds is None:
        return "—"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def _every() -> bool:
    """Whether all attempts are wanted, and not only the first of each person."""
    return request.args.get("intentos") == ALL


def _lines(
    cohort: UUID,
    quiz: Found,
    every: bool,
    asked: Mapping[int, Asked],
    figures: Mapping[int, QuestionFigures],
) -> list[Line]:
    around = Around(quiz.course_version_id)
    return [
        Line(
            place=place,
            url=url_for(
                "assessment.question_analysis",
                cohort=cohort,
                quiz=quiz.uid,
                question=one.version_uid,
                intentos=ALL if every else None,
            ),
            texts=texts_of(quiz.course_version_id, one, around),
            figures=figures.get(version),
            advice=_advice(one, figures.get(version)),
        )
        for place, (version, one) in enumerate(asked.items(), 1)
    ]


def _advice(asked: Asked, figures: QuestionFigures | None) -> tuple[str, str] | None:
    """What to look at; what a person marks has no key that could be wrong."""
    if figures is None or figures.advice is None or TYPES[asked.source["type"]].by_hand:
        return None
    said, tone = ADVICE[figures.advice]
    return _(said), tone
