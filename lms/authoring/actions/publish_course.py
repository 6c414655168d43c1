"""A course's text becomes a published version: its modules, activities, facts and sources."""

from collections.abc import Mapping
from typing import Any

from lms.authoring.actions.keep_sources import keep_sources
from lms.authoring.formats.prepared import PackageFile, digest
from lms.authoring.rules.meter import media_size
from lms.authoring.rules.package import CourseText, ModuleText
from lms.authoring.rules.sums import kilobytes, minutes_of, module_minutes, ratio
from lms.catalog.activity import ActivityKind
from lms.catalog.models import Activity, Course, CourseFact, CourseVersion, Module
from lms.catalog.rules.sources import ActivitySource, as_json
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work


def publish_course(
    work: Work,
    course: Course,
    number: int,
    text: CourseText,
    files: Mapping[str, PackageFile],
    academic_hour: int,
    kinds: Mapping[str, ActivityKind],
) -> CourseVersion:
    """Lay down a new version of a course; older ones stay as they are.

    `files` are the course's own, by their paths below its folder.
    """
    version = _version(work, course, number, text, files, academic_hour)
    work.session.add(version)
    work.session.flush()
    laid = _modules(work, version, text, files)
    _facts(work, version, text)
    keep_sources(work, files.values(), course_version=version)
    work.session.flush()
    for activity, source in laid:
        activity.settings = kinds[source.kind].import_(work, activity, source)
    for activity, source in laid:
        kinds[source.kind].freeze(work, activity)
    work.session.flush()
    record(
        work,
        "course.published",
        subject=version,
        detail={"course": course.key, "number": number, "source": version.source_sha256},
    )
    return version


def _version(
    work: Work,
    course: Course,
    number: int,
    text: CourseText,
    files: Mapping[str, PackageFile],
    academic_hour: int,
) -> CourseVersion:
    data = text.data
    if data["state"] == "outline":
        minutes = data["hours"] * academic_hour
    else:
        minutes = sum(module_minutes(module) for module in text.modules)
    return CourseVersion(
        institution_id=course.institution_id,
        course_id=course.id,
        number=number,
        published_at=work.now,
        source_sha256=digest({path: each.sha256 for path, each in files.items()}),
        key=data["key"],
        title=data["title"],
        summary=data["summary"],
        state=data["state"],
        order=data["order"],
        hours=data["hours"],
        minutes=minutes,
        kilobytes=kilobytes(each.size for each in files.values()),
        pass_mark=ratio(data["grading"]["pass"]) if "grading" in data else 0,
        outcomes=[dict(each) for each in data["outcomes"]],
        detail={
            "legal_review": as_json(data["legal_review"]),
            "media": _media(text, files),
        },
    )


def _media(text: CourseText, files: Mapping[str, PackageFile]) -> dict[str, Any]:
    """What the player must know of each media file to show it."""
    return {
        path: {
            "sha256": files[path].sha256,
            "size": each.size,
            "media_type": each.media_type,
            "width": each.width,
            "height": each.height,
        }
        for path, each in sorted(text.media.items())
    }


def _modules(
    work: Work, version: CourseVersion, text: CourseText, files: Mapping[str, PackageFile]
) -> list[tuple[Activity, ActivitySource]]:
    weights = text.data.get("grading", {}).get("weights", {})
    laid: list[tuple[Activity, ActivitySource]] = []
    for place, module_text in enumerate(text.modules, start=1):
        module = _module(version, module_text, place)
        work.session.add(module)
        work.session.flush()
        for source in module_text.shown:
            path = source.path.removeprefix(f"{text.folder}/")
            activity = Activity(
                institution_id=version.institution_id,
                course_version_id=version.id,
                module_id=module.id,
                key=source.data["key"],
                kind=source.kind,
                title=source.data["title"],
                position=len(laid) + 1,
                minutes=minutes_of(source.data),
                bytes=files[path].size + _own_media(text, source),
                weight=ratio(weights.get(source.data["key"], 0)),
                path=path,
                content_sha256=files[path].sha256,
                settings={},
            )
            work.session.add(activity)
            laid.append((activity, source))
    work.session.flush()
    return laid


def _own_media(text: CourseText, source: ActivitySource) -> int:
    used = {each.key for each in text.references[source.path] if each.to == "media"}
    return media_size(text, used)


def _module(version: CourseVersion, text: ModuleText, position: int) -> Module:
    data = text.data
    detail = {
        name: as_json(data[name]) for name in ("lessons", "practice", "forum") if name in data
    }
    return Module(
        institution_id=version.institution_id,
        course_version_id=version.id,
        key=data["key"],
        title=data["title"],
        outcome=data["outcome"],
        hours=data["hours"],
        position=position,
        detail=detail,
    )


def _facts(work: Work, version: CourseVersion, text: CourseText) -> None:
    for fact in text.facts.values():
        work.session.add(
            CourseFact(
                institution_id=version.institution_id,
                course_version_id=version.id,
                key=fact.key,
                text=fact.text,
                source=fact.source,
                article=fact.article,
                url=fact.url,
                verified_on=fact.verified_on,
                expires=fact.expires,
                doubtful=fact.doubtful,
            )
        )
