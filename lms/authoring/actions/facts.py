"""A fact of law is changed in every course chosen for it, in one deed that can be undone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from lms.authoring.actions.drafts import Content, Overtaken, change_draft
from lms.authoring.formats.keys import begun, keys_of
from lms.authoring.formats.yaml_edit import Unreadable, with_items
from lms.authoring.queries import drafts as queries
from lms.authoring.queries.drafts import Working
from lms.authoring.rules.arrange import free_key
from lms.authoring.rules.facts import edited
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, NotFound, Refused

LONGEST_NAME = 60


def change_fact(
    work: Work,
    programme_uid: UUID,
    keys: Mapping[str, str],
    opened: Mapping[str, str],
    values: Mapping[str, Any],
) -> UUID | None:
    """Say otherwise what a fact says, in these courses (folder to key); None takes a value out.

    ``opened`` are the hashes of the files as they were looked at. Raises Overtaken when somebody
    saved one of them meanwhile. Returns the step, or None when nothing is another.
    """
    standing = _standing(work, programme_uid)
    changes: dict[str, Content | None] = {}
    for course, key in sorted(keys.items()):
        path, text = _file(work, standing, course)
        if standing.files[path].sha256 != opened.get(course):
            draft = standing.rows.get(path)
            raise Overtaken(text, draft.saved_by_id if draft is not None else None)
        items = _items(path, text)
        if not any(each.get("key") == key for each in items):
            raise NotFound()
        new = [edited(each, values) if each.get("key") == key else each for each in items]
        after = with_items(text, "facts", new)
        if after != text:
            changes[path] = Content(after)
    if not changes:
        return None
    said = N_("Fact of law changed: %(name)s")
    return change_draft(work, programme_uid, changes, said, name=_short(values["text"]))


def add_fact(work: Work, programme_uid: UUID, course: str, values: Mapping[str, Any]) -> str:
    """Write down a new fact at the end of a course's; returns the key by which texts cite it."""
    standing = _standing(work, programme_uid)
    if f"{course}/course.yaml" not in standing.files:
        raise NotFound()
    path = f"{course}/facts.yaml"
    text = queries.text_at(work.session, standing, path)
    items = _items(path, text) if text is not None else []
    words = " ".join(str(values["text"]).split()[:6])
    key = free_key(words, {str(each.get("key")) for each in items})
    new = [*items, edited({"key": key}, values)]
    content = Content(with_items(text, "facts", new) if text else begun(path, {"facts": new}))
    said = N_("Fact of law added: %(name)s")
    change_draft(work, programme_uid, {path: content}, said, name=_short(values["text"]))
    return key


def _standing(work: Work, programme_uid: UUID) -> Working:
    programme = queries.locked_programme(work.session, programme_uid)
    return queries.working(work.session, programme.id)


def _file(work: Work, standing: Working, course: str) -> tuple[str, str]:
    path = f"{course}/facts.yaml"
    text = queries.text_at(work.session, standing, path)
    if text is None:
        raise NotFound()
    return path, text


def _items(path: str, text: str) -> list[Mapping[str, Any]]:
    try:
        found = keys_of(path, text).get("facts")
    except Unreadable:
        raise Refused(
            N_("%(path)s cannot be read as it is. Mend it as text first."), path=path
        ) from None
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_NAME else f"{line[:LONGEST_NAME].rstrip()}…"
