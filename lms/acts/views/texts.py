"""What pages of acts have in common: tags, addresses, totals, where a blocker is mended."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import current_app, url_for

from lms.acts.rules.blockers import SAID, Block, Blocker
from lms.acts.rules.outcomes import SAID as OUTCOMES
from lms.acts.rules.outcomes import Outcome
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.policy import allows
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import Guarded, access_of
from lms.foundation.web.identity import signed_in

_MENDED = {
    Block.NOT_OVER: "enrollment.edit",
    Block.NO_SIGNERS: "enrollment.edit",
    Block.OUT_OF_OFFICE: "enrollment.edit",
    Block.NO_ACT: "acts.index",
    Block.UNDECIDED: "enrollment.applications",
    Block.MORE_TIME: "desk.allowances",
    Block.UNMARKED: "assessment.marking",
}
# The others are about people of the list, which opens at those concerned.
_SHOWN = {Block.UNNAMED: "sin-nombre"}


def draft_url(cohort: UUID, subject: str, endpoint: str = "acts.draft", **more: Any) -> str:
    """The address of a draft, or of what is done with it."""
    return url_for(endpoint, cohort=cohort, curso=subject or None, **more)


def standing(signed: int, all_: int) -> tuple[str, str]:
    """How far the signatures are, as a tag."""
    if all_ and signed == all_:
        return _("Signed"), "good"
    return _("%(signed)s of %(all)s signatures", signed=signed, all=all_), "warn"


def outcome(value: str) -> tuple[str, str]:
    """An outcome in words, with its tone."""
    said, tone = OUTCOMES[Outcome(value)]
    return _(said), tone


def figures(people: int, totals: Mapping[Outcome, int]) -> list[tuple[int, str]]:
    """How many there are, and how many ended how."""
    return [(people, _("In all")), *((many, _(OUTCOMES[each][0])) for each, many in totals.items())]


def tasks(cohort: UUID, subject: str, blockers: list[Blocker]) -> list[dict[str, str | None]]:
    """What keeps the act open, each with the page where the reader can mend it, if any."""
    return [
        {
            "title": _(SAID[each.block], names=_names(each), many=each.many),
            "url": _url(cohort, subject, each.block),
            "icon": "circle-alert",
        }
        for each in blockers
    ]


def _names(each: Blocker) -> str:
    shown = " · ".join(each.names)
    if not each.others:
        return shown
    more = ngettext("and %(num)s more", "and %(num)s more", each.others)
    return f"{shown} {more}"


def _url(cohort: UUID, subject: str, block: Block) -> str | None:
    endpoint = _MENDED.get(block, "desk.cohort")
    if not _opens(endpoint, cohort):
        return None
    if endpoint in _MENDED.values():
        return url_for(endpoint, cohort=cohort)
    return url_for(endpoint, cohort=cohort, curso=subject or None, ver=_SHOWN.get(block))


def _opens(endpoint: str, cohort: UUID) -> bool:
    access = access_of(current_app.view_functions[endpoint])
    return isinstance(access, Guarded) and allows(
        signed_in(), access.permission, cohort_scope(cohort)
    )
