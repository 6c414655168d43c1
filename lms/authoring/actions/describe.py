"""What a form says of a programme, a course or a module is written into its file."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from lms.authoring.actions.drafts import Content, Overtaken, change_draft
from lms.authoring.formats.yaml_edit import Unreadable
from lms.authoring.formats.yaml_items import with_keys_set
from lms.authoring.queries import drafts as queries
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, NotFound, Refused


def describe(
    work: Work,
    programme_uid: UUID,
    path: str,
    opened: str,
    values: Mapping[str, Any],
    name: str,
) -> UUID | None:
    """Set keys of a file and leave everything else as its author wrote it; None takes a key out.

    ``opened`` is the hash of what the form was filled from. Raises Overtaken when somebody saved
    it meanwhile. Returns the step, or None when nothing is another.
    """
    programme = queries.locked_programme(work.session, programme_uid)
    standing = queries.working(work.session, programme.id)
    text = queries.text_at(work.session, standing, path)
    if text is None:
        raise NotFound()
    if standing.files[path].sha256 != opened:
        draft = standing.rows.get(path)
        raise Overtaken(text, draft.saved_by_id if draft is not None else None)
    try:
        edited = with_keys_set(text, values)
    except Unreadable:
        raise Refused(
            N_("%(path)s cannot be read as it is. Mend it as text first."), path=path
        ) from None
    if edited == text:
        return None
    said = N_("Edited: %(name)s")
    return change_draft(work, programme_uid, {path: Content(edited)}, said, name=name)
