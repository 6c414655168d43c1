"""Classification: say of each of several things to which group it belongs."""

from collections.abc import Collection
from typing import Any

from lms.assessment.types import pieces
from lms.assessment.types.beside import Beside, Table
from lms.assessment.types.interface import Drawing, Shown, Source
from lms.assessment.types.pieces import Piece
from lms.catalog.rules.problems import Problem, problem
from lms.catalog.rules.shapes import Field, ListOf, Object, Text, need
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold

MOST_ITEMS = 40

GROUP = Object(
    (
        need("name", Text(longest=200), "What the group is called."),
        need(
            "items",
            ListOf(item=Text(longest=400), most=MOST_ITEMS),
            "What belongs to it; `[]` for a group to which nothing belongs.",
        ),
    )
)


class Classification(Beside):
    """Groups stand in the author's order, and what belongs to them is always shuffled."""

    name = "classification"
    label = N_("Classification")
    hint = N_("Each one in its right group earns an equal share of the points.")
    WORDING: Collection[str] = ("name",)
    FIELDS: tuple[Field, ...] = (
        need(
            "groups",
            ListOf(item=GROUP, least=2, most=10),
            "The groups, each with what belongs to it.",
        ),
    )
    PIECES: tuple[Piece, ...] = (
        pieces.Rows(
            name="groups",
            label=N_("Groups"),
            called=N_("Group %(number)s"),
            more=N_("Add a group"),
            row=(
                pieces.Line(name="name", label=N_("Name of the group"), longest=200, needed=True),
                pieces.Lines(name="items", label=N_("What belongs to it, one in each line")),
            ),
            least=2,
            most=10,
            hint=N_("What belongs to the groups is always shuffled."),
        ),
    )

    def check(self, source: Source) -> list[Problem]:
        groups, seen = source["groups"], set[str]()
        problems = [
            problem(
                group,
                "name",
                N_("this group repeats another: “%(text)s”"),
                N_("change or remove one of them"),
                text=group["name"][:60],
            )
            for n, group in enumerate(groups)
            if any(fold(group["name"]) == fold(other["name"]) for other in groups[:n])
        ]
        for group in groups:
            for item in group["items"]:
                if fold(item) in seen:
                    problems.append(
                        problem(
                            group,
                            "items",
                            N_("this stands twice in the groups: “%(text)s”"),
                            N_("leave it where it belongs"),
                            text=item[:60],
                        )
                    )
                seen.add(fold(item))
        if not 2 <= sum(len(group["items"]) for group in groups) <= MOST_ITEMS:
            problems.append(
                problem(
                    source,
                    "groups",
                    N_("there is too little or too much to be put into groups"),
                    N_("write from 2 to %(most)s things, each in its group"),
                    most=MOST_ITEMS,
                )
            )
        return problems

    def freeze(self, source: Source, drawing: Drawing) -> dict[str, Any]:
        items = list(range(sum(len(group["items"]) for group in source["groups"])))
        drawing.dice.shuffle(items)
        return {"lefts": items}

    def table(self, source: Source, shown: Shown) -> Table:
        groups = source["groups"]
        return Table(
            lefts=[item for group in groups for item in group["items"]],
            rights=[group["name"] for group in groups],
            wanted=[n for n, group in enumerate(groups) for _item in group["items"]],
            lefts_shown=shown.get("lefts", ()),
            rights_shown=range(len(groups)),
        )


TYPE = Classification()
