"""A lesson as its author writes it: its keys, and what makes it a lesson of a decent length."""

from typing import Any

from lms.catalog.rules.problems import Problem, Severity, warning
from lms.catalog.rules.shapes import Key, ListOf, Object, Ref, Text, Whole, may, need
from lms.catalog.rules.sources import HIDDEN, ActivitySource
from lms.foundation.kernel.errors import N_

FEWEST_WORDS = 150
MOST_WORDS = 1_800
SLOWEST = 40
"""Words a minute below which a reading time promises more than the text holds."""

AUDIO = Object(
    (
        need("file", Ref("media"), "The recording, a file of the course's `media` folder."),
        need("title", Text(longest=200), "What is heard."),
        may("transcript", Text(longest=50_000), "The same in writing, if the lesson is not it."),
    )
)
DOWNLOAD = Object(
    (
        need("file", Ref("media"), "A file of the course's `media` folder."),
        need("title", Text(longest=200), "What it is, for who must decide to spend data on it."),
    )
)
MINUTES = Object(
    (
        need(
            "reading", Whole(least=1, most=600), "Minutes of reading, tables and figures included."
        ),
        may("exercise", Whole(least=0, most=1_200), "Minutes of the exercise."),
    )
)
SHAPE = Object(
    (
        need("key", Key(), "Stable name of the lesson, unique in its course, never changed."),
        need("title", Text(longest=200), "Title as the learner reads it."),
        need("aim", Text(longest=400), 'Completes "At the end you will be able to …".'),
        need("minutes", MINUTES, "Minutes credited."),
        may("outcomes", ListOf(item=Ref("outcome"), unique=""), "The course's outcomes it serves."),
        may("audio", AUDIO, "The lesson to listen to."),
        may("downloads", ListOf(item=DOWNLOAD, most=20), "Files to take along."),
        HIDDEN,
    )
)


def check(source: ActivitySource) -> list[Problem]:
    """A lesson is long enough to teach something and short enough for one sitting."""
    if source.words == 0:
        return [
            Problem(
                source.path,
                source.body_line,
                N_("the lesson has no text"),
                N_("write it below the second `---`"),
            )
        ]
    found: list[Problem] = []
    if source.words < FEWEST_WORDS:
        found.append(
            Problem(
                source.path,
                source.body_line,
                N_("the lesson has %(count)s words, little for a lesson"),
                N_("write at least %(least)s, or join it with another"),
                {"count": source.words, "least": FEWEST_WORDS},
                Severity.WARNING,
            )
        )
    elif source.words > MOST_WORDS:
        found.append(
            Problem(
                source.path,
                source.body_line,
                N_("the lesson has %(count)s words, much for one sitting"),
                N_("stay below %(most)s, or split it"),
                {"count": source.words, "most": MOST_WORDS},
                Severity.WARNING,
            )
        )
    minutes = source.data.get("minutes", {})
    reading = minutes.get("reading", 0)
    if reading and source.words < reading * SLOWEST:
        found.append(
            warning(
                minutes,
                "reading",
                N_("%(minutes)s minutes of reading are a lot for %(count)s words"),
                N_("count about 80 words a minute"),
                minutes=reading,
                count=source.words,
            )
        )
    return found


def begin(key: str, title: str) -> dict[str, Any]:
    """The keys of a new lesson; its aim and its text are still to be written."""
    return {"key": key, "title": title, "aim": "", "minutes": {"reading": 5}}


def settings(source: ActivitySource) -> dict[str, Any]:
    """What the player keeps ready of a lesson, as plain JSON."""
    data = source.data
    minutes = data["minutes"]
    return {
        "aim": data["aim"],
        "reading": minutes["reading"],
        "exercise": minutes.get("exercise", 0),
        "outcomes": list(data.get("outcomes", ())),
        "audio": dict(data["audio"]) if "audio" in data else None,
        "downloads": [dict(each) for each in data.get("downloads", ())],
    }


def body(text: str) -> str:
    """The text of a lesson's file below its front matter."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    _, opened, rest = plain.partition("---\n")
    _, closed, below = f"\n{rest}".partition("\n---\n") if opened else ("", "", "")
    return below if closed else plain
