"""Courses in work, in each state that a page of the authoring room can be in."""

from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.authoring.actions import arrange
from lms.authoring.actions.drafts import save_text
from lms.authoring.actions.requests import ask_publication
from lms.authoring.formats.archive import write_archive
from lms.authoring.formats.prepared import prepare
from lms.authoring.formats.scaffold import scaffold
from lms.authoring.formats.tree import tree_of
from lms.authoring.queries import drafts
from lms.authoring.tasks import load
from lms.catalog.activity import activity_kinds
from lms.catalog.models import Programme
from lms.foundation.kernel.actor import SYSTEM
from tests.factories.enrollment import make_cohort
from tests.factories.teaching import COURSE, Classroom

_TAUGHT = "gestion-municipal"
_LESSON = "primer-curso/01-primer-modulo/01-recibir-una-peticion.md"
_QUIZ = "primer-curso/01-primer-modulo/02-evaluacion-final.quiz.yaml"
_TODAY = date(2026, 11, 21)


def written(room: Classroom) -> dict[str, object]:
    """A course in work: something new, something hidden, something wrong, and steps to undo."""
    uid = _programme(room, _TAUGHT)
    author = room.actor("instructor")
    lesson, assignment = (activity_kinds()[name] for name in ("lesson", "assignment"))
    deeds: list[tuple[Any, ...]] = [
        (arrange.add_activity, f"{COURSE}/02-abierto", assignment, "Plan de publicación"),
        (arrange.add_activity, f"{COURSE}/02-abierto", lesson, "Publicar lo que se pregunta más"),
        (arrange.hide, f"{COURSE}/01-laip/02-plazos.md", True),
        (arrange.retitle, f"{COURSE}/02-abierto/01-datos.md", "Datos abiertos, paso a paso"),
    ]
    for action, *args in deeds:
        done = room.db.perform(action, author, uid, *args)
    here = f"/gestion/autoria/{uid}"
    return {"written": here, "taught_course": f"{here}/cursos/{COURSE}", "step": done.step}


def disputed(room: Classroom) -> dict[str, object]:
    """A programme published twice, written on, asked for, and in conflict with a package."""
    files = scaffold("atencion", "Atención a la persona")
    _bring(room, files)
    room.db.perform(
        lambda work: make_cohort(work, "atencion", key="atencion-1", title="Atención 2027"), SYSTEM
    )
    text = files[_LESSON].decode()
    _bring(room, {**files, _LESSON: text.replace("petición", "solicitud").encode()})
    uid = _programme(room, "atencion")
    _write(room, uid, "programme.yaml", "summary: ", "summary: Nuevo. ")
    asked = _ask(room, uid)
    _write(room, uid, _LESSON, "## ", "## Paso: ")
    _bring(room, {**files, _LESSON: text.replace("petición", "gestión").encode()})
    here = f"/gestion/autoria/{uid}"
    return {"disputed": here, "asked_publication": f"{here}/solicitudes/{asked}"}


def changed_package() -> bytes:
    """The disputed programme as somebody else wrote it on at home."""
    files = scaffold("atencion", "Atención a la persona")
    changed = {
        **files,
        _LESSON: files[_LESSON].replace(b"## ", b"## Primero: "),
        _QUIZ: files[_QUIZ].replace(b"title: ", b"title: Nueva ", 1),
        "programme.yaml": files["programme.yaml"].replace(b"summary: ", b"summary: De fuera. ", 1),
    }
    archive = BytesIO()
    write_archive(archive, sorted(changed.items()))
    return archive.getvalue()


def _programme(room: Classroom, key: str) -> UUID:
    with room.db.reading() as session:
        return session.scalars(select(Programme.uid).where(Programme.key == key)).one()


def _bring(room: Classroom, files: dict[str, bytes]) -> None:
    store = room.app.extensions["cabildo.files"]
    load(room.db, store, tree_of(files), room.world.institutions["igm"], _TODAY, SYSTEM)


def _write(room: Classroom, uid: UUID, path: str, old: str, new: str) -> None:
    with room.db.reading() as session:
        programme = drafts.programme_at(session, uid)
        assert programme is not None
        text = drafts.text_at(session, drafts.working(session, programme.id), path)
    assert text is not None
    opened = sha256(text.encode()).hexdigest()
    words = text.replace(old, new, 1)
    room.db.perform(save_text, room.actor("instructor"), uid, path, words, opened)


def _ask(room: Classroom, uid: UUID) -> UUID:
    store = room.app.extensions["cabildo.files"]
    with room.db.reading() as session:
        programme = drafts.programme_at(session, uid)
        assert programme is not None
        standing = drafts.working(session, programme.id)
        prepared = prepare(drafts.tree_of(session, store, standing, [""]), activity_kinds(), _TODAY)
    args = (prepared, [""], "El resumen dice para quién es.", f"/gestion/autoria/{uid}", "Atención")
    return room.db.perform(ask_publication, room.actor("instructor"), uid, *args)
