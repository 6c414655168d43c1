"""Writing on a draft: every deed is a step that can be undone, and no save overwrites another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from lms.authoring.models import DraftFile, DraftStep
from lms.authoring.queries import drafts as queries
from lms.authoring.queries.drafts import Working, WorkingFile
from lms.authoring.rules.tabs import Tab, goes_on, read_tab
from lms.catalog.models import Programme, SourceText
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.files.actions import refer
from lms.foundation.files.store import Stored
from lms.foundation.kernel.errors import N_, Conflict, NotFound, Refused

EDITED = N_("Edited: %(name)s")
ONE_SITTING = timedelta(minutes=15)
"""Saves of one person on one file within this time are one step."""


@dataclass(frozen=True, slots=True)
class Content:
    """What becomes of one file: a text, or media that the store already holds."""

    text: str | None = None
    media: Stored | None = None

    @property
    def sha256(self) -> str:
        if self.media is not None:
            return self.media.sha256
        return sha256((self.text or "").encode("utf-8")).hexdigest()

    @property
    def size(self) -> int:
        return self.media.size if self.media is not None else len((self.text or "").encode("utf-8"))


class Overtaken(Conflict):
    """Somebody saved this text meanwhile; both versions are kept and shown side by side."""

    def __init__(self, theirs: str, saved_by_id: int | None) -> None:
        super().__init__(N_("This text was saved from elsewhere meanwhile. Compare both versions."))
        self.theirs, self.saved_by_id = theirs, saved_by_id


def save_text(
    work: Work,
    programme_uid: UUID,
    path: str,
    text: str,
    opened: str,
    *,
    tab: Tab | None = None,
    name: str = "",
    apart: bool = False,
) -> str:
    """Keep what was typed, unless somebody else saved the same text meanwhile.

    ``opened`` is the hash of the text that was built on, ``tab`` the open page: one whose answer
    got lost does not overtake itself. Returns the hash of what is kept now. Raises Overtaken with
    the other text; saving the same words again changes nothing. What is saved ``apart`` is a step
    of its own, so that what it replaces can be brought back.
    """
    programme = queries.locked_programme(work.session, programme_uid)
    standing = queries.working(work.session, programme.id)
    before, content = standing.files.get(path), Content(text)
    if before is None or not before.is_text:
        raise NotFound()
    if before.sha256 == content.sha256:
        return content.sha256
    draft = standing.rows.get(path)
    kept = read_tab(draft.tab) if draft is not None else None
    if before.sha256 != opened and not goes_on(tab, kept):
        theirs = queries.text_at(work.session, standing, path)
        raise Overtaken(theirs or "", draft.saved_by_id if draft else None)
    sitting = None if apart else _sitting(work, programme.id, path)
    if sitting is None:
        said = name or path.rpartition("/")[2]
        _step(work, programme, standing, {path: content}, EDITED, {"name": said})
    else:
        sitting.changes = [{**sitting.changes[0], "after": content.sha256}]
    _lay(work, programme, standing, path, content, tab)
    return content.sha256


def change_draft(
    work: Work,
    programme_uid: UUID,
    changes: Mapping[str, Content | None],
    said: str,
    **params: Any,
) -> UUID:
    """Do one deed to several files of a draft at once; None takes a file away.

    ``said`` is a message id that tells the deed, filled with ``params``. Returns the step, by
    which it can be undone.
    """
    programme = queries.locked_programme(work.session, programme_uid)
    standing = queries.working(work.session, programme.id)
    step = _step(work, programme, standing, changes, said, params)
    for path, content in changes.items():
        _lay(work, programme, standing, path, content)
    work.session.flush()
    return step.uid


def rename_files(
    work: Work, programme_uid: UUID, renames: Mapping[str, str], said: str, **params: Any
) -> UUID:
    """Give files other paths in one step; what they say stays the same."""
    programme = queries.locked_programme(work.session, programme_uid)
    standing = queries.working(work.session, programme.id)
    changes = renamed(work, standing, renames)
    return change_draft(work, programme_uid, changes, said, **params)


def renamed(work: Work, standing: Working, renames: Mapping[str, str]) -> dict[str, Content | None]:
    """The changes that renaming makes: the old paths empty, the new ones filled."""
    moving = {path: standing.files[path] for path in renames}
    texts = queries.texts_of(work.session, moving)
    changes: dict[str, Content | None] = dict.fromkeys(renames)
    for old, new in renames.items():
        if new in standing.files and new not in renames:
            raise Refused(N_("There is already a file %(path)s."), path=new)
        changes[new] = content_of(standing, old, texts)
    return changes


def content_of(standing: Working, path: str, texts: Mapping[str, str]) -> Content:
    """A file's content as it stands, to be laid at another path."""
    return content_of_file(standing.files[path], texts.get(path))


def content_of_file(file: WorkingFile, text: str | None) -> Content:
    """What a file says, to be laid at its path or another."""
    return Content(text) if file.is_text else Content(media=Stored(file.sha256, file.size, ""))


def undo(work: Work, programme_uid: UUID, step_uid: UUID) -> None:
    """Take back a step, as long as nobody changed the same files after it."""
    programme = queries.locked_programme(work.session, programme_uid)
    step = queries.step_at(work.session, programme.id, step_uid)
    if step is None:
        raise NotFound()
    if step.undone_at is not None:
        return
    standing = queries.working(work.session, programme.id)
    for each in step.changes:
        now = standing.files.get(each["path"])
        if (now.sha256 if now else None) != each["after"]:
            raise Refused(
                N_("%(path)s was changed after that, so it cannot be undone by itself."),
                path=each["path"],
            )
    for each in step.changes:
        _lay(work, programme, standing, each["path"], _earlier(work, each["before"]))
    step.undone_at = work.now
    record(work, "draft.undone", subject=step, institution_id=programme.institution_id)


def drop_drafts(work: Work, programme_id: int, paths: list[str]) -> None:
    """Forget the draft of these files: what is published stands again."""
    work.session.execute(
        delete(DraftFile).where(DraftFile.programme_id == programme_id, DraftFile.path.in_(paths))
    )


def _step(
    work: Work,
    programme: Programme,
    standing: Working,
    changes: Mapping[str, Content | None],
    said: str,
    params: Mapping[str, Any],
) -> DraftStep:
    befores = {path: standing.files[path] for path in changes if path in standing.files}
    _keep_texts(work, queries.texts_of(work.session, befores).values())
    step = DraftStep(
        institution_id=programme.institution_id,
        programme_id=programme.id,
        at=work.now,
        person_id=work.actor.person_id,
        said=said,
        params=dict(params),
        changes=[
            {
                "path": path,
                "before": befores[path].sha256 if path in befores else None,
                "after": content.sha256 if content is not None else None,
            }
            for path, content in changes.items()
        ],
    )
    work.session.add(step)
    work.session.flush()
    return step


def _sitting(work: Work, programme_id: int, path: str) -> DraftStep | None:
    """The step that this save goes on with: the same person at the same text just before."""
    latest = work.session.scalar(
        select(DraftStep)
        .where(DraftStep.programme_id == programme_id)
        .order_by(DraftStep.id.desc())
        .limit(1)
    )
    if (
        latest is None
        or latest.undone_at is not None
        or latest.said != EDITED
        or latest.person_id != work.actor.person_id
        or [each["path"] for each in latest.changes] != [path]
        or work.now - latest.at > ONE_SITTING
    ):
        return None
    return latest


def _lay(
    work: Work,
    programme: Programme,
    standing: Working,
    path: str,
    content: Content | None,
    tab: Tab | None = None,
) -> None:
    """Write one file of the draft. An edit begins from what is published at its first word."""
    published = standing.published.get(path)
    base = published.sha256 if published is not None else None
    draft = standing.rows.get(path)
    if content is not None and content.media is not None and content.media.media_type:
        refer(work, content.media)
    if draft is None:
        draft = DraftFile(
            institution_id=programme.institution_id,
            programme_id=programme.id,
            path=path,
            base_sha256=base,
        )
        work.session.add(draft)
    draft.text = content.text if content is not None and content.media is None else None
    draft.sha256 = content.sha256 if content is not None else None
    if path not in standing.drafts or draft.sha256 == base:
        draft.base_sha256 = base
    draft.size = content.size if content is not None else 0
    draft.tab = str(tab) if tab is not None else None
    draft.saved_at = work.now
    draft.saved_by_id = work.actor.person_id


def _earlier(work: Work, digest: str | None) -> Content | None:
    if digest is None:
        return None
    text = work.session.scalar(select(SourceText.text).where(SourceText.sha256 == digest))
    if text is not None:
        return Content(text)
    return Content(media=Stored(digest, queries.blob_size(work.session, digest), ""))


def _keep_texts(work: Work, texts: Any) -> None:
    for text in texts:
        digest = sha256(text.encode("utf-8")).hexdigest()
        if work.session.get(SourceText, digest) is None:
            work.session.add(SourceText(sha256=digest, text=text))
