"""Laying a quiz's questions when its course version is imported."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from lms.assessment.models import Question, QuestionVersion, QuizQuestion
from lms.assessment.rules.cases import told_with
from lms.assessment.rules.marking import draw, worth
from lms.assessment.rules.quiz import Settings
from lms.assessment.rules.sources import content_hash
from lms.catalog.models import Activity, CourseVersion
from lms.catalog.rules.sources import as_json
from lms.foundation.db.work import Work
from lms.foundation.kernel.ids import uuid7


def lay(work: Work, activity: Activity, source: Mapping[str, Any]) -> dict[str, Any]:
    """A question whose text did not change since another version is the same question version.

    Gives back the quiz's own settings, with how many questions and points it has.
    """
    plain = as_json(source)
    head = {name: value for name, value in plain.items() if name not in ("questions", "cases")}
    sources = told_with(plain)
    versions = _versions(work, activity, sources)
    work.session.add_all(
        QuizQuestion(
            institution_id=activity.institution_id,
            activity_id=activity.id,
            position=position,
            question_version_id=version.id,
        )
        for position, version in enumerate(versions, 1)
    )
    # Whichever are drawn, they are as many and worth as much.
    settings = Settings.of(plain)
    order, *_shown = draw(
        sources,
        0,
        shuffle_questions=False,
        shuffle_options=False,
        drawn=settings.draw,
        rows=settings.rows,
    )
    asked = [versions[n] for n in order]
    return head | {
        "questions": len(asked),
        "points": sum(version.points for version in asked),
    }


def _versions(
    work: Work, activity: Activity, sources: Sequence[Mapping[str, Any]]
) -> list[QuestionVersion]:
    questions = _questions(work, activity, [str(source["key"]) for source in sources])
    known = {
        (version.question_id, version.sha256): version
        for version in work.session.scalars(
            select(QuestionVersion)
            .where(QuestionVersion.question_id.in_([one.id for one in questions]))
            .order_by(QuestionVersion.id)
        )
    }
    versions = []
    for question, source in zip(questions, sources, strict=True):
        digest = content_hash(source)
        version = known.get((question.id, digest))
        if version is None:
            version = QuestionVersion(
                uid=uuid7(),
                institution_id=activity.institution_id,
                question_id=question.id,
                sha256=digest,
                type=source["type"],
                points=worth(source),
                source=dict(source),
                created_at=work.now,
            )
            work.session.add(version)
        versions.append(version)
    work.session.flush()
    return versions


def _questions(work: Work, activity: Activity, keys: Sequence[str]) -> list[Question]:
    course_id = work.session.get_one(CourseVersion, activity.course_version_id).course_id
    names = [f"{activity.key}/{key}" for key in keys]
    found = {
        question.key: question
        for question in work.session.scalars(
            select(Question)
            .where(Question.course_id == course_id, Question.key.in_(names))
            .order_by(Question.id)
        )
    }
    for name in names:
        if name not in found:
            found[name] = Question(
                uid=uuid7(),
                institution_id=activity.institution_id,
                course_id=course_id,
                key=name,
                created_at=work.now,
            )
            work.session.add(found[name])
    work.session.flush()
    return [found[name] for name in names]
