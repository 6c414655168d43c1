from lms.enrollment.models.cohort import Cohort, CohortCourse, InvitationKey
from lms.enrollment.models.enrollment import Enrollment

__all__ = ["Cohort", "CohortCourse", "Enrollment", "InvitationKey"]
