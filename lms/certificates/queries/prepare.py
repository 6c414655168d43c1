"""Before anything is locked: who qualifies, and whether every letter of them can be printed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy.orm import Session

from lms.certificates.formats import pdf
from lms.certificates.formats.record import Holder, Record
from lms.certificates.queries.candidates import Candidate, Pair, qualifying
from lms.certificates.queries.checklists import Dropped, find, standing
from lms.certificates.queries.draw_up import holder as holder_of
from lms.certificates.queries.draw_up import sample, series_key
from lms.certificates.queries.office import Office, office
from lms.certificates.rules.checking import Said
from lms.foundation.kernel.errors import N_, Invalid, Refused

# Stands for a character that has no shape.
UNSEEN = "�"
# So many letters, with spaces between and their accents, fit into one name of a record.
AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Ready:
    """Somebody who qualifies, under a name that was found printable."""

    pair: Pair
    name: str
    annulled: bool = False
    """There was a document before, which was annulled."""
    said: Said | None = None
    """As a check list says it, where one was approved: it must still be so when it is issued."""


@dataclass(frozen=True, slots=True)
class Unprintable:
    """Somebody who qualifies, and the letters of the name that our fonts do not have."""

    name: str
    letters: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """What can be issued, in the order of the register, and what cannot be printed."""

    office: Office
    series: str
    ready: Sequence[Ready]
    unprintable: Sequence[Unprintable]


def prepare(
    session: Session,
    cohort_uid: UUID,
    public_url: str,
    now: datetime,
    pairs: Collection[Pair] | None = None,
) -> Prepared:
    """Find who qualifies, all or of these pairs; whoever's name cannot be printed is set apart.

    Refused when the documents of this cohort cannot be drawn up or printed at all.
    """
    found = office(session, cohort_uid)
    candidates = qualifying(session, found.cohort_id, pairs)
    holders = {each.pair: _holder(each) for each in candidates}
    named = [each for each in candidates if holders[each.pair]]
    missing: set[str] = set()
    if named:
        drawn = sample(found, named[0], public_url, now)
        missing = _missing(drawn, (each.full_name for each in holders.values() if each))
    ready, unprintable = [], []
    for candidate in candidates:
        holder = holders[candidate.pair]
        lost = _lost(holder.full_name, missing) if holder else UNSEEN
        if lost:
            unprintable.append(Unprintable(candidate.name, lost))
        else:
            ready.append(Ready(candidate.pair, candidate.name, candidate.annulled))
    return Prepared(found, series_key(found, now), ready, unprintable)


@dataclass(frozen=True, slots=True)
class ByList:
    """What can be issued by an approved list, and who is set apart because something changed."""

    prepared: Prepared
    dropped: Sequence[Dropped]


def by_list(
    session: Session, cohort_uid: UUID, checklist: UUID, public_url: str, now: datetime
) -> ByList:
    """Of a list's people without a document by it, those who are still as it says of them."""
    found = office(session, cohort_uid)
    stays, dropped = standing(session, found, find(session, cohort_uid, checklist))
    prepared = prepare(session, cohort_uid, public_url, now, list(stays))
    ready = [replace(each, said=stays[each.pair]) for each in prepared.ready]
    return ByList(replace(prepared, ready=ready), dropped)


def _holder(candidate: Candidate) -> Holder | None:
    """The name as it would be printed; none if it has characters that nobody could see."""
    try:
        return holder_of(candidate)
    except Invalid:
        return None


def _lost(name: str, missing: Collection[str]) -> str:
    return " ".join(each for each in dict.fromkeys(pdf.letters(name)) if each in missing)


def _missing(drawn: Record, names: Iterable[str]) -> set[str]:
    """The letters that cannot be printed, asked once for all names together."""
    common = pdf.missing_glyphs(replace(drawn, holder=Holder("A", "A")))
    if common:
        raise Refused(
            N_("The documents of this cohort cannot be printed: no font has %(letters)s."),
            letters=" ".join(common),
        )
    letters = iter(dict.fromkeys(letter for name in names for letter in pdf.letters(name)))
    missing: set[str] = set()
    while piece := list(islice(letters, AT_ONCE)):
        record = replace(drawn, holder=Holder(f"A {' '.join(piece)}", "A"))
        missing.update(pdf.missing_glyphs(record))
    return missing
