"""/gestion/administracion/tareas: background work, what became of it, and once more."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.admin.actions import jobs as actions
from lms.admin.queries import jobs
from lms.admin.queries.jobs import Line
from lms.admin.rules import words
from lms.admin.views.failed import Shown, shown
from lms.foundation.access.permissions import Permission
from lms.foundation.jobs.models import JobState
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import anywhere, guard
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading

STATES = {
    "fallidas": JobState.FAILED,
    "pendientes": JobState.PENDING,
    "en-curso": JobState.LEASED,
    "hechas": JobState.DONE,
    "detenidas": JobState.CANCELLED,
}
"""What the states are called in addresses, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A job as the page shows it."""

    line: Line
    title: str
    state: tuple[str, str]
    failure: Shown | None
    percent: int | None
    url: str


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def show() -> str:
    """A page of the jobs in one state: the failed ones where there are any, else those waiting."""
    task = request.args.get("tarea", "")
    counted = jobs.counts(reading(), task)
    asked = request.args.get("estado", "")
    if asked not in STATES:
        asked = "fallidas" if counted.get(JobState.FAILED) else "pendientes"
    state, number = STATES[asked], page_of()
    lines = jobs.page(reading(), state, task, number)

    def address(**changed: Any) -> str:
        return url_for("admin.jobs", **({"estado": asked, "tarea": task or None} | changed))

    return render_template(
        "admin/jobs.html",
        form=Form(),
        rows=[row_of(line) for line in lines],
        page=Page(lines, number, jobs.PAGE_SIZE, counted.get(state, 0)),
        page_url=lambda n: address(pagina=n),
        filters=[
            (f"{_(words.STATES[of][0])} ({counted.get(of, 0)})", address(estado=name), of is state)
            for name, of in STATES.items()
        ],
        tasks=[(name, _(words.task(name))) for name in jobs.tasks(reading())],
        task=task,
        asked=asked,
        failed=counted.get(JobState.FAILED, 0) if state is JobState.FAILED else 0,
    )


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def one(uid: UUID) -> str:
    """One job with everything that is known of it."""
    line = jobs.one(reading(), uid)
    letter = line.payload.get("letter") if line.task == "mail.send" else None
    return render_template(
        "admin/job.html",
        form=Form(),
        row=row_of(line),
        payload=[(name, str(value)) for name, value in line.payload.items()],
        letter=url_for("admin.letter", uid=letter) if letter else None,
        may_retry=line.state in (JobState.FAILED, JobState.CANCELLED),
        may_stop=line.state == JobState.PENDING,
    )


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def retry(uid: UUID) -> ResponseReturnValue:
    return submit(
        actions.retry_one,
        uid,
        form=Form(),
        then=url_for("admin.job", uid=uid),
        said=_("It is being done again. Look in a minute."),
    )


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def retry_failed() -> ResponseReturnValue:
    task = request.form.get("task", "")
    return submit(
        actions.retry_failed,
        task,
        form=Form(),
        then=url_for("admin.jobs", estado="pendientes", tarea=task or None),
        said=lambda many: ngettext(
            "%(num)s task is being repeated.", "%(num)s tasks are being repeated.", many
        ),
    )


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def stop(uid: UUID) -> ResponseReturnValue:
    return submit(
        actions.stop,
        uid,
        form=Form(),
        then=url_for("admin.job", uid=uid),
        said=_("It was stopped. You can repeat it later."),
    )


def row_of(line: Line) -> Row:
    """A job in words."""
    said, tone = words.STATES[line.state]
    percent = None
    if line.state == JobState.LEASED and line.progress_total:
        percent = min(100, 100 * (line.progress_done or 0) // line.progress_total)
    return Row(
        line=line,
        title=_(words.task(line.task)),
        state=(_(said), tone),
        failure=shown(line.last_error),
        percent=percent,
        url=url_for("admin.job", uid=line.uid),
    )
