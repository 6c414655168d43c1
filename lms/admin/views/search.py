"""/gestion/buscar: one box over people, programmes and courses, cohorts, documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.admin.queries import search
from lms.catalog.rules import words
from lms.catalog.rules.search import searchable
from lms.certificates.formats.record import from_json
from lms.certificates.formats.transcribed import from_json as from_book
from lms.certificates.rules import status
from lms.certificates.rules.numbers import printed
from lms.desk.views.staff import staff_place
from lms.foundation.access.identity import Identity
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import grants_for
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.reading import reading
from lms.people.queries import finding
from lms.people.queries.reach import Reach, reach_of, reached
from lms.people.queries.site import site


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, as it stands in the list."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Everything of one kind; ``more`` says that only the first are shown."""

    key: str
    title: str
    icon: str
    hits: Sequence[Hit]
    more: bool = False
    all: str = ""


@guard(Permission.STAFF_ROOM, staff_place)
def show() -> ResponseReturnValue:
    """What the words mean, kind by kind; a document's code or number leads straight to it."""
    text, identity = searchable(request.args.get("q", "")), signed_in()
    sections: list[Section] = []
    if text:
        documents = _documents(identity, text)
        if len(documents) == 1:
            return redirect(documents[0].url, 303)
        sections = [
            _people(identity, text),
            Section("cohorts", _("Cohorts"), "users", _cohorts(identity, text)),
            Section(
                "programmes", _("Programmes and courses"), "book-open", _programmes(identity, text)
            ),
            Section("documents", _("Documents"), "award", documents),
            Section(
                "transcribed", _("Earlier diplomas"), "book-open", _transcribed(identity, text)
            ),
        ]  # fmt: skip
    return render_template(
        "admin/search.html", text=text, sections=[each for each in sections if each.hits]
    )


def _people(identity: Identity, text: str) -> Section:
    """People as the help desk knows them; for other staff those who study where they look."""
    session, country = reading(), site().country
    helps = grants_for(identity, Permission.PERSON_HELP)
    sees = grants_for(identity, Permission.COHORT_VIEW)
    seen = partial(reached, reach_of(session, helps)) if helps else partial(search.studying, sees)
    found = finding.find(session, text, country, seen) if helps or sees else finding.NOBODY
    first = found.ids[: search.MOST]
    lines = finding.lines(session, first) if first else []
    places = {} if helps or not first else search.places(session, first, sees)
    hits = []
    for line in lines:
        place = places.get(line.id)
        if place is None:
            url = url_for("desk.help_person", person=line.uid)
            said = [line.document, line.municipality]
        else:
            url = url_for("desk.person", cohort=place.cohort, enrollment=place.enrollment)
            said = [place.cohort_title, line.municipality]
        hits.append(Hit(line.name, url, " · ".join(part for part in said if part)))
    return Section(
        "people",
        _("People"),
        "circle-user",
        hits,
        more=found.more or len(found.ids) > len(hits),
        all=url_for("desk.help_desk", q=text) if helps else "",
    )


def _cohorts(identity: Identity, text: str) -> list[Hit]:
    lines = search.cohorts(reading(), text, grants_for(identity, Permission.COHORT_VIEW))
    return [
        Hit(each.title, url_for("desk.cohort", cohort=each.uid), each.programme) for each in lines
    ]


def _programmes(identity: Identity, text: str) -> list[Hit]:
    reach = reach_of(reading(), identity.grants)
    known = Reach(reach.everywhere, reach.institutions | identity.ties)
    return [
        Hit(
            each.title,
            url_for("catalog.programme", slug=each.slug),
            ", ".join(each.courses) or _(words.KINDS.get(each.kind, each.kind)),
        )
        for each in search.programmes(reading(), text, known)
    ]


def _documents(identity: Identity, text: str) -> list[Hit]:
    reach = reach_of(reading(), grants_for(identity, Permission.STAFF_ROOM))
    return [
        Hit(
            printed(each.series, each.number),
            url_for("certificates.public", code=each.code),
            f"{from_json(each.record).holder.full_name} · {_(status.word(each.status).said)}",
        )
        for each in search.documents(reading(), text, reach)
    ]


def _transcribed(identity: Identity, text: str) -> list[Hit]:
    grants = grants_for(identity, Permission.CREDENTIAL_ISSUE)
    if not grants:
        return []
    return [
        Hit(
            from_book(each.record).holder.full_name,
            url_for(
                "certificates.transcribed", institution=each.institution, transcribed=each.uid
            ),
            _("Book %(book)s, folio %(folio)s, no. %(number)s", book=each.book, folio=each.folio,
              number=each.number),
        )
        for each in search.transcribed(reading(), text, reach_of(reading(), grants))
    ]  # fmt: skip
