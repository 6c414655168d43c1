"""Facts of law: which of them must be looked at, and where the same one stands in other courses."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from lms.catalog.rules.sources import FactSource
from lms.foundation.kernel.text import fold

SOON = timedelta(days=60)


class Standing(StrEnum):
    """Whether a fact can be relied on today."""

    HOLDS = "holds"
    SOON = "soon"
    """To be checked again within two months."""
    EXPIRED = "expired"
    DOUBTFUL = "doubtful"
    UNVERIFIED = "unverified"


ORDER = (
    Standing.EXPIRED,
    Standing.SOON,
    Standing.UNVERIFIED,
    Standing.DOUBTFUL,
    Standing.HOLDS,
)
"""What asks for somebody's attention comes first."""


def standing(fact: FactSource, today: date) -> Standing:
    """Where a fact stands on a day; what has expired is said before anything else."""
    if fact.expires is not None and fact.expires < today:
        return Standing.EXPIRED
    if fact.doubtful:
        return Standing.DOUBTFUL
    if fact.expires is not None and fact.expires - today <= SOON:
        return Standing.SOON
    return Standing.HOLDS if fact.verified_on is not None else Standing.UNVERIFIED


def is_same(one: FactSource, other: FactSource) -> bool:
    """Whether two courses speak of the same fact: the same article of a source, or the same words.

    Without an article the source alone says too little.
    """
    if fold(one.text) == fold(other.text):
        return True
    of_article = bool(one.article) and fold(one.article or "") == fold(other.article or "")
    return of_article and fold(one.source) == fold(other.source)


def edited(item: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """A fact as its file shall say it: None takes out what is said; what says nothing stays."""
    merged = dict(item)
    for key, value in values.items():
        if value is not None:
            merged[key] = value
        elif merged.get(key):
            del merged[key]
    return merged
