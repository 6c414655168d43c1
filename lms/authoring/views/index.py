"""/gestion/autoria: the programmes that one may write."""

from flask import render_template, request, url_for

from lms.authoring import scopes
from lms.authoring.queries import programmes
from lms.catalog.rules import words
from lms.catalog.rules.search import searchable
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import grants_for
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.reading import reading


@guard(Permission.DRAFT_VIEW, scope=scopes.room)
def show() -> str:
    text = searchable(request.args.get("q", ""))
    grants = grants_for(signed_in(), Permission.DRAFT_VIEW)
    found, total = programmes.page(reading(), programmes.writable(grants), text, page_of())
    begins = [g for g in grants_for(signed_in(), Permission.COURSE_WRITE) if g.course_id is None]
    return render_template(
        "authoring/index.html",
        page=Page(found, page_of(), programmes.PAGE_SIZE, total),
        page_url=lambda n: url_for("authoring.index", q=text or None, pagina=n),
        text=text,
        begins=bool(begins),
        rules=bool(grants_for(signed_in(), Permission.INSTITUTION_MANAGE)),
        words=words,
    )
