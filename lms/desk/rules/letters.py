"""Letters in words: what each is about, and what became of it."""

from lms.foundation.kernel.errors import N_

ABOUT = {
    "people/confirm": N_("Confirm your e-mail"),
    "people/confirm_address": N_("Confirm your new e-mail"),
    "people/account_exists": N_("You already have an account"),
    "people/not_registered": N_("We could not finish with what you wrote"),
    "people/recover": N_("Choose a new password"),
    "people/email_changed": N_("Your e-mail was changed"),
    "people/contact_corrected": N_("The help desk corrected a contact"),
    "people/merged": N_("Your two accounts are one now"),
    "people/parted": N_("Your account stands alone again"),
    "people/password_changed": N_("Your password was changed"),
    "enrollment/applied": N_("Request received"),
    "enrollment/handed_in": N_("Application received"),
    "enrollment/corrected": N_("Corrections received"),
    "enrollment/sent_back": N_("Application sent back"),
    "enrollment/time_given": N_("More time to correct an application"),
    "enrollment/called_off": N_("Nothing to be corrected any more"),
    "enrollment/reopened": N_("Request looked at again"),
    "enrollment/admission_taken_back": N_("Admission taken back"),
    "enrollment/waitlisted": N_("On the waiting list"),
    "enrollment/off_list": N_("Off the waiting list"),
    "enrollment/promoted": N_("A seat became free"),
    "enrollment/admitted": N_("Admitted"),
    "enrollment/enrolled": N_("Enrolled"),
    "enrollment/declined": N_("Request declined"),
    "enrollment/withdrawn": N_("Withdrawal"),
    "enrollment/transferred": N_("Transferred"),
    "enrollment/transfer_undone": N_("Transfer undone"),
    "enrollment/readmitted": N_("Withdrawal taken back"),
    "enrollment/appointed_instructor": N_("Named as instructor"),
    "enrollment/appointed_tutor": N_("Named as tutor"),
    "enrollment/allowed": N_("Exception given"),
    "enrollment/allowed_no_more": N_("Exception taken back"),
    "learning/announcement": N_("Announcement"),
    "learning/asked": N_("Question of a learner"),
    "learning/answered": N_("Answer of the instructors"),
    "learning/message": N_("Message of the instructors"),
    "grading/mark_replaced": N_("Mark replaced"),
    "grading/mark_restored": N_("Replaced mark taken back"),
    "assessment/marked": N_("Mark of a quiz"),
    "assignments/marked": N_("Mark of an assignment"),
    "assignments/returned": N_("Work to be corrected"),
    "grading/recognised": N_("Course recognised"),
    "grading/recognised_no_more": N_("Recognition taken back"),
    "grading/completed": N_("Course completed"),
    "certificates/issued": N_("Document issued"),
}
# A letter that has no name of its own is at least about one of these.
FEATURES = {
    "people": N_("Account"),
    "enrollment": N_("Enrollment"),
    "learning": N_("Course"),
    "assessment": N_("Quizzes"),
    "assignments": N_("Assignments"),
    "grading": N_("Grades"),
    "certificates": N_("Documents"),
    "acts": N_("Grade acts"),
    "authoring": N_("Courses being written"),
}

FATES = {
    "pending": (N_("Waiting to leave"), "info"),
    "sent": (N_("Sent"), "good"),
    "bounced": (N_("Bounced: the address does not exist or takes no mail"), "bad"),
    "failed": (N_("Not sent; it will be tried again"), "warn"),
}
"""What became of a letter, by its state."""


def about(template: str) -> str:
    """What a letter is about, as a message id."""
    return ABOUT.get(template) or FEATURES.get(template.partition("/")[0], template)
