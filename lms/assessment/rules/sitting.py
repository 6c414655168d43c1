"""How a quiz is taken: how often, for how long, who may begin, and what counts in the end."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from lms.assessment.rules import review, tries
from lms.assessment.rules.composition import DRAW, Row, rows_of
from lms.assessment.rules.review import REVIEW, Matrix, matrix_of
from lms.assessment.rules.tries import NOT_CHECKED, Checking
from lms.catalog.rules.problems import Problem, warning
from lms.catalog.rules.shapes import Choice, Flag, Number, Text, Whole, may, need
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.points import SCALE, Points, Ratio, points
from lms.foundation.kernel.text import nfc, one_line

LONGEST_PASSWORD = 80
MOST_GRACE = 60
MOST_WAIT = 43_200


class Counts(StrEnum):
    """Which of several attempts counts."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"
    AVERAGE = "average"


class Purpose(StrEnum):
    """What a quiz is for."""

    GRADED = "graded"
    PRACTICE = "practice"
    """It gives no grade; it is done once an attempt was handed in."""


class AtExpiry(StrEnum):
    """What becomes of an attempt that nobody handed in before its time was over."""

    HAND_IN = "hand_in"
    ABANDON = "abandon"
    """It counts as not taken: everything is kept, nothing is earned."""


FIELDS = (
    may(
        "purpose",
        Choice(tuple(Purpose)),
        "`graded` (so if left out), or `practice`: no grade, no weight, done once handed in.",
    ),
    may(
        "time_limit",
        Whole(least=1, most=1_440),
        "Minutes allowed for an attempt; null for no limit.",
        nullable=True,
    ),
    may(
        "grace",
        Whole(least=1, most=MOST_GRACE),
        "Minutes after the time limit in which what arrives still counts, and is told as such.",
    ),
    may(
        "at_expiry",
        Choice(tuple(AtExpiry)),
        "When the time is over: `hand_in`, what had arrived counts (so if left out); `abandon`, "
        "what was not handed in earns nothing.",
    ),
    may(
        "attempts",
        Whole(least=1, most=100),
        "How many attempts are allowed; null for any number. 1 if left out.",
        nullable=True,
    ),
    may("counts", Choice(tuple(Counts)), "Which attempt counts; best if left out."),
    may(
        "build_on_last",
        Flag(),
        "Whether each attempt after the first has its questions again, already answered.",
    ),
    may("wait", Whole(least=1, most=MOST_WAIT), "Minutes to wait from one attempt to the next."),
    may(
        "password",
        Text(longest=LONGEST_PASSWORD),
        "What has to be written to begin; whoever is in charge of the room tells it.",
    ),
    *tries.FIELDS,
    need("pass", Number(least=0, most=100), "Per cent of the points needed to pass."),
    DRAW,
    may("shuffle_questions", Flag(), "Whether each attempt has an order of its own."),
    may("shuffle_options", Flag(), "Whether options are shuffled."),
    may("per_page", Whole(least=1, most=200), "Questions on each page; all at once if left out."),
    may(
        "sequential",
        Flag(),
        "Whether nobody goes back to a page; one question on each if `per_page` is left out.",
    ),
    REVIEW,
)


@dataclass(frozen=True)
class Settings:
    """The rules of a quiz that was published."""

    time_limit: timedelta | None
    attempts: int | None
    counts: Counts
    pass_ratio: Ratio
    shuffle_questions: bool
    shuffle_options: bool
    draw: int | None = None
    rows: tuple[Row, ...] = ()
    """What is drawn of which kind, where the quiz draws by rows."""
    wait: timedelta = timedelta(0)
    grace: timedelta = timedelta(0)
    at_expiry: AtExpiry = AtExpiry.HAND_IN
    password: str = ""
    build_on_last: bool = False
    purpose: Purpose = Purpose.GRADED
    checking: Checking = NOT_CHECKED
    review: Matrix = field(default_factory=dict)
    """What is shown of an attempt when, as far as the author said so."""

    @classmethod
    def of(cls, source: Mapping[str, Any]) -> "Settings":
        limit, rows = source.get("time_limit"), rows_of(source.get("draw"))
        return cls(
            time_limit=timedelta(minutes=limit) if limit else None,
            attempts=source.get("attempts", 1),
            counts=Counts(source.get("counts") or Counts.BEST),
            pass_ratio=points(Decimal(str(source["pass"])) / 100),
            shuffle_questions=bool(source.get("shuffle_questions", False)),
            shuffle_options=bool(source.get("shuffle_options", False)),
            draw=None if rows else source.get("draw"),
            rows=rows,
            wait=timedelta(minutes=source.get("wait") or 0),
            grace=timedelta(minutes=source.get("grace") or 0),
            at_expiry=AtExpiry(source.get("at_expiry") or AtExpiry.HAND_IN),
            password=source.get("password") or "",
            purpose=Purpose(source.get("purpose") or Purpose.GRADED),
            build_on_last=bool(source.get("build_on_last", False)),
            checking=Checking.of(source),
            review=matrix_of(source.get("review")),
        )

    @property
    def is_practice(self) -> bool:
        """Whether it gives no grade."""
        return self.purpose is Purpose.PRACTICE

    @property
    def abandons(self) -> bool:
        """Whether an attempt that was not handed in counts as not taken."""
        return self.at_expiry is AtExpiry.ABANDON

    def passed(self, reached: Points, out_of: Points) -> bool:
        """The pass mark is met to the last fraction of a point, without rounding."""
        return reached * SCALE >= self.pass_ratio * out_of


def with_extra(source: Mapping[str, Any], attempts: int, minutes: int) -> Mapping[str, Any]:
    """The settings of a quiz for somebody who was allowed more; without limit there is no more."""
    more: dict[str, Any] = {}
    allowed, limit = source.get("attempts", 1), source.get("time_limit")
    if attempts and allowed is not None:
        more["attempts"] = allowed + attempts
    if minutes and limit:
        more["time_limit"] = limit + minutes
    return {**source, **more} if more else source


def refuse_password(settings: Settings, typed: str) -> None:
    """Whoever begins knows the password of the quiz, if it has one; capitals make no difference."""
    if not settings.password:
        return
    if not typed.strip():
        said = N_("Write the password of this quiz: whoever is in charge of it tells you.")
        raise Invalid(said, fields={"password": said})
    if not hmac.compare_digest(_plain(typed), _plain(settings.password)):
        said = N_("That is not the password of this quiz.")
        raise Invalid(said, fields={"password": said})


def _plain(text: str) -> bytes:
    return one_line(nfc(text)).casefold().encode()


def check(source: Mapping[str, Any]) -> list[Problem]:
    """What of these settings has no use, or not the one that was meant."""
    problems: list[Problem] = []
    limit = source.get("time_limit")
    if limit and limit < source["minutes"]["assessment"]:
        problems.append(
            warning(
                source,
                "time_limit",
                N_("the time allowed is shorter than the minutes credited"),
                N_("give more time or credit fewer minutes"),
            )
        )
    if source.get("grace") and not limit:
        problems.append(
            warning(
                source,
                "grace",
                N_("without a time limit there is nothing for these minutes to follow"),
                N_("write `time_limit`, or take them out"),
            )
        )
    if source.get("attempts", 1) == 1:
        problems += [
            warning(source, key, message, N_("allow more attempts, or take it out"))
            for key, message in (
                ("wait", N_("with a single attempt there is nothing to wait for")),
                ("build_on_last", N_("with a single attempt there is nothing to build on")),
            )
            if source.get(key)
        ]
    return problems + tries.check(source) + review.check(source)
