"""The pieces that Moodle's questions are made of: texts with their files, weights."""

import base64
import binascii
from dataclasses import dataclass
from decimal import Decimal

from lms.assessment.formats.judging import Rough
from lms.assessment.formats.moodle_xml.nodes import Node
from lms.assessment.formats.texts import AUTO, to_line, to_text
from lms.assessment.formats.weights import figure
from lms.foundation.kernel.errors import N_

CARRIED = "cabildo"
"""The element that other readers skip."""


@dataclass(frozen=True, slots=True)
class Question:
    """An element and the item that it becomes."""

    rough: Rough
    node: Node

    def text(self, node: Node | None) -> str:
        """A text in Markdown, its files with it."""
        if node is None:
            return ""
        written = node.first("text")
        if written is None:
            return ""
        return to_text(self.rough, written.text, _kind(node), self._files(node))

    def line(self, node: Node) -> str:
        """A text as plain words on one line."""
        if node.all("file"):
            self.rough.lose(N_("pictures where only words have a place"))
        written = node.first("text")
        return to_line(self.rough, written.text if written else "", _kind(node))

    def _files(self, node: Node) -> dict[str, bytes]:
        files = {}
        for each in node.all("file"):
            name = each.attributes.get("name", "")
            try:
                files[name] = base64.b64decode("".join(each.text.split()), validate=True)
            except (binascii.Error, ValueError):
                self.rough.lose(N_("a file that is damaged: %(name)s"), name=name[:80])
        return files


def weight_of(answer: Node) -> Decimal:
    """How much of the points an answer earns, in per cent."""
    return Decimal(figure(answer.attributes.get("fraction", "0")) or 0)


def _kind(node: Node) -> str:
    return node.attributes.get("format") or AUTO
