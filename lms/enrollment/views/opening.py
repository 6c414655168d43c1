"""/gestion/promociones/abrir: a cohort is planned, looked over as a whole, and opened."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.catalog.models import Programme
from lms.catalog.rules import words
from lms.catalog.rules.search import searchable
from lms.enrollment.actions.open import grades_kept, open_cohort, signers_kept
from lms.enrollment.forms.copying import copied, copy_form
from lms.enrollment.forms.opening import OpenForm, open_form, scale_words
from lms.enrollment.queries import planning as queries
from lms.enrollment.queries import team
from lms.enrollment.queries.editing import editing
from lms.enrollment.queries.planning import Setting
from lms.enrollment.queries.visible import grants_for, within
from lms.enrollment.rules import opening as rules
from lms.enrollment.rules.calendar import doubts
from lms.enrollment.rules.shifting import Shift
from lms.enrollment.rules.states import Door
from lms.enrollment.rules.words import DOORS_OF_STAFF
from lms.enrollment.scopes import openings_seen, programme_scope
from lms.enrollment.views import dates
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Invalid, NotFound, Refused
from lms.foundation.kernel.points import scale_of
from lms.foundation.locale.formats import by_the_clocks_of, day, number
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.csrf import FIELD
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading

_STEPS = {FIELD, "form_key", "go"}


@guard(Permission.COHORT_OPEN, scope=openings_seen)
def choose() -> str:
    """The programmes of which a cohort can be opened."""
    text = searchable(request.args.get("q", ""))
    seen = within(grants_for(signed_in(), Permission.COHORT_OPEN), Programme.institution_id)
    found, total = queries.programmes(reading(), seen, text, page_of())
    return render_template(
        "enrollment/choose.html",
        page=Page(found, page_of(), queries.PAGE_SIZE, total),
        page_url=lambda n: url_for("enrollment.choose", q=text or None, pagina=n),
        text=text,
        words=words,
    )


@guard(Permission.COHORT_OPEN, scope=programme_scope)
def fill(slug: str) -> ResponseReturnValue:
    """Plan a cohort of a programme: fill in, look over, open. Only the last step writes."""
    setting = _setting(slug)
    by_the_clocks_of(setting.zone)
    if request.method == "GET" and "copia" in request.args:
        return _begun(setting)
    form = open_form(setting)
    step = request.form.get("go", "")
    if request.method == "GET" or step in {"arrange", "edit"}:
        return _page(setting, form)
    if not form.sent():
        return _page(setting, form), 422
    if step == "open":
        return submit(
            open_cohort,
            slug,
            form=form,
            then=lambda uid: url_for("desk.cohort", cohort=uid),
            said=_("The cohort is open. Now add people, or hand out invitation keys."),
            again=lambda: _page(setting, form),
            **form.asked(setting),
        )
    try:
        return _look_over(setting, form)
    except (Invalid, Refused) as refusal:
        form.refuse(refusal)
        return _page(setting, form), refusal.status


def _setting(slug: str) -> Setting:
    sent = request.form if request.method == "POST" else request.args
    version = sent.get("version", "")
    return queries.setting(
        reading(),
        slug,
        int(version) if version.isascii() and version.isdigit() and len(version) < 7 else None,
        sent.getlist("courses"),
        database().clock(),
    )


def _begun(setting: Setting) -> str:
    """The form begun from an earlier cohort of the same programme."""
    asked = copy_form()
    try:
        uid = UUID(request.args["copia"])
    except ValueError:
        raise NotFound() from None
    now = database().clock()
    earlier = editing(reading(), uid, now)
    if earlier.cohort.programme_version.programme.slug != setting.slug or not asked.validate():
        raise NotFound()
    members = team.members(reading(), earlier.cohort.id, now)
    shift = Shift(asked.regla.data)
    begun = copied(earlier, setting, members, asked.inicio.data, shift)
    setting = queries.setting(reading(), setting.slug, None, begun.data["courses"], now)
    form = open_form(setting, begun.data)
    return _page(setting, form, earlier.cohort.title, begun.lost)


def _page(setting: Setting, form: OpenForm, copied_from: str = "", lost: Sequence[str] = ()) -> str:
    return render_template(
        "enrollment/open.html",
        copied_from=copied_from,
        lost=lost,
        setting=setting,
        form=form,
        groups=dates.groups(form, setting.courses),
        marks=_marks(setting),
        terms={str(each.uid): _term(each.ends_on) for each in setting.signers},
    )


def _term(ends_on: date | None) -> str:
    return _("In office until %(day)s", day=day(ends_on)) if ends_on else ""


def _marks(setting: Setting) -> list[str]:
    """What each course says passes it, on the institution's scale."""
    scale = scale_of(setting.institution.scale)
    own = setting.institution.pass_mark
    return [
        _(
            "%(course)s: %(mark)s of %(top)s",
            course=course.title,
            mark=number(scale.grade(course.pass_mark or own), scale.rounding.decimals),
            top=scale.top,
        )
        for course in setting.courses
    ]


def _look_over(setting: Setting, form: OpenForm) -> str:
    """The whole plan once more, before it opens; refused where the rules refuse it."""
    asked: dict[str, Any] = form.asked(setting)
    plan = rules.Plan(
        key=asked["key"] or rules.key_of(asked["title"]),
        title=asked["title"],
        mode=asked["mode"],
        door=asked["door"],
        capacity=asked["capacity"],
        windows=form.windows(setting.courses, setting.zone),
        **form.whole_dates(setting.zone),
    )
    rules.check(plan, setting.version.modes.split())
    grades = asked["chosen"].grades
    grades_kept(grades)
    signers = [each for each in setting.signers if each.uid in asked["chosen"].signers]
    signers_kept(signers, plan.ends_at, setting.zone)
    return render_template(
        "enrollment/look_over.html",
        setting=setting,
        form=form,
        plan=plan,
        kept=[pair for pair in request.form.items(multi=True) if pair[0] not in _STEPS],
        doubts=dates.said(doubts(plan.calendar, database().clock())),
        timeline=dates.timeline(plan.calendar),
        mode=_(words.MODES.get(plan.mode, plan.mode)),
        door=_(DOORS_OF_STAFF[Door(plan.door)]),
        scale=scale_words(grades.scale),
        mark=_mark(setting, form) if grades.for_all else None,
        marks=_marks(setting),
        signers=[f"{each.name}, {each.position}" for each in signers],
        teachers=_named(setting, form.teachers.data),
        tutors=_named(setting, form.tutors.data),
    )


def _mark(setting: Setting, form: OpenForm) -> str:
    grades = form.grades()
    scale = scale_of(grades.scale)
    return number(scale.grade(grades.pass_mark), scale.rounding.decimals)


def _named(setting: Setting, uids: list[str]) -> list[str]:
    wanted = {UUID(uid) for uid in uids}
    return [each.name for each in setting.teachers if each.uid in wanted]
