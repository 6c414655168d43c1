"""The number that people are told stands in the log, in words that give nothing away."""

import json
import logging
import re
from pathlib import Path

import pytest

from lms.foundation.web import requests
from lms.logs import JsonLines, TextLines, lines_of_environment
from lms.people.models import Person


@pytest.fixture
def written(app, caplog):
    """The lines of the requests so far, as JSON."""
    caplog.set_level(logging.DEBUG, "lms")

    def read() -> list[dict]:
        return [
            json.loads(JsonLines().format(record))
            for record in caplog.records
            if record.name == "lms.requests"
        ]

    return read


@pytest.mark.parametrize(
    ("address", "status", "path"),
    [
        ("/nada", 404, "/nada"),
        ("/confirmar/s3cr3t", 404, "/confirmar/<code>"),
        ("/gestion", 403, "/gestion"),
    ],
)
def test_the_number_on_an_error_page_is_in_the_log(
    as_person, world, written, address, status, path
):
    page = as_person("learner").get(address)
    number = re.search(r'class="code">([0-9a-f]{12})<', page.text).group(1)
    [line] = written()
    assert (line["request"], line["level"]) == (number, "WARNING")
    assert (line["method"], line["path"], line["status"]) == ("GET", path, status)
    assert line["ms"] >= 0
    assert line["message"].startswith(f"GET {path} {status} in ")


def test_a_line_says_who_asked_and_a_good_answer_is_plain_information(
    as_person, visitor, world, db, written
):
    as_person("learner").get("/cuenta")
    visitor.get("/cursos")
    known, unknown = written()
    assert known["level"] == unknown["level"] == "INFO"
    with db.reading() as session:
        learner = session.get_one(Person, world.people["learner"])
    assert known["person"] == str(learner.uid)
    assert "person" not in unknown


def test_nothing_that_opens_something_is_written(visitor, written):
    """Neither a code in an address, nor what was asked or sent with it."""
    for address in ("/confirmar/s3cr3t-code", "/recuperar/s3cr3t-code", "/nada/s3cr3t-code"):
        visitor.get(address, query_string={"key": "s3cr3t"})
    visitor.send("/ingresar", {"identifier": "rosa@example.org", "password": "s3cr3t"})
    lines = written()
    assert [line["path"] for line in lines if line["method"] == "GET"][:3] == [
        "/confirmar/<code>", "/recuperar/<code>", "/nada/…",
    ]  # fmt: skip
    assert "s3cr3t" not in json.dumps(lines)
    assert "rosa@" not in json.dumps(lines)


def test_an_address_cannot_forge_a_line(visitor, written):
    visitor.get("/x%0a2026-11-23 ERROR lms: forged")
    [line] = written()
    assert "\n" not in line["message"]


def test_probes_are_worth_no_line_while_all_is_well(visitor, world, written):
    visitor.get("/healthz")
    assert {line["level"] for line in written()} == {"DEBUG"}


@pytest.mark.parametrize("formatter", [JsonLines, TextLines])
def test_every_line_within_a_request_has_its_number(app, formatter):
    with app.test_request_context("/cursos"):
        app.preprocess_request()
        about = requests.about()
        record = logging.LogRecord("lms.web", logging.ERROR, __file__, 1, "x", (), None)
        assert about["request"] in formatter(requests.about).format(record)
    assert requests.about() == {}
    assert formatter(requests.about).format(record).endswith(("lms.web: x", '"message": "x"}'))


def test_the_web_servers_own_lines_have_the_same_shape(monkeypatch):
    config = json.loads((Path(requests.__file__).parents[2] / "granian.json").read_text())
    assert config["formatters"]["lines"]["()"] == "lms.logs.lines_of_environment"
    record = logging.LogRecord("_granian", logging.ERROR, __file__, 1, "gone", (), None)
    monkeypatch.setenv("LMS_LOG_FORMAT", "json")
    assert json.loads(lines_of_environment().format(record))["message"] == "gone"
    monkeypatch.delenv("LMS_LOG_FORMAT")
    assert lines_of_environment().format(record).endswith("ERROR _granian: gone")
