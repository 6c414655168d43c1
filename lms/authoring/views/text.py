"""Writing a file as text: whatever it is, until its kind has an editor, and afterwards too."""

from dataclasses import dataclass
from uuid import UUID

from flask import jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.actions.drafts import Overtaken, save_text
from lms.authoring.formats.keys import keys_of
from lms.authoring.formats.yaml_edit import Unreadable
from lms.authoring.forms.text import TextForm, hash_of
from lms.authoring.models import DraftFile
from lms.authoring.queries import drafts
from lms.authoring.queries.checked import activity_at
from lms.authoring.rules import compare
from lms.authoring.rules.publication import PROGRAMME, part_of
from lms.authoring.views.editors import Places
from lms.authoring.views.places import Bench, bench
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.formats import clock_time
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.errors import wants_json
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import perform, say, submit
from lms.foundation.web.reading import database, reading
from lms.people.queries.people import names


@dataclass(frozen=True, slots=True)
class Writing:
    """A file that is being written: where it stands, and where one came from."""

    found: Bench
    path: str
    title: str
    here: str
    back: str
    key: str | None = None

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    def after(self, text: str) -> str:
        """Where to go on writing once this text is kept: its key may be another one now."""
        try:
            is_known = keys_of(self.path, text).get("key") in (None, self.key)
        except Unreadable:
            is_known = self.key is None
        if is_known:
            return self.here
        return url_for("authoring.text", programme=self.found.programme.uid, path=self.path)

    @property
    def text(self) -> str:
        """What it says now. Raises NotFound."""
        text = drafts.text_at(reading(), self.found.standing, self.path)
        if text is None:
            raise NotFound()
        return text


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def activity(programme: UUID, course: str, key: str) -> ResponseReturnValue:
    """The file of an activity, wherever it stands in its course by now."""
    found = bench(programme)
    path, title = _where(found, course, key)
    here = url_for("authoring.activity_text", programme=programme, course=course, key=key)
    back = url_for("authoring.course", programme=programme, course=course)
    return _answer(Writing(found, path, title, here, f"{back}#{path}", key))


def _where(found: Bench, course: str, key: str) -> tuple[str, str]:
    """Where the activity of a key stands and what it is called.

    While its key itself is being written, the open page still knows its path.
    """
    read = found.checked_course(course)
    try:
        source = activity_at(read.course(course), key)
    except NotFound:
        sent = request.get_json() if wants_json() and request.is_json else request.form
        path = str(sent.get("path", ""))
        if not path.startswith(f"{course}/") or path not in found.standing.files:
            raise
        return path, path.rpartition("/")[2]
    return source.path, source.data.get("title") or source.path.rpartition("/")[2]


@guard(Permission.COURSE_WRITE, scope=scopes.file)
def file(programme: UUID, path: str) -> ResponseReturnValue:
    """Any other text file of the programme."""
    found, part = bench(programme), part_of(path)
    here = url_for("authoring.text", programme=programme, path=path)
    back = url_for("authoring.programme", programme=programme)
    if part != PROGRAMME:
        back = url_for("authoring.course", programme=programme, course=part)
    return _answer(Writing(found, path, path, here, back))


def _answer(writing: Writing) -> ResponseReturnValue:
    if request.method == "POST" and wants_json():
        return _save_for_script(writing)
    form = TextForm()
    if request.method == "GET":
        form.show(writing.text)
        return _html(writing, form)
    if request.form.get("go") == "both":
        return _together(writing, form)
    if request.form.get("go") == "mine":  # over the version that the page showed, and no later one
        form.opened.data = request.form.get("seen", "")
    if not form.validate():
        return _html(writing, form), 422
    text = form.text.data or ""
    then = writing.back if request.form.get("go") == "back" else writing.after(text)
    return submit(
        save_text,
        writing.found.programme.uid,
        writing.path,
        text,
        form.opened.data,
        tab=form.tab.data,
        name=writing.title,
        form=form,
        then=then,
        said=_("Draft saved. Nothing is published yet."),
        again=lambda: _html(writing, form),
    )


def _save_for_script(writing: Writing) -> ResponseReturnValue:
    """The same for a page that saves as one types: {text, opened, tab} gives back the new hash."""
    body = request.get_json()
    text, opened, tab = (str(body.get(name, "")) for name in ("text", "opened", "tab"))
    uid = writing.found.programme.uid
    try:
        kept = perform(save_text, uid, writing.path, text, opened, tab=tab, name=writing.title)
    except Overtaken as met:
        return jsonify(said=say(met), theirs=met.theirs, now=hash_of(met.theirs)), met.status
    return jsonify(now=kept, at=clock_time(database().clock()))


def _together(writing: Writing, form: TextForm) -> ResponseReturnValue:
    """Both versions in one text, to be put right by hand; nothing is saved by this."""
    theirs = writing.text
    form.opened.data = hash_of(theirs)
    form.text.data = compare.both(form.text.data or "", theirs)
    return _html(writing, form, merged=True)


def _html(writing: Writing, form: TextForm, *, merged: bool = False) -> str:
    now = writing.text
    mine = form.text.data or ""
    overtaken = form.opened.data != hash_of(now) and mine != now
    draft = writing.found.standing.rows.get(writing.path)
    part = part_of(writing.path)
    checked = writing.found.checked_course(part) if part else writing.found.checked()
    told = Places(writing.found.programme.uid, checked.package.courses.values()).tell(
        each for each in checked.problems if each.path == writing.path
    )
    return render_template(
        "authoring/text.html",
        form=form,
        writing=writing,
        theirs=now if overtaken else None,
        their_hash=hash_of(now),
        blocks=compare.compared(mine, now) if overtaken else (),
        saved_by=_saved_by(draft) if overtaken else "",
        draft=draft,
        merged=merged,
        told=told,
        line=request.args.get("linea", ""),
        crumbs=writing.found.crumbs(*([part] if part else [])),
    )


def _saved_by(draft: DraftFile | None) -> str:
    if draft is None or draft.saved_by_id is None:
        return ""
    found = names(reading(), [draft.saved_by_id]).get(draft.saved_by_id)
    return found.full if found is not None else ""
