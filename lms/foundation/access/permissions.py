"""The names of everything a person may be allowed to do."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing that can be granted. Names read as ``<thing>.<what is done to it>``."""

    PROFILE_MANAGE = "profile.manage"
    NOTICE_READ = "notice.read"
    COHORT_APPLY = "cohort.apply"
    COURSE_TAKE = "course.take"
    CREDENTIAL_OWN = "credential.own"

    STAFF_ROOM = "staff.room"
    COHORT_VIEW = "cohort.view"
    COHORT_OPEN = "cohort.open"
    ENROLLMENT_DECIDE = "enrollment.decide"
    ANNOUNCEMENT_WRITE = "announcement.write"
    ALLOWANCE_GIVE = "allowance.give"
    INQUIRY_ANSWER = "inquiry.answer"
    ATTEMPT_REVIEW = "attempt.review"
    CREDENTIAL_ISSUE = "credential.issue"
    CREDENTIAL_SIGN = "credential.sign"
    PERSON_HELP = "person.help"
    PERSON_SEE_AS = "person.see_as"
    PERSON_MERGE = "person.merge"
    GRANT_VIEW = "grant.view"
    GRANT_GIVE = "grant.give"
    DRAFT_VIEW = "draft.view"
    COURSE_WRITE = "course.write"
    COURSE_PUBLISH = "course.publish"
    INSTITUTION_MANAGE = "institution.manage"
    INSTITUTION_OPEN = "institution.open"
    MAIL_READ = "mail.read"
    AUDIT_READ = "audit.read"
    INSTALLATION_MANAGE = "installation.manage"
