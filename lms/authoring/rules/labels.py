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
    "aim": N_("At the end one will be able to…"),
    "answer": N_("Answer"),
    "article": N_("Article"),
    "assessment": N_("Minutes of the quiz"),
    "attempts": N_("Attempts"),
    "audience": N_("For whom it is"),
    "audio": N_("Recording"),
    "blind": N_("Marked without names"),
    "by": N_("Who accepted it"),
    "case": N_("Case that it is asked about"),
    "cases": N_("Case"),
    "certificate": N_("Document"),
    "category": N_("Category"),
    "correct": N_("Right"),
    "country": N_("Country"),
    "count": N_("How many"),
    "counts": N_("Which attempt counts"),
    "courses": N_("Courses"),
    "cover": N_("Cover"),
    "description": N_("Description"),
    "difficulty": N_("Difficulty"),
    "doubtful": N_("Doubtful"),
    "downloads": N_("Downloads"),
    "draw": N_("Questions drawn for each attempt"),
    "entry": N_("Conditions to be admitted"),
    "exercise": N_("Minutes of the exercise"),
    "expires": N_("To be checked again"),
    "facts": N_("Facts of law"),
    "feedback": N_("Explanation"),
    "file": N_("File"),
    "final_work": N_("Final work"),
    "format": N_("Format"),
    "forum": N_("Forum"),
    "grading": N_("Grade"),
    "hidden": N_("Hidden"),
    "hours": N_("Hours"),
    "hue": N_("Colour of the cover"),
    "icon": N_("Icon of the cover"),
    "intro": N_("What to know before"),
    "key": N_("Key"),
    "kind": N_("Kind"),
    "language": N_("Language"),
    "left": N_("Left side"),
    "legal_review": N_("Legal review"),
    "lessons": N_("Titles of its lessons"),
    "minutes": N_("Minutes"),
    "model_answer": N_("A good answer, shown afterwards"),
    "modes": N_("Mode"),
    "on": N_("Accepted on"),
    "options": N_("Option"),
    "order": N_("Order"),
    "outcome": N_("What a person can do after it"),
    "outcomes": N_("Outcome"),
    "pairs": N_("Pair"),
    "pass": N_("Pass mark, in percent"),
    "points": N_("Points"),
    "practice": N_("Practice"),
    "question": N_("Question"),
    "questions": N_("Question"),
    "reading": N_("Minutes of reading"),
    "right": N_("Right side"),
    "shuffle_options": N_("Options are shuffled"),
    "shuffle_questions": N_("Questions are shuffled"),
    "source": N_("Source"),
    "state": N_("State"),
    "stem": N_("The question itself"),
    "tags": N_("Tags"),
    "summary": N_("Summary"),
    "text": N_("Text"),
    "time_limit": N_("Minutes allowed"),
    "title": N_("Title"),
    "topics": N_("Topics"),
    "transcript": N_("Transcript"),
    "type": N_("Kind of question"),
    "url": N_("Address"),
    "verified_by": N_("Verified by"),
    "verified_on": N_("Verified on"),
    "weights": N_("Weight"),
}
VALUES: Mapping[str, str] = {
    **words.KINDS,
    **words.AUDIENCES,
    **words.TOPICS,
    **words.MODES,
    **{name: type_.label for name, type_ in TYPES.items()},
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
    "all_or_nothing": N_("All or nothing"),
    "partial": N_("Partial"),
    "right_only": N_("Partial; wrong ones cost nothing"),
    "below_zero": N_("Partial, also below zero"),
    "places": N_("Each in its place"),
    "neighbours": N_("Each after the right one"),
}
BODY = N_("Text")
"""What stands below the front matter of a lesson."""
