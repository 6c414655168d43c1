"""The frozen text of a lesson, by its hash."""

from sqlalchemy import bindparam, select

from lms.catalog.models import SourceText
from lms.foundation.kernel.errors import NotFound
from lms.learning.queries.places import Reader

_TEXT = select(SourceText.text).where(SourceText.sha256 == bindparam("sha256"))


def source_text(reader: Reader, sha256: str) -> str:
    """A text file as it was published."""
    found = reader.execute(_TEXT, {"sha256": sha256}).scalar()
    if found is None:
        raise NotFound()
    return str(found)
