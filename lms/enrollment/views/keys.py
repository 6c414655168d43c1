"""/gestion/promociones/<cohort>/claves: invitation keys, made, handed out, revoked."""

from collections.abc import Sequence
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.actions import keys as actions
from lms.enrollment.forms.keys import KeyForm, RevokeForm, key_form
from lms.enrollment.queries import keys as queries
from lms.enrollment.queries import quotas
from lms.enrollment.queries.quotas import Line
from lms.enrollment.queries.seats import plain
from lms.enrollment.rules.keys import WORDS, KeyState
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading


@guard(Permission.COHORT_OPEN, scope=cohort_scope)
def show(cohort: UUID) -> ResponseReturnValue:
    """The keys of a cohort, and the form that makes another."""
    form = key_form(_kept(cohort))
    if request.method == "GET":
        return _page(cohort, form)
    if not form.sent():
        return _page(cohort, form), 422
    return submit(
        actions.make_key,
        cohort,
        uses=form.uses.data,
        until=form.until.data,
        note=form.note.data or "",
        quota=UUID(form.quota.data) if "quota" in form and form.quota.data else None,
        form=form,
        then=url_for("enrollment.keys", cohort=cohort),
        said=lambda code: _(
            "The key %(code)s was made. Hand it out to whoever you invite.", code=code
        ),
        again=lambda: _page(cohort, form),
    )


@guard(Permission.COHORT_OPEN, scope=cohort_scope)
def revoke(cohort: UUID, uid: UUID) -> ResponseReturnValue:
    """A key opens nothing any more."""
    return submit(
        actions.revoke_key,
        cohort,
        uid,
        form=RevokeForm(),
        then=url_for("enrollment.keys", cohort=cohort),
        said=lambda code: _("The key %(code)s opens nothing any more.", code=code),
    )


def _kept(uid: UUID) -> list[tuple[str, str]]:
    """The agreements for which seats are kept."""
    cohort = queries.cohort_of(reading(), uid)
    return [(str(each.uid), each.name) for each in _lines(cohort.id) if each.holds]


def _lines(cohort_id: int) -> Sequence[Line]:
    return quotas.lines(reading(), cohort_id, database().clock())


def _page(uid: UUID, form: KeyForm) -> str:
    cohort = queries.cohort_of(reading(), uid)
    keys, total = queries.page(reading(), cohort.id, page_of())
    today = cohort.day(database().clock())
    states = [plain(key).state(today) for key in keys]
    return render_template(
        "enrollment/keys.html",
        cohort=cohort,
        form=form,
        revoking=RevokeForm(formdata=None),
        rows=[
            (key, (_(WORDS[state][0]), WORDS[state][1]), state is KeyState.GOOD)
            for key, state in zip(keys, states, strict=True)
        ],
        page=Page(keys, page_of(), queries.PAGE_SIZE, total),
        page_url=lambda n: url_for("enrollment.keys", cohort=uid, pagina=n),
        is_door=cohort.door == "key" or "quota" in form,
        names={
            each.id: each.name for each in quotas.lines(reading(), cohort.id, database().clock())
        },
    )
