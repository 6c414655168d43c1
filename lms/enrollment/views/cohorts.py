"""/gestion/promociones: the cohorts that a member of staff sees."""

from typing import Any

from flask import render_template, request, url_for

from lms.catalog.rules import words
from lms.catalog.rules.search import searchable
from lms.enrollment.queries import cohorts as queries
from lms.enrollment.queries.visible import grants_for, visible
from lms.enrollment.scopes import cohorts_seen
from lms.foundation.access.permissions import Permission
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.reading import database, reading_connection


@guard(Permission.COHORT_VIEW, scope=cohorts_seen)
def show() -> str:
    identity = signed_in()
    text = searchable(request.args.get("q", ""))
    named = request.args.get("estado", "")
    phase = queries.Phase(named) if named in set(queries.Phase) else None
    found, total = queries.page(
        reading_connection(),
        visible(grants_for(identity, Permission.COHORT_VIEW)),
        text=text,
        phase=phase,
        now=database().clock(),
        number=page_of(),
    )
    kept: dict[str, Any] = {"q": text or None, "estado": phase and phase.value}
    return render_template(
        "enrollment/cohorts.html",
        page=Page(found, page_of(), queries.PAGE_SIZE, total),
        page_url=lambda n: url_for("enrollment.staff_index", **kept, pagina=n),
        text=text,
        phase=phase.value if phase else "",
        opens=bool(grants_for(identity, Permission.COHORT_OPEN)),
        decides=bool(grants_for(identity, Permission.ENROLLMENT_DECIDE)),
        words=words,
    )
