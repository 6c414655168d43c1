"""The small addresses of the house: health, readiness, language, and lines in the log."""

import json
import logging
import sys

from sqlalchemy.exc import OperationalError

from lms.foundation.web import requests, views
from lms.logs import JsonLines


def test_ready_while_database_and_files_answer(visitor, world):
    assert visitor.get("/readyz").get_data() == b"ok\n"


def test_not_ready_names_what_cannot_be_reached(visitor, world, monkeypatch):
    def gone() -> None:
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    monkeypatch.setattr(views, "reading", gone)
    answer = visitor.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_data() == b"not ready: database\n"
    assert visitor.get("/healthz").status_code == 200


def test_a_database_that_is_gone_is_a_page_that_says_so(app, world, visitor, monkeypatch):
    """Also without the parts of a page that need the database."""

    def gone(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    monkeypatch.setattr("lms.people.queries.site._read", gone)
    monkeypatch.setattr("lms.people.queries.site._read_version", gone)
    app.extensions.pop("cabildo.site", None)
    answer = visitor.get("/cursos")
    assert answer.status_code == 503
    assert "<h1>" in answer.text


def test_a_language_is_chosen_by_a_cookie_and_leads_back(visitor, world):
    answer = visitor.get("/idioma/en?next=/cursos%3Fq%3Dx")
    assert answer.headers["Location"] == "/cursos?q=x"
    assert 'lang="en"' in visitor.get("/cursos").text
    visitor.get("/idioma/es")
    assert 'lang="es-GT"' in visitor.get("/cursos").text
    assert visitor.get("/idioma/xx").status_code == 404


def test_nobody_is_led_to_another_site(visitor, world):
    for target in (
        "//x.org",
        "https://x.org",
        "/\\x.org",
        "\\\\x.org",
        "/\r\nX: y",
        "javascript:1",
    ):
        answer = visitor.get("/idioma/es", query_string={"next": target})
        assert answer.headers["Location"] == "/", target


def test_a_page_that_does_not_exist_is_in_the_readers_language(visitor, world):
    assert "No encontramos" in visitor.get("/nada").text
    visitor.get("/idioma/en")
    assert "could not find" in visitor.get("/nada").text


def test_log_lines_are_json_with_the_number_of_their_request(app, world):
    with app.test_request_context("/cursos"):
        app.preprocess_request()
        try:
            raise ValueError("x")
        except ValueError:
            record = logging.LogRecord(
                "lms.web", logging.ERROR, __file__, 1, "failed %s", ("here",), sys.exc_info()
            )
        line = json.loads(JsonLines(requests.about).format(record))
    assert line["message"] == "failed here"
    assert line["path"] == "/cursos"
    assert line["request"]
    assert "ValueError: x" in line["exception"]
