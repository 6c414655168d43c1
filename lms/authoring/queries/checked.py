"""A programme, or one course of it, as it would be published now, with everything wrong about it.

The same reading and the same rules as the command line's; files that did not change since they were
read last (by anybody, in this process) are not read again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from lms.authoring.formats.memory import Memory
from lms.authoring.formats.package import read_package
from lms.authoring.formats.tree import Tree
from lms.authoring.queries.drafts import Working, tree_of
from lms.authoring.rules.check import check, forgiving, in_order
from lms.authoring.rules.package import CourseText, PackageText
from lms.catalog.activity import activity_kinds
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.sources import ActivitySource
from lms.foundation.files.store import Store
from lms.foundation.kernel.errors import NotFound

MEMORY = Memory()


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read, and what is wrong with it."""

    standing: Working
    package: PackageText
    problems: Sequence[Problem]

    def course(self, folder: str) -> CourseText:
        """A course of the programme. Raises NotFound."""
        found = self.package.courses.get(folder)
        if found is None:
            raise NotFound()
        return found


def checked(session: Session, store: Store, standing: Working, today: date) -> Checked:
    """Read and check the whole programme."""
    return _checked(standing, tree_of(session, store, standing), today)


def checked_course(
    session: Session, store: Store, standing: Working, folder: str, today: date
) -> Checked:
    """Read and check one course; what is wrong elsewhere in its programme is not told here."""
    ours = {
        path: each
        for path, each in standing.files.items()
        if path == "programme.yaml" or path.startswith(f"{folder}/")
    }
    if f"{folder}/course.yaml" not in ours:
        raise NotFound()
    found = _checked(standing, tree_of(session, store, replace(standing, files=ours)), today)
    inside = [each for each in found.problems if each.path.startswith(f"{folder}/")]
    return replace(found, problems=inside)


def _checked(standing: Working, tree: Tree, today: date) -> Checked:
    read = read_package(tree, activity_kinds(), MEMORY)
    found = [*read.problems, *check(read.package, activity_kinds(), today)]
    return Checked(standing, read.package, in_order(forgiving(read.package, found)))


def activity_at(course: CourseText, key: str) -> ActivitySource:
    """The activity of this key. Raises NotFound."""
    for each in course.activities():
        if each.data.get("key") == key:
            return each
    raise NotFound()
