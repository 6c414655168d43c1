"""A small correction reaches people who are being taught already, in the cohorts chosen for it."""

from collections.abc import Mapping
from uuid import UUID

from lms.authoring.queries.corrections import with_documents
from lms.authoring.queries.drafts import locked_programme
from lms.authoring.queries.sources import version_of
from lms.catalog.models import ProgrammeVersion
from lms.enrollment.actions.repin import locked, repin
from lms.enrollment.models import Cohort
from lms.enrollment.queries.team import members
from lms.enrollment.rules.links import desk
from lms.foundation.access.permissions import Permission
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Invalid, NotFound, Refused
from lms.foundation.mail.actions import tell
from lms.grading.actions.carry import carry_results
from lms.people.queries.holders import holders


def correct_cohorts(
    work: Work, programme_uid: UUID, number: int, chosen: Mapping[UUID, int], small: set[int]
) -> int:
    """Let these cohorts go on with a version that differs from theirs only in words.

    ``chosen`` says which version each had when it was looked at, ``small`` which of those versions
    were found to differ by no more than a small correction. Attempts, progress and grades stay.
    The team of each cohort and the registrars are told. Returns how many cohorts it reached.
    """
    programme = locked_programme(work.session, programme_uid)
    version = version_of(work.session, programme.id, number)
    if version is None:
        raise NotFound()
    if not chosen:
        raise Invalid(N_("Choose at least one cohort."))
    if not small.issuperset(chosen.values()):
        raise Refused(N_("This is more than a small correction: nobody was reached by it."))
    cohorts = locked(work, programme.id, list(chosen))
    if with_documents(work.session, [each.id for each in cohorts], version):
        raise Refused(N_("Documents were issued there already: that cohort keeps its version."))
    seen = {number: version_of(work.session, programme.id, number) for number in small}
    for cohort in cohorts:
        before = seen[chosen[cohort.uid]]
        if before is None:
            raise NotFound()
        carry_results(work, cohort.id, repin(work, cohort, before, version))
        _tell(work, cohort, version)
    return len(cohorts)


def _tell(work: Work, cohort: Cohort, version: ProgrammeVersion) -> None:
    teaching = [each.person_id for each in members(work.session, cohort.id, work.now)]
    office = holders(work.session, Permission.COHORT_OPEN, cohort.institution_id, work.now)
    for person_id in dict.fromkeys([*teaching, *office]):
        if person_id != work.actor.person_id:
            tell(
                work,
                person_id,
                "authoring/corrected",
                link=desk(cohort.uid),
                institution_id=cohort.institution_id,
                cohort=cohort.title,
                summary=version.detail.get("summary") or "",
                number=version.number,
            )
