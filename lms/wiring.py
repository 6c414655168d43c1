"""What crosses the floors upward, visible in one place: facts, tasks, kinds, blueprints."""

from collections.abc import Mapping

from flask import Blueprint

import lms.acts.models
import lms.assessment.models
import lms.assignments.models
import lms.authoring.models
import lms.catalog.models
import lms.certificates.models
import lms.desk.models
import lms.enrollment.models
import lms.foundation.audit.models
import lms.foundation.files.models
import lms.foundation.keys.models
import lms.grading.models
import lms.learning.models  # noqa: F401 (each puts its tables into METADATA)
from lms.acts import views as acts
from lms.acts.actions import keep as acts_kept
from lms.acts.queries.closed import has_act
from lms.admin import tasks as admin_tasks
from lms.admin import views as admin
from lms.assessment import tasks as assessment_tasks
from lms.assessment import views as assessment
from lms.assessment.actions import carry as attempts
from lms.assessment.actions import extend
from lms.assessment.actions.adjust import REGRADE
from lms.assessment.actions.intervene import INTERVENE
from lms.assessment.actions.start import CLOSE
from lms.assessment.facts import AttemptGraded, AttemptReopened, AttemptWaits, MarkGiven
from lms.assessment.kind import QuizKind
from lms.assessment.models import MarkingPhrase
from lms.assessment.queries.phrases import phrases_fit
from lms.assignments import views as assignments
from lms.assignments.actions import carry as works
from lms.assignments.facts import WorkHandedIn, WorkJudged
from lms.assignments.kind import AssignmentKind
from lms.assignments.models import Submission
from lms.authoring import views as authoring
from lms.catalog import views as catalog
from lms.catalog.activity import ActivityKind, use_kinds
from lms.catalog.offers import use_offers
from lms.certificates import tasks as certificates_tasks
from lms.certificates import views as certificates
from lms.certificates.models import Credential
from lms.certificates.queries.documents import has_document, has_documents, issued_since
from lms.desk import views as desk
from lms.desk.models import KeptList
from lms.desk.queries.kept import lists_fit
from lms.enrollment import tasks as enrollment_tasks
from lms.enrollment import views as enrollment
from lms.enrollment.acted import use_acts
from lms.enrollment.actions import rename
from lms.enrollment.actions.joining import set_aside, take_back
from lms.enrollment.documents import use_documents
from lms.enrollment.facts import (
    AllowanceChanged,
    EnrollmentReturned,
    EnrollmentTransferred,
    TransferUndone,
)
from lms.enrollment.gate import use_gate
from lms.enrollment.models import Application, Enrollment
from lms.enrollment.passed import use_passed
from lms.enrollment.queries import joining
from lms.enrollment.queries.offers import CohortOffers
from lms.enrollment.queries.seats import key_opens
from lms.foundation.db.base import Base
from lms.foundation.jobs.runner import Task
from lms.foundation.kernel.facts import Subscribers, Wiring
from lms.foundation.mail import tasks as mail_tasks
from lms.foundation.mail.actions import SEND, use_directory
from lms.foundation.web import tasks as web_tasks
from lms.foundation.web import views as web
from lms.grading import tasks as grading_tasks
from lms.grading import views as grading_letters
from lms.grading.actions import carry as results
from lms.grading.actions import keep
from lms.grading.actions import recompute as grading
from lms.grading.queries.passed import passed_elsewhere
from lms.learning import tasks as learning_tasks
from lms.learning import views as learning
from lms.learning.actions import carry as seen
from lms.learning.actions.announcements import FAN_OUT
from lms.learning.actions.messages import DELIVER
from lms.learning.facts import LessonSeen, LessonUnseen
from lms.learning.kind import LessonKind
from lms.learning.models import InquiryPost
from lms.learning.queries.gate import locked
from lms.people import tasks as people_tasks
from lms.people import views as people
from lms.people.actions.looking import END as END_LOOK
from lms.people.belongings import Belonging, use_belongings
from lms.people.facts import PersonRenamed
from lms.people.invitations import use_invitations
from lms.people.issued import use_issued
from lms.people.models import Signer
from lms.people.queries.directory import addressee
from lms.people.queries.identity import identity_by_token as identity_by_token
from lms.people.queries.site import site
from lms.people.ties import Tie, use_ties

# Who hears what: `now` in the same transaction, `later` as a job.
SUBSCRIBERS: Wiring = {
    PersonRenamed: Subscribers(now=(rename.hear,)),
    LessonSeen: Subscribers(now=(grading.hear,)),
    LessonUnseen: Subscribers(now=(keep.hear_unseen,)),
    AttemptGraded: Subscribers(now=(grading.hear_graded,)),
    AttemptWaits: Subscribers(now=(grading.hear,)),
    AttemptReopened: Subscribers(now=(grading.hear_by_staff,)),
    MarkGiven: Subscribers(now=(acts_kept.hear_mark,)),
    WorkHandedIn: Subscribers(now=(grading.hear,)),
    WorkJudged: Subscribers(now=(grading.hear_by_staff,)),
    EnrollmentReturned: Subscribers(now=(grading.hear_by_staff,)),
    EnrollmentTransferred: Subscribers(
        now=(
            seen.hear_transfer,
            attempts.hear_transfer,
            works.hear_transfer,
            results.hear_transfer,
        )
    ),
    TransferUndone: Subscribers(
        now=(seen.hear_undone, attempts.hear_undone, works.hear_undone, results.hear_undone)
    ),
    AllowanceChanged: Subscribers(now=(extend.hear_allowance, grading.hear_by_staff)),
}

# Names of background work, as they stand in job rows.
TASKS: Mapping[str, Task] = {
    SEND: mail_tasks.send,
    CLOSE: assessment_tasks.close_attempt,
    INTERVENE: assessment_tasks.intervene_all,
    REGRADE: assessment_tasks.regrade_all,
    FAN_OUT: learning_tasks.fan_out,
    DELIVER: learning_tasks.deliver,
    **grading_tasks.TASKS,
    **certificates_tasks.TASKS,
    **enrollment_tasks.TASKS,
    **admin_tasks.TASKS,
    "files.sweep": web_tasks.sweep_files,
    "web.forget": web_tasks.forget,
    "people.forget": people_tasks.forget,
    END_LOOK: people_tasks.end_look,
}

# Importing a feature's models puts its tables here.
METADATA = Base.metadata

ACTIVITY_KINDS: Mapping[str, ActivityKind] = {
    "lesson": LessonKind(),
    "quiz": QuizKind(),
    "assignment": AssignmentKind(),
}


def connect() -> None:
    """Give each port below what answers it from above."""
    use_kinds(ACTIVITY_KINDS)
    use_directory(addressee)
    use_offers(CohortOffers())
    use_gate(locked)
    use_passed(passed_elsewhere)
    use_invitations(key_opens)
    use_issued(has_document)
    use_documents(has_documents)
    use_acts(has_act)
    use_ties(Tie(Enrollment.person_id, Enrollment.institution_id))
    use_belongings(
        Belonging(
            Enrollment.person_id, held=True, fit=joining.places_fit, leave=set_aside,
            restore=take_back, why_not=joining.transferred_since,
        ),
        Belonging(Application.person_id, held=True, fit=joining.applications_fit),
        Belonging(Credential.person_id, why_not=issued_since),
        # What a teacher answered is what they did; what a learner asked is theirs.
        Belonging(InquiryPost.author_id, which=InquiryPost.of_team.is_(False)),
        Belonging(KeptList.person_id, fit=lists_fit),
        Belonging(MarkingPhrase.person_id, fit=phrases_fit),
        Belonging(Signer.account_id),
        Belonging(Submission.tutor_id),
    )  # fmt: skip


def blueprints() -> list[Blueprint]:
    """Every door of the site."""
    features = (
        web, people, catalog, enrollment, assessment, assignments, learning, grading_letters,
        certificates, acts, authoring, desk, admin,
    )  # fmt: skip
    return [feature.blueprint for feature in features]


def locale_of_site() -> str:
    return site().locale


def zone_of_site() -> str:
    return site().zone
