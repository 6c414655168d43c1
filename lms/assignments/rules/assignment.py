"""What an assignment is: the keys of its file, what must be so beyond their shape, its settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from lms.assignments.rules.rubric import CRITERIA, Criterion, check_criteria, criteria_of
from lms.catalog.rules.problems import Problem, problem, warning
from lms.catalog.rules.shapes import (
    Choice,
    Flag,
    Key,
    ListOf,
    Markdown,
    Number,
    Object,
    Text,
    Whole,
    may,
    need,
)
from lms.catalog.rules.sources import HIDDEN
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.points import SCALE, Points, Ratio, points

LONGEST_TEXT = 100_000
MOST_FILES = 20
MOST_MEGABYTES = 25
MOST_VERSIONS = 50
"""Of one person at one assignment, however many are allowed."""


class Accepts(StrEnum):
    """What a work is handed in as."""

    TEXT = "text"
    FILES = "files"
    BOTH = "both"


class FileKind(StrEnum):
    """A kind of file, as an author names it."""

    PDF = "pdf"
    DOCUMENT = "document"
    SHEET = "sheet"
    PICTURE = "picture"


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES: Mapping[FileKind, tuple[str, ...]] = {
    FileKind.PDF: ("application/pdf",),
    FileKind.DOCUMENT: (_WORD, "application/vnd.oasis.opendocument.text"),
    FileKind.SHEET: (_EXCEL, "application/vnd.oasis.opendocument.spreadsheet"),
    FileKind.PICTURE: ("image/jpeg", "image/png", "image/webp"),
}
"""What a file may be, by its content and never by its name."""
ENDINGS: Mapping[str, str] = {
    "application/pdf": "pdf",
    _WORD: "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    _EXCEL: "xlsx",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
}
"""How a file of a media type is named."""

SHAPE = Object(
    (
        need("key", Key(), "The assignment's name, unique in the course, the same for ever."),
        need("title", Text(longest=200), "What learners read in the outline."),
        need("instructions", Markdown(longest=20_000), "What is to be done."),
        need(
            "minutes",
            Object((need("assessment", Whole(least=1, most=6_000), "Minutes it takes."),)),
            "The minutes credited.",
        ),
        need("pass", Number(least=0, most=100), "Per cent of the points needed to pass."),
        may(
            "points", Number(least=0, most=1_000), "What it is worth, where there are no criteria."
        ),
        may("accepts", Choice(tuple(Accepts)), "What is handed in; both if left out."),
        may(
            "words",
            Object(
                (
                    may("least", Whole(least=1, most=20_000), "Fewest words of the text."),
                    may("most", Whole(least=1, most=20_000), "Most words of the text."),
                )
            ),
            "How long the text may be.",
        ),
        may(
            "files",
            Object(
                (
                    may(
                        "count", Whole(least=1, most=MOST_FILES), "How many at most; 3 if left out."
                    ),
                    may(
                        "megabytes",
                        Whole(least=1, most=MOST_MEGABYTES),
                        "How large each may be, in megabytes; 10 if left out.",
                    ),
                    may(
                        "kinds",
                        ListOf(item=Choice(tuple(FileKind)), least=1, most=4, unique=""),
                        "Which kinds; all of them if left out.",
                    ),
                )
            ),
            "Which files are taken.",
        ),
        may(
            "late",
            Object(
                (
                    may("grace_hours", Whole(least=0, most=240), "Hours that cost nothing."),
                    need("days", Whole(least=1, most=60), "Until how many days late it is taken."),
                    may(
                        "percent_per_day",
                        Number(least=0, most=100),
                        "Per cent of all its points that each begun day costs; none if left out.",
                    ),
                    may("most_percent", Number(least=0, most=100), "What lateness costs at most."),
                )
            ),
            "What happens to what comes late; without it nothing is taken after the last day.",
        ),
        may(
            "attempts",
            Whole(least=1, most=MOST_VERSIONS),
            "How often it may be handed in; null for any number. 1 if left out. What is sent back "
            "to be corrected may always be handed in once more.",
            nullable=True,
        ),
        may("blind", Flag(), "Whether whoever marks sees no names."),
        HIDDEN,
        CRITERIA,
    )
)


@dataclass(frozen=True)
class Late:
    """What lateness costs."""

    grace: timedelta
    last: timedelta
    """How late it is still taken."""
    per_day: Ratio
    most: Ratio


@dataclass(frozen=True)
class Settings:
    """The rules of an assignment that was published."""

    accepts: Accepts
    out_of: Points
    pass_ratio: Ratio
    attempts: int | None
    least_words: int | None
    most_words: int | None
    most_files: int
    megabytes: int
    kinds: tuple[FileKind, ...]
    late: Late | None
    criteria: tuple[Criterion, ...]
    blind: bool = False

    @classmethod
    def of(cls, source: Mapping[str, Any]) -> "Settings":
        words, files, late = (source.get(name) or {} for name in ("words", "files", "late"))
        return cls(
            accepts=Accepts(source.get("accepts") or Accepts.BOTH),
            out_of=worth(source),
            pass_ratio=_ratio(source["pass"]),
            attempts=source.get("attempts", 1),
            least_words=words.get("least"),
            most_words=words.get("most"),
            most_files=files.get("count") or 3,
            megabytes=files.get("megabytes") or 10,
            kinds=tuple(FileKind(each) for each in files.get("kinds") or FileKind),
            late=_late(late) if late else None,
            criteria=criteria_of(source),
            blind=bool(source.get("blind", False)),
        )

    @property
    def takes_text(self) -> bool:
        return self.accepts is not Accepts.FILES

    @property
    def takes_files(self) -> bool:
        return self.accepts is not Accepts.TEXT

    @property
    def media_types(self) -> tuple[str, ...]:
        return tuple(each for kind in self.kinds for each in MEDIA_TYPES[kind])

    def passed(self, reached: Points) -> bool:
        """The pass mark is met to the last fraction of a point, without rounding."""
        return reached * SCALE >= self.pass_ratio * self.out_of


def _ratio(percent: Any) -> Ratio:
    return points(Decimal(str(percent)) / 100)


def _late(source: Mapping[str, Any]) -> Late:
    most = source.get("most_percent")
    return Late(
        grace=timedelta(hours=source.get("grace_hours") or 0),
        last=timedelta(days=source["days"]),
        per_day=_ratio(source.get("percent_per_day") or 0),
        most=_ratio(100 if most is None else most),
    )


def worth(source: Mapping[str, Any]) -> Points:
    """All the points of an assignment: those of its criteria, or its own."""
    criteria = criteria_of(source)
    if criteria:
        return sum(each.most for each in criteria)
    return points(Decimal(str(source.get("points") or 0)))


def check(source: Mapping[str, Any]) -> list[Problem]:
    """Everything that the shape of the file cannot say."""
    found = list(check_criteria(source))
    if source.get("criteria"):
        if "points" in source:
            found.append(
                problem(
                    source,
                    "points",
                    N_("the points stand in the criteria, and here too"),
                    N_("take `points` out: those of the criteria are added up"),
                )
            )
        elif not found and not worth(source):
            said = N_("no criterion is worth any points")
            found.append(problem(source, "criteria", said, N_("give one of them points")))
    elif not worth(source):
        found.append(
            problem(
                source,
                "points" if "points" in source else "key",
                N_("it is worth no points"),
                N_("write `points: 100`, or criteria with points"),
            )
        )
    words = source.get("words") or {}
    if words.get("least") and words.get("most") and words["least"] > words["most"]:
        said = N_("the fewest words are more than the most")
        found.append(problem(words, "least", said, N_("exchange the two numbers")))
    found += _for_nothing(source)
    late = source.get("late")
    if late and late.get("most_percent") is not None and not late.get("percent_per_day"):
        said = N_("lateness costs nothing, and a most of it is given")
        found.append(warning(late, "most_percent", said, N_("write `percent_per_day` too")))
    return found


def _for_nothing(source: Mapping[str, Any]) -> list[Problem]:
    """Limits of what is not handed in."""
    accepts = source.get("accepts") or Accepts.BOTH
    unused = {Accepts.TEXT: "files", Accepts.FILES: "words"}.get(Accepts(accepts))
    if unused is None or not source.get(unused):
        return []
    said = N_("`%(key)s` limits what is not handed in")
    todo = N_("take it out, or write `accepts: both`")
    return [warning(source, unused, said, todo, key=unused)]


def begin(key: str, title: str) -> dict[str, Any]:
    """The keys of a new assignment; what is to be done is still to be written."""
    return {
        "key": key,
        "title": title,
        "instructions": "",
        "minutes": {"assessment": 60},
        "pass": 61,
        "points": 100,
        "accepts": "both",
    }
