"""What needs a person, version and health; the settings with their tests."""

import os
import socket

import pytest

from lms.foundation.files.store import Folder
from lms.foundation.jobs.actions import enqueue
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.models import Letter, LetterState
from lms.foundation.mail.transports import Files, Smtp
from lms.settings import load
from tests.statements import statements

HOME = "/gestion/administracion"
SETTINGS = f"{HOME}/ajustes"


@pytest.fixture
def healthy(app, backups, operator, do_jobs):
    """Everything in order: a backup of today, a secret that nobody else reads."""
    operator.send(f"{HOME}/copias", {})
    do_jobs()
    return operator


def test_all_is_in_order_says_so_with_the_time(healthy):
    page = healthy.get(HOME).text
    assert "Todo en orden" in page
    assert "10:42" in page
    assert "Requiere atención" not in page
    assert "Cabildo 0." in page or "Cabildo 1." in page


def test_what_needs_a_person_comes_first_each_with_its_way(healthy, db, clock):
    def harm(work) -> None:
        at = work.now
        work.session.add(
            Job(task="t", key="1", payload={}, state=JobState.FAILED, due_at=at, created_at=at)
        )
        for state in (LetterState.FAILED, LetterState.BOUNCED):
            work.session.add(
                Letter(
                    address="a@example.org", template="people/recover", context={}, locale="es",
                    zone="UTC", sender_name="x", state=state, created_at=at,
                )
            )  # fmt: skip
        enqueue(work, "web.forget", key="k")

    db.perform(harm, SYSTEM)
    clock.advance(minutes=6)
    page = healthy.get(HOME).text
    for said, way in (
        ("El trabajador no responde", f"{HOME}/ajustes"),
        ("1 tarea falló", f"{HOME}/tareas?estado=fallidas"),
        ("1 correo no salió", f"{HOME}/correos?estado=no-enviados"),
        ("1 correo fue devuelto", f"{HOME}/correos?estado=devueltos"),
    ):
        assert said in page
        assert f'href="{way}"' in page
    assert page.index("El trabajador") < page.index("1 tarea") < page.index("1 correo no salió")
    assert "Todo en orden" not in page


def test_an_institutions_administrator_sees_their_own_letters_and_nothing_of_the_house(
    as_person, db, world
):
    def harm(work) -> None:
        for institution in ("igm", "otra", "otra"):
            work.session.add(
                Letter(
                    address="a@example.org", template="enrollment/enrolled", context={},
                    institution_id=world.institutions[institution], locale="es", zone="UTC",
                    sender_name="x", state=LetterState.BOUNCED, created_at=work.now,
                )
            )  # fmt: skip

    db.perform(harm, SYSTEM)
    page = as_person("administrator").get(HOME).text
    assert "1 correo fue devuelto" in page
    assert f'href="{HOME}/copias"' not in page
    assert f'href="{HOME}/bitacora"' in page
    assert "2 correos fueron devueltos" in as_person("otra-administrator").get(HOME).text
    assert as_person("registrar").get(HOME).status_code == 403


def test_the_page_costs_a_fixed_number_of_statements(healthy, db):
    healthy.get(HOME)
    with statements(db.engine) as few:
        healthy.get(HOME)
    db.perform(lambda work: [enqueue(work, "t", key=str(n)) for n in range(40)], SYSTEM)
    with statements(db.engine) as more:
        healthy.get(HOME)
    assert len(more) == len(few)
    assert len(more) <= 12


def test_every_setting_is_shown_with_its_explanation_and_no_secret(
    app, operator, tmp_path, monkeypatch
):
    settings = load(
        {
            "LMS_DATA_DIR": str(tmp_path / "data"),
            "LMS_MAIL_URL": "smtps://aula:cr3ta@mail.example.org",
            "LMS_BACKUP_PASSPHRASE": "frase larga",
        }
    )
    monkeypatch.setitem(app.extensions, "cabildo.settings", settings)
    page = operator.get(SETTINGS).text
    for each in settings.listed():
        assert f">{each.name}<" in page
    assert "aula:***@mail.example.org" in page
    assert "cr3ta" not in page
    assert "frase larga" not in page
    assert settings.secret_key not in page
    assert "del entorno" in page
    assert "por omisión" in page
    assert "Nadie puede abrir esta dirección" in page  # 127.0.0.1 deserves a second look


def test_a_test_letter_goes_to_oneself_and_a_failure_is_told_in_words(
    app, operator, tmp_path, monkeypatch
):
    monkeypatch.setitem(app.extensions, "cabildo.mail", Files(tmp_path))
    assert operator.send(f"{SETTINGS}/correo", {}).status_code == 303
    assert "operator@example.org" in operator.get(SETTINGS).text
    (letter,) = tmp_path.glob("*.eml")
    assert b"To: operator@example.org" in letter.read_bytes()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]
    monkeypatch.setitem(app.extensions, "cabildo.mail", Smtp(f"smtp://127.0.0.1:{closed}"))
    operator.send(f"{SETTINGS}/correo", {})
    page = operator.get(SETTINGS).text
    assert "El correo no salió." in page
    assert "Un servidor no respondió" in page


def test_a_file_is_written_read_and_deleted(app, operator, tmp_path, monkeypatch):
    monkeypatch.setitem(app.extensions, "cabildo.files", Folder(tmp_path / "files"))
    operator.send(f"{SETTINGS}/archivo", {})
    assert "Se escribió un archivo" in operator.get(SETTINGS).text
    assert [p for p in (tmp_path / "files").rglob("*") if p.is_file()] == []

    class Rotten(Folder):
        def open(self, digest):
            return open(os.devnull, "rb")

    monkeypatch.setitem(app.extensions, "cabildo.files", Rotten(tmp_path / "files"))
    operator.send(f"{SETTINGS}/archivo", {})
    assert "El almacén no guardó un archivo" in operator.get(SETTINGS).text


def test_the_worker_answers_the_bell(operator, do_jobs):
    operator.send(f"{SETTINGS}/trabajador", {})
    assert "nadie ha respondido" in operator.get(SETTINGS).text
    do_jobs()
    assert "Respondió el" in operator.get(SETTINGS).text


@pytest.mark.parametrize("name", ["administrator", "registrar", "learner"])
def test_settings_are_for_who_looks_after_the_installation(as_person, name):
    browser = as_person(name)
    assert browser.get(SETTINGS).status_code == 403
    for test in ("correo", "archivo", "trabajador"):
        assert browser.send(f"{SETTINGS}/{test}", {}).status_code == 403
