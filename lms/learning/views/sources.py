"""The sources of a text with what is known of them today; the frozen text says nothing of that."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import get_template_attribute
from flask_babel import get_locale
from markupsafe import Markup

from lms.catalog.queries.structure import FactStructure
from lms.foundation.web.markdown import Citation
from lms.learning.views.texts import is_expired


@dataclass(frozen=True, slots=True)
class Source:
    """One source in the order of its first citation."""

    number: int
    id: str
    fact: FactStructure
    marks: tuple[str, ...]
    is_expired: bool


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources of a text, and what a reader should know before relying on them."""

    items: tuple[Source, ...]
    any_expired: bool
    none_verified: bool


_shown: OrderedDict[tuple[str, ...], Markup] = OrderedDict()
MOST_KEPT = 500


def shown(found: Sources, course_uid: str, text_sha256: str, today: date) -> Markup:
    """The list as HTML: the same for every learner of a day, so it is made once."""
    key = (course_uid, text_sha256, str(get_locale()), today.isoformat())
    kept: Markup | None = _shown.get(key)
    if kept is None:
        kept = get_template_attribute("learning/pieces.html", "sources")(found)
        _shown[key] = kept
        while len(_shown) > MOST_KEPT:
            _shown.popitem(last=False)
    return kept or Markup()


def sources_of(
    citations: Sequence[Citation], facts: Mapping[str, FactStructure], today: date
) -> Sources:
    """The facts that a text cites, as they stand today."""
    items = tuple(
        Source(
            cited.number,
            cited.source_id,
            facts[cited.key],
            cited.mark_ids,
            is_expired(facts[cited.key], today),
        )
        for cited in citations
        if cited.key in facts
    )
    return Sources(
        items,
        any(each.is_expired for each in items),
        all(each.fact.verified_on is None for each in items),
    )
