"""A package is laid into the draft: what was edited here stays, unless somebody chose otherwise."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from lms.authoring.actions.drafts import Content, change_draft
from lms.authoring.actions.import_package import new_programme
from lms.authoring.formats.prepared import Prepared
from lms.authoring.formats.tree import Tree
from lms.authoring.models import BroughtPackage
from lms.authoring.queries.bringing import beside, laid
from lms.authoring.queries.brought import last_said
from lms.authoring.queries.drafts import step_at
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.files.store import Stored
from lms.foundation.kernel.errors import N_, Conflict, Invalid, Refused


@dataclass(frozen=True, slots=True)
class Brought:
    """Into which programme, and the step by which it can be undone."""

    programme: UUID
    step: UUID


def bring_package(
    work: Work,
    institution_id: int,
    prepared: Prepared,
    media: Mapping[str, Stored],
    theirs: Collection[str],
    seen: str,
) -> Brought:
    """Lay a checked package into the draft of its programme, or begin that programme with it.

    Nothing is published by this. Files edited here that the package changed too stay as they are
    here, except those named in ``theirs``. ``seen`` is what stood there when it was looked at.
    """
    data = prepared.package.data
    if not prepared.sound or data is None:
        raise Invalid(N_("The package has errors. Correct them first; nothing was brought in."))
    found = beside(work.session, Tree(), prepared, institution_id, data["key"], lock=True)
    if found.seen != seen:
        raise Conflict(N_("Somebody edited it meanwhile. Look at the difference again."))
    paths = laid(found, theirs)
    if not paths:
        if found.difference.conflicts:
            raise Refused(N_("Choose what is taken from the package: nothing is ticked."))
        raise Refused(N_("The draft says already what the package says."))
    programme = found.programme or new_programme(work, institution_id, data["key"])
    before = last_said(work.session, programme)
    changes = {path: _content(prepared, media, path) for path in paths}
    said = N_("Package brought in: %(name)s")
    uid = change_draft(work, programme.uid, changes, said, name=data["title"])
    step = step_at(work.session, programme.id, uid)
    assert step is not None
    work.session.add(
        BroughtPackage(
            institution_id=institution_id,
            programme_id=programme.id,
            step_id=step.id,
            hashes={
                path: prepared.hashes.get(path) for path in sorted({*before, *prepared.hashes})
            },
        )
    )
    record(work, "package.brought", subject=programme, detail={"files": len(paths)})
    return Brought(programme.uid, uid)


def _content(prepared: Prepared, media: Mapping[str, Stored], path: str) -> Content | None:
    file = prepared.files.get(path)
    if file is None:
        return None
    return Content(file.text) if file.text is not None else Content(media=media[path])
