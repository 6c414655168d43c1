"""What roles and permissions are called on the screen, as message ids."""

from lms.foundation.access.permissions import Permission as P
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.kernel.errors import N_

ROLES = {
    Role.PARTICIPANT: N_("Participant"),
    Role.INSTRUCTOR: N_("Instructor"),
    Role.TUTOR: N_("Tutor"),
    Role.REGISTRAR: N_("Academic records"),
    Role.SIGNER: N_("Signs documents"),
    Role.HELP_DESK: N_("Help desk"),
    Role.ADMINISTRATOR: N_("Administration"),
}

NOTES = {
    Role.INSTRUCTOR: N_("Teaches, writes courses, sees attempts with their answers."),
    Role.TUTOR: N_("Accompanies the people of one cohort and sees their attempts."),
    Role.REGISTRAR: N_("Opens cohorts, admits people, issues documents."),
    Role.SIGNER: N_("Their name stands under documents."),
    Role.HELP_DESK: N_("Finds people and helps them in."),
    Role.ADMINISTRATOR: N_("Looks after the institution and gives the roles."),
}

REACHES = {
    ScopeKind.COHORT: N_("In one cohort"),
    ScopeKind.COURSE: N_("In one course"),
    ScopeKind.INSTITUTION: N_("In the whole institution"),
    ScopeKind.INSTITUTION_TREE: N_("In the institution and those below it"),
    ScopeKind.INSTALLATION: N_("In the whole installation"),
}

PERMISSIONS = {
    P.PROFILE_MANAGE: N_("Change their own data and password"),
    P.NOTICE_READ: N_("Read their own notices"),
    P.COHORT_APPLY: N_("Ask for a seat in a cohort"),
    P.COURSE_TAKE: N_("Take the courses in which they are enrolled"),
    P.CREDENTIAL_OWN: N_("Download their own documents"),
    P.STAFF_ROOM: N_("Enter Management"),
    P.COHORT_VIEW: N_("See cohorts, their people and grades"),
    P.COHORT_OPEN: N_("Open cohorts"),
    P.ENROLLMENT_DECIDE: N_("Admit and decline requests"),
    P.ANNOUNCEMENT_WRITE: N_("Write announcements"),
    P.ALLOWANCE_GIVE: N_(
        "Give exceptions: later days, more attempts, more time, attempts reopened"
    ),
    P.INQUIRY_ANSWER: N_("Answer the questions of learners they teach"),
    P.ATTEMPT_REVIEW: N_("See attempts with their answers"),
    P.ATTEMPT_MONITOR: N_("See who sits a quiz now, without their answers"),
    P.GRADE_ENTER: N_("Write marks by hand"),
    P.ATTEMPT_MARK: N_("Mark what learners write"),
    P.ATTEMPT_REGRADE: N_("Correct questions after they were answered"),
    P.ACT_VIEW: N_("See grade acts"),
    P.ACT_REVIEW: N_("Look over drafts of grade acts"),
    P.ACT_CLOSE: N_("Close and amend grade acts"),
    P.CREDENTIAL_ISSUE: N_("Issue documents"),
    P.CREDENTIAL_APPROVE: N_("Approve the lists by which others issue documents"),
    P.CREDENTIAL_SIGN: N_("Sign documents"),
    P.PERSON_HELP: N_("Help people with their accounts"),
    P.PERSON_SEE_AS: N_("See the site as somebody else sees it"),
    P.PERSON_MERGE: N_("Join two accounts of one person"),
    P.GRANT_VIEW: N_("See who holds which role"),
    P.GRANT_GIVE: N_("Give and end roles"),
    P.DRAFT_VIEW: N_("See courses that are being written"),
    P.COURSE_WRITE: N_("Write courses"),
    P.COURSE_PUBLISH: N_("Publish courses"),
    P.INSTITUTION_MANAGE: N_("Manage the institution"),
    P.INSTITUTION_OPEN: N_("Open institutions"),
    P.MAIL_READ: N_("Read the mail log and send e-mails again"),
    P.AUDIT_READ: N_("Read the log of what was done"),
    P.INSTALLATION_MANAGE: N_("Look after the installation: tasks, settings, backups"),
}
