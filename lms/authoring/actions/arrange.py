"""Where things stand in a course: adding, moving, duplicating, hiding, taking away.

Each deed is one step of the draft and can be undone. What stands in a file is found by its path as
the author saw it; whoever moved or took it away meanwhile is not overwritten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from lms.authoring.actions.drafts import Content, change_draft, content_of, renamed
from lms.authoring.formats.keys import begun, keys_of, with_keys
from lms.authoring.formats.yaml_edit import Unreadable
from lms.authoring.queries import drafts as queries
from lms.authoring.queries.drafts import Working
from lms.authoring.rules import arrange
from lms.authoring.rules.arrange import Renames
from lms.catalog.activity import ActivityKind
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Invalid, Refused
from lms.foundation.kernel.text import one_line

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Done:
    """A step, and the file that it was about, where it stands now."""

    step: UUID
    path: str
    key: str = ""


def add_module(work: Work, programme_uid: UUID, course: str, title: str) -> Done:
    """Begin a module at the end of a course; its outcome is still to be written."""
    standing, title = _standing(work, programme_uid), _title(title)
    modules = arrange.modules_of(standing.files, course)
    texts = _texts(work, standing, [f"{each}/module.yaml" for each in modules])
    key = arrange.free_key(title, arrange.keys_in(texts.values()))
    folder = arrange.place_at_end(modules, course, key)
    path = f"{folder}/module.yaml"
    text = begun(path, {"key": key, "title": title, "hours": 1, "outcome": ""})
    step = change_draft(
        work, programme_uid, {path: Content(text)}, N_("Module begun: %(name)s"), name=title
    )
    return Done(step, path, key)


def add_activity(
    work: Work, programme_uid: UUID, module: str, kind: ActivityKind, title: str
) -> Done:
    """Begin a lesson, a quiz or whatever kind it is at the end of a module."""
    standing, title = _standing(work, programme_uid), _title(title)
    if f"{module}/module.yaml" not in standing.files:
        raise _gone()
    course = module.partition("/")[0]
    key = arrange.free_key(title, _keys_of_course(work, standing, course))
    siblings = arrange.activities_of(standing.files, module)
    path = arrange.place_at_end(siblings, module, f"{key}{kind.suffix}")
    content = Content(begun(path, kind.begin(key, title)))
    step = change_draft(work, programme_uid, {path: content}, N_("Begun: %(name)s"), name=title)
    return Done(step, path, key)


def retitle(work: Work, programme_uid: UUID, path: str, title: str) -> Done:
    """Give a module, lesson or quiz another title; its key and file name stay."""
    standing, title = _standing(work, programme_uid), _title(title)
    content = _with(work, standing, path, {"title": title})
    step = change_draft(work, programme_uid, {path: content}, N_("New title: %(name)s"), name=title)
    return Done(step, path)


def move(work: Work, programme_uid: UUID, path: str, to: int) -> Done:
    """Put a lesson at another place of its module, or a module of its course (0 is the first)."""
    standing = _standing(work, programme_uid)
    row = _row(standing, path)
    plan = arrange.inside(standing.files, arrange.moved(row, path, to))
    return _renamed(work, programme_uid, standing, plan, path, arrange.moved(row, path, to))


def move_by(work: Work, programme_uid: UUID, path: str, places: int) -> Done:
    """Move something up (-1) or down (1) in its row; past an end of its module, into the next."""
    standing = _standing(work, programme_uid)
    row = _row(standing, path)
    to = row.index(path) + places
    folder = path.rpartition("/")[0]
    if 0 <= to < len(row) or "/" not in folder:
        return move(work, programme_uid, path, to)
    modules = arrange.modules_of(standing.files, folder.partition("/")[0])
    beside = modules.index(folder) + places
    if not 0 <= beside < len(modules):
        return move(work, programme_uid, path, to)
    return move_into(work, programme_uid, path, modules[beside], 0 if places > 0 else None)


def move_into(
    work: Work, programme_uid: UUID, path: str, module: str, to: int | None = None
) -> Done:
    """Move an activity to another module of its course: to a place there, or to its end."""
    standing = _standing(work, programme_uid)
    _row(standing, path)
    if f"{module}/module.yaml" not in standing.files:
        raise _gone()
    if path.rpartition("/")[0] == module:
        row = _row(standing, path)
        return move(work, programme_uid, path, len(row) - 1 if to is None else to)
    siblings = arrange.activities_of(standing.files, module)
    plan = arrange.into(siblings, path, module, to)
    return _renamed(work, programme_uid, standing, plan, path, plan)


def duplicate(work: Work, programme_uid: UUID, path: str, called: str) -> Done:
    """Put a copy of an activity right below it, under a key of its own.

    ``called`` says how copies are called: "{} (copy)".
    """
    standing = _standing(work, programme_uid)
    row = _row(standing, path)
    if f"{path}/module.yaml" in standing.files:
        return _duplicate_module(work, programme_uid, standing, path, called)
    name = _name(work, standing, path)
    title = _title(called.replace("{}", name[: LONGEST_TITLE - len(called)]))
    course, module = path.partition("/")[0], path.rpartition("/")[0]
    key = arrange.free_key(title, _keys_of_course(work, standing, course))
    ending = path.rpartition("/")[2].partition(".")[2]
    copy = arrange.place_at_end(row, module, f"{key}.{ending}")
    content = _with(work, standing, path, {"key": key, "title": title})
    order = arrange.moved([*row, copy], copy, row.index(path) + 1)
    changes = renamed(work, standing, {a: b for a, b in order.paths.items() if a != copy})
    place = order.paths.get(copy, copy)
    changes[place] = content
    step = change_draft(work, programme_uid, changes, N_("Duplicated: %(name)s"), name=title)
    return Done(step, place, key)


def _duplicate_module(
    work: Work, programme_uid: UUID, standing: Working, folder: str, called: str
) -> Done:
    """A copy of a module right below it, everything in it under keys of its own."""
    course = folder.partition("/")[0]
    modules = arrange.modules_of(standing.files, course)
    title = _title(called.replace("{}", _name(work, standing, folder)[: LONGEST_TITLE - 20]))
    heads = _texts(work, standing, [f"{each}/module.yaml" for each in modules])
    key = arrange.free_key(title, arrange.keys_in(heads.values()))
    copy = arrange.place_at_end(modules, course, key)
    order = arrange.moved([*modules, copy], copy, modules.index(folder) + 1)
    plan = arrange.inside(standing.files, order)
    changes = renamed(work, standing, plan.paths)
    place = order.paths.get(copy, copy)
    taken = _keys_of_course(work, standing, course)
    below = [each for each in standing.files if each.startswith(f"{folder}/")]
    texts = _texts(work, standing, below)
    activities = arrange.activities_of(below, folder)
    for path in below:
        if path in activities:
            own = arrange.free_key(next(iter(arrange.keys_in([texts[path]])), title), taken)
            taken.add(own)
            content = _with(work, standing, path, {"key": own})
        elif path == f"{folder}/module.yaml":
            content = _with(work, standing, path, {"key": key, "title": title})
        else:
            content = content_of(standing, path, texts)
        changes[f"{place}{path.removeprefix(folder)}"] = content
    step = change_draft(work, programme_uid, changes, N_("Duplicated: %(name)s"), name=title)
    return Done(step, place, key)


def hide(work: Work, programme_uid: UUID, path: str, hidden: bool) -> Done:
    """Keep an activity from learners, or show it again; of a module, everything that is in it."""
    standing = _standing(work, programme_uid)
    _row(standing, path)
    paths = arrange.activities_of(standing.files, path) or [path]
    values = {"hidden": True if hidden else None}
    changes = {each: _with(work, standing, each, values) for each in paths}
    said = N_("Hidden: %(name)s") if hidden else N_("Shown again: %(name)s")
    name = _name(work, standing, path)
    return Done(change_draft(work, programme_uid, changes, said, name=name), path)


def remove(work: Work, programme_uid: UUID, path: str) -> Done:
    """Take an activity, or a module with all that is in it, out of the course.

    What it counted for the grade goes with it. Undoing brings both back.
    """
    standing = _standing(work, programme_uid)
    _row(standing, path)
    gone = [each for each in standing.files if each == path or each.startswith(f"{path}/")]
    changes: dict[str, Content | None] = dict.fromkeys(gone)
    course_file = f"{path.partition('/')[0]}/course.yaml"
    weighed = _without_weights(work, standing, course_file, gone)
    if weighed is not None:
        changes[course_file] = weighed
    name = _name(work, standing, path)
    return Done(
        change_draft(work, programme_uid, changes, N_("Deleted: %(name)s"), name=name), path
    )


def _standing(work: Work, programme_uid: UUID) -> Working:
    programme = queries.locked_programme(work.session, programme_uid)
    return queries.working(work.session, programme.id)


def _gone() -> Refused:
    return Refused(N_("Somebody moved or deleted it meanwhile. Look at the course again."))


def _title(title: str) -> str:
    title = one_line(title)
    if not title or len(title) > LONGEST_TITLE:
        wrong = N_("Write a title of at most 200 characters.")
        raise Invalid(wrong, fields={"title": wrong})
    return title


def _row(standing: Working, path: str) -> list[str]:
    """The siblings among which something stands. Raises Refused when it is not there any more."""
    folder = path.rpartition("/")[0]
    if "/" in folder:
        row = arrange.activities_of(standing.files, folder)
    else:
        row = arrange.modules_of(standing.files, folder)
    if path not in row:
        raise _gone()
    return row


def _renamed(
    work: Work,
    programme_uid: UUID,
    standing: Working,
    plan: Renames,
    path: str,
    order: Renames,
) -> Done:
    if not plan.paths:
        raise Refused(N_("It stands there already."))
    name = _name(work, standing, path)
    changes = renamed(work, standing, plan.paths)
    step = change_draft(work, programme_uid, changes, N_("Moved: %(name)s"), name=name)
    return Done(step, order.paths.get(path, path))


def _texts(work: Work, standing: Working, paths: list[str]) -> dict[str, str]:
    wanted = {path: standing.files[path] for path in paths if path in standing.files}
    return queries.texts_of(work.session, wanted)


def _keys_of_course(work: Work, standing: Working, course: str) -> set[str]:
    """The keys of all its activities."""
    paths = [
        path
        for module in arrange.modules_of(standing.files, course)
        for path in arrange.activities_of(standing.files, module)
    ]
    return arrange.keys_in(_texts(work, standing, paths).values())


def _with(work: Work, standing: Working, path: str, values: Mapping[str, object]) -> Content:
    text = _texts(work, standing, [path]).get(path)
    if text is None:
        raise _gone()
    try:
        return Content(with_keys(path, text, values))
    except Unreadable:
        raise Refused(
            N_("%(path)s cannot be read as it is. Mend it as text first."), path=path
        ) from None


def _name(work: Work, standing: Working, path: str) -> str:
    """What it is called: its title, else the name of its file."""
    speaks = path if path in standing.files else f"{path}/module.yaml"
    text = _texts(work, standing, [speaks]).get(speaks)
    try:
        title = keys_of(speaks, text or "").get("title")
    except Unreadable:
        title = None
    return title if isinstance(title, str) and title else path.rpartition("/")[2]


def _without_weights(
    work: Work, standing: Working, course_file: str, gone: list[str]
) -> Content | None:
    """The course's file without the weights of what is taken out; None if there were none."""
    texts = _texts(work, standing, [course_file, *gone])
    keys = arrange.keys_in(text for path, text in texts.items() if path != course_file)
    try:
        data = keys_of(course_file, texts.get(course_file, ""))
        weights = data["grading"]["weights"]
        left = {key: each for key, each in weights.items() if key not in keys}
        if len(left) == len(weights):
            return None
        grading = {**data["grading"], "weights": left} if left else None
        return Content(with_keys(course_file, texts[course_file], {"grading": grading}))
    except (Unreadable, KeyError, TypeError, AttributeError):
        return None
