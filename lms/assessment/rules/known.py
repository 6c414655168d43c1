"""How somebody who knows it answers each type of question: values are places on the page."""

from collections.abc import Callable, Mapping
from typing import Any

from lms.assessment.types.given import Given

Json = Mapping[str, Any]
Parts = dict[str, tuple[str, ...]]


def known(question: Json, shown: Json) -> Given:
    """The right answer to a question as an attempt was shown it."""
    return Given(_RIGHT[question["type"]](question, shown))


def _options(question: Json, shown: Json) -> Parts:
    right = {n for n, option in enumerate(question["options"]) if option.get("correct")}
    return {"": tuple(str(at) for at, n in enumerate(shown["options"]) if n in right)}


def _pairs(question: Json, shown: Json) -> Parts:
    rights = list(dict.fromkeys(pair["right"] for pair in question["pairs"]))
    places = {n: at for at, n in enumerate(shown["rights"])}
    return {
        str(at): (str(places[rights.index(question["pairs"][n]["right"])]),)
        for at, n in enumerate(shown["lefts"])
    }


_RIGHT: dict[str, Callable[[Json, Json], Parts]] = {
    "single_choice": _options,
    "multiple_choice": _options,
    "true_false": lambda question, _shown: {"": ("true" if question["answer"] else "false",)},
    "matching": _pairs,
    "numerical": lambda question, _shown: {"": (str(question["answer"]),)},
    "short_answer": lambda question, _shown: {"": (str(question["accept"][0]),)},
}
