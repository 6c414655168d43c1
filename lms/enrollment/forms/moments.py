"""Days and hours in a form, as the clocks show them where the institution is."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, Field, ValidationError
from wtforms.validators import InputRequired
from wtforms.validators import Optional as MayBeEmpty

from lms.foundation.locale.words import gettext

FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d-%m-%Y %H:%M"]
FIRST_YEAR, LAST_YEAR = 2000, 2100
_LAST_MINUTE = time(23, 59)


class MomentField(DateTimeLocalField):  # type: ignore[misc]
    """One day and hour; browsers that have no field for it take them as text."""

    def __init__(self, label: Any = None, needed: Any = None, **given: Any) -> None:
        first = InputRequired(needed) if needed else MayBeEmpty()
        super().__init__(
            label,
            [first, _in_our_time],
            format=FORMATS,
            invalid_value_message=_l("Write the day and the hour, for example 2027-02-01 08:00."),
            **given,
        )


def _in_our_time(_form: Any, field: Field) -> None:
    if field.data is not None and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise ValidationError(gettext("Check the year."))


def opening(written: datetime, zone: str) -> datetime:
    """The moment that was written, where the institution is."""
    return written.replace(tzinfo=ZoneInfo(zone))


def closing(written: datetime, zone: str) -> datetime:
    """The same for what ends then: 23:59 holds to the last second of the day."""
    if written.time() == _LAST_MINUTE:
        written = written.replace(second=59)
    return opening(written, zone)


def shown(moment: datetime | None, zone: str) -> datetime | None:
    """A moment as the field shows it."""
    if moment is None:
        return None
    return moment.astimezone(ZoneInfo(zone)).replace(second=0, microsecond=0, tzinfo=None)
