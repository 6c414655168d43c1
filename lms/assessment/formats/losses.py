"""What a file of another system has no place for, in words, by keys of a question."""

from lms.foundation.kernel.errors import N_

LOST_KEYS = {
    "files": N_("pictures and other files"),
    "points": N_("points"),
    "difficulty": N_("difficulty"),
    "outcome": N_("the outcome that is measured"),
    "facts": N_("facts of law"),
    "category": N_("category"),
    "tags": N_("tags"),
    "feedback": N_("explanation of the question"),
    "feedback_true": N_("explanations of answers"),
    "feedback_false": N_("explanations of answers"),
    "options": N_("explanations of options, or how they are laid out"),
    "stem": N_("how its text is laid out"),
    "scoring": N_("how several right options are marked"),
    "unit": N_("unit"),
    "tolerance": N_("tolerance"),
    "ignore_case": N_("whether capitals are forgiven"),
    "ignore_accents": N_("whether accents are forgiven"),
}
OTHER_KEY = N_("something that only Cabildo has")
