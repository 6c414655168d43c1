"""The rules of an assignment, and the sum behind a mark, in words."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any

from lms.assessment.views.questions import points_text
from lms.assignments.rules.assignment import FileKind, Settings
from lms.assignments.rules.lateness import Penalty, after, penalty
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.points import SCALE, Points, Ratio, written
from lms.foundation.locale.formats import number
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext

KINDS = {
    FileKind.PDF: N_("PDF"),
    FileKind.DOCUMENT: N_("text document (DOCX, ODT)"),
    FileKind.SHEET: N_("spreadsheet (XLSX, ODS)"),
    FileKind.PICTURE: N_("photograph (JPG, PNG)"),
}
_ENDINGS = {
    FileKind.PDF: ".pdf",
    FileKind.DOCUMENT: ".docx,.odt",
    FileKind.SHEET: ".xlsx,.ods",
    FileKind.PICTURE: "image/*",
}


def percent(ratio: Ratio) -> str:
    """A ratio as a number of a hundred."""
    return number(written(ratio * 100))


def needed(settings: Settings) -> str:
    """The points that pass, never rounded below what is really needed."""
    exact = Decimal(settings.out_of * settings.pass_ratio) / SCALE**2
    return number(exact.quantize(Decimal("0.01"), ROUND_CEILING).normalize())


def kinds_words(settings: Settings) -> str:
    """Which files are taken."""
    return ", ".join(_(KINDS[each]) for each in settings.kinds)


def accept(settings: Settings) -> str:
    """The same for the field that chooses a file."""
    return ",".join(_ENDINGS[each] for each in settings.kinds)


def words_words(settings: Settings) -> str:
    """How long the text may be; nothing where it is not said."""
    least, most = settings.least_words, settings.most_words
    if least and most:
        return _("Write %(least)s to %(most)s words.", least=least, most=most)
    if least:
        return ngettext("Write at least %(num)s word.", "Write at least %(num)s words.", least)
    if most:
        return ngettext("Write at most %(num)s word.", "Write at most %(num)s words.", most)
    return ""


def attempts_words(settings: Settings) -> str:
    """How often it may be handed in."""
    if settings.attempts is None:
        return _("You may hand it in as often as you like; the best mark counts.")
    if settings.attempts == 1:
        return _("You hand it in once. If it is sent back to be corrected, once more.")
    return ngettext(
        "You may hand it in once.",
        "You may hand it in %(num)s times; the best mark counts.",
        settings.attempts,
    )


def late_words(settings: Settings) -> list[str]:
    """What happens to what comes late, sentence by sentence."""
    late = settings.late
    if late is None:
        return [_("Nothing is taken after that.")]
    found = []
    if late.grace:
        hours = late.grace // timedelta(hours=1)
        found.append(
            ngettext(
                "%(num)s hour after it still costs nothing.",
                "%(num)s hours after it still cost nothing.",
                hours,
            )
        )
    days = late.last // timedelta(days=1)
    found.append(
        ngettext(
            "It is taken up to %(num)s day late.", "It is taken up to %(num)s days late.", days
        )
    )
    if late.per_day:
        found.append(
            _(
                "Each day that has begun costs %(percent)s %% of all points.",
                percent=percent(late.per_day),
            )
        )
        if late.most < SCALE:
            found.append(_("Never more than %(percent)s %%.", percent=percent(late.most)))
    return found


def cost_words(taken: Penalty) -> str:
    """The sum of what lateness costs, as anybody can do it again."""
    days = ngettext("%(num)s day", "%(num)s days", taken.days)
    sum_ = _(
        "%(days)s × %(percent)s %% of %(whole)s = %(cost)s",
        days=days,
        percent=percent(taken.per_day),
        whole=points_text(taken.out_of),
        cost=points_text((2 * taken.out_of * taken.days * taken.per_day + SCALE) // (2 * SCALE)),
    )
    if not taken.is_capped:
        return str(sum_)
    said = _(
        "at most %(percent)s %%: %(cost)s",
        percent=percent(taken.most),
        cost=points_text(taken.points),
    )
    return f"{sum_}; {said}"


@dataclass(frozen=True)
class Sum:
    """How a mark came to be: what was earned, what lateness took off, what is left."""

    version: Any
    settings: Settings

    @property
    def taken(self) -> Penalty:
        return penalty(self.version.days_late, self.settings.late, self.version.out_of)

    @property
    def earned(self) -> Points:
        return int(self.version.earned or 0)

    @property
    def left(self) -> Points:
        return after(self.earned, self.taken)
