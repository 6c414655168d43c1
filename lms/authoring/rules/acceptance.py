"""Accepting the facts of a course: what it writes on each, and what stands against it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any


def past(items: Sequence[Mapping[str, Any]], today: date) -> list[str]:
    """The keys of facts whose date has passed: nobody accepts what was to be checked again."""
    return [
        str(each.get("key"))
        for each in items
        if isinstance(each.get("expires"), date) and each["expires"] < today
    ]


def accepted(items: Sequence[Mapping[str, Any]], by: str, on: date) -> list[Mapping[str, Any]]:
    """Facts as they stand once somebody accepts them: those that nobody verified bear the name.

    What is doubtful stays unverified, and what another person verified keeps that person's name.
    """
    return [
        each
        if each.get("doubtful") or each.get("verified_on")
        else {**each, "verified_on": on, "verified_by": by}
        for each in items
    ]
