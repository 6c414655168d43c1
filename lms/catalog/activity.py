"""The port through which every kind of activity (lesson, quiz, later more) plugs in.

There is no `if kind ==` anywhere: a new kind is a new folder and a line in `lms/wiring.py`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from lms.catalog.rules.problems import Problem
from lms.catalog.rules.shapes import Object
from lms.catalog.rules.sources import ActivitySource, CourseSource
from lms.foundation.db.work import Work

if TYPE_CHECKING:
    from lms.catalog.models import Activity


class Progress(StrEnum):
    """How far one learner is with one activity."""

    UNTOUCHED = "untouched"
    STARTED = "started"
    WAITING = "waiting"
    """Handed in, somebody must still mark it."""
    DONE = "done"
    """Seen to the end, or passed where there is something to pass."""
    FAILED = "failed"
    """Handed in below the pass mark; `may_retry` says whether another try is left."""


@dataclass(frozen=True, slots=True)
class ActivityState:
    """One learner's standing in one activity, as every kind tells it to those who gather."""

    progress: Progress
    points: int | None = None
    """Scaled points reached (None: nothing to grade, or not graded yet)."""
    out_of: int | None = None
    may_retry: bool = False
    at: datetime | None = None
    """When it came to be so."""
    left: int | None = None
    """How many tries are left, where they are counted."""
    until: datetime | None = None
    """Until when what is under way may be handed in, if its time is limited."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that shows what a learner did, for the desk, the transcript and an appeal."""

    activity_id: int
    label: str
    """A message id."""
    at: datetime
    endpoint: str
    values: Mapping[str, str]


class Rehearsed(StrEnum):
    """How far a learner who is none has come with one activity."""

    BEGUN = "begun"
    FAILED = "failed"
    DONE = "done"


class ActivityKind(Protocol):
    """What the course, the player, the gradebook and the authoring room need of a kind."""

    name: str
    """The word stored with the activity: "lesson", "quiz"."""
    suffix: str
    """How its files end in a course package: ".md", ".quiz.yaml"."""
    shape: Object
    """The keys of its file (of the front matter, for Markdown)."""
    graded: bool
    """Whether it can carry a weight of the course's grade."""
    wording: Collection[str]
    """The keys of its file (last parts of their paths; "" is the text below) that are only words:
    what is corrected in them changes nothing of what is asked, counted or due."""
    noun: str
    """What it is called, as a message id: "Lesson", "Quiz"."""
    begun: str
    """The words on the button that begins one, as a message id."""
    icon: str

    def begin(self, key: str, title: str) -> Mapping[str, Any]:
        """The keys of a new file of this kind. What only its author can say is left empty, so that
        the check asks for it."""

    def check(self, source: ActivitySource, course: CourseSource) -> list[Problem]:
        """Everything wrong that the shape cannot say. Keys, types, references and Markdown are
        already checked by the shape; here stand the kind's own rules."""

    def import_(self, work: Work, activity: "Activity", source: ActivitySource) -> dict[str, Any]:
        """Lay the kind's own rows for an activity just created in a new version, and give back
        what the activity keeps ready to use as its settings (plain JSON)."""

    def export(self, session: Session, activity: "Activity") -> str:
        """The text of its file in a course package."""

    def freeze(self, work: Work, activity: "Activity") -> None:
        """Its version is being published: from here on nothing of it changes."""

    def launch(self, activity_uid: str, enrollment_uid: str) -> str:
        """The address at which a learner takes it up."""

    def open_to_all(self, slug: str, course_key: str, activity_key: str) -> str:
        """The address at which a visitor takes it up, in a programme that is open to everybody."""

    def state(
        self, session: Session, enrollment_id: int, activity_ids: Collection[int], now: datetime
    ) -> Mapping[int, ActivityState]:
        """One learner's standing in many activities of this kind, in one statement."""

    def rehearse(
        self, work: Work, enrollment_uid: UUID, activity_uid: UUID, how: Rehearsed
    ) -> UUID | None:
        """Bring a learner who is none to a point with a graded activity, in a database that nobody
        keeps. Gives back the attempt, where one has an address outside the classroom."""

    def evidence(
        self, session: Session, enrollment_id: int, activity_ids: Collection[int]
    ) -> Sequence[Evidence]:
        """What shows what the learner did, oldest first."""


PRACTICE = "practice"
"""What the file of an activity says as its ``purpose`` where it gives no grade."""


def gives_grade(kind: ActivityKind, settings: Mapping[str, Any]) -> bool:
    """Whether an activity carries a part of the grade: its kind can, and it is not for practice."""
    return kind.graded and settings.get("purpose") != PRACTICE


_kinds: dict[str, ActivityKind] = {}


def use_kinds(kinds: Mapping[str, ActivityKind]) -> None:
    """Called once by `lms.wiring`, before anything reads a course."""
    _kinds.clear()
    _kinds.update(kinds)


def activity_kinds() -> Mapping[str, ActivityKind]:
    """Every kind of activity this installation knows, by name."""
    return _kinds
