"""Our own quiz files: what they hold is what a question is."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.assessment.formats.decoding import decoded
from lms.assessment.formats.interface import MOST_ITEMS, Entry, Item, Written
from lms.assessment.formats.judging import Rough, judged
from lms.catalog.formats.yaml_text import read_yaml
from lms.catalog.formats.yaml_write import plain, write_yaml
from lms.foundation.kernel.errors import N_, Invalid

_MOST_VALUES = MOST_ITEMS * 60
QUESTIONS = "questions"


class OwnYaml:
    """The questions of a quiz file; what else the file says of the quiz is not asked."""

    name = "yaml"
    label = N_("Our own YAML")
    ending = "yaml"
    media_type = "application/yaml"
    keeps_all = True

    def read(self, data: bytes) -> list[Entry]:
        """Every item of its list `questions`."""
        found, problems = read_yaml(decoded(data), "", most=_MOST_VALUES)
        if found is None:
            raise Invalid(
                N_("Line %(line)s cannot be read, so nothing was. Mend it and send it again."),
                line=problems[0].line if problems else 1,
            )
        items = found.get(QUESTIONS)
        if not isinstance(items, list):
            raise Invalid(N_("The file has no list `questions`."))
        return judged(_rough(each, items.line_of(at)) for at, each in enumerate(items))  # type: ignore[attr-defined]

    def write(self, items: Sequence[Item]) -> Written:
        sources = [dict(each.source) for each in items]
        lost = {at: ["files"] for at, each in enumerate(items) if each.files}
        return Written(write_yaml({QUESTIONS: sources}).encode("utf-8"), lost, [])


def _rough(item: Any, line: int) -> Rough:
    rough = Rough(line)
    if not isinstance(item, Mapping):
        rough.refuse(N_("it is no question"), N_("write its keys below it: type, stem, …"))
        return rough
    rough.source = plain(item)
    return rough


FORMAT = OwnYaml()
