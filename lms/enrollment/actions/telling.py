"""Telling a person what became of their request: which cohort, of what, from when to when."""

from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.db.work import Work
from lms.foundation.mail.actions import tell


def tell_of(
    work: Work, cohort: Cohort, enrollment: Enrollment, template: str, link: str, **more: str
) -> None:
    """Whoever asked for a seat is told the answer, with the cohort and its dates."""
    tell(
        work,
        enrollment.person_id,
        template,
        link=link,
        institution_id=cohort.institution_id,
        **about(cohort),
        **more,
    )


def about(cohort: Cohort) -> dict[str, str]:
    """What every letter says of a cohort."""
    return {
        "cohort": cohort.title,
        "programme": cohort.programme_version.title,
        "starts_at": cohort.starts_at.isoformat(),
        "ends_at": cohort.ends_at.isoformat(),
    }
