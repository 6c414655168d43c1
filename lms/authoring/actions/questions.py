"""A quiz on screen: its questions are added, changed, moved and taken out, one deed at a time.

Each deed is one step of the draft and can be undone. A question is known by its key and by what it
said when its form was opened: people at different questions of a quiz do not meet, two at the same
one are both shown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lms.authoring.actions.drafts import Content, Overtaken, change_draft
from lms.authoring.formats.yaml_edit import Unreadable, read_map, with_items
from lms.authoring.formats.yaml_items import revision_of, with_item_set, with_keys_set
from lms.authoring.queries import drafts as queries
from lms.authoring.rules import questions as rules
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, NotFound, Refused

QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class Written:
    """A step of the draft and the question that it was about; no step when nothing is another."""

    step: UUID | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class _Quiz:
    text: str
    data: Mapping[str, Any]
    saved_by_id: int | None

    @property
    def questions(self) -> list[Any]:
        found = self.data.get(QUESTIONS)
        return list(found) if isinstance(found, list) else []

    def keys(self) -> set[str]:
        return {str(each.get("key")) for each in self.questions if isinstance(each, Mapping)}


def head_of(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a quiz says besides its questions."""
    return {key: each for key, each in data.items() if key != QUESTIONS}


def write_settings(
    work: Work,
    programme_uid: UUID,
    path: str,
    opened: str,
    values: Mapping[str, Any],
    said: str = N_("Settings of the quiz changed: %(name)s"),
) -> UUID | None:
    """Set what a quiz says of itself; its questions stay. None takes a key out.

    ``opened`` is the revision of that part as the form was opened. Raises Overtaken.
    """
    quiz = _quiz(work, programme_uid, path)
    if revision_of(head_of(quiz.data)) != opened:
        raise Overtaken(quiz.text, quiz.saved_by_id)
    after = _edited(path, lambda: with_keys_set(quiz.text, values))
    if after == quiz.text:
        return None
    name = str(values.get("title") or path)
    return change_draft(work, programme_uid, {path: Content(after)}, said, name=name)


def write_question(
    work: Work, programme_uid: UUID, path: str, key: str, opened: str, values: Mapping[str, Any]
) -> Written:
    """Set what a question says; keys that no form knows stay. None takes a key out.

    ``opened`` is the revision of the question as its form was opened. Raises Overtaken.
    """
    quiz = _quiz(work, programme_uid, path)
    place = rules.place_of(quiz.questions, key)
    if revision_of(quiz.questions[place]) != opened:
        raise Overtaken(quiz.text, quiz.saved_by_id)
    after = _edited(path, lambda: with_item_set(quiz.text, QUESTIONS, place, values))
    if after == quiz.text:
        return Written(None, key)
    return _step(work, programme_uid, path, after, N_("Question changed: %(name)s"), values, key)


def add_questions(
    work: Work, programme_uid: UUID, path: str, new: Sequence[Mapping[str, Any]]
) -> Written:
    """Put questions at the end of a quiz, in one step."""
    quiz = _quiz(work, programme_uid, path)
    rules.room_for(len(quiz.questions), len(new))
    keyed = rules.with_keys(new, quiz.keys())
    after = _edited(path, lambda: with_items(quiz.text, QUESTIONS, [*quiz.questions, *keyed]))
    if len(keyed) == 1:
        said = N_("Question added: %(name)s")
        return _step(work, programme_uid, path, after, said, keyed[0], keyed[0]["key"])
    step = change_draft(
        work,
        programme_uid,
        {path: Content(after)},
        N_("%(count)s questions added: %(name)s, …"),
        count=len(keyed),
        name=rules.called(keyed[0]),
    )
    return Written(step, keyed[0]["key"])


def move_question(work: Work, programme_uid: UUID, path: str, key: str, to: int) -> Written:
    """Put a question at another place of its quiz (0 is the first)."""
    return _moved(work, programme_uid, path, key, lambda _place: to)


def move_question_by(work: Work, programme_uid: UUID, path: str, key: str, by: int) -> Written:
    """Move a question up (-1) or down (1)."""
    return _moved(work, programme_uid, path, key, lambda place: place + by)


def duplicate_question(work: Work, programme_uid: UUID, path: str, key: str) -> Written:
    """Put a copy of a question right below it, under a key of its own."""
    quiz = _quiz(work, programme_uid, path)
    rules.room_for(len(quiz.questions), 1)
    place = rules.place_of(quiz.questions, key)
    bare = {name: each for name, each in quiz.questions[place].items() if name != "key"}
    copy = rules.with_keys([bare], quiz.keys())[0]
    order = [*quiz.questions[: place + 1], copy, *quiz.questions[place + 1 :]]
    after = _edited(path, lambda: with_items(quiz.text, QUESTIONS, order))
    said = N_("Question duplicated: %(name)s")
    return _step(work, programme_uid, path, after, said, copy, copy["key"])


def remove_question(work: Work, programme_uid: UUID, path: str, key: str) -> Written:
    """Take a question out of its quiz. Undoing brings it back."""
    quiz = _quiz(work, programme_uid, path)
    place = rules.place_of(quiz.questions, key)
    left = [*quiz.questions[:place], *quiz.questions[place + 1 :]]
    after = _edited(path, lambda: with_items(quiz.text, QUESTIONS, left))
    said = N_("Question deleted: %(name)s")
    return _step(work, programme_uid, path, after, said, quiz.questions[place], key)


def _moved(
    work: Work, programme_uid: UUID, path: str, key: str, where: Callable[[int], int]
) -> Written:
    quiz = _quiz(work, programme_uid, path)
    place = rules.place_of(quiz.questions, key)
    order = rules.moved(quiz.questions, place, where(place))
    if order.index(quiz.questions[place]) == place:
        raise Refused(N_("It stands there already."))
    after = _edited(path, lambda: with_items(quiz.text, QUESTIONS, order))
    said = N_("Question moved: %(name)s")
    return _step(work, programme_uid, path, after, said, quiz.questions[place], key)


def _quiz(work: Work, programme_uid: UUID, path: str) -> _Quiz:
    """The quiz as it stands, its programme locked."""
    programme = queries.locked_programme(work.session, programme_uid)
    standing = queries.working(work.session, programme.id)
    text = queries.text_at(work.session, standing, path)
    if text is None:
        raise NotFound()
    draft = standing.rows.get(path)
    data = _edited(path, lambda: read_map(text))
    return _Quiz(text, data, draft.saved_by_id if draft is not None else None)


def _edited(path: str, edit: Callable[[], Any]) -> Any:
    try:
        return edit()
    except Unreadable:
        raise Refused(
            N_("%(path)s cannot be read as it is. Mend it as text first."), path=path
        ) from None


def _step(
    work: Work,
    programme_uid: UUID,
    path: str,
    after: str,
    said: str,
    question: Mapping[str, Any],
    key: str,
) -> Written:
    name = rules.called(question)
    return Written(change_draft(work, programme_uid, {path: Content(after)}, said, name=name), key)
