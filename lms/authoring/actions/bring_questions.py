"""Questions of a file laid into a quiz of the draft, all of them in one step or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lms.authoring.actions.drafts import Content, change_draft
from lms.authoring.actions.questions import QUESTIONS, Written
from lms.authoring.formats.brought_questions import renamed
from lms.authoring.formats.tree import LARGEST_TEXT
from lms.authoring.formats.yaml_edit import Unreadable, read_map, with_items
from lms.authoring.queries import drafts as queries
from lms.authoring.queries.drafts import Working
from lms.authoring.rules import arrange
from lms.authoring.rules import questions as rules
from lms.catalog.formats.yaml_write import plain, write_yaml
from lms.catalog.rules.pictures import small_of
from lms.foundation.db.work import Work
from lms.foundation.files.store import Stored
from lms.foundation.kernel.errors import N_, NotFound, Refused


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that questions show, kept already, and its size for phones."""

    stored: Stored
    small: Stored | None = None


def bring_questions(
    work: Work,
    programme_uid: UUID,
    path: str,
    new: Sequence[Mapping[str, Any]],
    files: Mapping[str, NewFile],
) -> Written:
    """Put questions at the end of a quiz, and their files among the course's.

    What has no room in it goes into further quizzes of the same module, hidden from learners until
    their author shows them. One step undoes all of it. A file of a name that is taken by another
    gets a name of its own.
    """
    if not new:
        raise Refused(N_("Nothing is ticked. Tick what is to come in."))
    programme = queries.locked_programme(work.session, programme_uid)
    standing = queries.working(work.session, programme.id)
    text = queries.text_at(work.session, standing, path)
    if text is None:
        raise NotFound()
    changes, names = _files(standing, path.partition("/")[0], files)
    new = [renamed(each, names) for each in new] if names else new
    try:
        data = read_map(text)
        old = data.get(QUESTIONS)
        old = list(old) if isinstance(old, list) else []
        here, *further = rules.parted(new, max(rules.MOST - len(old), 0))
        taken = {str(each.get("key")) for each in old if isinstance(each, Mapping)}
        keyed = rules.with_keys(here, taken)
        if keyed:
            changes[path] = _content(with_items(text, QUESTIONS, [*old, *keyed]))
    except Unreadable:
        raise Refused(
            N_("%(path)s cannot be read as it is. Mend it as text first."), path=path
        ) from None
    changes |= _further(work, standing, path, data, further)
    step = change_draft(
        work,
        programme_uid,
        changes,
        N_("%(count)s questions brought from a file: %(name)s, …"),
        count=len(new),
        name=rules.called(new[0]),
    )
    return Written(step, keyed[0]["key"] if keyed else "")


def _further(
    work: Work, standing: Working, path: str, data: Mapping[str, Any], parts: Sequence[list[Any]]
) -> dict[str, Content | None]:
    """New quizzes beside the first, like it in everything but their questions."""
    if not parts:
        return {}
    module, _slash, name = path.rpartition("/")
    course = path.partition("/")[0]
    activities = [
        each
        for folder in arrange.modules_of(standing.files, course)
        for each in arrange.activities_of(standing.files, folder)
    ]
    texts = queries.texts_of(work.session, {each: standing.files[each] for each in activities})
    taken = arrange.keys_in(texts.values())
    siblings = list(arrange.activities_of(standing.files, module))
    suffix = name[name.index(".") :]
    changes: dict[str, Content | None] = {}
    head = {key: each for key, each in plain(data).items() if key != QUESTIONS}
    for number, part in enumerate(parts, 2):
        key = arrange.free_key(f"{data.get('key')}-{number}", taken)
        taken.add(key)
        there = arrange.place_at_end(siblings, module, f"{key}{suffix}")
        siblings.append(there)
        title = f"{data.get('title') or key} ({number})"
        changes[there] = _content(
            write_yaml(
                {
                    **head,
                    "key": key,
                    "title": title,
                    "hidden": True,
                    QUESTIONS: rules.with_keys(part, ()),
                }
            )
        )
    return changes


def _content(text: str) -> Content:
    if len(text.encode("utf-8")) > LARGEST_TEXT:
        raise Refused(
            N_("So many questions make the file of the quiz too large. Bring fewer at once.")
        )
    return Content(text)


def _files(
    standing: Working, course: str, files: Mapping[str, NewFile]
) -> tuple[dict[str, Content | None], dict[str, str]]:
    """What is laid among the files of the course, and the names that had to become others."""
    changes: dict[str, Content | None] = {}
    names: dict[str, str] = {}
    for name, file in files.items():
        stem, _dot, ending = name.rpartition(".")
        free, number = name, 1
        while (there := _at(standing, changes, f"{course}/media/{free}")) not in (
            None,
            file.stored.sha256,
        ):
            number += 1
            free = f"{stem}-{number}.{ending}"
        if free != name:
            names[name] = free
        if there is None:
            changes[f"{course}/media/{free}"] = Content(media=file.stored)
            if file.small is not None:
                changes[small_of(f"{course}/media/{free}")] = Content(media=file.small)
    return changes, names


def _at(standing: Working, changes: Mapping[str, Content | None], path: str) -> str | None:
    new, old = changes.get(path), standing.files.get(path)
    return new.sha256 if new is not None else old.sha256 if old is not None else None
