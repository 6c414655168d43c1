"""Where a number is written: book, folio and line, one after the other; and how a book is kept."""

from dataclasses import dataclass

from lms.foundation.kernel.errors import N_, Invalid

MOST_ENTRIES = 50
MOST_FOLIOS = 1_000
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Layout:
    """How many entries a folio takes, and how many folios a book."""

    entries_per_folio: int = 20
    folios_per_book: int = 200


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a folio of a book. Line 0: nothing is written on the folio yet."""

    book: int = 1
    folio: int = 1
    line: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """How a book is kept and how far it is written: its last number and that one's place.

    ``yearly`` begins the numbers anew each year; folios and books go on.
    """

    yearly: bool
    layout: Layout
    number: int
    place: Place


def following(place: Place, layout: Layout) -> Place:
    """The next line; after the last one of a folio the next folio, after its last the next book."""
    if place.line < layout.entries_per_folio:
        return Place(place.book, place.folio, place.line + 1)
    if place.folio < layout.folios_per_book:
        return Place(place.book, place.folio + 1, 1)
    return Place(place.book + 1, 1, 1)


def check_kept(now: Kept, wanted: Kept, *, written: bool) -> None:
    """A book goes on where the institute has got to: upward only, and never over what is written.

    ``now`` is where these numbers stand. Once the first of them was given here (``written``), the
    next one follows it without a gap: only the place may still move on, to a later folio or book.
    """
    layout = wanted.layout
    _between("entries_per_folio", layout.entries_per_folio, 1, MOST_ENTRIES)
    _between("folios_per_book", layout.folios_per_book, 1, MOST_FOLIOS)
    _between("number", wanted.number, 0, MOST)
    _between("book", wanted.place.book, 1, MOST)
    _between("folio", wanted.place.folio, 1, layout.folios_per_book)
    _between("line", wanted.place.line, 0, layout.entries_per_folio)
    if written and wanted.number != now.number:
        _refuse("number", N_("Numbers were already given here: they go on without a gap."))
    if wanted.number < now.number:
        _refuse("number", N_("The register has already got further than this number."))
    if wanted.place < now.place:
        _refuse("book", N_("The register has already got further than this place."))


def _between(name: str, figure: int, least: int, most: int) -> None:
    if not least <= figure <= most:
        raise Invalid(
            N_("Write a number from %(least)s to %(most)s."),
            fields={name: N_("Write a number from %(least)s to %(most)s.")},
            least=least,
            most=most,
        )


def _refuse(name: str, why: str) -> None:
    raise Invalid(why, fields={name: why})
