"""An attempt in pages, without scripts: what is saved, where one goes, and where one may not."""

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.assessment.models import Answer
from lms.assessment.queries.replay import replay
from tests.assessment.test_pages import begin, intro, words
from tests.assessment.test_sitting import setting


def shown(page):
    return [int(n) for n in re.findall(r'data-slot="(\d+)"', page.text)]


def values(db):
    with db.reading() as session:
        rows = session.scalars(select(Answer).order_by(Answer.id)).all()
        return [(row.slot, row.late) for row in rows]


class TestFree:
    @pytest.fixture(autouse=True)
    def paged(self, db, school):
        setting(db, school, per_page=2)

    def test_one_goes_forward_and_back_and_every_page_saves_its_own(self, as_person, school, db):
        browser = as_person("learner")
        assert "The questions come in pages of 2." in words(browser.get(intro(school)))
        where = begin(browser, school)
        first = browser.get(where)
        assert shown(first) == [1, 2]
        assert "Page 1 of 3" in words(first)
        assert "Previous page" not in words(first)
        go = browser.send(where, {"page": "1", "q1": "0", "go": "next"}).headers["Location"]
        assert go == f"{where}?pagina=2"
        second = browser.get(go)
        assert shown(second) == [3, 4]
        assert "1 of 6 answered" in words(second)
        assert f'href="{where}#q1"' in second.text
        go = browser.send(where, {"page": "2", "q3": "true", "go": "next"}).headers["Location"]
        assert shown(browser.get(go)) == [5, 6]
        assert "Next page" not in words(browser.get(go))
        go = browser.send(where, {"page": "3", "q6": "revisión", "go": "before"}).headers[
            "Location"
        ]
        assert go == f"{where}?pagina=2"
        checked = browser.get(f"{where}/revisar")
        assert f'href="{where}?pagina=3#q6"' in checked.text
        assert values(db) == [(1, False), (3, False), (6, False)]

    def test_what_cannot_be_read_stays_on_its_page(self, as_person, school):
        browser = as_person("learner")
        where = begin(browser, school)
        answer = browser.send(where, {"page": "3", "q5": "mucho", "go": "before"})
        assert answer.status_code == 422
        assert shown(answer) == [5, 6]
        assert 'value="mucho"' in answer.text

    @pytest.mark.parametrize("asked", ["0", "99", "x", "-1", "²"])
    def test_no_address_leads_nowhere(self, as_person, school, asked):
        browser = as_person("learner")
        where = begin(browser, school)
        assert browser.get(f"{where}?pagina={asked}").status_code == 200


class TestSequential:
    @pytest.fixture(autouse=True)
    def bound(self, db, school):
        setting(db, school, per_page=3, sequential=True)

    def test_nobody_goes_back(self, as_person, school, db, learner):
        browser = as_person("learner")
        assert "Once you go on, you cannot go back." in words(browser.get(intro(school)))
        where = begin(browser, school)
        assert shown(browser.get(f"{where}?pagina=2")) == [1, 2, 3]
        assert browser.get(f"{where}/revisar").headers["Location"] == where
        first = browser.get(where)
        assert "you cannot come back to this page" in words(first)
        assert "Review and hand in" not in words(first)
        assert 'href="#q1"' in first.text
        assert "#q4" not in first.text
        sent = browser.send(where, {"page": "1", "q1": "0", "go": "next"})
        assert sent.headers["Location"] == where
        assert shown(browser.get(where)) == shown(browser.get(f"{where}?pagina=1")) == [4, 5, 6]
        stale = browser.send(where, {"page": "1", "q1": "1", "go": "save"})
        assert "You had left that page" in words(browser.get(stale.headers["Location"]))
        learner.attempt = uid = UUID(where.rpartition("/")[2])
        assert learner.save(1, {"choice": "1"}, sequence=9).late
        assert not learner.save(6, {"text": "revisión"}, sequence=9).late
        assert values(db) == [(1, False), (1, True), (1, True), (6, False)]
        checked = browser.get(f"{where}/revisar")
        assert f'href="{where}#q6"' in checked.text
        assert "#q1" not in checked.text
        with db.reading() as session:
            found = replay(session.connection(), uid)
        assert found.wrong is None
        assert [link.kind for link in found.links].count("left") == 1

    def test_going_on_without_an_answer_leaves_the_page_too(self, as_person, school):
        browser = as_person("learner")
        where = begin(browser, school)
        for _again in range(2):
            browser.send(where, {"page": "1", "go": "next"})
            assert shown(browser.get(where)) == [4, 5, 6]
