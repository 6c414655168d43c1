"""What somebody is allowed beyond the rules of their cohort. It never takes anything away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lms.enrollment.rules.calendar import moments
from lms.foundation.kernel.errors import N_, Invalid

MOST_ATTEMPTS = 20
MOST_MINUTES = 600
LONGEST = timedelta(days=366)
SHORTEST_REASON = 5
WHOLE = ""
"""What an allowance is about that concerns the end of the cohort."""

Stored = Mapping[str, Any]
"""As an enrollment keeps it: by what it is about, what holds: closes_at, and extras with their
expiry."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """One allowance: what it gives, and until when more attempts or time may be used."""

    about: str
    closes_at: datetime | None = None
    attempts: int = 0
    minutes: int = 0
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Extra:
    """More attempts and more time, added up."""

    attempts: int = 0
    minutes: int = 0


NOTHING = Extra()


def stored(given: Iterable[Allowed], now: datetime) -> dict[str, Any]:
    """What an enrollment keeps of its allowances; those that have expired are left out."""
    found: dict[str, Any] = {}
    for each in given:
        lasting = each.expires_at is None or each.expires_at > now
        if not lasting and each.closes_at is None:
            continue
        entry = found.setdefault(each.about, {"extras": []})
        if each.closes_at is not None:
            before = entry.get("closes_at")
            latest = each.closes_at.isoformat()
            if before is None or datetime.fromisoformat(before) < each.closes_at:
                entry["closes_at"] = latest
        if lasting and (each.attempts or each.minutes):
            until = each.expires_at.isoformat() if each.expires_at else None
            entry["extras"].append([each.attempts, each.minutes, until])
    return found


def end_of(kept: Stored) -> datetime | None:
    """The later end of the cohort that somebody was given."""
    said = kept.get(WHOLE, {}).get("closes_at")
    return datetime.fromisoformat(said) if said else None


def extra(kept: Stored | None, course: str, activity: str, now: datetime) -> Extra:
    """What somebody may use beyond the settings of an activity now."""
    entry = (kept or {}).get(f"{course}/{activity}")
    if not entry:
        return NOTHING
    lasting = [
        (attempts, minutes)
        for attempts, minutes, until in entry["extras"]
        if until is None or now < datetime.fromisoformat(until)
    ]
    return Extra(sum(each[0] for each in lasting), sum(each[1] for each in lasting))


def calendar_of(calendar: Mapping[str, Any], kept: Stored | None) -> Mapping[str, Any]:
    """The days of a cohort's activities as they are for one person: theirs where they are later."""
    own = {about: each["closes_at"] for about, each in (kept or {}).items() if "closes_at" in each}
    own.pop(WHOLE, None)
    if not own:
        return calendar
    found = dict(calendar)
    for about, closes in own.items():
        course, _, activity = about.partition("/")
        said = dict(moments(calendar, course, activity))
        general = said.get("closes_at")
        if general and datetime.fromisoformat(general) < datetime.fromisoformat(closes):
            said["closes_at"] = closes
        found[about] = said
    return found


def later(general: datetime, own: datetime | None) -> datetime:
    """The end of the cohort for one person."""
    return general if own is None else max(general, own)


def wrong(
    given: Allowed, reason: str, *, now: datetime, ends_at: datetime, closes_at: datetime | None
) -> None:
    """Refuse an allowance that gives nothing or cannot be.

    ``ends_at`` is the end of the cohort, ``closes_at`` when the activity closes without it.
    """
    faults: dict[str, str] = {}
    whole = given.about == WHOLE
    if len(reason) < SHORTEST_REASON:
        faults["reason"] = N_("Write the reason in a few words: whoever looks later must know it.")
    if not (given.closes_at or given.attempts or given.minutes):
        faults["closes_at"] = N_("Give a later day, more attempts or more time.")
    if whole and (given.attempts or given.minutes):
        faults["attempts"] = N_("Attempts and time are given for one activity: choose it.")
    if given.closes_at is not None:
        if given.closes_at <= now:
            faults["closes_at"] = N_("That moment has passed already.")
        elif given.closes_at > now + LONGEST:
            faults["closes_at"] = N_("Choose a moment within a year.")
        elif whole and given.closes_at <= ends_at:
            faults["closes_at"] = N_("The cohort ends later than that anyway.")
        elif not whole and closes_at is None:
            faults["closes_at"] = N_(
                "It closes with the cohort. Give a later end of the cohort instead."
            )
        elif not whole and closes_at is not None and given.closes_at <= closes_at:
            faults["closes_at"] = N_("It closes later than that anyway.")
        elif not whole and given.closes_at > ends_at:
            faults["closes_at"] = N_(
                "The cohort ends before that. Give a later end of the cohort first."
            )
    if given.expires_at is not None and given.expires_at <= now:
        faults["expires_at"] = N_("That moment has passed already.")
    if faults:
        raise Invalid(next(iter(faults.values())), fields=faults)
