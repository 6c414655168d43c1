"""Dates, hours and figures as the reader's country writes them.

Language and format are two things: messages are Spanish or English, figures follow the country of
the institution, never bare ``es``, which prints 61,5 where these countries write 61.5.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask, current_app, g
from flask_babel import force_locale, get_locale

from lms.foundation.locale.words import gettext, ngettext


def install(app: Flask) -> None:
    """Give the templates their filters."""
    app.jinja_env.filters.update(
        date=day,
        datetime=moment,
        time=clock_time,
        minutes=minutes_text,
        hours=hours_text,
        kilobytes=kilobytes,
        number=number,
    )
    # Not a filter: of a constant that would be worked out once, for whoever reads the page first.
    app.jinja_env.globals["time_zone"] = zone_name


@contextmanager
def speaking(locale: str, zone: str) -> Iterator[None]:
    """Write in somebody else's language and zone (letters)."""
    before = g.get("cabildo_zone")
    g.cabildo_zone = ZoneInfo(zone)
    try:
        with force_locale(locale):
            yield
    finally:
        g.cabildo_zone = before


def by_the_clocks_of(zone: str) -> None:
    """Write the hours of this page as the clocks of another place show them, whoever reads it."""
    g.cabildo_zone = ZoneInfo(zone)


def day(value: date | datetime | str | None, style: str = "long") -> str:
    """A day as it is spoken: 21 de noviembre de 2026; ``short`` is 21 nov 2026."""
    if value is None:
        return "—"
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.astimezone(_zone()).date()
    pattern = {"long": _long_pattern(), "short": "d MMM y", "month": "d MMM"}[style]
    return format_date(value, pattern, locale=_locale())


def clock_time(value: datetime | str | None) -> str:
    """The hour, in the reader's zone: 10:42."""
    if value is None:
        return "—"
    value = datetime.fromisoformat(value) if isinstance(value, str) else value
    here = value.astimezone(_zone())
    return f"{here.hour}:{here.minute:02}"


def moment(value: datetime | str | None, zone: bool = False) -> str:
    """Day and hour in the reader's zone; with ``zone`` its name too, as deadlines need."""
    if value is None:
        return "—"
    value = datetime.fromisoformat(value) if isinstance(value, str) else value
    pattern = "EEEE d 'de' MMMM, H:mm" if _locale().language == "es" else "EEEE d MMMM, H:mm"
    if value.astimezone(_zone()).year != _this_year():
        pattern = pattern.replace("MMMM", "MMMM 'de' y" if _locale().language == "es" else "MMMM y")
    text = format_datetime(value, pattern, tzinfo=_zone(), locale=_locale())
    return f"{text} ({zone_name()})" if zone else text


def zone_name() -> str:
    """The reader's zone as people call it: hora de Guatemala."""
    city = str(getattr(_zone(), "key", "") or "UTC").rpartition("/")[2].replace("_", " ")
    return gettext("%(city)s time", city=_CITIES.get(city, city))


_CITIES = {"Mexico City": "Ciudad de México", "Bogota": "Bogotá"}


def number(value: int | Decimal | float | None, decimals: int | None = None) -> str:
    """A figure as the country writes it: 4,100 and 61.5."""
    if value is None:
        return "—"
    pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=_locale())


def minutes_text(value: int) -> str:
    """Minutes as people say them: 9 minutos, 1 h 30 min."""
    if value < 60:
        return ngettext("%(num)s minute", "%(num)s minutes", value)
    hours, rest = divmod(value, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def hours_text(value: int) -> str:
    """Hours of a programme: 24 horas."""
    return ngettext("%(num)s hour", "%(num)s hours", value)


def kilobytes(value: int) -> str:
    """What a download costs, from bytes: 38 kB, 1.4 MB."""
    if value < 1_000_000:
        return f"{max(1, round(value / 1000))} kB"
    if value < 1_000_000_000:
        return f"{number(Decimal(value) / 1_000_000, 1)} MB"
    return f"{number(Decimal(value) / 1_000_000_000, 1)} GB"


def _long_pattern() -> str:
    return "d 'de' MMMM 'de' y" if _locale().language == "es" else "d MMMM y"


def _locale() -> Locale:
    return get_locale() or Locale.parse("es_419")


def _zone() -> ZoneInfo:
    zone: ZoneInfo | None = g.get("cabildo_zone")
    if zone is None:
        zone = g.cabildo_zone = ZoneInfo(current_app.extensions["cabildo.zone"]())
    return zone


def _this_year() -> int:
    return int(current_app.extensions["cabildo.clock"]().astimezone(_zone()).year)
