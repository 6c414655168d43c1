"""What the types with options share: their order, how a form names them, how a page lists them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from lms.assessment.types.given import Given
from lms.assessment.types.interface import Drawing, PartResult, Row, Shown, Source
from lms.catalog.rules.problems import Problem, problem, warning
from lms.catalog.rules.shapes import Flag, ListOf, Markdown, Object, may, need
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.text import fold

NOT_OFFERED = N_("That is not one of the options. Please choose again.")

OPTION = Object(
    (
        need("text", Markdown(longest=2_000), "What the learner reads."),
        may("correct", Flag(), "Whether it is right; false if left out."),
        may(
            "feedback",
            Markdown(longest=4_000),
            "Shown to whoever chose it, and to all without attempts left.",
        ),
    )
)
OPTIONS = need("options", ListOf(item=OPTION, least=2, most=20), "The answers to choose from.")


def order(count: int, drawing: Drawing) -> list[int]:
    """The order in which one attempt sees them: as written, or shuffled by its own dice."""
    places = list(range(count))
    if drawing.shuffle:
        drawing.dice.shuffle(places)
    return places


def place(value: str, places: Sequence[int]) -> int:
    """Which option a form's value means. Values are positions on the page, so that the page's
    source never gives away the order in which the author wrote the options."""
    if not value.isascii() or not value.isdigit() or int(value) >= len(places):
        raise not_offered()
    return places[int(value)]


def not_offered() -> Invalid:
    """The refusal of what no honest page sends."""
    return Invalid(NOT_OFFERED)


def chosen_places(given: Given, shown: Shown) -> list[int]:
    """The options somebody marked, in the author's order, each once."""
    return sorted({place(value, shown["options"]) for value in given.many()})


def right_places(source: Source) -> list[int]:
    """The options that are right."""
    return [n for n, option in enumerate(source["options"]) if option.get("correct", False)]


def known(source: Source, shown: Shown) -> Given:
    """The right options, by their places on the page."""
    right = right_places(source)
    return Given({"": tuple(str(at) for at, n in enumerate(shown["options"]) if n in right)})


def with_key(source: Source, places: Collection[int]) -> Source:
    """The question with exactly these options right."""
    options = [{**option, "correct": n in places} for n, option in enumerate(source["options"])]
    return {**source, "options": options}


def rows(
    source: Source,
    shown: Shown,
    chosen: Collection[int],
    result: Callable[[int], PartResult | None] = lambda _: None,
    *,
    feedback: bool = False,
) -> tuple[Row, ...]:
    """The options in the order this attempt sees them."""
    options = source["options"]
    return tuple(
        Row(
            name="",
            value=str(position),
            text=options[n]["text"],
            chosen=n in chosen,
            result=result(n),
            feedback=options[n].get("feedback") or "" if feedback else "",
        )
        for position, n in enumerate(shown["options"])
    )


def option_feedback(source: Source, chosen: Collection[int]) -> tuple[str, ...]:
    """Where the texts stand that the chosen options earn."""
    return tuple(
        f"options.{n}.feedback" for n in sorted(chosen) if source["options"][n].get("feedback")
    )


def check_options(source: Source) -> list[Problem]:
    """What is wrong with options in whatever type has them."""
    problems = repeated(source["options"], lambda option: option["text"])
    problems += [
        warning(
            option,
            "text",
            N_("an option of several paragraphs is hard to choose on a phone"),
            N_("keep it to one paragraph and put the rest into the question"),
        )
        for option in source["options"]
        if "\n\n" in option["text"].strip()
    ]
    return problems


def repeated(items: Sequence[Any], text: Callable[[Any], str]) -> list[Problem]:
    """Options nobody could tell apart."""
    problems, seen = [], set[str]()
    for n, item in enumerate(items):
        folded = fold(text(item))
        if folded in seen:
            problems.append(
                problem(
                    item if isinstance(item, Mapping) else items,
                    "text" if isinstance(item, Mapping) else n,
                    N_("this option repeats another: “%(text)s”"),
                    N_("change or remove one of them"),
                    text=text(item)[:60],
                )
            )
        seen.add(folded)
    return problems
