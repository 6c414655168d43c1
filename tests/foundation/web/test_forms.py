"""Forms: sent twice they are done once; what was typed is never lost; foreign ones do nothing."""

import re
import threading

import pytest
from flask import Blueprint, render_template_string
from sqlalchemy import select
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange

from lms import wiring
from lms.app import create_app
from lms.foundation.access.permissions import Permission
from lms.foundation.db.work import Work
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Refused, TooMany
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import guard, public
from lms.foundation.web.limits import Limit
from lms.foundation.web.models import Count, FormReceipt
from lms.foundation.web.perform import submit
from lms.settings import load
from tests.browsing import Browsing
from tests.factories.world import build_world

PAGE = """{% extends "layouts/base.html" %}
{% from "macros/forms.html" import form_open, form_close, field, error_summary %}
{% block content %}<h1>Probe</h1>{{ error_summary(form) }}
{{ form_open(form) }}{{ field(form.word) }}
<button class="button">Go</button>{{ form_close() }}{% endblock %}"""


class ProbeForm(Form):
    word = StringField("Word", validators=[DataRequired()])


CHOICES = [SelectChoice("GT", "Guatemala"), SelectChoice("PE", "Peru")]


class LongForm(Form):
    word = StringField("Word")
    country = SelectField("Country", choices=CHOICES)
    names = FieldList(StringField("Name"), min_entries=2)
    told = BooleanField("Tell me")
    secret = PasswordField("Secret")
    unseen = HiddenField("Unseen")


class BoundForm(Form):
    word = StringField("Word", [Length(max=3)])
    country = SelectField("Country", choices=CHOICES)
    day = DateField("Day")
    hours = IntegerField("Hours")
    seats = IntegerField("Seats", [NumberRange(1, 9, "From 1 to 9.")])


def add_word(work: Work, word: str) -> str:
    if word == "refused":
        raise Refused("The word %(word)s is not taken.", word=word)
    key = f"word:{word}:{work.now.isoformat()}"
    work.session.add(Count(key=key, window=0, times=1, ends_at=work.now))
    return word


probe = Blueprint("probe", __name__)
limit = Limit("probe", times=3, seconds=900)


@probe.route("/probe", methods=["GET", "POST"])
@guard(Permission.PROFILE_MANAGE)
def form():
    form = ProbeForm()

    def again() -> str:
        return render_template_string(PAGE, form=form)

    if not form.sent():
        return again(), 422 if form.is_submitted() else 200
    return submit(
        add_word, form.word.data, form=form, then="/probe?done", said="Saved.", again=again
    )


@probe.get("/limited")
@public("a probe")
def limited():
    limit.check("here")
    limit.miss("here")
    return "ok"


@probe.get("/broken")
@public("a probe")
def broken():
    raise OSError(28, "No space left on device")


@probe.post("/locked")
@public("a probe")
def locked():
    LongForm()
    raise OSError("database is locked")


@probe.post("/bound")
@public("a probe")
def bound():
    form = BoundForm()
    return form.errors if not form.validate() else {}


@pytest.fixture(scope="module")
def probed(place, _clock, tmp_path_factory):
    """An application with pages of its own, which only these tests need."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(wiring, "blueprints", lambda real=wiring.blueprints: [*real(), probe])
        folder = tmp_path_factory.mktemp("probe")
        app = create_app(
            load({}, data_dir=folder, database_url=place.url, secret_key="s", testing=True),
            clock=_clock,
        )
    app.test_client_class = Browsing
    app.extensions["cabildo.database"].ring = lambda: None
    return app


@pytest.fixture
def probing(place, clock, probed):
    db = probed.extensions["cabildo.database"]
    db.close()
    place.refresh()
    probed.world = place.begun("probed", lambda: db.perform(build_world, SYSTEM))
    yield probed
    db.close()


def browser(app, name="learner") -> Browsing:
    client = app.test_client()
    client.carry(app.world.token_of(name))
    return client


def words(app) -> list[str]:
    with app.extensions["cabildo.database"].reading() as session:
        return [
            key.split(":")[1]
            for key in session.scalars(select(Count.key).where(Count.key.like("word:%")))
        ]


def test_the_same_form_again_gets_the_same_answer_and_is_done_once(probing, clock):
    client = browser(probing)
    fields = {"word": "acta", "form_key": "k1"}
    answers = []
    for _ in range(3):
        answers.append(client.send("/probe", fields))
        clock.advance(seconds=1)
    assert [a.status_code for a in answers] == [303] * 3
    assert {a.headers["Location"] for a in answers} == {"/probe?done"}
    assert words(probing) == ["acta"]


def test_the_same_key_with_other_content_is_a_conflict_and_loses_nothing(probing):
    client = browser(probing)
    client.send("/probe", {"word": "acta", "form_key": "k1"})
    answer = client.send("/probe", {"word": "otra", "form_key": "k1"})
    assert answer.status_code == 409
    assert "otra" in answer.text
    assert words(probing) == ["acta"]


def test_somebody_elses_key_is_not_an_answer(probing):
    browser(probing).send("/probe", {"word": "acta", "form_key": "k1"})
    answer = browser(probing, "learner2").send("/probe", {"word": "acta", "form_key": "k1"})
    assert answer.status_code == 409


def test_a_page_is_told_which_of_its_own_forms_arrived(probing):
    client = browser(probing)
    client.send("/probe", {"word": "acta", "form_key": "k1"})
    client.send("/probe", {"word": "refused", "form_key": "k2"})
    asked = "/formularios/llegados?key=k1&key=k2&key=k3"
    assert client.get(asked).json == {"arrived": ["k1"]}
    assert browser(probing, "learner2").get(asked).json == {"arrived": []}
    assert probing.test_client().get(asked).json == {"arrived": []}


def test_the_same_form_twice_at_the_same_moment_is_done_once(probing):
    start, answers = threading.Barrier(4), []

    def press() -> None:
        client = browser(probing)
        token = client.token()
        start.wait()
        fields = {"word": "acta", "form_key": "k", "csrf_token": token}
        answers.append(client.post("/probe", data=fields).status_code)

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303] * 4
    assert words(probing) == ["acta"]


def test_a_refusal_shows_the_form_again_with_everything_typed(probing):
    answer = browser(probing).send("/probe", {"word": "refused", "form_key": "k"})
    assert answer.status_code == 409
    assert "The word refused is not taken." in answer.text
    assert 'value="refused"' in answer.text
    with probing.extensions["cabildo.database"].reading() as session:
        assert session.scalars(select(FormReceipt)).all() == []


def test_an_invalid_form_answers_422(probing):
    assert browser(probing).send("/probe", {"word": ""}).status_code == 422


def test_what_is_wrong_with_an_answer_says_what_to_do_and_says_it_once(probing):
    typed = {"word": "acta", "country": "XX", "day": "ayer", "hours": "dos", "seats": "dos"}
    assert probing.test_client().send("/bound", typed).json == {
        "word": ["Use como máximo 3 caracteres."],
        "country": ["Elija una opción de la lista."],
        "day": ["Escriba el día, por ejemplo 2027-02-01."],
        "hours": ["Escriba un número entero, solo con cifras."],
        "seats": ["From 1 to 9."],
    }


def test_a_form_without_our_token_does_nothing_and_can_be_sent_again(probing):
    client = browser(probing)
    answer = client.post("/probe", data={"word": "acta"})
    assert answer.status_code == 400
    assert 'value="acta"' in answer.text
    assert words(probing) == []


def test_a_form_from_another_site_does_nothing_and_is_not_offered_again(probing):
    client = browser(probing)
    answer = client.post(
        "/probe",
        data={"word": "acta", "csrf_token": client.token()},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 400
    assert 'value="acta"' not in answer.text
    assert words(probing) == []


def test_a_token_of_another_session_is_not_ours(probing):
    theirs = browser(probing, "learner2").token()
    answer = browser(probing).post("/probe", data={"word": "acta", "csrf_token": theirs})
    assert answer.status_code == 400


def test_each_page_masks_the_token_anew(probing):
    client = browser(probing)
    assert client.token() != client.token()


def test_a_form_sent_after_the_session_ended_is_kept(probing):
    client = probing.test_client()
    answer = client.send("/probe", {"word": "acta"})
    assert answer.status_code == 401
    assert 'name="resume"' in answer.text


def test_too_often_is_a_sentence_with_the_minutes_to_wait(probing, clock):
    client = probing.test_client()
    assert [client.get("/limited").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = client.get("/limited")
    assert 0 < int(answer.headers["Retry-After"]) <= 901
    clock.advance(minutes=15)
    assert client.get("/limited").status_code == 200
    with probing.test_request_context("/"):
        for _ in range(3):
            limit.check("other")
            limit.miss("other")
        with pytest.raises(TooMany):
            limit.check("other")


def test_a_full_disk_is_a_page_that_says_nothing_was_lost(probing):
    answer = probing.test_client().get("/broken")
    assert answer.status_code == 503
    assert "<h1" in answer.text


def test_what_was_typed_is_given_back_in_the_words_of_the_form(probing):
    typed = {
        "word": "acta <1>",
        "country": "GT",
        "names-1": "Rosa",
        "told": "y",
        "secret": "s3cr3t",
        "unseen": "machine",
        "other": "nobody's",
    }
    answer = probing.test_client().send("/locked", typed)
    assert answer.status_code == 503
    shown = answer.text[answer.text.index("<h2>") : answer.text.index("</section>")]
    assert re.findall(r"<li>(.*?)</li>", shown) == [
        '<span class="muted">Word:</span> acta &lt;1&gt;',
        '<span class="muted">Country:</span> Guatemala',
        '<span class="muted">Name:</span> Rosa',
        '<span class="muted">Tell me:</span> Sí',
        "nobody&#39;s",
    ]


def test_a_300_mb_upload_is_refused_with_a_sentence(probing):
    client = browser(probing)
    answer = client.post("/probe", environ_overrides={"CONTENT_LENGTH": "300000000"})
    assert answer.status_code == 413


def test_an_endpoint_without_an_access_rule_keeps_the_app_from_booting(
    place, monkeypatch, tmp_path
):
    naked = Blueprint("naked", __name__)
    naked.get("/naked")(lambda: "open to all")
    monkeypatch.setattr(wiring, "blueprints", lambda real=wiring.blueprints: [*real(), naked])
    with pytest.raises(RuntimeError, match="no access rule on naked"):
        create_app(load({}, data_dir=tmp_path, database_url=place.url, secret_key="s"))


def test_the_headers_of_every_answer(probing):
    answer = probing.test_client().get("/ingresar")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "no-cache" in answer.headers["Cache-Control"]


def test_the_character_that_no_database_keeps_is_refused_at_the_edge(probing):
    client = browser(probing)
    assert client.send("/probe", {"word": "a\x00b"}).status_code == 400
    assert client.get("/cursos?q=a%00b").status_code == 400
    assert client.send_json("/probe", {"word": "a\x00b"}).status_code == 400
    assert words(probing) == []
