"""Each kind of Moodle's questions as the one of ours that asks the same."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from lms.assessment.formats.accepting import accept, accepted_number
from lms.assessment.formats.judging import Rough
from lms.assessment.formats.moodle_xml.nodes import Node
from lms.assessment.formats.moodle_xml.pieces import Question, weight_of
from lms.assessment.formats.weights import choose_many, choose_one, figure
from lms.assessment.types.multiple_choice import ALL_OR_NOTHING
from lms.assessment.types.ordering import NEIGHBOURS, PLACES
from lms.foundation.kernel.errors import N_

_NO = ("0", "false")
_GAP = re.compile(r"\\?\[\\?\[(\d{1,2})\\?\]\\?\]")
_GRADED = {
    "": None,
    "-1": ALL_OR_NOTHING,
    "ALL_OR_NOTHING": ALL_OR_NOTHING,
    "0": PLACES,
    "ABSOLUTE_POSITION": PLACES,
    "1": NEIGHBOURS,
    "RELATIVE_NEXT_EXCLUDE_LAST": NEIGHBOURS,
}
"""How Moodle grades an order, in our words."""


def _options(question: Question) -> tuple[list[dict[str, Any]], list[Decimal]]:
    options, weights = [], []
    for answer in question.node.all("answer"):
        option: dict[str, Any] = {"text": question.text(answer)}
        why = question.text(answer.first("feedback"))
        options.append(option | ({"feedback": why} if why else {}))
        weights.append(weight_of(answer))
    return options, weights


def _multichoice(question: Question) -> None:
    is_one = question.node.said("single").lower() not in _NO
    (choose_one if is_one else choose_many)(question.rough, *_options(question))


def _choice_set(question: Question) -> None:
    """All the right ones and no other, as Moodle's "all or nothing" has it."""
    options, weights = _options(question)
    question.rough.of_kind("multiple_choice")
    for option, weight in zip(options, weights, strict=True):
        if weight > 0:
            option["correct"] = True
    question.rough.source |= {"options": options, "scoring": ALL_OR_NOTHING}


def _truefalse(question: Question) -> None:
    rough = question.rough
    rough.of_kind("true_false")
    for answer in question.node.all("answer"):
        word = answer.said("text").lower()
        if word in ("true", "false"):
            if weight_of(answer) > 0:
                rough.source["answer"] = word == "true"
            rough.source[f"feedback_{word}"] = question.text(answer.first("feedback"))


def _answers(question: Question) -> list[tuple[Decimal, Node, str]]:
    return [
        (weight_of(each), each, question.text(each.first("feedback")))
        for each in question.node.all("answer")
    ]


def _shortanswer(question: Question) -> None:
    rough = question.rough
    rough.of_kind("short_answer")
    accept(rough, [(weight, _words(each), why) for weight, each, why in _answers(question)])
    if question.node.said("usecase") == "1":
        rough.source["ignore_case"] = False


def _words(answer: Node) -> str:
    """What is accepted is plain text, whatever its format says."""
    return " ".join(answer.said("text").split())


def _numerical(question: Question) -> None:
    rough = question.rough
    rough.of_kind("numerical")
    accepted_number(
        rough,
        [
            (weight, figure(each.said("text")), figure(each.said("tolerance") or ""), why)
            for weight, each, why in _answers(question)
        ],
    )
    units = [unit for each in question.node.all("units") for unit in each.all("unit")]
    for unit in units:
        name = " ".join(unit.said("unit_name").split())
        if not rough.source.get("unit") and figure(unit.said("multiplier") or "1") == 1:
            rough.source["unit"] = name
        else:
            _other_unit(rough, name, figure(unit.said("multiplier")))


def _other_unit(rough: Rough, name: str, multiplier: int | Decimal | None) -> None:
    """Moodle says how many of it the answer is; here it is said how much one of it is."""
    factor = figure(str(1 / Decimal(multiplier))) if multiplier else None
    if factor is None or factor * Decimal(multiplier or 0) != 1 or not rough.source.get("unit"):
        rough.lose(N_("another unit: %(unit)s"), unit=name[:60])
    else:
        rough.source.setdefault("units", []).append({"unit": name, "factor": factor})


def _ordering(question: Question) -> None:
    rough = question.rough
    rough.of_kind("ordering")
    rough.source["items"] = [question.line(each) for each in question.node.all("answer")]
    written = question.node.said("gradingtype").upper()
    rough.source["scoring"] = _GRADED.get(written)
    if written not in _GRADED:
        rough.lose(
            N_("its way of grading, %(kind)s: here only the whole order earns"), kind=written
        )


def _gaps(question: Question) -> None:
    """`[[2]]` is where the second word belongs, and so it is here; what is asked has its name."""
    rough = question.rough
    rough.of_kind("missing_words")
    rough.source["passage"] = _GAP.sub(r"{{\1}}", rough.source.pop("stem", ""))
    rough.source["stem"] = rough.name
    words = []
    for each in [*question.node.all("selectoption"), *question.node.all("dragbox")]:
        word = {"text": " ".join(each.said("text").split())}
        group = each.said("group")
        words.append(word | ({"group": group} if group not in ("", "1") else {}))
    rough.source["words"] = words
    if question.node.attributes.get("type") == "ddwtos":
        rough.lose(N_("dragging: here each is chosen from a list"))


def _matching(question: Question) -> None:
    rough = question.rough
    rough.of_kind("matching")
    pairs, distractors = [], []
    for each in question.node.all("subquestion"):
        answer = each.first("answer")
        right = question.line(answer) if answer is not None else ""
        left = question.line(each)
        if left:
            pairs.append({"left": left, "right": right})
        elif right:
            distractors.append(right)
    rough.source |= {"pairs": pairs, "distractors": distractors}


def _ddmatch(question: Question) -> None:
    question.rough.lose(N_("dragging: here each is chosen from a list"))
    _matching(question)


def _description(question: Question) -> None:
    question.rough.of_kind("description")


def _essay(question: Question) -> None:
    rough, node = question.rough, question.node
    rough.of_kind("essay")
    for name, tag in (("least", "minwordlimit"), ("most", "maxwordlimit")):
        limit = figure(node.said(tag))
        if limit:
            rough.source[name] = limit
    rough.source["guidance"] = question.text(node.first("graderinfo"))
    if figure(node.said("attachments")):
        rough.lose(N_("files beside the text"))
    if question.text(node.first("responsetemplate")):
        rough.lose(N_("the text that the answer begins with"))


KINDS: Mapping[str, Callable[[Question], None]] = {
    "multichoice": _multichoice,
    "multichoiceset": _choice_set,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ddmatch": _ddmatch,
    "ordering": _ordering,
    "gapselect": _gaps,
    "ddwtos": _gaps,
    "description": _description,
    "essay": _essay,
}
