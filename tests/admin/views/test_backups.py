"""The page of backups: made in the background, listed, taken away, brought, restored."""

import io
import json

import pytest
from sqlalchemy import select

from lms.admin.actions.backups import plan
from lms.admin.rules.backups import MAKE, RESTORE
from lms.admin.tasks import backups as tasks
from lms.foundation.audit.models import AuditEntry
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.kernel.actor import SYSTEM
from lms.people.models import Person

URL = "/gestion/administracion/copias"


def deeds(db) -> list[str]:
    with db.reading() as session:
        return list(session.scalars(select(AuditEntry.deed).order_by(AuditEntry.id)))


def made(folder) -> list[str]:
    return sorted(path.name for path in folder.glob("cabildo-*") if path.suffix != ".json")


@pytest.fixture
def backup(app, operator, backups, do_jobs):
    """A backup that somebody asked for on the page."""
    assert operator.send(URL, {}).status_code == 303
    do_jobs()
    return made(backups)[0]


def test_a_backup_is_made_in_the_background_and_listed(operator, backups, db, do_jobs):
    assert "Todavía no hay ninguna copia" in operator.get(URL).text
    operator.send(URL, {})
    waiting = operator.get(URL).text
    assert "En espera" in waiting
    assert "Hacer una copia ahora" not in waiting
    do_jobs()
    (name,) = made(backups)
    page = operator.get(URL).text
    assert name in page
    assert "Filas: " in page
    note = json.loads((backups / f"{name}.json").read_text())
    assert note["missing"] == []
    assert deeds(db)[-1] == "backup.asked"


def test_nobody_else_sees_or_makes_them(as_person, backup, backups):
    for name in ("administrator", "registrar", "learner"):
        browser = as_person(name)
        for url in (URL, f"{URL}/restaurar?copia={backup}", f"{URL}/borrar?copia={backup}"):
            assert browser.get(url).status_code == 403
        for url in (URL, f"{URL}/descargar", f"{URL}/restaurar", f"{URL}/borrar", f"{URL}/subir"):
            assert browser.send(url, {"name": backup}).status_code == 403
    assert made(backups) == [backup]


def test_taking_one_away_is_on_record_and_in_ranges(operator, as_person, backup, backups, db):
    answer = operator.send(f"{URL}/descargar", {"name": backup})
    assert deeds(db)[-1] == "backup.downloaded"
    link = answer.headers["Location"]
    whole = operator.get(link)
    assert whole.data == (backups / backup).read_bytes()
    assert whole.headers["Cache-Control"] == "no-store"
    part = operator.get(link, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    assert operator.get(f"{URL}/archivo?pase=x").status_code == 404
    assert as_person("administrator").get(link).status_code == 403


@pytest.mark.parametrize("name", ["../secret_key", "secret_key", "", ".lock", "cabildo.db"])
def test_only_backups_can_be_named(operator, backup, backups, name):
    (backups.parent / "secret_key").write_text("secreto")
    for url in ("descargar", "restaurar", "borrar"):
        assert operator.send(f"{URL}/{url}", {"name": name}).status_code == 404
        if url != "descargar":
            assert operator.get(f"{URL}/{url}", query_string={"copia": name}).status_code == 404
    assert (backups.parent / "secret_key").exists()


def test_a_backup_is_deleted_after_a_question(operator, backup, backups, db):
    assert "¿Borrar la copia" in operator.get(f"{URL}/borrar?copia={backup}").text
    assert operator.send(f"{URL}/borrar", {"name": backup}).status_code == 303
    assert made(backups) == []
    assert deeds(db)[-1] == "backup.deleted"


def test_one_from_elsewhere_is_read_before_it_is_kept(operator, backup, backups, db):
    content = (backups / backup).read_bytes()
    for bad in (b"", b"\xff\xd8\xff" * 900, content[: len(content) // 2]):
        refused = operator.send(
            f"{URL}/subir", {"file": (io.BytesIO(bad), "x.tar")}, content_type="multipart/form-data"
        )
        assert refused.status_code == 422
    assert made(backups) == [backup]
    taken = operator.send(
        f"{URL}/subir", {"file": (io.BytesIO(content), "copia.tar")},
        content_type="multipart/form-data",
    )  # fmt: skip
    assert taken.status_code == 303
    (other,) = set(made(backups)) - {backup}
    assert other.endswith("-traida.tar")
    assert deeds(db)[-1] == "backup.uploaded"
    assert not list(backups.glob(".new-*"))


def test_restoring_asks_for_a_word_and_replaces_everything(
    app, operator, as_person, backup, backups, db, world, do_jobs, clock
):
    clock.advance(minutes=5)
    db.perform(
        lambda work: work.session.add(
            Person(
                given_names="Nadie", first_surname="Nuevo", search="nuevo nadie", country="GT",
                created_at=work.now,
            )
        ),
        SYSTEM,
    )  # fmt: skip
    url = f"{URL}/restaurar"
    assert "Todo lo posterior se pierde" in operator.get(f"{url}?copia={backup}").text
    refused = operator.send(url, {"name": backup, "typed": "sí"})
    assert refused.status_code == 422
    assert operator.send(url, {"name": backup, "typed": "restaurar"}).status_code == 303
    assert "Restaurar una copia" in operator.get(URL).text
    do_jobs()
    with db.reading() as session:
        assert session.scalar(select(Person.id).where(Person.first_surname == "Nuevo")) is None
        left = set(session.scalars(select(Job.state).where(Job.task.in_([MAKE, RESTORE]))))
    assert deeds(db)[-1] == "installation.restored"
    assert left <= {JobState.CANCELLED, JobState.DONE}
    assert [name for name in made(backups) if name.endswith("-antes-de-restaurar.tar")]
    assert operator.get("/inicio").status_code == 200


def test_a_backup_that_is_damaged_meanwhile_changes_nothing(operator, backup, backups, db, do_jobs):
    operator.send(f"{URL}/restaurar", {"name": backup, "typed": "RESTAURAR"})
    content = (backups / backup).read_bytes()
    (backups / backup).write_bytes(content[: len(content) // 2])
    do_jobs()
    with db.reading() as session:
        job = session.scalars(select(Job).where(Job.task == RESTORE)).one()
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert "installation.restored" not in deeds(db)
    page = operator.get(URL).text
    assert "No es una copia completa" in page


def test_restoring_that_was_interrupted_is_not_begun_again_by_itself(operator, backup, db, do_jobs):
    operator.send(f"{URL}/restaurar", {"name": backup, "typed": "RESTAURAR"})

    def begin(work) -> None:
        job = work.session.scalars(select(Job).where(Job.task == RESTORE)).one()
        job.payload = job.payload | {"begun": True}

    db.perform(begin, SYSTEM)
    do_jobs()
    assert "installation.restored" not in deeds(db)
    assert "se interrumpió" in operator.get(URL).text


def test_the_next_night_is_planned_once(db, world, clock):
    for _ in range(2):
        db.perform(plan, SYSTEM, 3, "America/Guatemala")
    with db.reading() as session:
        jobs = session.scalars(select(Job).where(Job.task == MAKE)).all()
    assert [job.due_at.isoformat() for job in jobs] == ["2026-11-24T09:00:00+00:00"]
    clock.advance(days=1)
    db.perform(plan, SYSTEM, 3, "America/Guatemala")
    with db.reading() as session:
        assert len(session.scalars(select(Job).where(Job.task == MAKE)).all()) == 2


def test_only_the_last_are_kept(app, db, world, backups, clock):
    with app.app_context():
        for _ in range(9):
            tasks.make()
            clock.advance(days=1)
    assert len(made(backups)) == 7
