"""A named person accepts what a course says of the law: its facts, and the course's own word."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from lms.authoring.actions.drafts import Content, Overtaken, change_draft
from lms.authoring.formats.keys import keys_of
from lms.authoring.formats.yaml_edit import Unreadable, with_items
from lms.authoring.formats.yaml_items import with_keys_set
from lms.authoring.queries import drafts as queries
from lms.authoring.rules.acceptance import accepted, past
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, NotFound, Refused


def accept_law(
    work: Work,
    programme_uid: UUID,
    course: str,
    opened: Mapping[str, str],
    by: str,
    on: date,
    today: date,
) -> UUID | None:
    """Write down who accepted what a course says of the law, and when, in one deed to be undone.

    Facts that nobody has verified are verified by that person on that day. What is doubtful stays
    doubtful, and is still never asked. ``opened`` are the hashes of the files as they were read.
    Raises Refused while a fact has passed its date, Overtaken when something is another since.
    """
    if on > today:
        raise Refused(N_("That day has not come yet. Write the day on which it was accepted."))
    programme = queries.locked_programme(work.session, programme_uid)
    standing = queries.working(work.session, programme.id)
    head, path = f"{course}/course.yaml", f"{course}/facts.yaml"
    texts = {each: queries.text_at(work.session, standing, each) for each in (head, path)}
    if texts[head] is None:
        raise NotFound()
    changes: dict[str, Content | None] = {}
    for each, text in texts.items():
        if text is None:
            continue
        if standing.files[each].sha256 != opened.get(each):
            draft = standing.rows.get(each)
            raise Overtaken(text, draft.saved_by_id if draft is not None else None)
        after = _head(text, by, on) if each == head else _facts(each, text, by, on, today)
        if after != text:
            changes[each] = Content(after)
    if not changes:
        return None
    said = N_("Accepted what the course says of the law: %(name)s")
    return change_draft(work, programme_uid, changes, said, name=by)


def _head(text: str, by: str, on: date) -> str:
    review = {"state": "accepted", "by": by, "on": on}
    try:
        return with_keys_set(text, {"legal_review": review})
    except Unreadable:
        raise Refused(
            N_("The data of the course cannot be read. Mend them as text first.")
        ) from None


def _facts(path: str, text: str, by: str, on: date, today: date) -> str:
    try:
        found = keys_of(path, text).get("facts")
    except Unreadable:
        raise Refused(
            N_("%(path)s cannot be read as it is. Mend it as text first."), path=path
        ) from None
    items = [each for each in found or () if isinstance(each, Mapping)]
    if past(items, today):
        raise Refused(
            N_("Some facts have passed their date. Check them again and renew their dates first.")
        )
    return with_items(text, "facts", accepted(items, by, on))
