"""A file in pieces: gone on with after a lost signal, and checked when it is whole."""

import io
from hashlib import sha256

from sqlalchemy import func, select

from lms.assignments.models import HandedFile, Upload, UploadPiece
from lms.foundation.files.store import PIECE
from tests.assignments.school import here

DATA = b"%PDF-1.4\n" + b"plan de trabajo " * 40_000  # three pieces


def begin(browser, school, data=DATA, name="plan.pdf"):
    fields = {"sha256": sha256(data).hexdigest(), "size": str(len(data)), "name": name}
    return browser.send(f"{here(school)}/piezas", fields)


def put(browser, way, number, data=DATA):
    piece = data[number * PIECE : (number + 1) * PIECE]
    return browser.send(f"{way['url']}{number}", {"piece": (io.BytesIO(piece), "piece")})


def count(db, model):
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(model))


def test_all_pieces_make_the_file_that_the_device_has(learner, school, db):
    way = begin(learner, school).get_json()
    assert (way["next"], way["pieces"]) == (0, 3)
    assert put(learner, way, 0).get_json() == {"next": 1, "pieces": 3}
    assert put(learner, way, 1).get_json() == {"next": 2, "pieces": 3}
    whole = put(learner, way, 2).get_json()
    assert whole["sha256"] == sha256(DATA).hexdigest()
    assert learner.get(whole["url"]).data == DATA
    assert (count(db, Upload), count(db, UploadPiece), count(db, HandedFile)) == (0, 0, 1)


def test_after_a_lost_signal_it_goes_on_where_it_was(learner, as_person, school):
    way = begin(learner, school).get_json()
    put(learner, way, 0)
    again = begin(as_person("learner"), school).get_json()
    assert (again["upload"], again["next"]) == (way["upload"], 1)


def test_a_piece_that_comes_twice_counts_once_and_none_is_left_out(learner, school):
    way = begin(learner, school).get_json()
    put(learner, way, 0)
    assert put(learner, way, 0).get_json()["next"] == 1
    refused = put(learner, way, 2)
    assert refused.status_code == 422
    assert "does not follow" in refused.get_json()["said"]


def test_a_file_that_arrives_otherwise_is_sent_again(learner, school, db):
    way = begin(learner, school).get_json()
    other = DATA[:-1] + b"!"
    for number in (0, 1):
        put(learner, way, number, other)
    answer = put(learner, way, 2, other)
    assert answer.status_code == 409
    assert (count(db, Upload), count(db, HandedFile)) == (0, 0)


def test_what_is_not_taken_is_refused_when_it_is_whole(learner, school, db):
    data = b"MZ" + b"\x00" * 100
    way = begin(learner, school, data, "plan.pdf").get_json()
    answer = put(learner, way, 0, data)
    assert answer.status_code == 422
    assert count(db, HandedFile) == 0


def test_too_large_is_said_before_anything_is_sent(learner, school):
    fields = {"sha256": "0" * 64, "size": "1000001", "name": "x.pdf"}
    answer = learner.send(f"{here(school)}/piezas", fields)
    assert answer.status_code == 422
    assert answer.get_json()["said"] == "The file is too large."


def test_somebody_elses_upload_is_not_found(learner, as_person, school):
    way = begin(learner, school).get_json()
    other = as_person("learner2")
    assert put(other, way, 0).status_code == 404
    mine = f"{here(school, 'learner2')}/piezas/{way['upload']}/0"
    assert other.send(mine, {"piece": (io.BytesIO(DATA[:PIECE]), "piece")}).status_code == 404
