"""One course: the tree of its modules and what lies in them, arranged with buttons or by hand."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.actions import arrange as actions
from lms.authoring.actions.arrange import Done
from lms.authoring.forms.arranging import MODULE, Act, AddForm
from lms.authoring.rules.outline import Outline, outline
from lms.authoring.rules.publication import part_of
from lms.authoring.views.editors import Places
from lms.authoring.views.places import Bench, bench, for_script, just_done
from lms.catalog.activity import activity_kinds
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_, Invalid, NotFound, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.errors import wants_json
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import say, submit


@guard(Permission.DRAFT_VIEW, scope=scopes.course)
def show(programme: UUID, course: str) -> ResponseReturnValue:
    return _html(bench(programme), course, AddForm(formdata=None))


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def add(programme: UUID, course: str) -> ResponseReturnValue:
    """Begin a module, or whatever kind of activity in one."""
    found, form = bench(programme), AddForm()
    tree = _choose(form, found, course)
    if not form.validate():
        return _html(found, course, form), 422
    what, title = form.what.data, form.title.data
    if what == MODULE:
        action: Callable[..., Done] = actions.add_module
        args: tuple[Any, ...] = (course, title)
    else:
        if form.where.data not in {part.folder for part in tree.parts}:
            form.refuse(_first_a_module())
            return _html(found, course, form), 422
        action, args = actions.add_activity, (form.where.data, activity_kinds()[what], title)
    return submit(
        action,
        programme,
        *args,
        form=form,
        then=lambda done: _back(programme, course, done),
        again=lambda: _html(found, course, form),
    )


def _first_a_module() -> Invalid:
    wrong = N_("Choose a module; if there is none yet, add one first.")
    return Invalid(wrong, fields={"where": wrong})


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def arrange(programme: UUID, course: str) -> ResponseReturnValue:
    """Do what the pressed button says to the thing that it names."""
    action, args = _deed(course)
    try:
        done = submit(
            action,
            programme,
            *args,
            form=Act(),
            then=lambda done: _back(programme, course, done),
        )
    except (Refused, Invalid) as refusal:
        if wants_json():
            raise
        flash(say(refusal), "bad")
        return redirect(url_for("authoring.course", programme=programme, course=course), 303)
    return for_script(done)


def _deed(course: str) -> tuple[Callable[..., Done], tuple[Any, ...]]:
    """The action that a button of the tree stands for. Raises NotFound for what is none."""
    sent = request.form
    for name, deed in _BUTTONS.items():
        path = sent.get(name, "")
        if part_of(path) == course:
            return deed(path)
    raise NotFound()


def _into(path: str) -> tuple[Callable[..., Done], tuple[Any, ...]]:
    """To the end of the module chosen beside the button, or to the place where it was dropped."""
    place = request.form.get("place", "")
    to = int(place) if place.isascii() and place.isdecimal() else None
    if path.count("/") == 1 and to is not None:
        return actions.move, (path, to)
    module = request.form.get(f"to:{path}", "") or request.form.get("module", "")
    if part_of(module) != part_of(path):
        raise NotFound()
    return actions.move_into, (path, module, to)


_BUTTONS: dict[str, Callable[[str], tuple[Callable[..., Done], tuple[Any, ...]]]] = {
    "up": lambda path: (actions.move_by, (path, -1)),
    "down": lambda path: (actions.move_by, (path, 1)),
    "into": _into,
    "duplicate": lambda path: (actions.duplicate, (path, _("%(title)s (copy)", title="{}"))),
    "hide": lambda path: (actions.hide, (path, True)),
    "show": lambda path: (actions.hide, (path, False)),
    "delete": lambda path: (actions.remove, (path,)),
}


def _back(programme: UUID, course: str, done: Done) -> str:
    """The course with what was just done said at its top, and its place in sight."""
    module = "/".join(done.path.split("/")[:2])  # what is added next most often goes there too
    here = url_for(
        "authoring.course", programme=programme, course=course, hecho=done.step, en=module
    )
    return f"{here}#{done.path}"


def _choose(form: AddForm, found: Bench, course: str) -> Outline:
    """Fill in what can be added, and where."""
    tree = _tree(found, course)[0]
    kinds = activity_kinds()
    choices = [(name, _(kind.noun)) for name, kind in kinds.items()]
    form.what.choices = [*choices, (MODULE, _("Module"))]
    form.where.choices = [(part.folder, part.title) for part in tree.parts]
    return tree


def _tree(found: Bench, course: str) -> tuple[Outline, Places]:
    read = found.checked_course(course)
    text = read.course(course)
    tree = outline(text, read.package.sizes, read.problems, found.standing.written)
    return tree, Places(found.programme.uid, [text])


def _html(found: Bench, course: str, form: AddForm) -> str:
    tree, places = _tree(found, course)
    _choose(form, found, course)
    if not form.what.data:
        form.what.data = next(iter(activity_kinds())) if tree.parts else MODULE
    if not form.where.data and tree.parts:
        wanted = request.args.get("en", "")
        folders = [part.folder for part in tree.parts]
        only = folders[0] if len(folders) == 1 else ""
        form.where.data = wanted if wanted in folders else only
    if tree.parts and not form.where.data:  # nobody knows yet: a guess would be overlooked
        form.where.choices = [("", _("Choose…")), *form.where.choices]
    return render_template(
        "authoring/course.html",
        found=found,
        course=course,
        tree=tree,
        places=places,
        kinds=activity_kinds(),
        crumbs=found.crumbs(),
        writes=found.may_write(course),
        conflicts=[path for path in found.standing.conflicts if part_of(path) == course],
        changed=found.standing.count(course),
        done=just_done(found),
        form=form,
        act=Act(formdata=None),
    )
