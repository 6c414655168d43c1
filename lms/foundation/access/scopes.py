"""Where a permission holds: of oneself, in a cohort, in a course, in an institution, everywhere."""

from dataclasses import dataclass
from enum import StrEnum


class ScopeKind(StrEnum):
    """How far a grant reaches."""

    SELF = "self"
    COHORT = "cohort"
    COURSE = "course"
    SENDING_INSTITUTION = "sending_institution"
    INSTITUTION = "institution"
    INSTITUTION_TREE = "institution_tree"
    INSTALLATION = "installation"


@dataclass(frozen=True)
class Scope:
    """The place of one thing: which person, cohort, courses and institution it belongs to.

    ``institutions_above`` lists the ancestors of the institution, for grants over a whole tree.
    """

    institution_id: int | None = None
    person_id: int | None = None
    cohort_id: int | None = None
    course_ids: frozenset[int] = frozenset()
    sending_institution_id: int | None = None
    institutions_above: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Grant:
    """A role that somebody holds in one place."""

    role: str
    kind: ScopeKind
    institution_id: int | None = None
    cohort_id: int | None = None
    course_id: int | None = None

    def covers(self, scope: Scope) -> bool:
        """Whether the place lies within reach of this grant."""
        match self.kind:
            case ScopeKind.INSTALLATION:
                return True
            case ScopeKind.INSTITUTION:
                return (
                    self.institution_id is not None and scope.institution_id == self.institution_id
                )
            case ScopeKind.INSTITUTION_TREE:
                return self.institution_id is not None and (
                    scope.institution_id == self.institution_id
                    or self.institution_id in scope.institutions_above
                )
            case ScopeKind.SENDING_INSTITUTION:
                return (
                    self.institution_id is not None
                    and scope.sending_institution_id == self.institution_id
                )
            case ScopeKind.COHORT:
                return self.cohort_id is not None and scope.cohort_id == self.cohort_id
            case ScopeKind.COURSE:
                return self.course_id is not None and self.course_id in scope.course_ids
            case ScopeKind.SELF:
                return False
