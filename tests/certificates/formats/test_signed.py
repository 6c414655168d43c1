"""The seal of a PDF, as other programs see it: each accepts it, and each catches one byte."""

import io
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from lms.certificates.formats import pdf, signed
from lms.foundation.kernel.errors import Invalid
from lms.foundation.keys import certificates, pairs
from lms.foundation.keys.keyring import Signer
from tests.certificates.formats.samples import SHORT

pytestmark = pytest.mark.pure
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
NAME = "Instituto de Gobierno Municipal"
DRAWN = pdf.render(SHORT, credential="e30.e30.AA", proof="c2sp.org/tlog-proof@v1\n")


def signer_of(private) -> Signer:
    public = pairs.public_pem(private)
    chain = certificates.self_made(private, NAME, "GT", NOW)
    return Signer(pairs.kid_of(public), public, chain, private)


def rsa():
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

    return generate_private_key(65537, 2048)


OURS = signer_of(pairs.new_p256())
SEALED = signed.seal(DRAWN, OURS, NAME, f"Firma electrónica de {NAME}", NOW)


def altered(content: bytes, at: int) -> bytes:
    data = bytearray(content)
    data[at] ^= 0x01
    return bytes(data)


def parts(content: bytes) -> tuple[bytes, bytes]:
    """What is signed, and the signature over it."""
    numbers = re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+) *\]", content).groups()
    _start, before, after, rest = map(int, numbers)
    return content[:before] + content[after : after + rest], bytes.fromhex(
        content[before + 1 : after - 1].decode()
    )


def pdfsig(tmp_path, content: bytes) -> str:
    path = tmp_path / "d.pdf"
    path.write_bytes(content)
    done = subprocess.run(["pdfsig", path], capture_output=True, text=True)
    return done.stdout


def openssl(tmp_path, content: bytes) -> bool:
    data, signature = parts(content)
    (tmp_path / "data").write_bytes(data)
    (tmp_path / "sig").write_bytes(signature)
    (tmp_path / "cert").write_text(OURS.certificates)
    given = ["-in", "sig", "-inform", "DER", "-content", "data", "-binary", "-CAfile", "cert"]
    command = ["openssl", "cms", "-verify", "-cades", "-purpose", "any", *given, "-out", "out"]
    command += ["-attime", str(int(NOW.timestamp()))]
    return subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 0


def pyhanko(content: bytes):
    roots = list(load_certs_from_pemder_data(OURS.certificates.encode()))
    context = ValidationContext(trust_roots=roots, moment=NOW, allow_fetching=False)
    [found] = PdfFileReader(io.BytesIO(content)).embedded_signatures
    # It wants a loop of its own, and a browser may be running one in this thread.
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(validate_pdf_signature, found, context).result()


def test_other_programs_accept_it(tmp_path):
    told = pdfsig(tmp_path, SEALED)
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    assert NAME in told
    assert openssl(tmp_path, SEALED)
    status = pyhanko(SEALED)
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"


def test_each_of_them_catches_one_byte(tmp_path):
    changed = altered(SEALED, SEALED.index(b"/Title"))
    changed = altered(SEALED, len(SEALED) // 2) if changed == SEALED else changed
    assert "Signature is Valid" not in pdfsig(tmp_path, changed)
    assert not openssl(tmp_path, changed)
    assert not pyhanko(altered(SEALED, len(SEALED) // 2)).intact


@given(st.integers(0, len(SEALED) - 1))
def test_one_byte_is_caught_here_wherever_it_is(at):
    try:
        seen = signed.read(altered(SEALED, at))
    except Invalid:
        return
    assert seen is None or not seen.whole or seen.kid != OURS.kid


def test_whose_it_is_and_that_it_covers_everything():
    seen = signed.read(SEALED)
    assert (seen.whole, seen.kid) == (True, OURS.kid)
    assert NAME in seen.name
    assert signed.read(DRAWN) is None
    longer = signed.read(SEALED + b"\n")
    assert not longer.whole


def test_another_certificate_under_the_same_signature_is_caught():
    ours = certificates_of(OURS)
    others = (replace(OURS, certificates=signer_of(OURS.private).certificates) for _ in range(200))
    with_other = next(each for each in others if len(certificates_of(each)) == len(ours))
    data, signature = parts(signed.seal(DRAWN, with_other, NAME, "x", NOW))
    theirs = certificates_of(with_other)
    swapped = signature.replace(theirs, ours)
    from lms.foundation.keys import cms

    digest = sha256(data).digest()
    assert cms.read(signature.rstrip(b"\0"), digest).fits
    assert not cms.read(swapped.rstrip(b"\0"), digest).fits


def certificates_of(signer: Signer) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    return x509.load_pem_x509_certificate(signer.certificates.encode()).public_bytes(Encoding.DER)


def test_a_key_of_rsa_signs_too(tmp_path):
    theirs = signer_of(rsa())
    made = signed.seal(DRAWN, theirs, NAME, "Firma", NOW)
    assert "Signature is Valid" in pdfsig(tmp_path, made)
    assert signed.read(made).kid == theirs.kid


def test_it_stays_archival_and_accessible_with_all_that_it_carries():
    before, after = (PdfReader(io.BytesIO(each)) for each in (DRAWN, SEALED))
    assert set(after.attachments) == {pdf.ATTACHMENT, pdf.CREDENTIAL, pdf.PROOF}
    assert after.attachments == before.attachments
    root = after.trailer["/Root"]
    about = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part>3<", about)
    assert re.search(r"pdfaid:conformance>A<", about)
    assert re.search(r"pdfuaid:part>1<", about)
    assert root["/MarkInfo"]["/Marked"]
    [field] = [each.get_object() for each in root["/AcroForm"]["/Fields"]]
    assert NAME in field["/TU"]
    assert int(field["/F"]) & 2 == 0  # not hidden: PDF/A
    assert all(float(side) < 0 for side in field["/Rect"])  # outside the page: PDF/UA
    assert after.pages[0]["/Tabs"] == "/S"


def test_before_sealing_the_bytes_are_the_same_each_time():
    assert pdf.render(SHORT, credential="e30.e30.AA", proof="c2sp.org/tlog-proof@v1\n") == DRAWN


@pytest.mark.parametrize(
    "content",
    [b"/ByteRange [1 2 3 4]", b"<00>/ByteRange [0 0 4 30]", b"<zz>/ByteRange [0 0 4 30]",
     b"<3082ffff>/ByteRange [0 0 10 30]", b"<30820004020100>/ByteRange [0 0 16 30]"],
)  # fmt: skip
def test_a_signature_that_is_none_is_refused_and_not_believed(content):
    with pytest.raises(Invalid):
        signed.read(content)
