"""GIFT: Moodle's text format, a question in a paragraph and its answers between braces."""

from collections.abc import Sequence

from lms.assessment.formats.decoding import decoded
from lms.assessment.formats.gift.paragraphs import paragraphs
from lms.assessment.formats.gift.reading import read_paragraph
from lms.assessment.formats.gift.writing import write_gift
from lms.assessment.formats.interface import Entry, Item, Written
from lms.assessment.formats.judging import judged
from lms.foundation.kernel.errors import N_


class Gift:
    """The format as the registry knows it."""

    name = "gift"
    label = N_("GIFT (text of Moodle)")
    ending = "txt"
    media_type = "text/plain"
    keeps_all = True

    def read(self, data: bytes) -> list[Entry]:
        """Every paragraph is a question; headings, comments and categories are none."""
        return judged(map(read_paragraph, paragraphs(decoded(data))))

    def write(self, items: Sequence[Item]) -> Written:
        return write_gift(items)


FORMAT = Gift()
