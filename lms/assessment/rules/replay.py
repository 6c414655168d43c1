"""Whether the chain of an attempt is whole, and whether the attempt still says what it says."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from lms.assessment.rules.chain import Kind, Link, moment, seal
from lms.foundation.kernel.errors import N_

NOT_KEPT = N_("This attempt began before chains were kept: there is nothing to check.")
ENDED = (Kind.HANDED_IN, Kind.HANDED_IN_FOR, Kind.EXPIRED)
DATED = (Kind.SHOWN, Kind.EXTENDED, Kind.REOPENED)


@dataclass(frozen=True)
class Stored:
    """What the rows of an attempt say today, as its links would tell it."""

    uid: UUID
    shown: Mapping[str, Any]
    started_at: datetime
    deadline: datetime | None
    handed_in_at: datetime | None
    receipt: str | None
    marked: Mapping[str, Any] | None
    unlinked: int
    """Answers that stand outside the chain."""
    anchors: Collection[str] = ()
    """Digests that the log, which nobody can alter, has of this attempt."""
    scores: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """What the answers that were checked are worth today, by the position of their links."""


@dataclass(frozen=True)
class Wrong:
    """The first thing that disagrees, as a sentence."""

    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


def check(links: Sequence[Link], stored: Stored) -> Wrong | None:
    """The first link that disagrees: with its seal, with the count, or with the attempt as it is.

    An attempt without any trace of a chain is none that was tampered with: it is older.
    """
    if not links and not stored.anchors:
        return None
    return (
        _seals(links, stored.uid)
        or _first(links, stored)
        or _checks(links, stored)
        or _last(links, stored)
    )


def _seals(links: Sequence[Link], attempt: UUID) -> Wrong | None:
    before = ""
    for position, link in enumerate(links, 1):
        if link.position != position:
            return Wrong(N_("Link %(position)s is missing."), {"position": position})
        if seal(before, attempt, position, link) != link.digest:
            return Wrong(N_("Link %(position)s was altered."), {"position": position})
        before = link.digest
    return None


def _first(links: Sequence[Link], stored: Stored) -> Wrong | None:
    """What was shown, and what stands elsewhere of the chain."""
    if not links or links[0].kind != Kind.SHOWN:
        return Wrong(N_("Link %(position)s is missing."), {"position": 1})
    first = links[0]
    says = (first.what["number"], first.what["asked"], moment(first.at))
    if says != (stored.shown["number"], stored.shown["asked"], moment(stored.started_at)):
        return Wrong(
            N_("Link %(position)s says that something else was shown than the attempt has now."),
            {"position": 1},
        )
    if stored.unlinked:
        return Wrong(
            N_("Answers outside the chain were found: %(count)s."), {"count": stored.unlinked}
        )
    if not set(stored.anchors) <= {link.digest for link in links}:
        return Wrong(N_("The log knows another chain of this attempt than this one."))
    return None


def _checks(links: Sequence[Link], stored: Stored) -> Wrong | None:
    """What was checked is what was held then, and is worth what the check said."""
    held: dict[int, tuple[int, Any]] = {}
    for link in links:
        slot = link.what.get("slot", 0)
        if link.kind == Kind.SAVED and not link.what["late"]:
            # Answers that arrive out of order: the highest number counts, the later of two equal.
            if link.what["sequence"] >= held.get(slot, (0, None))[0]:
                held[slot] = (link.what["sequence"], link.what["value"])
        elif link.kind == Kind.CHECKED:
            if link.what["value"] != held.get(slot, (0, None))[1]:
                return Wrong(
                    N_("Link %(position)s checks another answer than was held."),
                    {"position": link.position},
                )
            if (link.what["part"], link.what["whole"]) != stored.scores.get(link.position):
                return Wrong(
                    N_("Link %(position)s gives an answer another worth than its question does."),
                    {"position": link.position},
                )
    return None


def _last(links: Sequence[Link], stored: Stored) -> Wrong | None:
    """What the last link of each kind says against what the attempt says."""
    dated = _latest(links, DATED)
    if dated is not None and dated.what["until"] != moment(stored.deadline):
        return Wrong(
            N_("Link %(position)s says another deadline than the attempt has now."),
            {"position": dated.position},
        )
    over = ended(links)
    says = (over.what["ended"], over.what["receipt"]) if over else (None, None)
    if says != (moment(stored.handed_in_at), stored.receipt):
        if over is None:
            return Wrong(N_("The attempt is handed in, and no link says so."))
        return Wrong(
            N_("Link %(position)s says another handing in than the attempt has now."),
            {"position": over.position},
        )
    marked = _since_reopened(links, (Kind.MARKED,))
    if (marked.what if marked else None) != stored.marked:
        if marked is None:
            return Wrong(N_("The attempt is marked, and no link says so."))
        return Wrong(
            N_("Link %(position)s says other marks than the attempt has now."),
            {"position": marked.position},
        )
    return None


def ended(links: Sequence[Link]) -> Link | None:
    """The link that tells how the attempt ended; none while it runs, once it is reopened too."""
    return _since_reopened(links, ENDED)


def _since_reopened(links: Sequence[Link], kinds: Collection[str]) -> Link | None:
    """The last link of these kinds; what was so before an attempt was reopened is history."""
    last = _latest(links, (*kinds, Kind.REOPENED))
    return None if last is None or last.kind == Kind.REOPENED else last


def _latest(links: Sequence[Link], kinds: Collection[str]) -> Link | None:
    return next((link for link in reversed(links) if link.kind in kinds), None)
