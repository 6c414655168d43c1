"""Lessons that come from a document: written at the end of a module, their pictures with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lms.authoring.actions.drafts import Content, change_draft
from lms.authoring.formats.keys import begun
from lms.authoring.formats.tree import LARGEST_TEXT
from lms.authoring.queries import drafts as queries
from lms.authoring.rules import arrange
from lms.catalog.activity import ActivityKind
from lms.foundation.db.work import Work
from lms.foundation.files.store import Stored
from lms.foundation.kernel.errors import N_, Refused


@dataclass(frozen=True, slots=True)
class NewLesson:
    """A lesson to be written: its title, its text, the minutes of reading it."""

    title: str
    text: str
    minutes: int


def bring_lessons(
    work: Work,
    programme_uid: UUID,
    module: str,
    kind: ActivityKind,
    lessons: Sequence[NewLesson],
    pictures: Mapping[str, Stored],
) -> UUID:
    """Write lessons at the end of a module and their pictures among the course's files, in one
    step. Returns it, by which all of it can be undone."""
    programme = queries.locked_programme(work.session, programme_uid)
    standing = queries.working(work.session, programme.id)
    if f"{module}/module.yaml" not in standing.files:
        raise Refused(N_("Somebody moved or deleted it meanwhile. Look at the course again."))
    course = module.partition("/")[0]
    activities = [
        path
        for folder in arrange.modules_of(standing.files, course)
        for path in arrange.activities_of(standing.files, folder)
    ]
    texts = queries.texts_of(work.session, {path: standing.files[path] for path in activities})
    taken = arrange.keys_in(texts.values())
    siblings = arrange.activities_of(standing.files, module)
    changes: dict[str, Content | None] = {
        f"{course}/media/{name}": Content(media=stored)
        for name, stored in pictures.items()
        if f"{course}/media/{name}" not in standing.files
    }
    for each in lessons:
        key = arrange.free_key(each.title, taken)
        taken.add(key)
        path = arrange.place_at_end(siblings, module, f"{key}{kind.suffix}")
        siblings.append(path)
        head = dict(kind.begin(key, each.title))
        if isinstance(head.get("minutes"), Mapping):
            head["minutes"] = {**head["minutes"], "reading": each.minutes}
        text = f"{begun(path, head)}\n{each.text}"
        if len(text.encode("utf-8")) > LARGEST_TEXT:
            raise Refused(N_("The text is too long. Split it."))
        changes[path] = Content(text)
    said = (
        N_("Brought from a document: %(name)s")
        if len(lessons) == 1
        else N_("%(count)s lessons brought from a document: %(name)s, …")
    )
    return change_draft(
        work, programme_uid, changes, said, name=lessons[0].title, count=len(lessons)
    )
