"""The register and the keys, as programs of others read them."""

import base64
import gzip
import json

import pytest
from joserfc import jws
from joserfc.jwk import OKPKey
from sqlalchemy import select

from lms.certificates.actions.withdraw import Where, withdraw
from lms.certificates.formats.note import read_checkpoint
from lms.certificates.models import Credential
from lms.certificates.rules import tree
from lms.certificates.rules.status import Status
from lms.certificates.rules.withdrawing import Resolution
from tests.certificates.conftest import URL

pytestmark = pytest.mark.filterwarnings("ignore:EdDSA")


@pytest.fixture
def issued(db, graduates, issue_to_all, do_jobs) -> list[Credential]:
    graduates(3)
    issue_to_all()
    do_jobs()
    with db.reading() as session:
        return session.scalars(select(Credential).order_by(Credential.leaf_index)).all()


def test_whoever_follows_the_log_builds_the_same_tree(visitor, issued):
    head = read_checkpoint(visitor.get("/registro/checkpoint").text)
    assert (head.origin, head.size) == ("localhost/registro", 3)
    bundle = visitor.get("/registro/tile/entries/000.p/3").data
    entries = [bundle[at + 2 : at + 34] for at in range(0, len(bundle), 34)]
    assert entries == [bytes.fromhex(each.leaf) for each in issued]
    hashes = [tree.leaf_hash(each) for each in entries]
    assert visitor.get("/registro/tile/0/000.p/3").data == b"".join(hashes)
    assert head.root == tree.root_of(hashes)
    name, key_id, key = visitor.get("/registro/llave").text.strip().split("+", 2)
    assert (name, len(key_id), len(base64.b64decode(key))) == (head.origin, 8, 33)
    answer = visitor.get("/registro/tile/0/000.p/1")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Cojt" not in bundle.decode("latin-1")


@pytest.mark.parametrize(
    "rest",
    ["0/000", "0/000.p/4", "0/000.p/0", "0/000.p/03", "0/001.p/1", "1/000.p/1", "9/000", "00/000",
     "-1/000", "x/000", "entries/000", "entries/000.p/4", "entries/1", "0/", "", "0/000.p/x"],
)  # fmt: skip
def test_what_is_not_published_is_not_there(visitor, issued, rest):
    assert visitor.get(f"/registro/tile/{rest}").status_code == 404


def test_before_the_first_document_there_is_nothing(visitor):
    for path in ("checkpoint", "llave", "tile/0/000.p/1", "estados/0/revocation"):
        assert visitor.get(f"/registro/{path}").status_code == 404
    assert visitor.get("/registro-publico").status_code == 200
    assert visitor.get("/.well-known/jwks.json").get_json() == {"keys": []}


def test_another_implementation_accepts_the_credential_and_follows_it(
    app, visitor, db, cohort, registrar, issued
):
    with app.extensions["cabildo.files"].open(issued[1].vc_sha256) as file:
        token = file.read().decode()
    keys = visitor.get("/.well-known/jwks.json").get_json()["keys"]
    read = jws.deserialize_compact(token, OKPKey.import_key(keys[0]), algorithms=["EdDSA"])
    payload = json.loads(read.payload)
    kid = read.headers()["kid"]
    did, _, fragment = kid.partition("#")
    assert (did, fragment) == ("did:web:localhost:emisor:igm", keys[0]["kid"])
    document = visitor.get("/emisor/igm/did.json").get_json()
    assert document["id"] == did == payload["issuer"]["id"]
    assert kid in document["assertionMethod"]
    assert visitor.get("/emisor/igm").get_json()["name"] == payload["issuer"]["name"]
    assert visitor.get("/emisor/no-hay/did.json").status_code == 404
    assert payload["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert payload["registro"] == json.loads(issued[1].record)

    today = db.clock().date()
    resolution = Resolution("RES-1", "Consejo", today, "Por error.")
    where = Where(cohort, issued[1].uid, URL)
    db.perform(withdraw, registrar, where, Status.ANNULLED, resolution)
    for entry, wide in zip(payload["credentialStatus"], (1, 2), strict=True):
        path = entry["statusListCredential"].removeprefix(URL)
        told = jws.deserialize_compact(
            visitor.get(path).text, OKPKey.import_key(keys[0]), algorithms=["EdDSA"]
        )
        listed = json.loads(told.payload)["credentialSubject"]
        packed = base64.urlsafe_b64decode(listed["encodedList"][1:] + "==")
        bits = "".join(f"{byte:08b}" for byte in gzip.decompress(packed)[:4])
        at = int(entry["statusListIndex"]) * wide
        assert int(bits[at : at + wide], 2) == 1
        assert bits.count("1") == 1
        if wide == 2:
            assert entry["statusMessage"][1] == {"status": "0x1", "message": "annulled"}


def test_the_page_of_the_register_tells_every_key(visitor, issued):
    page = visitor.get("/registro-publico")
    assert page.text.count("<code>") == 3
    assert "firma propia" in page.text
    assert "BEGIN CERTIFICATE" in visitor.get("/registro/certificados.pem").text


def test_the_holder_downloads_the_credential_and_nobody_else(
    as_person, graduate, issue_to_all, do_jobs, db
):
    graduate("learner")
    issue_to_all()
    do_jobs()
    with db.reading() as session:
        made = session.scalars(select(Credential).order_by(Credential.id.desc())).first()
    answer = as_person("learner").get(f"/constancias/{made.uid}.jwt")
    assert answer.mimetype == "application/vc+jwt"
    assert answer.text.count(".") == 2
    assert as_person("learner2").get(f"/constancias/{made.uid}.jwt").status_code == 404
