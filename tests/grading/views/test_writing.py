"""Marks typed in a column, pasted, brought back in a sheet, put in place of others."""

import csv
import io
import re

import pytest
from sqlalchemy import select

from lms.grading.actions.enter import Mark, enter
from lms.grading.models import Entry, Grade
from tests.factories.teaching import COURSE, QUIZZES


def ratios(room, key: str = "columna:2") -> list[int]:
    with room.db.reading() as session:
        return session.scalars(
            select(Entry.ratio)
            .where(Entry.item_key == key, Entry.revoked_at.is_(None))
            .order_by(Entry.id)
        ).all()


def say(room, ratio: int, seen=None) -> None:
    """Somebody else writes a mark meanwhile."""
    mark = Mark(room.enrollments["learner"].uid, "columna:2", ratio, seen)
    room.db.perform(enter, room.actor("instructor"), room.cohort.uid, COURSE, [mark])


def fields(text: str) -> dict[str, str]:
    """Every field of the writing form of a page, as a browser would send it."""
    found = {}
    for tag in re.findall(r"<input[^>]+>", text):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag:
            found[name[1]] = (value[1] if value else "").replace("&#34;", '"')
    return found


class TestColumn:
    def test_it_is_written_for_everybody_and_read_as_the_country_writes(
        self, arranged, english, url
    ):
        browser, page = english("instructor"), f"{url}/columna?columna=columna:2"
        form = fields(browser.get(page).text)
        uid = arranged.enrollments["learner"].uid
        assert form[f"nota-{uid}"] == ""
        answer = browser.post(page, data={**form, f"nota-{uid}": "15,5"})
        assert answer.status_code == 303
        assert ratios(arranged) == [775_000]
        assert fields(browser.get(page).text)[f"nota-{uid}"] == "15.5"

    def test_what_is_no_mark_is_said_beside_it_and_nothing_is_lost(self, arranged, as_person, url):
        arranged.enrol("learner2")
        browser, page = as_person("instructor"), f"{url}/columna?columna=columna:2"
        form = fields(browser.get(page).text)
        one, two = (f"nota-{arranged.enrollments[name].uid}" for name in ("learner", "learner2"))
        answer = browser.post(page, data={**form, one: "21", two: "14"})
        assert answer.status_code == 422
        assert "Escriba una nota de 0 a 20." in answer.text
        again = fields(answer.text)
        assert (again[one], again[two]) == ("21", "14")
        assert ratios(arranged) == []

    def test_a_mark_that_somebody_else_wrote_meanwhile_stays(self, arranged, english, url):
        browser, page = english("instructor"), f"{url}/columna?columna=columna:2"
        form = fields(browser.get(page).text)
        say(arranged, 500_000)
        key = f"nota-{arranged.enrollments['learner'].uid}"
        answer = browser.post(page, data={**form, key: "20"})
        assert answer.status_code == 409
        assert "other marks meanwhile: 1" in answer.text
        assert ratios(arranged) == [500_000]

    @pytest.mark.parametrize("who", ["tutor", "administrator"])
    def test_only_who_may_writes(self, arranged, as_person, url, who):
        assert as_person(who).get(f"{url}/columna").status_code == 403


class TestPaste:
    def test_each_row_is_looked_over_and_then_saved(self, arranged, english, url):
        browser, page = english("registrar"), f"{url}/pegar"
        form = fields(browser.get(page).text)
        name = "Quispe López"
        text = browser.get(url).text
        name = re.search(r'personas/[^"]+">([^<]+)</a></th>', text)[1]
        given = {**form, "column": "columna:2", "text": f"Nombre\tNota\n{name}\t18"}
        answer = browser.post(page, data=given)
        assert answer.status_code == 200
        assert "1 mark is different." in answer.text
        assert ratios(arranged) == []
        keep = fields(answer.text[answer.text.index("/guardar") :])
        assert keep["changes"].endswith("columna:2 900000 -")
        answer = browser.post(f"{url}/guardar?curso={COURSE}", data=keep)
        assert answer.status_code == 303
        assert ratios(arranged) == [900_000]

    def test_rows_that_cannot_be_taken_are_said_and_nothing_can_be_saved(
        self, arranged, english, url
    ):
        browser, page = english("registrar"), f"{url}/pegar"
        form = fields(browser.get(page).text)
        given = {**form, "column": "columna:2", "text": "Nadie Conocida\t18\nOtra Nadie\t33"}
        answer = browser.post(page, data=given)
        assert "2 cells cannot be taken" in answer.text
        assert "Nobody of this cohort has this document or name." in answer.text
        assert "Write a mark from 0 to 20." in answer.text
        assert 'data-busy="Saving…"' not in answer.text
        assert "Nadie Conocida\t18" in answer.text.replace("&#9;", "\t")


def taken(browser, url: str, ending: str) -> list[list[str]]:
    answer = browser.get(f"{url}.{ending}")
    assert answer.status_code == 200
    text = answer.data.decode("utf-8-sig")
    return [*csv.reader(io.StringIO(text))]


def sent(browser, url: str, rows: list[list[str]], name: str = "notas.csv"):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    form = fields(browser.get(f"{url}/traer").text)
    data = {key: value for key, value in form.items() if key in ("csrf_token", "form_key")} | {
        "sheet": (io.BytesIO(text.getvalue().encode()), name)
    }
    return browser.post(f"{url}/traer", data=data, content_type="multipart/form-data")


class TestSheet:
    def test_out_and_in_again_changes_nothing(self, arranged, english, url):
        say(arranged, 775_000)
        browser = english("registrar")
        answer = sent(browser, url, taken(browser, url, "csv"))
        assert "0 marks are different." in answer.text

    def test_an_excel_file_too(self, arranged, english, url):
        from python_calamine import CalamineWorkbook

        say(arranged, 775_000)
        browser = english("registrar")
        data = browser.get(f"{url}.xlsx").data
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        assert rows[1][-1] == 15.5
        form = fields(browser.get(f"{url}/traer").text)
        given = {key: form[key] for key in ("csrf_token", "form_key") if key in form}
        given["sheet"] = (io.BytesIO(data), "notas.xlsx")
        answer = browser.post(f"{url}/traer", data=given, content_type="multipart/form-data")
        assert "0 marks are different." in answer.text

    def test_a_difference_is_shown_and_saved(self, arranged, english, url):
        browser = english("registrar")
        rows = taken(browser, url, "csv")
        rows[1][-1] = "12"
        answer = sent(browser, url, rows)
        assert "1 mark is different." in answer.text
        assert ratios(arranged) == []
        keep = fields(answer.text[answer.text.index("/guardar") :])
        assert browser.post(f"{url}/guardar?curso={COURSE}", data=keep).status_code == 303
        assert ratios(arranged) == [600_000]

    def test_a_cell_changed_meanwhile_is_kept_apart_and_asked(self, arranged, english, url):
        browser = english("registrar")
        rows = taken(browser, url, "csv")
        say(arranged, 500_000)
        rows[1][-1] = "12"
        answer = sent(browser, url, rows)
        assert "0 marks are different." in answer.text
        assert "now 10, in the sheet 12" in answer.text
        apart = re.search(r'name="apart" value="([^"]+)"', answer.text)[1]
        keep = fields(answer.text[answer.text.index("/guardar") :])
        assert browser.post(f"{url}/guardar?curso={COURSE}", data=keep).status_code == 303
        assert ratios(arranged) == [500_000]
        answer = sent(browser, url, rows)
        keep = fields(answer.text[answer.text.index("/guardar") :]) | {"apart": apart}
        assert browser.post(f"{url}/guardar?curso={COURSE}", data=keep).status_code == 303
        assert ratios(arranged) == [600_000]

    def test_refusals_say_row_and_column(self, arranged, as_person, url):
        browser = as_person("registrar")
        rows = taken(browser, url, "csv")
        rows[1][-1], rows[1][3] = "veinte", "90"
        answer = sent(browser, url, rows)
        text = " ".join(answer.text.split())
        assert "<b>Fila 2</b>" in text
        assert "Defensa oral: Escriba un número" in text
        assert "Evaluación del módulo 1: Esto es lo que dio la actividad" in text

    @pytest.mark.parametrize("text", ["", "a,b\n1,2\n", '"{}",x\n', '"{""cabildo"":9}",x\n'])
    def test_a_sheet_that_is_none_of_ours_is_refused(self, arranged, english, url, text):
        browser = english("registrar")
        form = fields(browser.get(f"{url}/traer").text)
        given = {key: form[key] for key in ("csrf_token", "form_key") if key in form}
        given["sheet"] = (io.BytesIO(text.encode()), "notas.csv")
        answer = browser.post(f"{url}/traer", data=given, content_type="multipart/form-data")
        assert answer.status_code == 422


class TestReplacing:
    def test_it_is_replaced_shown_as_what_it_is_and_taken_back(self, arranged, english, url):
        arranged.see("learner", "derecho", "plazos")
        arranged.take("learner", QUIZZES[0], right=False)
        browser, uid = english("instructor"), arranged.enrollments["learner"].uid
        page = f"{url}/{uid}/cambiar?curso={COURSE}&nota={QUIZZES[0]}"
        form = fields(browser.get(page).text)
        bad = browser.post(page, data={**form, "mark": "101", "reason": "Resolución 4"})
        assert bad.status_code == 422
        assert "Write a mark from 0 to 100." in bad.text
        given = {**fields(bad.text), "mark": "80", "reason": "Resolución 4"}
        assert browser.post(page, data=given).status_code == 303
        own = english("learner").get(f"/aula/{uid}/que-me-falta").text
        assert "Put by hand in place of 50. Reason: Resolución 4" in own
        staff = browser.get(f"/gestion/promociones/{arranged.cohort.uid}/personas/{uid}").text
        back = re.search(r'href="([^"]+/devolver/[^"]+)"', staff)[1].replace("&amp;", "&")
        form = fields(browser.get(back).text)
        assert browser.post(back, data={**form, "reason": "Se anuló"}).status_code == 303
        with arranged.db.reading() as session:
            assert session.scalars(select(Grade.ratio)).all() == [500_000]

    def test_somebody_of_another_cohort_does_not_exist(self, arranged, as_person, url, world):
        page = f"{url}/{arranged.cohort.uid}/cambiar?nota={QUIZZES[0]}"
        assert as_person("instructor").get(page).status_code == 404
