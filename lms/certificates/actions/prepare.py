"""Before anything is locked: who qualifies, and whether every letter of them can be printed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy.orm import Session

from lms.certificates.actions.draw_up import book, sample
from lms.certificates.formats import pdf
from lms.certificates.formats.record import Holder, Record
from lms.certificates.queries.candidates import Pair, qualifying
from lms.certificates.queries.office import Office, office
from lms.foundation.kernel.errors import N_, Refused

# So many letters, with spaces between and their accents, fit into one name of a record.
AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Ready:
    """Somebody who qualifies, under a name that was found printable."""

    pair: Pair
    name: str


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
    missing: set[str] = set()
    if candidates:
        drawn = sample(found, candidates[0], public_url, now)
        missing = _missing(drawn, (candidate.name for candidate in candidates))
    ready, unprintable = [], []
    for candidate in candidates:
        lost = [each for each in dict.fromkeys(pdf.letters(candidate.name)) if each in missing]
        if lost:
            unprintable.append(Unprintable(candidate.name, " ".join(lost)))
        else:
            ready.append(Ready(candidate.pair, candidate.name))
    return Prepared(found, book(found, now), ready, unprintable)


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
