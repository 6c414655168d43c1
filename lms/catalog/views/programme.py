"""/cursos/<slug>: what a programme is, and the cohorts one can ask for."""

from flask import render_template

from lms.catalog.activity import activity_kinds
from lms.catalog.offers import offers_of
from lms.catalog.queries.programme import ProgrammePage, programme_page
from lms.catalog.rules import words
from lms.foundation.access.identity import Identity
from lms.foundation.locale.formats import day
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import public
from lms.foundation.web.identity import current_identity
from lms.foundation.web.markdown import render
from lms.foundation.web.reading import database, reading_connection


@public("visitors read what a programme asks and gives before they register")
def show(slug: str) -> str:
    reader = reading_connection()
    identity = current_identity()
    person_id = identity.person_id if isinstance(identity, Identity) else None
    now = database().clock()
    page = programme_page(reader, slug)
    final = page.outline.final_work
    open_to_all = _open_to_all(page)
    return render_template(
        "catalog/programme.html",
        page=page,
        programme=page.outline,
        final_work=render(final.description).html if final else None,
        offers=offers_of(reader, page.programme_id, now, person_id),
        open_to_all=open_to_all,
        accepted="; ".join(
            _("accepted by %(name)s on %(day)s", name=by, day=day(on))
            for by, on in page.outline.acceptances
        ),
        first=next((each for links in open_to_all.values() for each in links.values()), None),
        words=words,
        audience=", ".join(_(words.AUDIENCES.get(key, key)) for key in page.outline.audience),
        modes=", ".join(_(words.MODES.get(key, key)) for key in page.outline.modes),
        now=now,
    )


def _open_to_all(page: ProgrammePage) -> dict[str, dict[str, str]]:
    """Where anybody reads what an open programme has, by the keys of course and activity."""
    if not page.outline.is_open:
        return {}
    kinds = activity_kinds()
    return {
        course.key: {
            each.key: kinds[each.kind].open_to_all(page.slug, course.key, each.key)
            for module in course.modules
            for each in module.lessons
            if each.key
        }
        for course in page.outline.courses
    }
