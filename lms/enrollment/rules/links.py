"""Where letters and notices about a seat lead. A test compares them with the pages themselves."""

from uuid import UUID


def classroom(enrollment: UUID) -> str:
    """The course of somebody who has a seat."""
    return f"/aula/{enrollment}"


def left(enrollment: UUID) -> str:
    """Why somebody does not study here any more, and what they can do."""
    return f"/aula/{enrollment}/retiro"


def programme(slug: str) -> str:
    """The programme's page, where its cohorts are."""
    return f"/cursos/{slug}"


def application(uid: UUID) -> str:
    """Somebody's own application: what was sent, and what is missing."""
    return f"/solicitudes/{uid}"


def invitation(secret: str) -> str:
    """Where whoever was invited comes in."""
    return f"/invitacion/{secret}"


def desk(cohort: UUID) -> str:
    """A cohort's page for its staff."""
    return f"/gestion/promociones/{cohort}"
