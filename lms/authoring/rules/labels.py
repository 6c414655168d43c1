"""What the keys of course files, and the words that stand in them, are called on screen."""

from collections.abc import Iterator, Mapping

from lms.assessment.types import TYPES
from lms.assessment.types.pieces import Rows
from lms.catalog.rules import words
from lms.foundation.kernel.errors import N_


def _pieces() -> Iterator[tuple[str, str]]:
    """The keys of every type of question, called as its form calls them."""
    for type_ in TYPES.values():
        for piece in type_.PIECES:
            yield piece.name, piece.label
            if isinstance(piece, Rows):
                yield from ((each.name, each.label) for each in piece.row if each.name)


LABELS: Mapping[str, str] = {
    **dict(_pieces()),
    "academic_hour": N_("Minutes of an academic hour"),
    "accepts": N_("What is handed in"),
    "after": N_("Just after handing in"),
    "aim": N_("At the end one will be able to…"),
    "answer": N_("Answer"),
    "article": N_("Article"),
    "assessment": N_("Minutes of the quiz"),
    "at_expiry": N_("When the time is over"),
    "attempts": N_("Attempts"),
    "audience": N_("For whom it is"),
    "audio": N_("Recording"),
    "behaviour": N_("When they learn whether an answer is right"),
    "blind": N_("Marked without names"),
    "build_on_last": N_("Each attempt begins with the answers of the one before"),
    "by": N_("Who accepted it"),
    "case": N_("Case that it is asked about"),
    "cases": N_("Case"),
    "category": N_("Category"),
    "certificate": N_("Document"),
    "closed": N_("When it has closed"),
    "correct": N_("Right"),
    "count": N_("How many"),
    "country": N_("Country"),
    "counts": N_("Which attempt counts"),
    "courses": N_("Courses"),
    "cover": N_("Cover"),
    "criteria": N_("Criterion"),
    "days": N_("Days that it is taken late"),
    "description": N_("Description"),
    "difficulty": N_("Difficulty"),
    "doubtful": N_("Doubtful"),
    "downloads": N_("Downloads"),
    "draw": N_("Questions drawn for each attempt"),
    "during": N_("While answering, once an answer was checked"),
    "entry": N_("Conditions to be admitted"),
    "exercise": N_("Minutes of the exercise"),
    "expires": N_("To be checked again"),
    "facts": N_("Facts of law"),
    "feedback": N_("Explanation"),
    "file": N_("File"),
    "files": N_("Files"),
    "final_work": N_("Final work"),
    "format": N_("Format"),
    "forum": N_("Forum"),
    "grace": N_("Minutes of grace"),
    "grace_hours": N_("Hours of grace"),
    "grading": N_("Grade"),
    "hidden": N_("Hidden"),
    "hours": N_("Hours"),
    "hue": N_("Colour of the cover"),
    "icon": N_("Icon of the cover"),
    "instructions": N_("What is to be done"),
    "intro": N_("What to know before"),
    "key": N_("Key"),
    "kind": N_("Kind"),
    "kinds": N_("Kinds of file"),
    "language": N_("Language"),
    "late": N_("Lateness"),
    "left": N_("Left side"),
    "legal_review": N_("Legal review"),
    "lessons": N_("Titles of its lessons"),
    "levels": N_("Level"),
    "megabytes": N_("Megabytes of each file"),
    "minutes": N_("Minutes"),
    "model_answer": N_("A good answer, shown afterwards"),
    "modes": N_("Mode"),
    "most_percent": N_("What lateness costs at most, in percent"),
    "on": N_("Accepted on"),
    "open": N_("While the quiz is open"),
    "options": N_("Option"),
    "order": N_("Order"),
    "outcome": N_("What a person can do after it"),
    "outcomes": N_("Outcome"),
    "pairs": N_("Pair"),
    "pass": N_("Pass mark, in percent"),
    "password": N_("Password to begin"),
    "penalty": N_("What each failed try takes away, as a part of one"),
    "per_page": N_("Questions on each page"),
    "percent_per_day": N_("What a day late costs, in percent"),
    "points": N_("Points"),
    "practice": N_("Practice"),
    "purpose": N_("What it is for"),
    "question": N_("Question"),
    "questions": N_("Question"),
    "reading": N_("Minutes of reading"),
    "review": N_("What is shown afterwards"),
    "right": N_("Right side"),
    "sequential": N_("Nobody goes back to a page"),
    "shuffle_options": N_("Options are shuffled"),
    "shuffle_questions": N_("Questions are shuffled"),
    "source": N_("Source"),
    "state": N_("State"),
    "stem": N_("The question itself"),
    "summary": N_("Summary"),
    "tags": N_("Tags"),
    "text": N_("Text"),
    "time_limit": N_("Minutes allowed"),
    "title": N_("Title"),
    "topics": N_("Topics"),
    "transcript": N_("Transcript"),
    "tries": N_("Times that an answer may be checked"),
    "type": N_("Kind of question"),
    "url": N_("Address"),
    "verified_by": N_("Verified by"),
    "verified_on": N_("Verified on"),
    "wait": N_("Minutes to wait between attempts"),
    "weights": N_("Weight"),
    "words": N_("Length of the text"),
}
VALUES: Mapping[str, str] = {
    **words.KINDS,
    **words.AUDIENCES,
    **words.TOPICS,
    **words.MODES,
    **{name: type_.label for name, type_ in TYPES.items()},
    "deferred": N_("After handing in"),
    "immediate": N_("While answering: each answer is checked once, and stands"),
    "tries": N_("While answering: an answer may be changed and checked again"),
    "true": N_("Yes"),
    "false": N_("No"),
    "sequential": N_("In order"),
    "free": N_("Free"),
    "written": N_("Written"),
    "outline": N_("Outline"),
    "pending": N_("Pending"),
    "accepted": N_("Accepted by a jurist"),
    "best": N_("The best"),
    "last": N_("The last"),
    "first": N_("The first"),
    "average": N_("The average"),
    "answer": N_("Their answer"),
    "marks": N_("What it earned"),
    "right": N_("The right answer"),
    "feedback": N_("The explanations"),
    "graded": N_("It gives a part of the grade"),
    "practice": N_("Practice: no grade, done once handed in"),
    "hand_in": N_("What had arrived counts"),
    "abandon": N_("What was not handed in earns nothing"),
    "all_or_nothing": N_("All or nothing"),
    "partial": N_("Partial"),
    "right_only": N_("Partial; wrong ones cost nothing"),
    "below_zero": N_("Partial, also below zero"),
    "places": N_("Each in its place"),
    "neighbours": N_("Each after the right one"),
    "text": N_("Text"),
    "files": N_("Files"),
    "both": N_("Text and files"),
    "pdf": N_("PDF"),
    "document": N_("Text document"),
    "sheet": N_("Spreadsheet"),
    "picture": N_("Photograph"),
}
BODY = N_("Text")
"""What stands below the front matter of a lesson."""

_MINUTES_CREDITED = N_("Minutes credited")
_NAMED: Mapping[str, Mapping[str, str]] = {
    "programme.yaml": {
        "certificate": N_("Title of the document"),
        "country": N_("Country whose law it teaches"),
        "final_work": N_("Title of the final work"),
        "language": N_("Language in which it is taught"),
        "outcomes": N_("What a graduate can do"),
    },
    "course.yaml": {
        "outcomes": N_("What a person can do after it"),
    },
    "module.yaml": {
        "forum": N_("Title of the forum"),
        "practice": N_("Title of the practice"),
    },
    "facts.yaml": {
        "doubtful": N_("Doubtful: it is explained with caution and never asked"),
        "text": N_("What holds"),
        "url": N_("Where to read it"),
    },
    ".md": {
        "exercise": N_("Minutes of exercise"),
        "outcomes": N_("Outcomes of the course that it serves"),
    },
    ".quiz.yaml": {
        "assessment": _MINUTES_CREDITED,
        "attempts": N_("Attempts allowed"),
        "blind": N_("Whoever marks essays sees no names"),
        "intro": N_("What to know before beginning"),
        "penalty": N_("What each failed try takes away, in percent"),
        "questions": N_("Questions"),
        "shuffle_options": N_("Each attempt has its own order of options"),
        "shuffle_questions": N_("Each attempt has its own order of questions"),
        "time_limit": N_("Minutes allowed for an attempt"),
    },
    ".assignment.yaml": {
        "assessment": _MINUTES_CREDITED,
        "attempts": N_("How often it may be handed in"),
        "blind": N_("Whoever marks sees no names"),
        "count": N_("Files at most"),
        "points": N_("Points, without criteria"),
    },
}
"""By the ending of a file: keys that its own form calls otherwise than other files do."""


def named(path: str, key: str) -> str | None:
    """What the form of a file calls one of its keys, as a message id; None where it has no name."""
    for ending, names in _NAMED.items():
        if path.endswith(ending) and key in names:
            return names[key]
    return LABELS.get(key)
