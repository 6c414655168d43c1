"""Single values against their shape: texts, names, numbers, dates."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from lms.catalog.rules.shapes import (
    Choice,
    Day,
    Flag,
    Key,
    Markdown,
    Number,
    Ref,
    Shape,
    Text,
    Whole,
)
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_KEY = 80
_LONGEST_SHOWN = 80
# A number of more digits than are read as one stays text: it is out of every range.
_TOO_LONG = re.compile(r"[-+]?(?:[0-9]{19,}(?:\.[0-9]+)?|[0-9]+\.[0-9]{19,})")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value, without its place."""

    message: str
    remedy: str
    params: Mapping[str, Any] = field(default_factory=dict)


_TOO_LARGE = Fault(N_("`%(key)s` has too many digits"), N_("correct the number"))


def fault_in(value: Any, shape: Shape) -> Fault | None:
    """What is wrong with a single value, if anything."""
    match shape:
        case Text(longest=longest):
            return _text(value, longest, shape.may_be_empty)
        case Markdown(longest=longest):
            return _text(value, longest, False)
        case Ref():
            return None if isinstance(value, str) else _not_text(value)
        case Key():
            return _key(value)
        case Choice(options):
            return choice(value, options)
        case Whole(least=least, most=most):
            return _whole(value) or _within(value, least, most)
        case Number(least=least, most=most):
            return _number(value) or _within(value, least, most)
        case Flag():
            return _flag(value)
        case Day():
            return _day(value)
    raise AssertionError(shape)


def _text(value: Any, longest: int, may_be_empty: bool) -> Fault | None:
    if not isinstance(value, str):
        return _not_text(value)
    if not value.strip() and not may_be_empty:
        return Fault(N_("`%(key)s` is empty"), N_("write its text, or take the line out"))
    if len(value) > longest:
        return Fault(
            N_("`%(key)s` has %(count)s characters; %(most)s are the most"),
            N_("shorten it"),
            {"count": len(value), "most": longest},
        )
    return None


def _not_text(value: Any) -> Fault:
    if isinstance(value, Mapping | Sequence):
        return Fault(
            N_("`%(key)s` must be text"),
            N_("write words here; if they contain a colon, put them between quotes"),
        )
    written = str(value).lower() if isinstance(value, bool) else value
    return Fault(
        N_("`%(key)s` must be text"),
        N_('put it between quotes: "%(value)s"'),
        {"value": written},
    )


def _key(value: Any) -> Fault | None:
    if isinstance(value, str) and KEY.fullmatch(value) and len(value) <= LONGEST_KEY:
        return None
    return Fault(
        N_("`%(key)s` is not a valid name: %(value)s"),
        N_("use small letters without accents, digits and hyphens, for instance `%(near)s`"),
        {"value": str(value)[:_LONGEST_SHOWN], "near": _keyed(str(value))},
    )


def _keyed(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", fold(text))
    return "-".join(words)[:LONGEST_KEY].strip("-") or "a-name"


def choice(value: Any, options: Sequence[str]) -> Fault | None:
    """One word of a list; the nearest one is offered."""
    if isinstance(value, str) and value in options:
        return None
    if not isinstance(value, str) and str(value) in options:
        return _not_text(value)
    near = nearest(str(value), options)
    return Fault(
        N_("`%(key)s` cannot be `%(value)s`"),
        N_("write one of: %(known)s") if near is None else N_("did you mean `%(near)s`?"),
        {"value": str(value)[:_LONGEST_SHOWN], "near": near, "known": ", ".join(options)},
    )


def nearest(key: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant."""
    near = difflib.get_close_matches(key[:_LONGEST_SHOWN], list(known), n=1, cutoff=0.6)
    return near[0] if near else None


def _whole(value: Any) -> Fault | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return None
    if isinstance(value, str) and _TOO_LONG.fullmatch(value):
        return _TOO_LARGE
    return Fault(
        N_("`%(key)s` must be a whole number"),
        N_("write it in digits, without quotes or decimals"),
    )


def _number(value: Any) -> Fault | None:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return None
    if isinstance(value, str) and _TOO_LONG.fullmatch(value):
        return _TOO_LARGE
    return Fault(
        N_("`%(key)s` must be a number"),
        N_("write it in digits with a point for decimals, without quotes or units"),
    )


def _within(value: int | Decimal, least: int | None, most: int | None) -> Fault | None:
    if least is not None and value < least:
        return Fault(
            N_("`%(key)s` is %(value)s and cannot be less than %(least)s"),
            N_("correct the number"),
            {"value": value, "least": least},
        )
    if most is not None and value > most:
        return Fault(
            N_("`%(key)s` is %(value)s and cannot be more than %(most)s"),
            N_("correct the number"),
            {"value": value, "most": most},
        )
    return None


def _flag(value: Any) -> Fault | None:
    if isinstance(value, bool):
        return None
    return Fault(
        N_("`%(key)s` must be `true` or `false`"),
        N_("write one of the two, without quotes"),
    )


def _day(value: Any) -> Fault | None:
    if isinstance(value, date):
        return None
    return Fault(
        N_("`%(key)s` must be a date"),
        N_("write it as year-month-day without quotes: 2026-11-01"),
    )
