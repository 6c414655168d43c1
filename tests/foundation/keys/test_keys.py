"""Keys: made once, locked with the secret, replaced with an overlap, never forgotten."""

from contextlib import suppress
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from joserfc import jws as other
from joserfc.jwk import OKPKey
from sqlalchemy import select

from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Invalid, Refused
from lms.foundation.keys import certificates, jws, pairs
from lms.foundation.keys.actions import Whose, bring_in, rotate
from lms.foundation.keys.keyring import OVERLAP, Keyring
from lms.foundation.keys.models import Purpose, SigningKey
from lms.foundation.keys.queries import published

SECRET = "the secret of the installation"
HOUSE = Whose("01997", "Instituto de Q'eqchi' y Ñandú", "GT")


@pytest.fixture
def ring(db):
    return Keyring(db, SECRET)


def test_a_key_is_made_on_first_use_and_stays(ring, db):
    first = ring.signer(Purpose.CREDENTIAL)
    assert ring.signer(Purpose.CREDENTIAL).kid == first.kid
    assert ring.signer(Purpose.LOG).kid != first.kid
    assert ring.signer(Purpose.PDF, HOUSE).kid != ring.signer(Purpose.PDF, Whose("other", "O")).kid
    with db.reading() as session:
        assert len(published(session)) == 4
        deeds = session.scalars(select(AuditEntry.deed)).all()
    assert deeds.count("key.made") == 4


def test_a_ring_whose_secret_does_not_open_the_keys_says_so(ring, db):
    ring.check()  # there are none yet
    ring.signer(Purpose.LOG)
    ring.check()
    with pytest.raises(Refused, match="secret_key"):
        Keyring(db, "another secret").check()


def test_the_private_half_lies_locked_and_another_secret_opens_nothing(ring, db):
    made = ring.signer(Purpose.PDF, HOUSE)
    with db.reading() as session:
        row = session.scalars(select(SigningKey)).one()
    assert b"PRIVATE" not in row.locked
    assert pairs.unlock(SECRET, row.kid, row.locked).private_numbers() == (
        made.private.private_numbers()
    )
    with pytest.raises(Refused, match="secret_key"):
        Keyring(db, "another").signer(Purpose.PDF, HOUSE)
    with pytest.raises(Refused):
        pairs.unlock(SECRET, "0" * 16, row.locked)


def test_a_new_key_signs_and_the_old_one_stays_published(ring, db, clock):
    old = ring.signer(Purpose.LOG)
    clock.advance(days=1)
    new = db.perform(rotate, SYSTEM, SECRET, Purpose.LOG, Whose())
    assert ring.signer(Purpose.LOG).kid == new.kid != old.kid
    assert [each.kid for each in ring.signers_of_log()] == [new.kid, old.kid]
    clock.advance(days=OVERLAP / timedelta(days=1) + 1)
    assert [each.kid for each in ring.signers_of_log()] == [new.kid]
    with db.reading() as session:
        told = {each.kid: each for each in published(session, Purpose.LOG)}
    assert told[old.kid].retired_at is not None
    assert told[old.kid].leaked_at is None
    assert told[new.kid].edition == 2


def test_a_key_that_leaked_signs_nothing_from_that_moment(ring, db):
    old = ring.signer(Purpose.LOG)
    new = db.perform(rotate, SYSTEM, SECRET, Purpose.LOG, Whose(), leaked=True)
    assert [each.kid for each in ring.signers_of_log()] == [new.kid]
    with db.reading() as session:
        assert {each.kid for each in published(session) if each.leaked_at} == {old.kid}


def test_an_institutions_own_certificate_names_it_and_claims_nothing_more(ring):
    made = ring.signer(Purpose.PDF, HOUSE)
    [certificate] = x509.load_pem_x509_certificates(made.certificates.encode())
    assert certificate.subject == certificate.issuer
    assert HOUSE.name in certificates.whose(made.certificates).replace("\\", "")
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    certificate.verify_directly_issued_by(certificate)


def test_the_key_of_an_authority_is_brought_in(ring, db):
    private = pairs.new_p256()
    chain = certificates.self_made(private, "Autoridad", "GT", db.clock())
    [own] = x509.load_pem_x509_certificates(chain.encode())
    packed = pkcs12.serialize_key_and_certificates(
        b"k", private, own, None, BestAvailableEncryption(b"clave")
    )
    before = ring.signer(Purpose.PDF, HOUSE)
    key, found = certificates.from_pkcs12(packed, "clave")
    assert found == chain
    db.perform(bring_in, SYSTEM, SECRET, HOUSE, key, found)
    now = ring.signer(Purpose.PDF, HOUSE)
    assert now.kid == pairs.kid_of(pairs.public_pem(private)) != before.kid
    for data, password in ((packed, "otra"), (b"nothing", "clave")):
        with pytest.raises(Invalid):
            certificates.from_pkcs12(data, password)


def test_readers_of_pdf_know_no_ed25519():
    packed = pkcs12.serialize_key_and_certificates(
        b"k", pairs.new_ed25519(), None, None, BestAvailableEncryption(b"clave")
    )
    with pytest.raises(Invalid):
        certificates.from_pkcs12(packed, "clave")


@pytest.mark.filterwarnings("ignore:EdDSA")
def test_another_implementation_reads_what_we_sign_and_we_what_it_signs():
    private = pairs.new_ed25519()
    public = pairs.public_pem(private)
    token = jws.sign(private, {"typ": "vc+jwt"}, {"name": "Rosa Ñáñez"})
    assert jws.sign(private, {"typ": "vc+jwt"}, {"name": "Rosa Ñáñez"}) == token
    key = OKPKey.import_key(pairs.jwk(public))
    theirs = other.deserialize_compact(token, key, algorithms=["EdDSA"])
    assert theirs.payload.decode() == '{"name":"Rosa Ñáñez"}'
    assert jws.read(token)[1] == {"name": "Rosa Ñáñez"}
    assert jws.verifies(token, public)
    assert not jws.verifies(token, pairs.public_pem(pairs.new_ed25519()))


@pytest.mark.parametrize("place", [3, 40, -3])
def test_one_changed_letter_of_a_token_is_caught(place):
    private = pairs.new_ed25519()
    token = jws.sign(private, {"typ": "vc+jwt"}, {"name": "Rosa Ñáñez", "hours": 24})
    letters = list(token)
    letters[place] = "A" if letters[place] != "A" else "B"
    with suppress(Invalid):
        assert not jws.verifies("".join(letters), pairs.public_pem(private))


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c", "e30.e30", "W10.e30.AA", "e30.!.AA"])
def test_what_is_no_token_is_refused(text):
    with pytest.raises(Invalid):
        jws.read(text)
