"""Questions of other systems: read item by item with a report, written so that they read back.

Each format is one module (or folder) here and one line below. Reading never ends halfway: an item
is taken, taken with something named that is lost, or refused by name.
"""

from collections.abc import Mapping

from lms.assessment.formats import aiken, gift, moodle_xml, own_yaml, sheets
from lms.assessment.formats.interface import Format

FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        moodle_xml.FORMAT,
        gift.FORMAT,
        aiken.FORMAT,
        sheets.XLSX,
        sheets.CSV,
        own_yaml.FORMAT,
    )
}
