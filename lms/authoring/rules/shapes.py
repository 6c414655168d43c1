"""The keys of the files of a course package that belong to no kind of activity.

The one place where they are declared: the check, the JSON Schemas and the guide's tables follow.
"""

from lms.catalog.rules import words
from lms.catalog.rules.shapes import (
    Choice,
    Day,
    Flag,
    Key,
    ListOf,
    MapOf,
    Markdown,
    Number,
    Object,
    Ref,
    Text,
    Whole,
    may,
    need,
)
from lms.foundation.kernel import hues

COUNTRIES = (
    "419",
    "AR",
    "BO",
    "BR",
    "BZ",
    "CL",
    "CO",
    "CR",
    "CU",
    "DO",
    "EC",
    "ES",
    "GT",
    "HN",
    "MX",
    "NI",
    "PA",
    "PE",
    "PR",
    "PY",
    "SV",
    "US",
    "UY",
    "VE",
)
LANGUAGES = (
    "es",
    "en",
    "pt",
    "fr",
    "ay",
    "cab",
    "cak",
    "gn",
    "kek",
    "mam",
    "nah",
    "qu",
    "quc",
    "qvs",
    "tzj",
    "tzo",
    "yua",
)
OWN_NAMES = {
    "cab": "garífuna",
    "cak": "kaqchikel",
    "kek": "q’eqchi’",
    "mam": "mam",
    "nah": "náhuatl",
    "quc": "k’iche’",
    "qvs": "kichwa de Lamas",
    "tzj": "tz’utujil",
    "tzo": "tsotsil",
    "yua": "maaya t’aan",
}
"""Languages of which Babel knows no name, or not the one their speakers write."""
# What the catalogue has a word for; any other key would be shown as it is written.
AUDIENCES = tuple(words.AUDIENCES)
TOPICS = tuple(words.TOPICS)
MODES = tuple(words.MODES)
KINDS = tuple(words.KINDS)
HUES = tuple(hues.HUES)
CERTIFICATES = ("course_certificate",)

_FORMAT = need("format", Whole(least=1, most=1), "Version of this format: 1.")
_OUTCOMES = ListOf(
    item=Object(
        (
            need("key", Key(), "Stable name; lessons and questions refer to it."),
            need("text", Text(longest=500), "What a person can do, seen from outside."),
        )
    ),
    most=40,
    unique="key",
)

PROGRAMME = Object(
    (
        _FORMAT,
        need("key", Key(), "Stable name of the programme; also its address in the catalogue."),
        need("title", Text(longest=200), "Title in the catalogue and on documents."),
        need("kind", Choice(KINDS), "What it is called and how it ends."),
        need("language", Choice(LANGUAGES), "Language in which it is taught."),
        need("country", Choice(COUNTRIES), 'Country whose law it teaches; "419" for any.'),
        need("audience", ListOf(item=Choice(AUDIENCES), least=1, unique=""), "For whom it is."),
        need("topics", ListOf(item=Choice(TOPICS), least=1, unique=""), "What it is about."),
        need("modes", ListOf(item=Choice(MODES), least=1, unique=""), "How it is attended."),
        need("hours", Whole(least=1, most=5_000), "Hours of all courses and the final work."),
        need("academic_hour", Whole(least=30, most=60), "Minutes of one of these hours."),
        need("summary", Text(longest=1_500), "What a visitor reads first."),
        need("outcomes", _OUTCOMES, "What a graduate can do."),
        may("entry", ListOf(item=Text(longest=500), most=20), "Conditions to be admitted."),
        need(
            "certificate",
            Object(
                (
                    need("kind", Choice(CERTIFICATES), "Kind of document."),
                    need("title", Text(longest=120), "Its title, as printed."),
                )
            ),
            "The document it leads to.",
        ),
        need(
            "courses",
            ListOf(item=Ref("course"), least=1, most=60, unique=""),
            "Folders of its courses, in order.",
        ),
        may(
            "final_work",
            Object(
                (
                    need("title", Text(longest=200), "Its title."),
                    need("hours", Whole(least=1, most=1_000), "Hours credited."),
                    need("description", Markdown(), "What is handed in and how it is marked."),
                )
            ),
            "Work that closes the programme.",
        ),
        need(
            "cover",
            Object(
                (
                    need("hue", Choice(HUES), "Colour of the cover."),
                    need("icon", Key(), "Name of its icon."),
                )
            ),
            "How it looks in the catalogue.",
        ),
    )
)

COURSE = Object(
    (
        _FORMAT,
        need("key", Key(), "Stable name of the course: the name of its folder."),
        need("title", Text(longest=200), "Title as the learner reads it."),
        need("hours", Whole(least=1, most=2_000), "Hours of its modules."),
        need(
            "state",
            Choice(("written", "outline")),
            "`outline` while only the titles of its lessons stand.",
        ),
        need(
            "order",
            Choice(("sequential", "free")),
            "`sequential`: each activity opens when the one before is done.",
        ),
        need("summary", Text(longest=1_500), "What it is about."),
        need("outcomes", _OUTCOMES, "What a person can do after it."),
        need(
            "legal_review",
            Object(
                (
                    need("state", Choice(("pending", "accepted")), "Whether a jurist accepted it."),
                    may("by", Text(longest=200), "Who did."),
                    may("on", Day(), "When."),
                )
            ),
            "The jurist's word on what it says of the law.",
        ),
        may(
            "grading",
            Object(
                (
                    need("pass", Number(least=1, most=100), "Pass mark, in percent."),
                    need(
                        "weights",
                        MapOf(Ref("activity"), Number(least=1, most=100)),
                        "What each graded activity counts; together 100.",
                    ),
                )
            ),
            "How the grade is made; a written course needs it.",
        ),
    )
)

FACTS = Object(
    (
        need(
            "facts",
            ListOf(
                item=Object(
                    (
                        need("key", Key(), "Stable name; texts cite it as `[[key]]`."),
                        need("text", Text(), "What holds, in a sentence."),
                        need("source", Text(longest=300), "The law or document."),
                        may("article", Text(longest=60), "The article.", nullable=True),
                        may("url", Text(longest=500), "Where to read it.", nullable=True),
                        may("verified_on", Day(), "When it was last checked.", nullable=True),
                        may("verified_by", Text(longest=200), "Who checked it.", nullable=True),
                        may("expires", Day(), "When to check it again.", nullable=True),
                        may("doubtful", Flag(), "Explained with caution, never asked in a quiz."),
                    )
                ),
                most=500,
                unique="key",
            ),
            "Dated statements of law.",
        ),
    )
)

MODULE = Object(
    (
        need("key", Key(), "Stable name of the module, unique in its course."),
        need("title", Text(longest=200), "Title as the learner reads it."),
        need("hours", Whole(least=1, most=500), "Hours of its activities."),
        need("outcome", Text(longest=500), "What a person can do after it, seen from outside."),
        may("lessons", ListOf(item=Text(longest=200)), "Titles of its lessons, in an outline."),
        may(
            "practice",
            Object(
                (
                    need("title", Text(longest=200), "Its title."),
                    need("minutes", Whole(least=1, most=6_000), "Minutes credited."),
                    need("text", Markdown(), "What to do."),
                    may("model_answer", Markdown(), "A good answer, shown afterwards."),
                )
            ),
            "Practical work of the module.",
        ),
        may(
            "forum",
            Object(
                (
                    need("title", Text(longest=200), "Its title."),
                    need("minutes", Whole(least=1, most=6_000), "Minutes credited."),
                    need("question", Markdown(), "What is discussed."),
                )
            ),
            "A question to discuss.",
        ),
    )
)
