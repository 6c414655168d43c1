"""Questions of a Moodle file in our words."""

import re
from collections.abc import Callable
from decimal import Decimal

from lms.assessment.formats.categories import category_of
from lms.assessment.formats.interface import MOST_ITEMS
from lms.assessment.formats.judging import Rough, is_key
from lms.assessment.formats.moodle_xml.kinds import KINDS
from lms.assessment.formats.moodle_xml.nodes import Node, each_question
from lms.assessment.formats.moodle_xml.pieces import CARRIED, Question
from lms.assessment.formats.weights import figure
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold

_USUAL = {
    "your answer is correct", "your answer is partially correct", "your answer is incorrect",
    "respuesta correcta", "respuesta parcialmente correcta", "respuesta incorrecta",
    "su respuesta es correcta", "su respuesta es parcialmente correcta",
    "su respuesta es incorrecta", "sua resposta esta correta", "sua resposta esta incorreta",
    "sua resposta esta parcialmente correta",
}  # fmt: skip
_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def roughs(data: bytes) -> list[Rough]:
    """Every item of a file; what only says where the next ones belong is none."""
    found: list[Rough] = []
    category = ""

    def take(node: Node) -> None:
        nonlocal category
        if node.attributes.get("type") == "category":
            category = category_of(node.said("category", "text"))
            return
        if len(found) > MOST_ITEMS:
            return  # enough to be refused, and no more to be kept
        rough = Rough(node.line)
        if category:
            rough.source["category"] = category
        read_question(rough, node)
        found.append(rough)

    each_question(data, take)
    return found


def read_question(rough: Rough, node: Node) -> None:
    """What one element says, or why it cannot come in."""
    kind = node.attributes.get("type", "")
    rough.name = node.said("name", "text")
    question = Question(rough, node)
    read: Callable[[Question], None] | None = KINDS.get(kind)
    if read is None:
        rough.refuse(
            N_("questions of Moodle's kind “%(kind)s” have no place here"),
            N_("ask the same in another way, by hand"),
            kind=kind or "?",
        )
        return
    key = node.said("idnumber")
    if is_key(key):
        rough.source["key"] = key
    elif key:
        rough.lose(N_("its number in Moodle: %(number)s"), number=key[:60])
    rough.source["points"] = _points(rough, node)
    rough.source["stem"] = question.text(node.first("questiontext"))
    rough.source["feedback"] = question.text(node.first("generalfeedback"))
    rough.source["tags"] = [
        " ".join(tag.said("text").split()) for each in node.all("tags") for tag in each.all("tag")
    ]
    rough.carried = node.said(CARRIED)
    read(question)
    _combined(question)
    if any(each.said("text") for each in node.all("hint")):
        rough.lose(N_("hints for another try: %(count)s"), count=len(node.all("hint")))
    if node.said("hidden") == "1":
        rough.lose(N_("that it was hidden in Moodle"))
    if node.said("shuffleanswers").lower() in ("0", "false") and kind == "multichoice":
        rough.lose(N_("that its options are not shuffled: that is a setting of the quiz here"))


def _points(rough: Rough, node: Node) -> int | Decimal:
    written = node.said("defaultgrade")
    if not written:
        return 1
    found = figure(written)
    if found is None or found < 0:
        rough.lose(N_("its points, which are no number: %(text)s"), text=written[:30])
        return 1
    return found


def _combined(question: Question) -> None:
    """What Moodle says to whoever is right, partly right or wrong, unless it is what it always
    says."""
    said = {name: question.text(question.node.first(name)) for name in _COMBINED}
    own = {
        name: text
        for name, text in said.items()
        if text and re.sub(r"[^\w ]", "", fold(text)).strip() not in _USUAL
    }
    source = question.rough.source
    if own.keys() == {"correctfeedback"} and not source.get("feedback"):
        source["feedback"] = own["correctfeedback"]
    elif own:
        question.rough.lose(N_("explanations for right, partly right and wrong answers as a whole"))
