"""Writing a lesson: its head in fields, its text below, and how it will look beside it."""

import io
import re
from html.parser import HTMLParser

import pytest

from tests.authoring.packages import LESSON
from tests.authoring.room import FOLDER, hashed
from tests.statements import statements

ROOM = "/gestion/autoria"
KEY = "recibir-una-peticion"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"/>\n'
OTHER_SVG = SVG.replace(b"9 9", b"8 8")


@pytest.fixture
def course(room):
    return f"{ROOM}/{room.uid}/cursos/{FOLDER}"


@pytest.fixture
def url(course):
    return f"{course}/actividades/{KEY}/leccion"


@pytest.fixture
def browser(as_person):
    return as_person("instructor")


class Typed(HTMLParser):
    """What the form of the page holds, as a browser would send it."""

    def __init__(self, page):
        super().__init__()
        self.fields, self._text, self._select = {}, None, None
        start = page.index("data-writing")
        self.feed(page[page.rindex("<form", 0, start) : page.index("</form>", start)])

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        if tag == "input" and name and (given.get("type") != "checkbox" or "checked" in given):
            self.fields.setdefault(name, given.get("value", ""))
        elif tag == "textarea":
            self._text = name
            self.fields[name] = ""
        elif tag == "select":
            self._select = name
            self.fields[name] = ""
        elif tag == "option" and self._select and "selected" in given:
            self.fields[self._select] = given["value"]

    def handle_endtag(self, tag):
        if tag == "textarea":
            plain = self.fields[self._text].replace("\r\n", "\n")
            self.fields[self._text] = plain.removeprefix("\n")
            self._text = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._text is not None:
            self.fields[self._text] += data


def typed(browser, url):
    return Typed(browser.get(url).text).fields


def script(browser, url, fields):
    headers = {"X-CSRFToken": browser.token(), "Accept": "application/json"}
    return browser.post(url, data=fields, headers=headers)


def test_a_lesson_that_is_saved_as_it_was_shown_stays_the_same_to_the_byte(room, browser, url):
    before = room.text(LESSON)
    fields = typed(browser, url)
    assert fields["title"] == "Recibir una petición"
    assert fields["downloads-0-file"] == "media/registro.csv"
    assert fields["text"].startswith("## Lo primero es escuchar")
    assert script(browser, url, fields).get_json()["now"] == hashed(before)
    assert room.text(LESSON) == before


def test_the_head_is_written_in_fields_and_what_they_do_not_know_stays(room, browser, url):
    before = room.text(LESSON).replace("minutes:", "# Nadie borra esto.\nminutes:")
    room.save(LESSON, before, hashed(room.text(LESSON)))
    fields = typed(browser, url) | {
        "title": "Recibir  peticiones",
        "exercise": "",
        "audio_file": "media/lectura.opus",
        "audio_title": "La lección leída",
        "audio_transcript": "Uno.\r\n\r\nDos.",
        "downloads-1-file": "media/pasos.svg",
        "downloads-1-title": "Los pasos",
        "text": "## Otra cosa\r\n\r\nBreve.\r\n",
    }
    assert script(browser, url, fields).status_code == 200
    text = room.text(LESSON)
    assert "title: Recibir peticiones\n" in text
    assert "# Nadie borra esto." in text
    assert "exercise" not in text
    assert text.endswith("---\n## Otra cosa\n\nBreve.\n")
    again = typed(browser, url)
    for name in ("audio_file", "audio_title", "downloads-1-file", "downloads-1-title", "reading"):
        assert again[name] == fields[name]
    assert again["audio_transcript"] == "Uno.\n\nDos."
    script(browser, url, again | {"audio_file": "", "audio_title": "", "audio_transcript": ""})
    assert "audio" not in room.text(LESSON)


def test_a_number_that_is_none_is_told_by_its_field(room, browser, url):
    before = room.text(LESSON)
    fields = typed(browser, url) | {"reading": "diez"}
    refused = script(browser, url, fields)
    assert refused.status_code == 422
    assert refused.get_json()["said"].startswith("Minutos de lectura: ")
    page = browser.send(url, fields)
    assert page.status_code == 422
    assert 'value="diez"' in page.text
    assert room.text(LESSON) == before


def test_two_versions_stand_side_by_side_whole_and_one_of_them_is_kept(room, browser, url):
    fields = typed(browser, url)
    before = room.text(LESSON)
    theirs = before.replace("title: Recibir una petición", "title: De la otra")
    room.save(LESSON, theirs, hashed(before), "other")
    mine = fields | {"title": "El mío"}
    assert script(browser, url, mine).status_code == 409
    page = browser.send(url, mine)
    assert page.status_code == 409
    shown = Typed(page.text).fields
    assert "title: El mío\n" in shown["text"]
    assert shown["whole"] == "1"
    assert room.text(LESSON) == theirs
    joined = browser.send(url, shown | {"go": "both"})
    assert joined.status_code == 200
    both = Typed(joined.text).fields
    assert "title: El mío\n" in both["text"]
    assert "title: De la otra\n" in both["text"]
    assert browser.send(url, shown | {"go": "mine"}).status_code == 303
    assert room.text(LESSON) == before.replace("title: Recibir una petición", "title: El mío")


def test_a_file_that_cannot_be_read_is_written_as_text(room, browser, url):
    room.save(LESSON, "---\nkey: [\n---\n", hashed(room.text(LESSON)))
    assert browser.get(f"{url}?path={LESSON}").status_code == 302


def test_only_lessons_are_written_here(browser, course):
    assert browser.get(f"{course}/actividades/evaluacion-final/leccion").status_code == 404


@pytest.mark.parametrize("name", ["learner", "registrar", "otra-instructor"])
def test_whoever_does_not_write_this_course_neither_sees_nor_looks(as_person, url, name):
    someone = as_person(name)
    assert someone.get(url).status_code in {403, 404}
    assert script(someone, f"{url}/vista", {"text": "x"}).status_code in {403, 404}


class TestGlance:
    def look(self, browser, url, **changed):
        fields = typed(browser, url) | changed
        answer = script(browser, f"{url}/vista", fields)
        assert answer.status_code == 200, answer.get_json()
        return answer.get_json()["html"]

    def test_it_shows_what_is_typed_as_learners_will_see_it_and_keeps_nothing(
        self, room, browser, url
    ):
        before = room.text(LESSON)
        html = self.look(
            browser,
            url,
            text=(
                "## Dos pasos\n\n"
                "::: warning Con la fecha\nNunca sin ella [[ejemplo-plazo]].\n:::\n\n"
                '![Los pasos](media/pasos.svg "Así es")\n\n'
                "Siga en [la evaluación](lesson:evaluacion-final). <script>alert(1)</script>\n"
            ),
        )
        assert '<div class="callout warning"' in html
        assert re.search(r'<img src="[^"]+/vista-archivos/[0-9a-f]{64}/pasos.svg"', html)
        assert "<figcaption>Así es</figcaption>" in html
        assert f'href="/gestion/autoria/{room.uid}/cursos/' in html
        assert "Nombre completo de la norma" in html
        assert "registro.csv" in html
        assert "<script>" not in html
        assert room.text(LESSON) == before

    def test_it_counts_words_minutes_and_kilobytes(self, browser, url):
        html = self.look(browser, url, text="palabra " * 161, reading="2")
        assert "161 palabras" in html
        assert "cerca de 3 minutos de lectura" in html
        assert "dice 2 minutos" in html
        light = self.look(browser, url, text="palabra " * 161)
        assert "2 kB" in light

    def test_what_is_wrong_is_told_with_its_line_in_the_text(self, browser, url):
        html = self.look(browser, url, text="## Uno\n\n![](media/pasos.svg)\n", aim="")
        assert '<a href="#text" data-line="3">Línea 3</a>: la imagen media/pasos.svg' in html
        assert '<a href="#aim">Arriba</a>' in html

    def test_without_scripts_a_button_shows_the_same_and_saves_nothing(self, room, browser, url):
        before = room.text(LESSON)
        page = browser.send(url, typed(browser, url) | {"text": "## Otra\n", "go": "look"})
        assert page.status_code == 200
        assert '<h2 id="p-h-otra">Otra</h2>' in page.text
        assert room.text(LESSON) == before

    def test_it_costs_the_same_however_long_the_course(self, room, browser, url):
        fields = typed(browser, url)

        def count():
            script(browser, f"{url}/vista", fields | {"text": "uno"})
            with statements(room.db.engine) as found:
                script(browser, f"{url}/vista", fields | {"text": "dos"})
            return len(found)

        few = count()
        self.grow(room)
        assert count() <= few <= 16

    def test_opening_and_saving_cost_the_same_in_a_course_of_sixty(self, room, browser, url):
        quiz = f"{url.rpartition('/')[0].rpartition('/')[0]}/evaluacion-final/preguntas"

        def count(words):
            fields = typed(browser, url)
            script(browser, url, fields | {"text": f"{words} uno"})
            found = []
            for do in (
                lambda: browser.get(url),
                lambda: script(browser, url, typed(browser, url) | {"text": f"{words} dos"}),
                lambda: browser.get(quiz),
            ):
                with statements(room.db.engine) as run:
                    assert do().status_code == 200
                found.append(len(run))
            return found

        few = count("Pocas:")
        self.grow(room)
        many = count("Muchas:")
        assert all(b <= a for a, b in zip(few, many, strict=True)), (few, many)

    def grow(self, room):
        """Sixty lessons more."""
        text = room.text(LESSON)
        more = {
            f"{FOLDER}/02-otro/{n:02d}-l{n}.md": room.content(
                text.replace(f"key: {KEY}", f"key: l{n}")
            )
            for n in range(1, 61)
        }
        room.change(more | {f"{FOLDER}/02-otro/module.yaml": room.content("key: otro\n")})


class TestSentFiles:
    def put(self, browser, course, data, name="plano.svg"):
        headers = {"X-CSRFToken": browser.token(), "Accept": "application/json"}
        body = {"file": (io.BytesIO(data), name)}
        return browser.post(f"{course}/archivos/agregar", data=body, headers=headers)

    def test_a_file_sent_from_the_text_replaces_none_and_is_not_laid_twice(
        self, room, browser, course
    ):
        first = self.put(browser, course, SVG).get_json()
        assert first == {"path": "media/plano.svg"}
        assert self.put(browser, course, SVG).get_json() == first
        other = self.put(browser, course, OTHER_SVG).get_json()
        assert other == {"path": "media/plano-2.svg"}
        held = {path for path in room.standing().files if "plano" in path}
        assert held == {f"{FOLDER}/media/plano.svg", f"{FOLDER}/media/plano-2.svg"}

    def test_one_that_cannot_be_taken_is_refused_in_words(self, room, browser, course):
        before = set(room.standing().files)
        refused = self.put(browser, course, b"MZ", "juego.exe")
        assert refused.status_code == 422
        assert "archivos de este tipo" in refused.get_json()["said"]
        headers = {"X-CSRFToken": browser.token(), "Accept": "application/json"}
        none = browser.post(f"{course}/archivos/agregar", data={}, headers=headers)
        assert none.get_json() == {"said": "Elija un archivo."}
        assert set(room.standing().files) == before


def test_the_course_leads_to_the_page_of_its_lesson(browser, course):
    assert f'/{KEY}/leccion"' in browser.get(course).text
