"""The works of the town: written, handed in, sent back and marked, in a cohort of their own."""

from datetime import timedelta

from sqlalchemy import select, update

from lms.assignments.actions.hand_in import hand_in
from lms.assignments.actions.mark import give
from lms.assignments.actions.prepare import Page, keep_page
from lms.assignments.models import Submission
from lms.assignments.rules.marking import Given
from lms.assignments.rules.rubric import Judged
from lms.catalog.models import CourseVersion, Programme, ProgrammeCourse
from lms.enrollment.models import Cohort
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.db.work import Work
from lms.foundation.files.actions import keep
from lms.foundation.files.attachment import Attachment
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.points import points
from lms.people.models import Grant
from tests.assessment.school import School, build_school
from tests.assignments.school import add, source
from tests.factories.teaching import Classroom

_TEXT = "Diagnóstico: el 40 % de las solicitudes llega tarde.\n\nPlan: una bitácora por oficina."
WHO = ("help_desk", "signer", "otra-registrar", "otra-help_desk", "otra-instructor")


def worked(room: Classroom, store: object) -> dict[str, object]:
    """A fresh page, a draft, a work that waits, one that was sent back and one that is marked."""
    db, world = room.db, room.world

    def build(work: Work) -> School:
        school = build_school(work, world, learners=WHO, key="trabajos")
        version = work.session.scalars(
            select(CourseVersion).where(CourseVersion.course_id == school.course_id)
        ).one()
        activity = add(work, version, source())
        school.activity, school.activity_id = activity.uid, activity.id
        closes = (work.now - timedelta(days=1, hours=1)).isoformat()
        work.session.execute(
            update(Cohort)
            .where(Cohort.id == school.cohort_id)
            .values(calendar={"transparencia/trabajo": {"closes_at": closes}})
        )
        work.session.add(
            Grant(
                institution_id=world.institutions["igm"], person_id=world.people["tutor"],
                role=Role.TUTOR, kind=ScopeKind.COHORT, cohort_id=school.cohort_id,
                starts_at=work.now - timedelta(days=1),
            )
        )  # fmt: skip
        _open_to_all(work)
        return school

    school = db.perform(build, SYSTEM)
    plan = Attachment(keep(store, b"%PDF-1.4\n% plan\n"), "plan de trabajo.pdf")
    for name in ("otra-registrar", "signer", "otra-help_desk", "otra-instructor"):
        actor, enrollment = room.actor(name), school.enrollments[name]
        page = Page(_TEXT, file=plan, sent_sha256=plan.stored.sha256)
        draft = db.perform(keep_page, actor, enrollment, school.activity, page)
        if name != "otra-registrar":
            db.perform(hand_in, actor, enrollment, school.activity, draft)
    uids = _uids(room, school)
    tutor = room.actor("tutor")
    back = Given(comment="Falta el presupuesto.", correct_by=db.clock() + timedelta(days=7))
    db.perform(give, tutor, uids["otra-help_desk"], back, 0)
    judged = {
        "diagnostico": Judged(points(30), 1, "Cite de dónde sale el 40 %."),
        "redaccion": Judged(points("37.5")),
    }
    db.perform(give, tutor, uids["otra-instructor"], Given(judged, comment="Claro y breve."), 0)
    where = {name: f"/aula/{school.enrollments[name]}/trabajos/{school.activity}" for name in WHO}
    return {
        "works": f"/gestion/promociones/{school.cohort}/trabajos",
        "work": school.activity,
        "fresh_work": where["help_desk"],
        "draft_work": where["otra-registrar"],
        "waiting_work": where["signer"],
        "returned_work": where["otra-help_desk"],
        "marked_work": where["otra-instructor"],
        "to_mark": f"/gestion/trabajos/{uids['signer']}",
        "sent_back": f"/gestion/trabajos/{uids['otra-help_desk']}",
        "was_marked": f"/gestion/trabajos/{uids['otra-instructor']}",
    }


def _uids(room: Classroom, school: School) -> dict[str, object]:
    names = {school.enrollment_ids[name]: name for name in WHO}
    with room.db.reading() as session:
        rows = session.execute(select(Submission.enrollment_id, Submission.uid)).all()
    return {names[enrollment]: uid for enrollment, uid in rows}


def _open_to_all(work: Work) -> None:
    """What anybody reads of an assignment, in the open course of the town."""
    version = work.session.scalars(
        select(CourseVersion)
        .join(ProgrammeCourse, ProgrammeCourse.course_version_id == CourseVersion.id)
        .join(Programme, Programme.current_version_id == ProgrammeCourse.programme_version_id)
        .where(Programme.slug == "pedir-informacion-publica")
        .limit(1)
    ).one()
    add(work, version, source(key="trabajo-abierto"), position=90)
