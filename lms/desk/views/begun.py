"""What is under way or still to be tried, in words: until when, how often, how long."""

from datetime import datetime

from lms.catalog.queries.structure import ActivityStructure
from lms.desk.rules.greeting import ago
from lms.foundation.locale.formats import clock_time, minutes_text, moment, zone_name
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.learning.queries.outline import sitting


def begun(deadline: datetime | None, here: datetime) -> str:
    """Until when what was begun may be handed in, by the reader's clocks."""
    if deadline is None:
        return _("You began it and have not handed it in.")
    if deadline <= here:
        return _("Its time is over. Open it to see the result.")
    if ago(here, deadline):
        time = f"{clock_time(deadline)} ({zone_name()})"
    else:
        time = moment(deadline, zone=True)
    return _("You began it. Hand in before %(time)s.", time=time)


def returned(deadline: datetime, here: datetime) -> str:
    """Until when what was sent back may be corrected, by the reader's clocks."""
    if ago(here, deadline):
        time = f"{clock_time(deadline)} ({zone_name()})"
    else:
        time = moment(deadline, zone=True)
    return _("To be corrected before %(when)s", when=time)


def tries(left: int) -> str:
    """How many attempts are left."""
    return ngettext("You have %(num)s attempt left.", "You have %(num)s attempts left.", left)


def one_sitting(activity: ActivityStructure) -> str:
    """The minutes of one sitting; of a lesson with an exercise it says that they are the
    reading's."""
    minutes = minutes_text(sitting(activity))
    return _("%(minutes)s of reading", minutes=minutes) if exercise(activity) else minutes


def exercise(activity: ActivityStructure) -> int:
    """The minutes of the exercise, where they are told apart."""
    return activity.minutes - sitting(activity)
