"""The tasks page: what failed, in words, once more; bounded, ordered, its statements counted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.foundation.audit.models import AuditEntry
from lms.foundation.jobs.actions import enqueue
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.kernel.actor import SYSTEM
from tests.statements import statements

URL = "/gestion/administracion/tareas"
REFUSED = "ConnectionRefusedError: [Errno 111] Connection refused"


def lay(work, number: int, state: str = JobState.FAILED, task: str = "mail.send") -> None:
    at = work.now - timedelta(minutes=number)
    job = Job(
        task=task, key=str(number), payload={"letter": "x"}, state=state, due_at=at, created_at=at,
        attempts=8 if state == JobState.FAILED else 0,
        last_error=REFUSED if state == JobState.FAILED else None,
    )  # fmt: skip
    work.session.add(job)


def job(db, number: int) -> Job:
    with db.reading() as session:
        return session.scalars(select(Job).where(Job.key == str(number))).one()


@pytest.mark.parametrize("name", ["administrator", "registrar", "help_desk", "learner"])
def test_only_who_looks_after_the_installation_sees_tasks(as_person, db, name):
    db.perform(lay, SYSTEM, 1)
    browser = as_person(name)
    for url in (URL, f"{URL}/{job(db, 1).uid}"):
        assert browser.get(url).status_code == 403
    assert browser.send(f"{URL}/repetir", {}).status_code == 403
    assert job(db, 1).state == JobState.FAILED


def test_what_failed_is_shown_first_and_in_words(operator, db):
    db.perform(lay, SYSTEM, 1)
    db.perform(lay, SYSTEM, 2, JobState.PENDING, "files.sweep")
    page = operator.get(URL)
    assert "Enviar un correo" in page.text
    assert "Un servidor no respondió" in page.text
    assert "Quitar archivos" not in page.text.partition("<table")[2]
    waiting = operator.get(f"{URL}?estado=pendientes")
    assert "Quitar archivos que nadie usa" in waiting.text
    one = operator.get(f"{URL}/{job(db, 1).uid}")
    assert "Errno 111" in one.text
    assert one.text.index("<details>") < one.text.index("Errno 111")


def test_a_failed_task_is_repeated_and_that_is_on_record(operator, db, do_jobs):
    db.perform(lay, SYSTEM, 1, JobState.FAILED, "web.forget")
    answer = operator.send(f"{URL}/{job(db, 1).uid}/repetir", {})
    assert answer.status_code == 303
    assert job(db, 1).state == JobState.PENDING
    do_jobs()
    assert job(db, 1).state == JobState.DONE
    with db.reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.deed, entry.detail) == ("job.retried", {"task": "web.forget"})
    assert operator.send(f"{URL}/{job(db, 1).uid}/repetir", {}).status_code == 409


def test_all_of_a_kind_are_repeated_at_once_and_others_are_not(operator, db):
    for number in range(3):
        db.perform(lay, SYSTEM, number)
    db.perform(lay, SYSTEM, 9, JobState.FAILED, "files.sweep")
    operator.send(f"{URL}/repetir", {"task": "mail.send"})
    assert {job(db, n).state for n in range(3)} == {JobState.PENDING}
    assert job(db, 9).state == JobState.FAILED
    operator.send(f"{URL}/repetir", {})
    assert job(db, 9).state == JobState.PENDING


def test_what_waits_can_be_stopped_and_what_is_done_cannot(operator, db):
    db.perform(lay, SYSTEM, 1, JobState.PENDING)
    db.perform(lay, SYSTEM, 2, JobState.DONE)
    assert operator.send(f"{URL}/{job(db, 1).uid}/detener", {}).status_code == 303
    assert job(db, 1).state == JobState.CANCELLED
    assert operator.send(f"{URL}/{job(db, 2).uid}/detener", {}).status_code == 409
    assert "Repetir" in operator.get(f"{URL}/{job(db, 1).uid}").text


def test_the_list_is_paged_ordered_and_filtered_in_a_fixed_number_of_statements(operator, db):
    def many(work, first: int, count: int) -> None:
        for number in range(first, first + count):
            lay(work, number)

    db.perform(many, SYSTEM, 0, 3)
    operator.get(URL)
    with statements(db.engine) as few:
        operator.get(URL)
    db.perform(many, SYSTEM, 3, 117)
    with statements(db.engine) as more:
        first = operator.get(URL)
    assert len(more) == len(few)
    assert len(more) <= 6
    assert "1–50 de 120" in first.text
    assert first.text.count("<tr>") == 51
    last = operator.get(f"{URL}?estado=fallidas&pagina=3")
    assert "101–120 de 120" in last.text
    assert "Nada aquí" in operator.get(f"{URL}?estado=fallidas&tarea=files.sweep").text


def test_a_task_that_tells_how_far_it_is_shows_it(operator, db):
    def lease(work) -> None:
        enqueue(work, "certificates.issue", key="k")
        row = work.session.scalars(select(Job)).one()
        row.state, row.progress_done, row.progress_total = JobState.LEASED, 30, 120

    db.perform(lease, SYSTEM)
    assert "25 %" in operator.get(f"{URL}?estado=en-curso").text


@pytest.mark.parametrize(
    "odd", ["?estado=x", "?pagina=x", "?tarea=<b>", "?estado=hechas&pagina=999"]
)
def test_odd_addresses_are_no_errors(operator, db, odd):
    assert operator.get(URL + odd).status_code == 200
