from lms.enrollment.models.allowance import Allowance
from lms.enrollment.models.application import Application, Paper
from lms.enrollment.models.call import Call, Requirement
from lms.enrollment.models.change import CalendarChange
from lms.enrollment.models.cohort import Cohort, CohortCourse, InvitationKey
from lms.enrollment.models.departure import Departure
from lms.enrollment.models.enrollment import HAS_SEAT, Enrollment
from lms.enrollment.models.quota import Quota
from lms.enrollment.models.roster import Roster, RosterRow
from lms.enrollment.rules.states import SEATED, Door, EnrollmentState

__all__ = [
    "HAS_SEAT",
    "SEATED",
    "Allowance",
    "Application",
    "CalendarChange",
    "Call",
    "Cohort",
    "CohortCourse",
    "Departure",
    "Door",
    "Enrollment",
    "EnrollmentState",
    "InvitationKey",
    "Paper",
    "Quota",
    "Requirement",
    "Roster",
    "RosterRow",
]
