"""/gestion/registro: the book of the register, folio by folio, on screen, on paper and as CSV."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from flask import Response, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.queries import books as queries
from lms.certificates.queries.books import Entry, Volume
from lms.certificates.rules.status import word_in_book
from lms.certificates.scopes import institution_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import grants_for
from lms.foundation.kernel.spreadsheet import BEGINNING, lines
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.reading import reading
from lms.people.queries.institution import institution_of, looked_after
from lms.people.queries.reach import reach_of
from lms.people.scopes import anyone_for

ISSUE = Permission.CREDENTIAL_ISSUE
PAGE_SIZE = 25
EARLIER = "anteriores"


@guard(ISSUE, anyone_for(ISSUE))
def index() -> ResponseReturnValue:
    """The institutions whose book one keeps; the only one at once."""
    reach = reach_of(reading(), grants_for(signed_in(), ISSUE))
    page = looked_after(reading(), reach, page_of(), PAGE_SIZE)
    if page.total == 1 and not request.args:
        return redirect(url_for("certificates.book", institution=page.items[0].uid))
    return render_template(
        "certificates/books.html",
        page=page,
        page_url=lambda n: url_for("certificates.books", pagina=n),
    )


@guard(ISSUE, institution_scope)
def show(institution: UUID) -> str:
    """Some folios of a book; or what is older than the folios, in its order."""
    session = reading()
    found = institution_of(session, institution)
    volumes = queries.volumes(session, found.id)
    before = queries.count_earlier(session, found.id)
    volume = _asked(volumes)
    folios: Mapping[int, Sequence[Entry]] = {}
    number = page_of()
    if volume is not None:
        if "pagina" not in request.args:  # the folio that was asked for, else the last one
            number = (_folio(volume) - 1) // queries.FOLIOS + 1
        first = (number - 1) * queries.FOLIOS + 1
        folios = queries.on_folios(session, found.id, volume, first, first + queries.FOLIOS - 1)
        page = Page(list(folios), number, queries.FOLIOS, volume.last_folio)
    else:
        old = queries.earlier(session, found.id, number) if before else []
        folios = {0: old} if old else {}
        page = Page(list(folios), number, queries.EARLIER, before)

    def address(of: Volume | None, number: int | None = None) -> str:
        return url_for("certificates.book", institution=institution, libro=named(of), pagina=number)

    chips = [(title(each), address(each), each == volume) for each in volumes]
    if before:
        chips.append((_("Before there were folios"), address(None), volume is None))
    return render_template(
        "certificates/book.html",
        found=found,
        chips=chips if len(chips) > 1 else [],
        volume=volume,
        named=named(volume),
        title=title(volume) if volume else "",
        folios=folios,
        page=page,
        page_url=lambda n: address(volume, n),
        word=word_in_book,
    )


@guard(ISSUE, institution_scope)
def table(institution: UUID) -> Response:
    """A whole book for a spreadsheet, read a few folios at a time."""
    session = reading()
    found = institution_of(session, institution)
    volume = _asked(queries.volumes(session, found.id))
    body = stream_with_context(_pieces(found.id, volume))
    response = Response(body, mimetype="text/csv")
    name = f"libro-{found.key}-{named(volume)}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def named(volume: Volume | None) -> str:
    """A book as an address names it."""
    if volume is None:
        return EARLIER
    return f"muestra-{volume.book}" if volume.demo else str(volume.book)


def title(volume: Volume) -> str:
    """A book as people name it."""
    if volume.demo:
        return str(_("Book %(number)s (samples)", number=volume.book))
    return str(_("Book %(number)s", number=volume.book))


def _asked(volumes: Sequence[Volume]) -> Volume | None:
    """The book that the address names; the newest where it names none."""
    wanted = request.args.get("libro", "")
    if wanted == EARLIER:
        return None
    chosen = [each for each in volumes if named(each) == wanted]
    return next(iter(chosen or volumes), None)


def _folio(volume: Volume) -> int:
    """The folio that the address names; the last one that is written where it names none."""
    text = request.args.get("folio", "")
    asked = int(text) if text.isascii() and text.isdigit() else 0
    return asked if 1 <= asked <= volume.last_folio else volume.last_folio


def _pieces(institution_id: int, volume: Volume | None) -> Iterator[str]:
    heads = [
        _("Book"), _("Folio"), _("Line"), _("Register number"), _("Surnames and given names"),
        _("Document"), _("Course"), _("Programme"), _("Date"), _("Status"), _("Edition"), _("Code"),
    ]  # fmt: skip
    yield BEGINNING + "".join(lines([heads]))
    yield from lines(_cells(each) for each in queries.whole(reading(), institution_id, volume))


def _cells(entry: Entry) -> list[str]:
    place = [str(each or "") for each in (entry.book, entry.folio, entry.line)]
    return [
        *place,
        entry.number,
        entry.holder,
        entry.title,
        entry.what,
        entry.programme,
        entry.on.isoformat(),
        str(_(word_in_book(entry.status).said)),
        str(entry.edition),
        entry.code,
    ]
