"""Whatever somebody was given: the server says what it is, and where it departs from the truth."""

import io
import json
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select

from lms.certificates.formats import pdf, pocket
from lms.certificates.formats.pocket import Pocket
from lms.certificates.formats.record import canonical, from_json, plain
from lms.certificates.models import Credential
from lms.foundation.keys import pairs
from lms.foundation.keys.keyring import Keyring, Signer
from lms.foundation.keys.models import Purpose
from tests.certificates.conftest import URL
from tests.certificates.formats.samples import SHORT
from tests.statements import statements


@pytest.fixture
def issued(db, graduate, issue_to_all, do_jobs) -> Credential:
    graduate("learner")
    issue_to_all()
    do_jobs()
    with db.reading() as session:
        return session.scalars(select(Credential)).one()


@pytest.fixture
def record(issued):
    return from_json(issued.record)


@pytest.fixture
def code(app, db, issued, record):
    """The code on the back, as it is or with something else in it."""
    signer = Keyring(db, str(app.secret_key)).signer(Purpose.CREDENTIAL)

    def write(by: Signer = signer, **changed) -> str:
        return pocket.write(replace(Pocket.of(record, issued.leaf_index), **changed), URL, by)

    return write


@pytest.fixture
def kept(app):
    def read(sha256: str) -> bytes:
        with app.extensions["cabildo.files"].open(sha256) as file:
            return file.read()

    return read


def ask(browser, content: bytes | str):
    if isinstance(content, str):
        return browser.send("/verificar", {"text": content})
    return browser.send("/verificar", {"file": (io.BytesIO(content), "x", "application/x")})


def shown(page) -> str:
    return next((tone for tone in ("good", "bad") if f'class="notice {tone}"' in page.text), "")


def told(page) -> str:
    return page.text.partition('id="told"')[2].partition("</section>")[0]


def test_the_code_on_the_paper_is_that_of_the_document(visitor, issued, kept, code):
    document = kept(issued.sealed_sha256)
    answer = ask(visitor, code())
    assert (answer.status_code, shown(answer)) == (200, "good")
    assert "El código es auténtico" in answer.text
    assert "SHA" not in answer.text
    assert code().encode() not in document  # it is drawn, and its text nowhere else


def test_a_changed_code_is_exposed_field_by_field(visitor, issued, code, record):
    private = pairs.new_ed25519()
    forger = Signer(pairs.kid_of(pairs.public_pem(private)), pairs.public_pem(private), "", private)
    answer = ask(visitor, code(forger, holder="Ricardo Falso", hours=400))
    assert (answer.status_code, shown(answer)) == (200, "bad")
    assert "Código alterado" in answer.text
    for text in ("Ricardo Falso", record.holder.full_name, "400 horas", "24 horas"):
        assert text in told(answer)
    assert "Transparencia" not in told(answer)  # what agrees is not told
    # All of it true, and signed by nobody we know.
    answer = ask(visitor, code(forger))
    assert (shown(answer), told(answer)) == ("bad", "")
    # Signed by us, and another place of the register: nobody wrote that.
    assert shown(ask(visitor, code(leaf_index=7))) == "bad"


def test_a_code_nobody_was_given_leads_to_help(visitor, code):
    assert ask(visitor, code(code="AAAA-BBBB-CCCC")).status_code == 404


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_a_photo_of_either_side_is_read(visitor, issued, code, record, kind, tmp_path):
    def photo(picture: Image.Image) -> bytes:
        made = io.BytesIO()
        picture.convert("L").save(made, kind)
        return made.getvalue()

    front = Image.open(io.BytesIO(pdf.preview(record, 100)))
    answer = ask(visitor, photo(front))
    assert (answer.status_code, answer.location) == (303, f"/v/{issued.code}")
    drawn = zxingcpp.create_barcode(code(), zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    rows = memoryview(drawn.to_image(scale=6, add_quiet_zones=True))
    back = Image.frombytes("L", rows.shape[::-1], rows.tobytes()).rotate(4, fillcolor=255)
    answer = ask(visitor, photo(back))
    assert (answer.status_code, shown(answer)) == (200, "good")


def test_a_photo_without_a_code_is_told_how(visitor, issued):
    made = io.BytesIO()
    Image.new("L", (200, 200), 255).save(made, "png")
    answer = ask(visitor, made.getvalue())
    assert answer.status_code == 422
    assert "mejor luz" in answer.text


def test_the_file_says_itself_which_document_it_is(visitor, issued, kept, record):
    document = kept(issued.sealed_sha256)
    answer = ask(visitor, document)
    assert (answer.status_code, shown(answer)) == (200, "good")
    assert shown(ask(visitor, document + b"\n")) == "bad"
    forged = pdf.render(replace(record, holder=replace(record.holder, given_names="Ricardo")))
    answer = ask(visitor, forged)
    assert shown(answer) == "bad"
    assert "Ricardo" in told(answer)
    assert ask(visitor, pdf.render(SHORT)).status_code == 404  # of another house
    assert ask(visitor, b"%PDF-1.7").status_code == 422


def test_the_credential_and_its_data(visitor, issued, kept, record):
    token = kept(issued.vc_sha256)
    assert shown(ask(visitor, token)) == "good"
    head, body, signature = token.decode().split(".")
    assert shown(ask(visitor, f"{head}.{body}.{signature[:-4]}AAAA".encode())) == "bad"
    for true in (canonical(record), json.dumps({"registro": plain(record)}, indent=2).encode()):
        answer = ask(visitor, true)
        assert (answer.status_code, shown(answer)) == (200, "good")
        assert "Sus datos son los del registro" in answer.text
    other = plain(record) | {"hours": 240, "course": "Hacienda"}
    answer = ask(visitor, json.dumps(other).encode())
    assert shown(answer) == "bad"
    for text in ("Hacienda", "240 horas", "Transparencia"):
        assert text in told(answer)
    # What machines read of it can be brought back too.
    data = visitor.get(f"/v/{issued.code}.json").data
    assert shown(ask(visitor, data)) == "good"
    # And beside the document itself.
    answer = visitor.send(f"/v/{issued.code}", {"pdf": (io.BytesIO(token), "d.jwt")})
    assert shown(answer) == "good"


@pytest.mark.parametrize(
    "content",
    [
        *("", "hola", "{", "[1]", '{"a": 1}', "1.AAAA", "eyJ.a.b", "e30.e30.AA", "null"),
        *(b"\x00\x01\xff", b"\x89PNG\r\n\x1a\nno", b"{" * 3000, b"%PDF-", b"RIFF1234WEBP"),
    ],
)
def test_what_is_nothing_of_ours_is_told_so_and_stays_typed(visitor, issued, content):
    answer = ask(visitor, content)
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    if isinstance(content, str) and '"' not in content and content:
        assert content in answer.text


def test_an_address_leads_to_the_page(visitor, issued):
    answer = ask(visitor, f"{URL}/v/{issued.code}")
    assert (answer.status_code, answer.location) == (303, f"/v/{issued.code}")


def test_whoever_guesses_is_stopped_here_too(visitor, issued, code):
    for number in range(30):
        assert ask(visitor, f"{URL}/v/AAAA-{number:04}-AAAA").status_code == 404
    assert ask(visitor, code()).status_code == 429


def test_a_key_that_leaked_is_no_objection_where_the_register_agrees(
    app, db, visitor, issued, code
):
    from lms.foundation.kernel.actor import SYSTEM
    from lms.foundation.keys.actions import Whose, rotate

    text = code()
    secret = str(app.secret_key)
    db.perform(rotate, SYSTEM, secret, Purpose.CREDENTIAL, Whose(), leaked=True)
    assert shown(ask(visitor, text)) == "good"
    book = visitor.get("/verificar/libreta.json").get_json()
    kid = pocket.read(text).kid
    assert kid in book["leaked"]
    assert kid not in book["keys"]


def test_the_book_names_keys_and_places_and_nobody(visitor, db, issued, record):
    visitor.get("/verificar/libreta.json")
    with statements(db.engine) as seen:
        answer = visitor.get("/verificar/libreta.json")
    assert len(seen) <= 5, seen
    book = answer.get_json()
    assert book["size"] == 1
    assert book["ended"] == {"superseded": [], "annulled": [], "revoked": []}
    assert book["shown"] == "23 nov 2026, 10:42"
    assert len(book["keys"]) == 1
    for name in (record.holder.given_names, record.holder.first_surname, issued.code):
        assert name not in answer.text


def test_the_camera_may_be_used_on_this_page_and_no_other(visitor, issued):
    assert "camera=(self)" in visitor.get("/verificar").headers["Permissions-Policy"]
    for path in ("/cursos", f"/v/{issued.code}", "/ingresar"):
        assert "camera=()" in visitor.get(path).headers["Permissions-Policy"]


def test_the_worker_answers_for_the_page_alone(visitor):
    answer = visitor.get("/verificar/sin-red.js")
    assert answer.headers["Service-Worker-Allowed"] == "/verificar"
    assert answer.mimetype == "text/javascript"
    assert "addEventListener" in answer.text
