"""While everything is being replaced the site is closed; afterwards nobody remembers what was."""

import pytest

from lms.foundation.jobs.actions import enqueue
from lms.foundation.jobs.runner import waiting
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web.closing import Closing


@pytest.fixture
def door(app):
    return app.extensions["cabildo.closing"]


def test_every_page_says_that_it_is_closed_and_asks_for_nothing(app, db, world, as_person, door):
    browser = as_person("learner")
    assert browser.get("/inicio").status_code == 200
    with door.closed():
        for url in ("/inicio", "/cursos", "/readyz", "/no-hay"):
            closed = browser.get(url)
            assert closed.status_code == 503
            assert closed.headers["Retry-After"] == "30"
        assert "cerrado" in browser.get("/inicio").text
        assert browser.post("/ingresar", data={}).status_code == 503
        assert browser.get("/token", headers={"Accept": "application/json"}).is_json
        assert browser.get("/healthz").status_code == 200
    assert browser.get("/inicio").status_code == 200


def test_no_background_work_is_done_meanwhile(app, db, door, do_jobs):
    db.perform(enqueue, SYSTEM, "web.forget", key="k")
    with door.closed():
        do_jobs()
        assert waiting(db, db.clock()) == 1
    do_jobs()
    assert waiting(db, db.clock()) == 0


def test_every_process_forgets_once_what_it_remembered(tmp_path):
    forgotten = []
    one = Closing(tmp_path, lambda: forgotten.append("one"))
    two = Closing(tmp_path, lambda: forgotten.append("two"))
    assert not one.is_closed()
    with one.closed():
        assert two.is_closed()
        assert forgotten == []
    # `one` has not been asked meanwhile: it forgets all the same.
    for _ in range(2):
        assert not one.is_closed()
        assert not two.is_closed()
    assert forgotten == ["one", "two"]


def test_whoever_was_killed_while_it_was_closed_leaves_it_open(tmp_path):
    door = Closing(tmp_path, lambda: None)
    (tmp_path / "closing").touch()  # and nobody holds it
    assert not door.is_closed()
