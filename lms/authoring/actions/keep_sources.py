"""The frozen text of a version: each file by its hash, each content once."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from lms.authoring.formats.prepared import PackageFile
from lms.catalog.models import CourseVersion, ProgrammeVersion, SourceFile, SourceText
from lms.foundation.db.work import Work
from lms.foundation.files.actions import refer
from lms.foundation.files.store import Stored


def keep_sources(
    work: Work,
    files: Iterable[PackageFile],
    *,
    course_version: CourseVersion | None = None,
    programme_version: ProgrammeVersion | None = None,
) -> None:
    """Write down the files of a version; a text that is already here is shared."""
    owner = course_version or programme_version
    assert owner is not None
    mine = list(files)
    _texts(work, {each.sha256: each.text for each in mine if each.text is not None})
    for each in mine:
        work.session.add(
            SourceFile(
                institution_id=owner.institution_id,
                course_version_id=course_version.id if course_version else None,
                programme_version_id=programme_version.id if programme_version else None,
                path=each.path,
                sha256=each.sha256,
                size=each.size,
                is_text=each.text is not None,
            )
        )


def refer_to(work: Work, media: Mapping[str, Stored]) -> None:
    """Write down that the media of a package are in use."""
    for stored in media.values():
        refer(work, stored)


def _texts(work: Work, texts: Mapping[str, str]) -> None:
    wanted = sorted(texts)
    for start in range(0, len(wanted), 500):
        piece = wanted[start : start + 500]
        known = set(
            work.session.scalars(select(SourceText.sha256).where(SourceText.sha256.in_(piece)))
        )
        for sha256 in piece:
            if sha256 not in known:
                work.session.add(SourceText(sha256=sha256, text=texts[sha256]))
    work.session.flush()
