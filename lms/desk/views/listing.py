"""The list that an address asks for: for the page, its files, a letter to its people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import request, url_for

from lms.catalog.activity import activity_kinds
from lms.catalog.queries.structure import ActivityStructure, CourseStructure
from lms.desk.queries import cohort as queries
from lms.desk.queries.cohort import CohortHead
from lms.desk.queries.kept import kept_list
from lms.desk.queries.people import Wanted
from lms.desk.rules import asked as rules
from lms.desk.rules.asked import MAILS, Asked
from lms.desk.rules.standings import WORDS
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import allows
from lms.foundation.access.scopes import Scope
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.identity import signed_in
from lms.foundation.web.reading import database, reading
from lms.grading.rules.policy import Grading, grading_of


@dataclass(frozen=True, slots=True)
class Listing:
    """A cohort, one of its courses, and which of its people are wanted."""

    head: CohortHead
    course: CourseStructure
    graded: tuple[ActivityStructure, ...]
    wanted: Wanted
    kept: Asked
    private: bool
    """Whether their documents, mail addresses and telephones may be seen."""
    named: str = field(default="")
    """The course as the address names it."""

    @property
    def asked(self) -> Asked:
        return self.wanted.asked

    @property
    def now(self) -> datetime:
        return self.wanted.now

    @property
    def today(self) -> date:
        """The day where the institution is."""
        return self.now.astimezone(ZoneInfo(self.head.zone)).date()

    @property
    def is_over(self) -> bool:
        return self.now >= self.head.days.over_at

    @property
    def grading(self) -> Grading:
        return grading_of(self.head.policy, self.course.pass_mark)

    def parts(self, **changed: Any) -> dict[str, Any]:
        """The parts of an address of this list, or of one that differs in something."""
        asked = replace(self.asked, **changed)
        return {"curso": self.named or None, **asked.address(self.kept.columns)}

    def address(self, endpoint: str = "desk.cohort", /, **changed: Any) -> str:
        """Where this list, or one that differs in something, is seen or used."""
        return url_for(endpoint, cohort=self.head.uid, **self.parts(**changed))


def listing(cohort: UUID, said: Mapping[str, Sequence[str]] | None = None) -> Listing:
    """The list of this request; ``said`` are the parts of an address that came another way."""
    session, now, identity = reading(), database().clock(), signed_in()
    given: Mapping[str, Sequence[str]] = said or request.args.to_dict(flat=False)
    head = queries.head(session, cohort)
    named = (given.get("curso") or [""])[0]
    course = head.course(named)
    graded = graded_of(course)
    private = allows(identity, Permission.ENROLLMENT_DECIDE, scope_of(head))
    kept = kept_list(session, identity.person_id, head.id)
    found = rules.asked(given, kept, [each.key for each in graded], private=private)
    return Listing(head, course, graded, Wanted(head, course, now, found), kept, private, named)


def graded_of(course: CourseStructure) -> tuple[ActivityStructure, ...]:
    """The activities of a course that count for its grade."""
    kinds = activity_kinds()
    return tuple(each for each in course.activities if kinds[each.kind].graded and each.weight)


def scope_of(head: CohortHead) -> Scope:
    """The cohort's place, to ask what else its reader may do there."""
    return Scope(
        institution_id=head.institution_id,
        cohort_id=head.id,
        course_ids=frozenset(course.course_id for course in head.courses),
    )


def words_of(found: Listing) -> list[str]:
    """What narrows a list, in words."""
    asked = found.asked
    said = [found.course.title] if len(found.head.courses) > 1 else []
    if asked.shown is not None:
        said.append(_(WORDS[asked.shown][0]))
    if asked.municipality:
        said.append(asked.municipality)
    if asked.mail is not None:
        said.append(_(MAILS[asked.mail]))
    if asked.person:
        said.append(_("This person alone"))
    if asked.text:
        said.append(_("name with “%(text)s”", text=asked.text))
    return said
