"""What doors and states are called, as message ids with the tone they are shown in."""

from lms.enrollment.rules.states import Door, EnrollmentState
from lms.foundation.kernel.errors import N_

DOORS = {
    Door.OPEN: N_("Open: your seat is confirmed at once"),
    Door.APPROVAL: N_("By approval: the registrar answers your request"),
    Door.KEY: N_("With an invitation key"),
}
DOORS_OF_STAFF = {
    Door.OPEN: N_("Open: whoever asks has a seat at once"),
    Door.APPROVAL: N_("By approval: you answer each request"),
    Door.KEY: N_("With an invitation key that you hand out"),
}
PARTS = {"instructor": N_("Teacher"), "tutor": N_("Tutor")}
STATES = {
    EnrollmentState.APPLIED: (N_("Request received"), "info"),
    EnrollmentState.WAITLISTED: (N_("On the waiting list"), "info"),
    EnrollmentState.DECLINED: (N_("Request declined"), "warn"),
    EnrollmentState.ENROLLED: (N_("Enrolled"), "good"),
    EnrollmentState.WITHDRAWN: (N_("Withdrawn"), ""),
    EnrollmentState.TRANSFERRED: (N_("Transferred"), ""),
    EnrollmentState.COMPLETED: (N_("Completed"), "good"),
    EnrollmentState.FAILED: (N_("Not passed"), "warn"),
    EnrollmentState.SET_ASIDE: (N_("Left with the account that was joined"), ""),
}
