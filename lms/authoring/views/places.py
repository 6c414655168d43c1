"""What every page of the authoring room begins with: the programme, its draft, what one may do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from flask import current_app, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from lms.authoring import scopes
from lms.authoring.formats.keys import keys_of
from lms.authoring.formats.yaml_edit import Unreadable
from lms.authoring.models import DraftStep
from lms.authoring.queries import drafts
from lms.authoring.queries.checked import Checked, checked, checked_course
from lms.authoring.queries.drafts import Working, texts_of
from lms.authoring.rules.publication import PROGRAMME
from lms.catalog.models import Programme
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import allows
from lms.foundation.access.scopes import Scope
from lms.foundation.files.store import Store
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.errors import wants_json
from lms.foundation.web.identity import current_identity
from lms.foundation.web.reading import database, reading


def store() -> Store:
    """The files of this installation."""
    found: Store = current_app.extensions["cabildo.files"]
    return found


def today() -> date:
    """The day by which facts of law expire."""
    return database().clock().date()


def for_script(answer: ResponseReturnValue) -> ResponseReturnValue:
    """Where a button would lead, told to the script that moved something by hand."""
    if wants_json() and isinstance(answer, Response):
        return jsonify(at=answer.location)
    return answer


def may(permission: Permission, scope: Scope) -> bool:
    """Whether the reader may do this in that place."""
    return allows(current_identity(), permission, scope)


@dataclass(frozen=True)
class Bench:
    """One programme as it lies on its author's bench."""

    programme: Programme

    @cached_property
    def standing(self) -> Working:
        return drafts.working(reading(), self.programme.id)

    def checked(self) -> Checked:
        """All of it, read and checked."""
        return checked(reading(), store(), self.standing, today())

    def checked_course(self, course: str) -> Checked:
        """One of its courses, read and checked."""
        return checked_course(reading(), store(), self.standing, course, today())

    def may_write(self, course: str | None = None) -> bool:
        """Whether the reader may write this course, or what all of them have in common."""
        return may(Permission.COURSE_WRITE, self._scope(course or PROGRAMME))

    @property
    def may_publish(self) -> bool:
        """Whether the reader may publish this programme."""
        return may(Permission.COURSE_PUBLISH, self._scope(PROGRAMME))

    @cached_property
    def _scope(self) -> Callable[[str], Scope]:
        return scopes.each_course(self.programme)

    def titles(self, *courses: str) -> list[str]:
        """What the programme and courses of it are called now, in one statement."""
        paths = ["programme.yaml", *(f"{course}/course.yaml" for course in courses)]
        files = self.standing.files
        texts = texts_of(reading(), {path: files[path] for path in paths if path in files})
        names = (self.programme.key, *courses)
        return [
            _title(path, texts.get(path, ""), name) for path, name in zip(paths, names, strict=True)
        ]

    def crumbs(self, *courses: str, inside: bool = True) -> list[tuple[str, str]]:
        """The pages above one of this programme, or of one of its courses."""
        above = [
            (_("Management"), url_for("desk.staff")),
            (_("Courses being written"), url_for("authoring.index")),
        ]
        if not inside:
            return above
        uid = self.programme.uid
        title, *others = self.titles(*courses)
        above.append((title, url_for("authoring.programme", programme=uid)))
        return above + [
            (each, url_for("authoring.course", programme=uid, course=course))
            for each, course in zip(others, courses, strict=True)
        ]


def _title(path: str, text: str, name: str) -> str:
    try:
        title = keys_of(path, text).get("title")
    except Unreadable:
        return name
    return title if isinstance(title, str) and title else name


def bench(programme: UUID) -> Bench:
    """The programme that the address names. Raises NotFound."""
    found = drafts.programme_at(reading(), programme)
    if found is None:
        raise NotFound()
    return Bench(found)


@dataclass(frozen=True, slots=True)
class Step:
    """A deed, said to its reader, with the button that takes it back."""

    uid: UUID
    said: str
    undo_url: str
    step: DraftStep


def said(step: DraftStep) -> str:
    """What a step did, as a sentence."""
    return _(step.said) % step.params


def just_done(found: Bench) -> Step | None:
    """The step that the reader has just done, as the address says; none if it was undone."""
    try:
        uid = UUID(request.args.get("hecho", ""))
    except ValueError:
        return None
    step = drafts.step_at(reading(), found.programme.id, uid)
    if step is None or step.undone_at is not None:
        return None
    return shown(found, step)


def shown(found: Bench, step: DraftStep) -> Step:
    """A step as pages show it."""
    url = url_for("authoring.undo", programme=found.programme.uid, step=step.uid)
    return Step(step.uid, said(step), url, step)
