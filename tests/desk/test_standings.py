"""What SQL says of how somebody stands is what the rule says of them."""

from collections import Counter
from datetime import timedelta
from itertools import product

import pytest

from lms.certificates.models import Credential
from lms.desk.queries import cohort as queries
from lms.desk.queries.people import Wanted, everybody
from lms.desk.rules.asked import Asked
from lms.desk.rules.standings import Stand, stand
from lms.foundation.kernel.actor import SYSTEM
from lms.grading.models import CourseResult
from lms.learning.models import Progress
from tests.factories.enrollment import put_in
from tests.factories.teaching import kept_classroom
from tests.factories.world import make_person

RESULTS = (None, "open", "waiting", "failed", "completed", "recognised", "issued")
DAYS_AGO = (None, 0, 8)
MOVED = (None, 1, 9)
LEFT = 3


@pytest.fixture
def crowd(place, app, db, world):
    """Somebody for each result, name, day of admission and last entry."""
    return kept_classroom(place, app, db, world, "crowd", everybody_in)


def everybody_in(classroom):

    def fill(work):
        cases = product(RESULTS, (True, False), (1, 7, 40), DAYS_AGO, MOVED)
        for number, (result, named, admitted, seen, moved) in enumerate(cases):
            person = make_person(work, f"p{number}", confirmed=named)
            work.session.flush()
            enrollment = put_in(
                work,
                classroom.cohort.uid,
                person.id,
                decided_at=work.now - timedelta(days=admitted),
                last_seen_at=None if seen is None else work.now - timedelta(days=seen),
            )
            if result is not None:
                keep(work, enrollment, result)
            if moved is not None:
                finish(work, enrollment, moved)
        for number in range(LEFT):
            for state in ("withdrawn", "transferred"):
                person = make_person(work, f"{state}{number}")
                put_in(work, classroom.cohort.uid, person.id, state)

    def finish(work, enrollment, days):
        work.session.add(
            Progress(
                institution_id=enrollment.institution_id,
                enrollment_id=enrollment.id,
                course_id=classroom.course.course_id,
                activity_key="derecho",
                state="seen",
                at=work.now - timedelta(days=days),
            )
        )

    def keep(work, enrollment, result):
        completed = result in ("completed", "recognised", "issued")
        lacks = [] if completed else [{"lack": "wait" if result == "waiting" else "see"}]
        work.session.add(
            CourseResult(
                institution_id=enrollment.institution_id,
                enrollment_id=enrollment.id,
                course_version_id=classroom.course.id,
                completed=completed,
                completed_at=work.now if completed else None,
                failed=result == "failed",
                recognised=result == "recognised",
                explanation={"lacks": lacks},
                computed_at=work.now,
            )
        )
        if result == "issued":
            issue(work, enrollment)

    def issue(work, enrollment):
        number = enrollment.id
        work.session.add(
            Credential(
                institution_id=enrollment.institution_id, code=f"CODE-{number}",
                kind="course_certificate", enrollment_id=enrollment.id,
                course_version_id=classroom.course.id, person_id=enrollment.person_id,
                cohort_id=enrollment.cohort_id, series="S", number=number, holder_sort="x",
                status="valid", record="{}", salt=b"s", leaf="0" * 64, leaf_index=number,
                issued_at=work.now,
            )
        )  # fmt: skip

    classroom.db.perform(fill, SYSTEM)


@pytest.mark.parametrize(("starts", "ends"), [(5, 60), (-3, 60), (-30, 60), (-60, -1)], ids=str)
def test_sql_and_rule_agree(crowd, db, starts, ends):
    now = db.clock()
    crowd.cohort_days(starts_at=now + timedelta(days=starts), ends_at=now + timedelta(days=ends))
    with db.reading() as session:
        head = queries.head(session, crowd.cohort.uid)
        course = head.course("")

        def lines(shown):
            wanted = Wanted(head, course, now, Asked(shown=shown))
            return [line for piece, _ in everybody(session, wanted) for line in piece]

        by_rule = Counter(stand(line.known, head.days, now) for line in lines(None))
        figures = queries.figures(session, head, course, now)
        assert figures.standing == by_rule | {Stand.WITHDRAWN: LEFT, Stand.TRANSFERRED: LEFT}
        assert figures.people == len(RESULTS) * 2 * 3 * len(DAYS_AGO) * len(MOVED)
        for shown in Stand:
            found = {stand(line.known, head.days, now) for line in lines(shown)}
            assert found <= {shown}
            assert len(lines(shown)) == figures.of(shown)
