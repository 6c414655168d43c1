"""/gestion/administracion/bitacora: what was done, by whom, to what, with before and after."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response, current_app, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from lms.admin.actions.erase import erase
from lms.admin.queries import audit
from lms.admin.queries.audit import Asked, Entry, Part
from lms.admin.rules import deeds, told, words
from lms.admin.views.places import log_place, manages_installation, reach
from lms.admin.views.told import name_of, value_of
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.spreadsheet import BEGINNING, lines
from lms.foundation.kernel.text import one_line
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import anywhere, guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.people.queries import finding
from lms.people.queries.merges import with_joined
from lms.people.queries.people import names
from lms.people.queries.reach import reached, whereabouts
from lms.people.queries.site import site

LONGEST = 300
_UIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PARTS = {
    Part.ANY: N_("Did it or is concerned"),
    Part.ACTOR: N_("Did it"),
    Part.CONCERNED: N_("Is concerned"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as the page shows it."""

    entry: Entry
    deed: str
    by: str
    subject: str
    changes: list[tuple[str, str, str]]
    others: list[tuple[str, str]]


@dataclass(frozen=True)
class Typed:
    """What was asked for, as it was typed."""

    person: str
    part: Part
    area: str
    deed: str
    subject: str
    since: str
    until: str

    @property
    def kept(self) -> dict[str, Any]:
        return {
            "persona": self.person or None,
            "papel": self.part.value if self.part is not Part.ANY else None,
            "area": self.area or None,
            "hecho": self.deed or None,
            "objeto": self.subject or None,
            "desde": self.since or None,
            "hasta": self.until or None,
        }

    def __bool__(self) -> bool:
        return any(self.kept.values())


@guard(Permission.AUDIT_READ, log_place)
def show() -> str:
    """A page of the log, the latest first."""
    typed, after = _typed(), _uid(request.args.get("despues-de", ""))
    asked = _asked(typed)
    entries = audit.page(reading(), asked, after)
    more = len(entries) > audit.PAGE_SIZE
    entries = entries[: audit.PAGE_SIZE]
    return render_template(
        "admin/audit.html",
        rows=[_row(entry) for entry in entries],
        typed=typed,
        parts=[(part.value, _(said)) for part, said in PARTS.items()],
        areas=[(name, _(said)) for name, said in deeds.AREAS.items()],
        older=url_for("admin.audit", **typed.kept | {"despues-de": entries[-1].uid})
        if more
        else None,
        newest=url_for("admin.audit", **typed.kept) if after else None,
        sheet=url_for("admin.audit_sheet", **typed.kept),
        erasable=_erasable(asked),
    )


@guard(Permission.AUDIT_READ, log_place)
def sheet() -> Response:
    """Everything that the page would show, page after page, for a spreadsheet."""
    asked = _asked(_typed())
    response = Response(stream_with_context(_pieces(asked)), mimetype="text/csv")
    name = f"bitacora-{database().clock().date().isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def confirm_erasing(uid: UUID) -> str:
    """What erasing means, before it is done."""
    found = whereabouts(reading(), uid)
    return render_template(
        "admin/erase.html",
        form=Form(),
        person=uid,
        name=names(reading(), [found.person_id])[found.person_id].full,
        back=url_for("admin.audit", persona=uid),
    )


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def erase_personal(uid: UUID) -> ResponseReturnValue:
    found = whereabouts(reading(), uid)
    return submit(
        erase,
        found.person_id,
        form=Form(),
        then=url_for("admin.audit", persona=uid),
        said=lambda many: ngettext(
            "The personal values of %(num)s entry were erased.",
            "The personal values of %(num)s entries were erased.",
            many,
        ),
    )


def _typed() -> Typed:
    def text(name: str) -> str:
        return one_line(request.args.get(name, ""))[:LONGEST]

    part = text("papel")
    area, deed = text("area"), text("hecho")
    return Typed(
        person=text("persona"),
        part=Part(part) if part in set(Part) else Part.ANY,
        area=area if area in deeds.AREAS else "",
        deed=deed if deed in deeds.DEEDS else "",
        subject=text("objeto"),
        since=text("desde"),
        until=text("hasta"),
    )


def _asked(typed: Typed) -> Asked:
    whose = reach(Permission.AUDIT_READ)
    people = None
    if typed.person:
        uid = _uid(typed.person)
        if uid is not None:
            people = list(with_joined(reading(), whereabouts(reading(), uid).person_id))
        else:
            seen = partial(reached, whose)
            people = list(finding.find(reading(), typed.person, site().country, seen).ids)
    since, until = _day(typed.since), _day(typed.until)
    return Asked(
        reach=whose,
        people=people,
        part=typed.part,
        area=typed.area,
        deed=typed.deed,
        subject=_thing(typed.subject),
        since=_midnight(since) if since else None,
        until=_midnight(until + timedelta(days=1)) if until else None,
    )


def _erasable(asked: Asked) -> str | None:
    """The way to erase, where the page is about one person and the reader may."""
    uid = request.args.get("persona", "")
    is_named = _uid(uid) is not None
    if not asked.people or not manages_installation() or not (is_named or len(asked.people) == 1):
        return None
    if not is_named:
        uid = str(finding.lines(reading(), asked.people)[0].uid)
    return url_for("admin.erase", uid=uid)


def _pieces(asked: Asked) -> Iterator[str]:
    titles = [
        _("Moment"), _("What was done"), _("By"), _("How"), _("Person"), _("Thing"), _("Field"),
        _("Before"), _("After"),
    ]  # fmt: skip
    yield BEGINNING + "".join(lines([titles]))
    zone = ZoneInfo(current_app.extensions["cabildo.zone"]())
    # A session of its own: the request's own may be gone while a slow line still reads.
    with database().reading() as session:
        for piece in audit.everything(session, asked):
            yield "".join(line for entry in piece for line in lines(_cells(entry, zone)))


def _cells(entry: Entry, zone: ZoneInfo) -> Iterator[list[str]]:
    """An entry as rows of the sheet: one for each thing that it tells."""
    row = _row(entry)
    subject = f"{entry.subject_kind} {entry.subject_uid}" if entry.subject_uid else ""
    head = [
        entry.at.astimezone(zone).isoformat(sep=" ", timespec="seconds"), row.deed, row.by,
        entry.channel, entry.person, subject,
    ]  # fmt: skip
    rest = [(name, "", value) for name, value in row.others]
    for each in [*row.changes, *rest] or [("", "", "")]:
        yield [*head, *each]


def _row(entry: Entry) -> Row:
    by = entry.actor or _(words.WITHOUT_PERSON.get(entry.channel, entry.channel))
    if entry.acting_as:
        by = _("%(person)s, seeing as %(other)s", person=by, other=entry.acting_as)
    return Row(
        entry=entry,
        deed=_(deeds.deed(entry.deed)),
        by=by,
        subject=str(entry.subject_uid or ""),
        changes=_changes(entry),
        others=[
            (name_of((name,)), value_of(name, value))
            for name, value in told.others(entry.detail, entry.personal)
        ],
    )


def _changes(entry: Entry) -> list[tuple[str, str, str]]:
    """What is another now: its name, as it was, as it is."""
    found = []
    for each in told.changes(entry.detail, entry.personal):
        name = each.path[-1] if each.path else ""
        found.append((name_of(each.path), value_of(name, each.before), value_of(name, each.after)))
    return found


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _thing(text: str) -> UUID | None:
    """The thing that an address of its page names; what names none is found nowhere."""
    if not text:
        return None
    named = _UIDS.findall(text)
    return UUID(named[-1]) if named else UUID(int=0)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(current_app.extensions["cabildo.zone"]()))
