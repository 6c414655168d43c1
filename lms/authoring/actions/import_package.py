"""A checked package becomes published versions; nothing is ever half imported."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.authoring.actions.keep_sources import keep_sources, refer_to
from lms.authoring.actions.publish_course import publish_course
from lms.authoring.formats.prepared import PackageFile, Prepared, digest
from lms.authoring.queries import sources
from lms.authoring.queries.plan import Plan, plan_import
from lms.authoring.rules.difference import Change
from lms.authoring.rules.sums import kilobytes
from lms.catalog.activity import activity_kinds
from lms.catalog.models import (
    Course,
    CourseVersion,
    Programme,
    ProgrammeCourse,
    ProgrammeVersion,
)
from lms.catalog.rules.sources import as_json
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.files.store import Stored
from lms.foundation.kernel.errors import N_, Conflict, Invalid
from lms.foundation.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    programme_uid: UUID
    number: int
    """The programme version that now stands."""
    changed: bool
    courses: tuple[str, ...]
    """The courses that got a new version."""


def import_package(
    work: Work,
    prepared: Prepared,
    media: Mapping[str, Stored],
    institution_id: int,
    *,
    brought: Mapping[str, str] | None = None,
    kept: Collection[str] = (),
) -> Imported:
    """Publish what is new or changed in a package; importing it again changes nothing.

    Every changed course gets a new version, and the programme one that names them; cohorts stay on
    the versions they are pinned to. `prepared` already holds the edits that stay, listed in `kept`;
    `brought` are the hashes of the package as it came, to compare the next import with.
    """
    data = prepared.package.data
    if not prepared.sound or data is None:
        raise Invalid(N_("The package has errors. Check it first; nothing was imported."))
    programme = sources.programme(work.session, institution_id, data["key"], lock=True)
    plan = plan_import(work.session, institution_id, data["key"], dict(brought or prepared.hashes))
    _still_true(plan, prepared, kept)
    if programme is not None and not plan.is_new and prepared.hashes == plan.standing.hashes:
        return _unchanged(work, programme)
    if programme is None:
        programme = new_programme(work, institution_id, data["key"])
    came = {"origin": sources.PACKAGE, "brought": _brought(prepared, brought)}
    return publish_package(work, programme, prepared, media, came)


def publish_package(
    work: Work,
    programme: Programme,
    prepared: Prepared,
    media: Mapping[str, Stored],
    came: Mapping[str, Any],
) -> Imported:
    """Lay down a new version of a programme and of each of its courses that changed.

    ``came`` says where the version came from and is kept in its detail.
    """
    refer_to(work, media)
    versions, published = _courses(work, programme, prepared)
    version = _programme_version(work, programme, prepared, versions)
    version.detail = {**version.detail, **came}
    version.published_by_id = work.actor.person_id
    programme.current_version_id = version.id
    record(
        work,
        "programme.published",
        subject=version,
        detail={"programme": programme.key, "number": version.number, "courses": published},
    )
    work.session.flush()
    return Imported(programme.uid, version.number, True, tuple(published))


def _still_true(plan: Plan, prepared: Prepared, kept: Collection[str]) -> None:
    """Refuse when there are edits that nobody chose about, or that came since the choice."""
    undecided = [path for path in plan.difference.conflicts if path not in kept]
    if undecided:
        raise Conflict(
            N_("Edited here and also changed in the package: %(files)s. Choose which to keep."),
            files=", ".join(undecided[:10]),
        )
    here, stands = prepared.hashes, plan.standing.hashes
    if any(
        here.get(path) != stands.get(path) for path in (*plan.difference.of(Change.KEPT), *kept)
    ):
        raise Conflict(N_("Somebody edited it meanwhile. Look at the difference again."))


def _unchanged(work: Work, programme: Programme) -> Imported:
    version = sources.version_of(work.session, programme.id)
    assert version is not None, programme.key
    return Imported(programme.uid, version.number, False, ())


def _brought(prepared: Prepared, brought: Mapping[str, str] | None) -> dict[str, str | None]:
    """Where the package as it came differs from what is published, because an edit stayed."""
    if brought is None:
        return {}
    here = prepared.hashes
    paths = {*here, *brought}
    return {
        path: brought.get(path) for path in sorted(paths) if brought.get(path) != here.get(path)
    }


def new_programme(work: Work, institution_id: int, key: str) -> Programme:
    """A programme with an address of its own and nothing published yet."""
    taken = set(work.session.scalars(select(Programme.slug).where(Programme.slug.startswith(key))))
    slug, count = key, 1
    while slug in taken:
        count += 1
        slug = f"{key}-{count}"
    programme = Programme(institution_id=institution_id, key=key, slug=slug, created_at=work.now)
    work.session.add(programme)
    work.session.flush()
    return programme


def _courses(
    work: Work, programme: Programme, prepared: Prepared
) -> tuple[list[CourseVersion], list[str]]:
    """The version of each course, in the programme's order; new ones where something changed."""
    data = prepared.package.data
    assert data is not None
    versions: list[CourseVersion] = []
    published: list[str] = []
    for folder in data["courses"]:
        files = {
            path.removeprefix(f"{folder}/"): each
            for path, each in prepared.files.items()
            if path.startswith(f"{folder}/")
        }
        own = {path: replace(each, path=path) for path, each in files.items()}
        key = f"{programme.key}/{folder}"
        course, latest = sources.latest_course_version(work.session, programme.institution_id, key)
        if latest is not None and latest.source_sha256 == _digest(own):
            versions.append(latest)
            continue
        if course is None:
            course = Course(institution_id=programme.institution_id, key=key, created_at=work.now)
            work.session.add(course)
            work.session.flush()
        number = latest.number + 1 if latest is not None else 1
        text = prepared.package.courses[folder]
        versions.append(
            publish_course(work, course, number, text, own, data["academic_hour"], activity_kinds())
        )
        published.append(folder)
    return versions, published


def _digest(files: Mapping[str, PackageFile]) -> str:
    return digest({path: each.sha256 for path, each in files.items()})


def _programme_version(
    work: Work, programme: Programme, prepared: Prepared, versions: list[CourseVersion]
) -> ProgrammeVersion:
    data = prepared.package.data
    assert data is not None
    latest = sources.version_of(work.session, programme.id)
    version = ProgrammeVersion(
        institution_id=programme.institution_id,
        programme_id=programme.id,
        number=latest.number + 1 if latest is not None else 1,
        published_at=work.now,
        source_sha256=digest(prepared.hashes),
        title=data["title"],
        title_folded=fold(data["title"]),
        search=_search(prepared),
        kind=data["kind"],
        language=data["language"],
        country=data["country"],
        hours=data["hours"],
        academic_hour_minutes=data["academic_hour"],
        summary=data["summary"],
        audience=_words(data["audience"]),
        topics=_words(data["topics"]),
        modes=_words(data["modes"]),
        hue=data["cover"]["hue"],
        icon=data["cover"]["icon"],
        kilobytes=kilobytes(each.size for each in prepared.files.values()),
        detail={
            name: as_json(data[name])
            for name in ("outcomes", "entry", "certificate", "final_work")
            if name in data
        },
    )
    work.session.add(version)
    work.session.flush()
    for position, each in enumerate(versions, start=1):
        work.session.add(
            ProgrammeCourse(
                institution_id=programme.institution_id,
                programme_version_id=version.id,
                course_version_id=each.id,
                position=position,
            )
        )
    own = [each for path, each in prepared.files.items() if "/" not in path]
    keep_sources(work, own, programme_version=version)
    return version


def _words(keys: list[str]) -> str:
    return f" {' '.join(keys)} "


def _search(prepared: Prepared) -> str:
    """Everything a visitor may look for, folded."""
    data = prepared.package.data
    assert data is not None
    said = [data["title"], data["summary"], *(each["text"] for each in data["outcomes"])]
    for course in prepared.package.courses.values():
        said += [course.data["title"], course.data["summary"]]
        for module in course.modules:
            said += [module.data["title"], *module.data.get("lessons", ())]
            said += [activity.data["title"] for activity in module.shown]
    return fold(" ".join(said))
