"""Packages in and out of the browser: shown first, conflicts apart, no byte lost."""

import io
import re
import zipfile

import pytest
from sqlalchemy import select

from lms.authoring.actions.drafts import Content, change_draft
from lms.authoring.actions.import_package import new_programme
from lms.authoring.formats.archive import write_archive
from lms.authoring.formats.left import LEFT
from lms.authoring.formats.scaffold import scaffold
from lms.catalog.models import Programme, ProgrammeVersion
from lms.foundation.files.actions import keep
from tests.authoring.packages import LESSON, QUIZ
from tests.authoring.room import FOLDER, hashed
from tests.authoring.views.test_course import give_course

ROOM = "/gestion/autoria"
SEND = f"{ROOM}/paquetes"
HEAD = "programme.yaml"


@pytest.fixture
def browser(as_person):
    return as_person("instructor")


@pytest.fixture
def files():
    return scaffold("mi-programa", "Mi programa")


def zipped(files):
    archive = io.BytesIO()
    write_archive(archive, sorted(files.items()))
    return archive.getvalue()


def send(browser, files):
    data = files if isinstance(files, bytes) else zipped(files)
    return browser.send(SEND, {"package": (io.BytesIO(data), "paquete.zip")})


def look(browser, files):
    """The address of what it would change, and that page."""
    answer = send(browser, files)
    assert answer.status_code == 303, answer.text
    return answer.location, browser.get(answer.location).text


def lay(browser, url, page, theirs=()):
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', page).group(1)
    return browser.send(url, {"seen": seen, "theirs": list(theirs)})


def more(files, path, words):
    return {**files, path: files[path] + f"\n{words}\n".encode()}


def test_nothing_changes_before_it_was_seen_and_then_only_the_draft(room, browser, files):
    before = room.text(LESSON)
    url, page = look(browser, more(files, LESSON, "Traído de fuera."))
    assert "Traído de fuera." in page
    assert room.standing().changed == []
    assert lay(browser, url, page).status_code == 303
    standing = room.standing()
    assert standing.changed == [LESSON]
    assert standing.published[LESSON].sha256 == hashed(before)
    page = browser.get(f"{ROOM}/{room.uid}/cambios").text
    assert "Traído de fuera." in page


def test_laying_it_down_is_undone_as_any_deed(room, browser, files):
    url, page = look(browser, more(files, LESSON, "Traído de fuera."))
    there = lay(browser, url, page).location
    (undo,) = re.findall(r'action="([^"]*deshacer)"', browser.get(there).text)
    browser.send(undo)
    assert room.standing().changed == []
    url, page = look(browser, more(files, LESSON, "Traído de fuera."))
    assert "Traído de fuera." in page


def test_a_package_with_errors_is_told_all_of_them_and_brings_nothing(room, browser, files):
    broken = {**files, LESSON: files[LESSON].replace(b"aim:", b"meta:")}
    url, page = look(browser, broken)
    assert "recibir-una-peticion.md:" in page
    assert "`meta`" in page
    assert "Ponerlo en el borrador" not in page
    assert browser.send(url, {"seen": room.standing().seen}).status_code == 422
    assert room.standing().changed == []


@pytest.mark.parametrize("data", [b"", b"no es un zip", b"PK\x03\x04roto"])
def test_what_is_no_zip_is_said_so(browser, data):
    answer = send(browser, data)
    assert answer.status_code == 422
    assert "ZIP" in answer.text


def test_a_file_that_leads_out_is_refused(room, browser, files):
    _url, page = look(browser, {**files, "../fuera.md": b"x"})
    assert "Ponerlo en el borrador" not in page


def test_an_edit_here_stays_where_the_package_did_not_touch_it(room, browser, files):
    text = room.text(LESSON)
    room.save(LESSON, f"{text}\nDe aquí.\n", hashed(text))
    url, page = look(browser, more(files, QUIZ, "# nada"))
    assert "se queda como está aquí" in page
    lay(browser, url, page)
    assert room.text(LESSON) == f"{text}\nDe aquí.\n"


@pytest.mark.parametrize("taken", [True, False])
def test_in_a_conflict_the_edit_stays_unless_the_package_is_chosen(room, browser, files, taken):
    text = room.text(LESSON)
    room.save(LESSON, f"{text}\nDe aquí.\n", hashed(text))
    theirs = more(more(files, LESSON, "De fuera."), QUIZ, "# de fuera")
    url, page = look(browser, theirs)
    assert "se editó aquí y también cambió en el paquete" in page
    assert "</span>aquí<span" in page
    assert "</span>fuera<span" in page
    assert lay(browser, url, page, [LESSON] if taken else []).status_code == 303
    assert room.text(LESSON) == f"{text}\n{'De fuera.' if taken else 'De aquí.'}\n"
    assert "# de fuera" in room.text(QUIZ)
    _url, page = look(browser, theirs)  # what was decided once is not asked again
    assert "se editó aquí y también cambió en el paquete" not in page


def unzipped(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def born(room):
    """A programme that began here, file by file: no package was ever brought into it."""

    begun = scaffold("nacido", "Nacido aquí")
    kept = {
        path: keep(room.store, io.BytesIO(data), largest=len(data))
        for path, data in begun.items()
        if "/media/" in path
    }

    def begin(work):
        programme = new_programme(work, room.institution_id, "nacido")
        texts = {
            path: Content(media=kept[path]) if path in kept else Content(data.decode())
            for path, data in begun.items()
        }
        change_draft(work, programme.uid, texts, "Begun", name="Nacido aquí")
        return programme

    room.programme = room.db.perform(begin, room.actor)
    room.uid = room.programme.uid
    return room


@pytest.mark.parametrize("wrapped", [False, True])
def test_back_from_another_editor_only_what_both_changed_is_a_conflict(born, browser, wrapped):
    """A draft leaves, is edited outside and here, and comes back."""
    room = born
    head = room.text(HEAD)
    room.save(HEAD, head + "# antes de salir\n", hashed(head))
    out = unzipped(browser.get(f"{ROOM}/{room.uid}/paquete").data)
    for path, words in ((LESSON, "De aquí."), (QUIZ, "# de aquí")):
        text = room.text(path)
        room.save(path, f"{text}\n{words}\n", hashed(text))
    back = more(more(out, QUIZ, "# de fuera"), HEAD, "# de fuera")
    if wrapped:
        back = {f"carpeta/{path}": data for path, data in back.items()}
    url, page = look(browser, back)
    kept, conflicts = page.count("es igual que antes: se queda"), page.count('name="theirs"')
    assert (kept, conflicts) == (1, 1)
    assert f'value="{QUIZ}"' in page
    assert lay(browser, url, page).status_code == 303
    assert room.text(HEAD).endswith("# de fuera\n")
    assert room.text(LESSON).endswith("De aquí.\n")
    assert room.text(QUIZ).endswith("# de aquí\n")
    _url, page = look(browser, back)  # what was decided once is not asked again
    assert 'name="theirs"' not in page


def test_without_its_slip_what_is_published_is_what_both_began_from(born, browser):
    born.publish("", FOLDER)
    out = unzipped(browser.get(f"{ROOM}/{born.uid}/paquete?version=1").data)
    assert LEFT not in out
    text = born.text(LESSON)
    born.save(LESSON, f"{text}\nDe aquí.\n", hashed(text))
    _url, page = look(browser, more(out, QUIZ, "# de fuera"))
    assert 'name="theirs"' not in page
    assert "se queda como está aquí" in page


@pytest.mark.parametrize("slip", [b"", b"[]", b"{}", b'{"left_as": 3}', b'{"left_as": {"a": 1}}'])
def test_a_damaged_slip_is_no_slip(born, browser, slip):
    out = unzipped(browser.get(f"{ROOM}/{born.uid}/paquete").data)
    _url, page = look(browser, {**more(out, QUIZ, "# de fuera"), LEFT: slip})
    assert page.count('name="theirs"') == 1


def test_where_all_is_in_conflict_and_nothing_is_ticked_it_says_so(room, browser, files):
    text = room.text(LESSON)
    room.save(LESSON, f"{text}\nDe aquí.\n", hashed(text))
    url, page = look(browser, more(files, LESSON, "De fuera."))
    refused = lay(browser, url, page)
    assert refused.status_code == 409
    assert "Elija qué se toma del paquete" in refused.text


def test_what_was_saved_while_one_looked_is_not_laid_over(room, browser, files):
    url, page = look(browser, more(files, LESSON, "De fuera."))
    text = room.text(QUIZ)
    room.save(QUIZ, f"{text}\n# de aquí\n", hashed(text))
    assert lay(browser, url, page).status_code == 409
    assert room.standing().changed == [QUIZ]


def test_a_file_that_the_package_left_out_and_has_again_comes_back(room, browser, files):
    extra = f"{FOLDER}/media/aparte.svg"
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"/>\n'
    for package, there in (({**files, extra: svg}, True), (files, False),
                           ({**files, extra: svg}, True)):  # fmt: skip
        url, page = look(browser, package)
        assert lay(browser, url, page).status_code == 303
        assert (extra in room.standing().files) is there


def test_after_publishing_the_next_package_is_compared_with_the_last(room, browser, files):
    first = more(files, LESSON, "Uno.")
    url, page = look(browser, first)
    lay(browser, url, page)
    room.publish(FOLDER)
    url, page = look(browser, more(files, LESSON, "Dos."))
    assert "se editó aquí" not in page
    lay(browser, url, page)
    assert room.text(LESSON).endswith("Dos.\n")


def test_a_new_programme_is_begun_as_a_draft(room, browser):
    url, page = look(browser, scaffold("otro", "Otro programa"))
    assert "se empezaría como borrador" in page
    assert lay(browser, url, page).status_code == 303
    with room.db.reading() as session:
        found = session.scalars(select(Programme).where(Programme.key == "otro")).one()
        assert found.current_version_id is None
        versions = select(ProgrammeVersion).where(ProgrammeVersion.programme_id == found.id)
        assert session.scalars(versions).all() == []


def test_export_of_import_is_the_same_to_the_byte(room, browser, files):
    url, page = look(browser, more(files, LESSON, "De fuera."))
    lay(browser, url, page)
    room.publish(FOLDER)
    for where in ("", "?version=2"):
        answer = browser.get(f"{ROOM}/{room.uid}/paquete{where}")
        assert answer.mimetype == "application/zip"
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            out = {name: archive.read(name) for name in archive.namelist()}
        assert (out.pop(LEFT, None) is None) is bool(where)  # beside a draft, a slip; no file of it
        assert out == more(files, LESSON, "De fuera.")
    answer = browser.get(f"{ROOM}/{room.uid}/paquete?version=1")
    assert answer.data == zipped(files)
    assert browser.get(f"{ROOM}/{room.uid}/paquete?version=9").status_code == 404
    _url, page = look(browser, answer.data)
    assert "De fuera." in page  # the old package would take it back, and says so


def test_only_who_writes_the_whole_brings_packages_in(room, world, as_person, files):
    for name in ("tutor", "registrar", "administrator", "help_desk", "signer", "learner"):
        assert as_person(name).get(SEND).status_code == 403, name
    give_course(room, world, "tutor")
    assert as_person("tutor").get(SEND).status_code == 403
    assert as_person("tutor").get(f"{ROOM}/{room.uid}/paquete").status_code == 200


def test_what_somebody_sent_is_theirs_alone(room, as_person, browser, files):
    url = send(browser, files).location
    assert as_person("otra-instructor").get(url).status_code == 404
    assert browser.get(f"{url}x").status_code == 404
    assert as_person("otra-instructor").get(f"{ROOM}/{room.uid}/paquete").status_code == 404


def test_a_package_of_the_same_key_elsewhere_is_another_programme(room, as_person, files):
    browser = as_person("otra-instructor")
    url, page = look(browser, more(files, HEAD, "# otra"))
    assert "se empezaría como borrador" in page
    lay(browser, url, page)
    with room.db.reading() as session:
        assert (
            len(session.scalars(select(Programme).where(Programme.key == "mi-programa")).all()) == 2
        )
    assert room.standing().changed == []
