"""Keeping a text that somebody writes, by button or as they type; two versions side by side.

The same for every page on which a file is written: the page says which form it has, and how it is
shown while nothing stands against it.
"""

from collections.abc import Callable

from flask import jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lms.authoring.actions.drafts import Overtaken, save_text
from lms.authoring.forms.text import TextForm, hash_of
from lms.authoring.rules import compare
from lms.authoring.rules.publication import part_of
from lms.authoring.views.editors import Places
from lms.authoring.views.writing import Writing
from lms.foundation.locale.formats import clock_time
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.errors import wants_json
from lms.foundation.web.perform import perform, say, submit
from lms.foundation.web.reading import database

Page = Callable[[Writing, TextForm], str]


def answer(writing: Writing, form: TextForm, page: Page) -> ResponseReturnValue:
    """What becomes of a request for a text: it is shown, kept, or stood beside another."""
    if wants_json():
        return _for_script(writing, form)
    now = writing.text
    if request.method == "GET":
        form.show(now)
        return page(writing, form)
    go = request.form.get("go")
    if go in {"both", "compare"}:
        return _beside(writing, form, now, merged=go == "both")
    if go == "mine":  # over the version that the page showed, and no later one
        form.opened.data = request.form.get("seen", "")
    if not form.validate():
        return page(writing, form), 422
    if go == "look":
        return page(writing, form)
    text = form.whole(writing.path, now)
    then = writing.back
    if go != "back":
        then = writing.settled(writing.after(text), form.page.name)
    return submit(
        save_text,
        writing.found.programme.uid,
        writing.path,
        text,
        form.opened.data,
        tab=form.page,
        name=writing.title,
        apart=go == "mine",
        form=form,
        then=then,
        said=_("Draft saved. Nothing is published yet."),
        again=lambda: _again(writing, form, text, page),
    )


def _for_script(writing: Writing, form: TextForm) -> ResponseReturnValue:
    """The same for a page that saves as one types, and that asks who else is writing meanwhile."""
    if request.method == "GET":
        said = writing.told_of(request.args.get("tab", ""), own=True)
        return jsonify(now=hash_of(writing.text), said=said, mine=writing.own_page)
    if not form.validate():
        return jsonify(said=first_error(form)), 422
    uid, text = writing.found.programme.uid, form.whole(writing.path, writing.text)
    try:
        kept = perform(
            save_text,
            uid,
            writing.path,
            text,
            form.opened.data,
            tab=form.page,
            name=writing.title,
        )
    except Overtaken as met:
        return jsonify(said=say(met), now=hash_of(met.theirs)), met.status
    moved = writing.after(text)
    return jsonify(
        now=kept,
        at=clock_time(database().clock()),
        place=moved if moved != writing.here else "",
    )


def first_error(form: TextForm) -> str:
    """The first thing that keeps a form from being taken, with the name of its field."""
    for field in form:
        if field.errors:
            first = field.errors[0]
            return f"{field.label.text}: {first}" if isinstance(first, str) else field.label.text
    return ""


def _again(writing: Writing, form: TextForm, text: str, page: Page) -> str:
    if form.opened.data == hash_of(writing.text):
        return page(writing, form)
    form.text.data = text
    return _versions(writing, form)


def _beside(writing: Writing, form: TextForm, now: str, *, merged: bool) -> ResponseReturnValue:
    """What was not saved beside what is, or both in one text; nothing is saved by this."""
    mine = form.whole(writing.path, now)
    form.text.data = mine
    if mine == now:
        return redirect(writing.settled(writing.here, form.page.name), 303)
    if merged:
        form.opened.data = hash_of(now)
        form.text.data = compare.both(mine, now)
        return text_page(writing, form, merged=True)
    return _versions(writing, form)


def _versions(writing: Writing, form: TextForm) -> str:
    """Both versions side by side, whole as they stand in the file."""
    now, mine = writing.text, form.text.data or ""
    return render_template(
        "authoring/versions_beside.html",
        form=form,
        writing=writing,
        their_hash=hash_of(now),
        blocks=compare.compared(mine, now),
        saved_by=writing.saved_by,
        is_older=form.opened.data == hash_of(now),
        draft=writing.draft,
        crumbs=writing.crumbs,
    )


def text_page(writing: Writing, form: TextForm, *, merged: bool = False) -> str:
    """A file as text, with what is wrong in it."""
    part = part_of(writing.path)
    checked = writing.found.checked_course(part) if part else writing.found.checked()
    told = Places(writing.found.programme.uid, checked.package.courses.values()).tell_as_text(
        each for each in checked.problems if each.path == writing.path
    )
    return render_template(
        "authoring/text.html",
        form=form,
        writing=writing,
        others=writing.told_of(form.page.name),
        merged=merged,
        told=told,
        crumbs=writing.crumbs,
    )
