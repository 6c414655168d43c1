"""Bad days with real processes: a lock, a full disk, a killed worker, a lost job store."""

import os
import resource
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import course
from tests.journeys.conftest import DESK, PHONE, PLAIN, PROGRAMME, Browse, Demo
from tests.journeys.house import House, address_of, descendants
from tests.journeys.people import PASSWORD, fill, learner, newcomer
from tests.journeys.walking import follow, heading, look, press, sign_in

pytestmark = pytest.mark.browser

COHORT = "Promoción del taller"
FINISHED = "Promoción 2026-I"
QUESTIONS = course.exam()["questions"]
SORRY = "El sitio no está disponible en este momento"
SMALL_DISK = 32_000_000


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Another program holds the database, a copy that takes long for instance."""
    path = house.folder / "cabildo.db"
    with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.sqlite  # its file is what is locked, or what has no room
def test_a_database_that_is_locked_for_a_moment_only_makes_one_wait(browse: Browse, house: House):
    page = browse(PHONE)
    _who, _password, classroom = learner(page, house, course.KEY, COHORT)
    page.goto(f"{classroom}/{course.COURSE}/{course.EXAM}")
    press(page, "Comenzar")
    with locked(house):
        course.answer_one(page.locator("#q1"), QUESTIONS[0])
        expect(page.locator("#q1 [data-save-state]")).to_have_text("Guardando…")
        reader = browse(PLAIN)  # whoever only reads does not even notice
        reader.goto(f"/cursos/{PROGRAMME}")
        heading(reader, "Gestión Municipal y Transparencia")
    expect(page.locator("#q1 [data-save-state]")).to_contain_text("Guardada a las")


@pytest.mark.sqlite  # its file is what is locked, or what has no room
def test_a_database_that_stays_locked_is_said_and_nothing_typed_is_lost(
    browse: Browse, house: House
):
    page, someone = browse(PLAIN), newcomer()
    page.goto("/registro")
    fill(page, someone.fields())
    page.get_by_label("Leí el aviso de privacidad").check()
    with locked(house):
        press(page, "Crear mi cuenta")
        heading(page, SORRY)
        expect(page.get_by_role("main")).to_contain_text("pruebe de nuevo")
        for typed in (someone.given, someone.email, someone.dpi, "Cobán"):
            expect(page.get_by_role("main")).to_contain_text(typed)
        expect(page.get_by_role("main")).not_to_contain_text(PASSWORD)
        look(page, "bloqueada")
    press(page, "Probar de nuevo")
    heading(page, "Falta un paso")
    house.letter(someone.email, "Confirme su correo")


class Disk:
    """The disk of an installation: a small one of its own, or limits on what may be written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", str(folder)]
        self.is_own = (
            os.geteuid() == 0 and not subprocess.run(mount, capture_output=True).returncode
        )
        self._ballast = folder / "ballast"

    def fill(self, house: House) -> None:
        """From now on nothing more can be written."""
        if self.is_own:
            with suppress(OSError), self._ballast.open("wb", buffering=0) as ballast:
                while True:
                    ballast.write(bytes(4096))
        else:
            self._limit(house, 4096)

    def empty(self, house: House) -> None:
        """Somebody has made room."""
        self._ballast.unlink(missing_ok=True)
        if not self.is_own:
            self._limit(house, resource.RLIM_INFINITY)

    def remove(self) -> None:
        if self.is_own:
            subprocess.run(["umount", "--lazy", str(self.folder)], check=True)

    def _limit(self, house: House, size: int) -> None:
        assert house.process is not None
        for pid in [house.process.pid, *descendants(house.process.pid)]:
            _soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    small = Disk(tmp_path / "disk")
    yield small
    small.remove()


@pytest.fixture
def own_house(
    request: pytest.FixtureRequest, demo: Demo, tmp_path: Path, worker_id: str
) -> Iterator[House]:
    """A house for one test alone; on a small disk if the test asks for one."""
    root = request.getfixturevalue("disk").folder if "disk" in request.fixturenames else tmp_path
    served = demo.copied(root / "data", f"own_house_{worker_id}", log=tmp_path / "server.log")
    served.start()
    yield served
    served.stop()


@pytest.mark.sqlite  # its file is what is locked, or what has no room
def test_a_full_disk_is_said_and_work_goes_on_when_there_is_room(
    browse: Browse, disk: Disk, own_house: House
):
    page = browse(PHONE)
    _who, _password, classroom = learner(page, own_house, course.KEY, COHORT)
    page.goto(f"{classroom}/{course.COURSE}/{course.EXAM}")
    press(page, "Comenzar")
    lesson = page.context.new_page()
    lesson.goto(f"{classroom}/{course.COURSE}/recibir")

    disk.fill(own_house)
    course.answer_one(page.locator("#q1"), QUESTIONS[0])
    expect(page.locator("#q1 [data-save-state]")).to_contain_text("Sin enviar")
    press(lesson, "Marcar como vista y seguir")
    heading(lesson, SORRY)
    look(lesson, "disco-lleno")
    press(lesson, "Probar de nuevo")
    heading(lesson, SORRY)
    reader = page.context.new_page()
    reader.goto("/inicio")  # reading goes on
    expect(reader.get_by_role("heading", name="Recibir una solicitud")).to_be_visible()
    with pytest.raises(AssertionError, match=r"(?i)disk|disco|write"):
        own_house.lms("doctor")

    disk.empty(own_house)
    press(lesson, "Probar de nuevo")
    heading(lesson, "Examen del taller")
    page.context.set_offline(True)
    page.context.set_offline(False)
    expect(page.locator("#q1 [data-save-state]")).to_contain_text("Guardada a las")


def test_a_worker_killed_while_it_seals_loses_nothing_and_repeats_nothing(
    browse: Browse, own_house: House
):
    desk = browse(DESK)
    sign_in(desk, own_house, "registro")
    desk.goto("/gestion/promociones")
    follow(desk, FINISHED, exact=True)
    follow(desk, "Emitir 14 documentos")
    press(desk, "Emitir 14 documentos")
    press(desk, "Emitir 14")
    killed = own_house.worker()
    own_house.until(lambda: _sealed(own_house) > 0)
    os.kill(killed, 9)
    own_house.until(lambda: _sealed(own_house) >= 12)  # another worker goes on with the rest
    assert own_house.worker() != killed

    own_house.stop()
    # As five minutes later: what the killed one had in hand is free for another.
    own_house.change("update job set leased_until = '2020-01-01 00:00:00' where state = 'leased'")
    own_house.start()
    own_house.until(lambda: _sealed(own_house) == 14)
    assert own_house.rows(
        "select count(*), count(distinct number), count(distinct person_id) from credential"
    ) == [(14, 14, 14)]
    # What is planned for a later hour, such as tonight's backup, waits as it should.
    undone = (
        "select 1 from job where state in ('pending', 'leased') and due_at <= CURRENT_TIMESTAMP"
        " and task in ('certificates.seal', 'mail.send')"
    )
    own_house.until(lambda: not own_house.rows(undone))
    for number in range(16):
        about = [
            str(each["Subject"]) for each in own_house.letters(address_of(f"persona{number:02}"))
        ]
        assert sum("documento está listo" in subject for subject in about) <= 1


def test_the_job_store_is_deleted_and_the_letter_still_leaves(browse: Browse, own_house: House):
    _delete_jobs(own_house)  # while everything runs
    page, someone = browse(PLAIN), newcomer()
    _register(page, someone.fields())
    own_house.letter(someone.email, "Confirme su correo")

    own_house.stop()
    own_house.start("--web-only")
    another = newcomer()
    _register(page, another.fields())
    own_house.kill()
    _delete_jobs(own_house)  # with work pending
    assert own_house.letters(another.email) == []
    own_house.start()
    own_house.letter(another.email, "Confirme su correo")
    assert len(own_house.letters(another.email)) == 1


def test_a_file_of_300_megabytes_is_refused_with_a_sentence(
    browse: Browse, house: House, tmp_path: Path
):
    large = tmp_path / "grande.pdf"
    with large.open("wb") as file:
        file.truncate(300_000_000)
    desk = browse(DESK)
    sign_in(desk, house, "registro")
    desk.goto("/gestion/promociones")
    follow(desk, FINISHED, exact=True)
    follow(desk, "Emitir 14 documentos")
    press(desk, "Emitir 14 documentos")
    press(desk, "Emitir 14")
    house.until(lambda: _sealed(house) == 14)
    ((code,),) = house.rows("select code from credential limit 1")
    page = browse(PHONE)
    page.goto(f"/v/{code}")
    page.locator("input[type=file]").set_input_files(large)
    press(page, "Comparar")
    expect(page.get_by_role("main")).to_contain_text("Elija un archivo más liviano.")
    look(page, "archivo-grande")


def _sealed(house: House) -> int:
    ((count,),) = house.rows("select count(*) from credential where sealed_sha256 is not null")
    return int(count)


def _delete_jobs(house: House) -> None:
    found = list(house.folder.glob("jobs.db*"))
    assert found
    for path in found:
        path.unlink()


def _register(page: Page, fields: dict[str, str]) -> None:
    page.goto("/registro")
    fill(page, fields)
    page.get_by_label("Leí el aviso de privacidad").check()
    press(page, "Crear mi cuenta")
    heading(page, "Falta un paso")
