"""What of an attempt is shown when, in words."""

from collections.abc import Collection
from datetime import datetime

from lms.assessment.queries.attempts import Found
from lms.assessment.queries.beginning import closes_of, closes_to_all
from lms.assessment.rules.review import Item, Moment, Shown
from lms.assessment.rules.sitting import Settings
from lms.assessment.rules.standing import Standing
from lms.foundation.kernel.errors import N_
from lms.foundation.locale.formats import moment
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.reading import reading_connection

ITEMS = {
    Item.ANSWER: N_("your answers"),
    Item.MARKS: N_("what each of them earned"),
    Item.RIGHT: N_("the right answers"),
    Item.FEEDBACK: N_("the explanations"),
}
MOMENTS = {
    Moment.DURING: N_("Once you checked an answer you see: %(items)s."),
    Moment.AFTER: N_("Just after handing in you see: %(items)s."),
    Moment.OPEN: N_("Ten minutes later, while the quiz is open: %(items)s."),
    Moment.CLOSED: N_("When it has closed: %(items)s."),
}


def beforehand(settings: Settings) -> str:
    """What will be shown when, where the author said so; in one sentence where all is at once."""
    said = {
        each: str(_(MOMENTS[each], items=listed(settings.review[each])))
        for each in Moment
        if each in settings.review
    }
    during, afterwards = said.pop(Moment.DURING, ""), list(said.values())
    if not afterwards:
        return ""
    if all(len(settings.review.get(each, ())) == len(Item) for each in (Moment.AFTER, Moment.OPEN)):
        closed = settings.review.get(Moment.CLOSED)
        if closed is None or len(closed) == len(Item):
            return str(
                _("After handing in you see your result and the explanation of each question.")
            )
    begun = _("You are always told the sum of your points.")
    return " ".join(map(str, filter(None, (begun, during, *afterwards))))


def listed(items: Collection[Item]) -> str:
    """Some of the things that can be shown, in their order."""
    return ", ".join(_(ITEMS[each]) for each in Item if each in items) or _("nothing more")


def shown_from(found: Found, settings: Settings) -> datetime:
    """When what waits for the closing is shown: in a graded quiz nobody of the cohort may sit it
    any more then."""
    return closes_of(found) if settings.is_practice else closes_to_all(reading_connection(), found)


def later(stands: Standing, closes: datetime, shown: Shown, now: datetime) -> str:
    """What will be shown that is not shown yet, and when; empty when that is nothing."""
    settings = stands.settings
    at_closing = settings.review.get(Moment.CLOSED, frozenset(Item))
    seen = (shown.answer, shown.marks, shown.right, shown.feedback == "all")
    coming = [
        each for each, is_seen in zip(Item, seen, strict=True) if not is_seen and each in at_closing
    ]
    if not coming:
        return ""
    if now < closes and (Moment.CLOSED in settings.review or not settings.is_practice):
        message = (
            N_("When it closes, on %(when)s, you see: %(items)s.")
            if settings.is_practice
            else N_("When it has closed for your whole cohort, on %(when)s, you see: %(items)s.")
        )
        return str(_(message, when=moment(closes, zone=True), items=listed(coming)))
    if stands.is_open:
        message = N_("When you have handed in the attempt that you have open, you see: %(items)s.")
        return str(_(message, items=listed(coming)))
    return ""
