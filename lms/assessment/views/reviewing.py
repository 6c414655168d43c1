"""What of an attempt is shown when, in words."""

from collections.abc import Collection
from datetime import datetime

from lms.assessment.rules.review import Item, Moment, Shown
from lms.assessment.rules.sitting import Settings
from lms.assessment.rules.standing import Standing
from lms.foundation.kernel.errors import N_
from lms.foundation.locale.formats import moment
from lms.foundation.locale.words import gettext as _

ITEMS = {
    Item.ANSWER: N_("your answers"),
    Item.MARKS: N_("what each of them earned"),
    Item.RIGHT: N_("the right answers"),
    Item.FEEDBACK: N_("the explanations"),
}
MOMENTS = {
    Moment.AFTER: N_("Just after handing in you see: %(items)s."),
    Moment.OPEN: N_("Ten minutes later, while the quiz is open: %(items)s."),
    Moment.CLOSED: N_("When it has closed: %(items)s."),
}


def beforehand(settings: Settings) -> str:
    """What will be shown when, where the author said so."""
    said = [
        _(MOMENTS[each], items=listed(settings.review[each]))
        for each in Moment
        if each in settings.review
    ]
    if not said:
        return ""
    return " ".join([_("You are always told the sum of your points."), *map(str, said)])


def listed(items: Collection[Item]) -> str:
    """Some of the things that can be shown, in their order."""
    return ", ".join(_(ITEMS[each]) for each in Item if each in items) or _("nothing more")


def later(stands: Standing, closes: datetime, shown: Shown, now: datetime) -> str:
    """What will be shown that is not shown yet; empty when that is nothing."""
    closed = stands.settings.review.get(Moment.CLOSED)
    if closed is not None and now < closes:
        seen = (shown.answer, shown.marks, shown.right, shown.feedback == "all")
        more = [each for each, is_seen in zip(Item, seen, strict=True) if not is_seen]
        coming = [each for each in more if each in closed]
        if coming:
            when = moment(closes, zone=True)
            return str(
                _(
                    "When it closes, on %(when)s, you see: %(items)s.",
                    when=when,
                    items=listed(coming),
                )
            )
    if not stands.settings.review and not shown.right:
        return str(
            _(
                "The right answers and the other explanations are shown when you have no "
                "attempts left."
            )
        )
    return ""
