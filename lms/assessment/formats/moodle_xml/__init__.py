"""Moodle XML: what Moodle's question bank exports, with pictures and all."""

from collections.abc import Sequence

from lms.assessment.formats.interface import Entry, Item, Written
from lms.assessment.formats.judging import judged
from lms.assessment.formats.moodle_xml.reading import roughs
from lms.assessment.formats.moodle_xml.writing import write_moodle
from lms.foundation.kernel.errors import N_


class MoodleXml:
    """The format as the registry knows it."""

    name = "moodle-xml"
    label = N_("Moodle XML (with pictures)")
    ending = "xml"
    media_type = "application/xml"
    keeps_all = True

    def read(self, data: bytes) -> list[Entry]:
        """Every question, whatever its kind; categories are places, not questions."""
        return judged(roughs(data))

    def write(self, items: Sequence[Item]) -> Written:
        return write_moodle(items)


FORMAT = MoodleXml()
