"""The code on the back: small enough for paper, signed, and read back by anybody's tools."""

import base64
import io
import subprocess
from dataclasses import replace
from datetime import date

import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter
from pypdf import PdfReader

from lms.certificates.formats import cbor, pdf, pocket
from lms.certificates.formats.pocket import Pocket
from lms.foundation.kernel.errors import Invalid
from lms.foundation.keys import pairs
from lms.foundation.keys.keyring import Signer
from tests.certificates.formats.samples import ALL, LONGEST, SHORT

pytestmark = pytest.mark.pure
SITE = "https://aula.muni.example"
MM = 1 / 25.4


def signer_of(private) -> Signer:
    public = pairs.public_pem(private)
    return Signer(pairs.kid_of(public), public, "", private)


OURS = signer_of(pairs.new_ed25519())


def code_of(record) -> str:
    return pocket.write(Pocket.of(record, 12_345), SITE, OURS)


@pytest.mark.parametrize("record", ALL.values(), ids=ALL)
def test_what_is_written_is_read_and_genuine(record):
    said = pocket.read(code_of(record))
    assert said.pocket == Pocket.of(record, 12_345)
    assert said.pocket.holder == record.holder.full_name
    assert pocket.day(said.pocket.issued_on) == record.issued_on == date(2026, 4, 24)
    assert said.kid == OURS.kid
    assert said.genuine(OURS.public)
    assert not said.genuine(signer_of(pairs.new_ed25519()).public)
    assert code_of(record) == code_of(replace(record))


def test_capitals_blanks_and_the_address_do_not_matter():
    whole = code_of(SHORT)
    bare = whole.partition("#")[2]
    for text in (whole, bare, bare.lower(), f" {bare[:40]}\n{bare[40:]} "):
        assert pocket.is_one(text)
        assert pocket.read(text).genuine(OURS.public)


@given(st.data())
def test_one_changed_letter_is_never_genuine(data):
    bare = code_of(SHORT).partition("#")[2]
    at = data.draw(st.integers(2, len(bare) - 1))
    other = data.draw(st.sampled_from([each for each in "ABCDEFGHIJ234567" if each != bare[at]]))
    changed = bare[:at] + other + bare[at + 1 :]
    try:
        said = pocket.read(changed)
    except Invalid:
        return
    assert not said.genuine(OURS.public)


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda b: f"1.{pocket._base32(b)}"))
def test_what_is_no_code_is_refused_in_one_way(text):
    with pytest.raises(Invalid):
        pocket.read(text)


def test_lost_ends_and_other_versions_are_refused():
    bare = code_of(SHORT).partition("#")[2]
    for text in (bare[:-1], bare[:-8], bare + "AA", bare.replace("1.", "2."), "", "1.", SITE):
        with pytest.raises(Invalid):
            pocket.read(text)


def test_it_is_the_standard_message_that_other_programs_read():
    """COSE_Sign1, taken apart by hand and checked with the library alone."""
    packed = code_of(SHORT).partition("#1.")[2]
    data = base64.b32decode(packed + "=" * (-len(packed) % 8))
    assert data[:2] == b"\xd2\x84"  # tag 18: COSE_Sign1, an array of four
    protected = b"\xa2\x01\x27\x04\x48" + bytes.fromhex(OURS.kid)  # {1: -8, 4: h'…'}
    assert data[2:].startswith(cbor.octets(protected) + b"\xa0")
    payload = cbor.read(data[2 + 1 + len(protected) + 1 : -66])
    to_sign = b"\x84\x6aSignature1" + cbor.octets(protected) + b"\x40" + cbor.octets(payload)
    key = Ed25519PublicKey.from_public_bytes(pairs.raw_ed25519(OURS.public))
    key.verify(data[-64:], to_sign)
    assert cbor.read(payload)[1] == "Rosa Elvira Xol Caal"


@given(st.recursive(
    st.integers(0, 2**64 - 1) | st.text(max_size=300), lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
))  # fmt: skip
def test_values_come_back_as_they_were(value):
    def written(each) -> bytes:
        if isinstance(each, str):
            return cbor.text(each)
        if isinstance(each, int):
            return cbor.head(cbor.UNSIGNED, each)
        return cbor.head(cbor.LIST, len(each)) + b"".join(written(one) for one in each)

    assert cbor.read(written(value)) == value


@pytest.mark.parametrize(
    "data", ["", "18", "1801", "1900ff", "6261", "8201", "a0", "f6", "20", "0000", "9fff", "62ffff"]
)
def test_other_forms_are_no_values(data):
    with pytest.raises(ValueError):
        cbor.read(bytes.fromhex(data))


# --- on paper ------------------------------------------------------------------------------


def pages_of(record, tmp_path, ppi: int) -> list[Image.Image]:
    """The sheet as it comes out of a printer, front and back."""
    path = tmp_path / "d.pdf"
    path.write_bytes(pdf.render(record, pocket=code_of(record)))
    command = ["pdftoppm", "-r", str(ppi), "-gray", path, tmp_path / "d"]
    subprocess.run(command, check=True)
    return [Image.open(each) for each in sorted(tmp_path.glob("d-*.pgm"))]


def photocopied(page: Image.Image, scale: float = 1) -> Image.Image:
    """A worn office copier: slightly turned, soft, grained, and nothing but black and white."""
    size = (int(page.width * scale), int(page.height * scale))
    worn = page.resize(size, Image.Resampling.BILINEAR).rotate(1.3, fillcolor=255, expand=True)
    worn = worn.filter(ImageFilter.GaussianBlur(1.1))
    grain = Image.effect_noise(worn.size, 60)
    worn = Image.blend(worn, grain, 0.18).filter(ImageFilter.GaussianBlur(0.5))
    return worn.point(lambda value: 255 if value > 128 else 0)


def side_of(found, ppi: float) -> float:
    at = found.position
    return (
        (at.top_right.x - at.top_left.x) ** 2 + (at.top_right.y - at.top_left.y) ** 2
    ) ** 0.5 / (ppi * MM)


@pytest.mark.parametrize("record", ALL.values(), ids=ALL)
def test_the_back_holds_the_code_large_enough_and_a_photocopy_of_it_is_read(record, tmp_path):
    _front, back = pages_of(record, tmp_path, 300)
    [found] = zxingcpp.read_barcodes(back)
    assert found.text == code_of(record)
    assert found.ec_level == "M"
    assert side_of(found, 300) >= 34.8
    [copied] = zxingcpp.read_barcodes(photocopied(back))
    assert pocket.read(copied.text).genuine(OURS.public)


@pytest.mark.parametrize("record", ALL.values(), ids=ALL)
def test_the_front_is_read_at_20_mm_after_a_photocopy(record, tmp_path):
    front, _back = pages_of(record, tmp_path, 300)
    [found] = zxingcpp.read_barcodes(front)
    small = photocopied(front, 20 / side_of(found, 300))
    [copied] = zxingcpp.read_barcodes(small)
    assert copied.text == record.verify_url
    assert side_of(copied, 300) == pytest.approx(20, abs=0.5)


def test_the_back_says_book_and_folio_where_there_are_any():
    def back(record) -> str:
        made = pdf.render(record, pocket="http://localhost/verificar#" + "A" * 200)
        return " ".join(PdfReader(io.BytesIO(made)).pages[1].extract_text().split())

    assert "Libro 2, folio 31" in back(replace(SHORT, book=2, folio=31))
    assert "folio" not in back(SHORT).lower()


@pytest.mark.parametrize("record", ALL.values(), ids=ALL)
def test_front_and_back_say_the_same_in_the_same_bytes(record):
    code = code_of(record)
    made = pdf.render(record, pocket=code)
    assert made == pdf.render(replace(record), pocket=code)
    assert len(made) <= 130_000
    reader = PdfReader(io.BytesIO(made))
    front, back = (" ".join(page.extract_text().split()) for page in reader.pages)
    assert "Para comprobarlo sin conexión" in back
    assert "aula.muni.example/verificar" in back
    for text in (record.holder.full_name, record.course, record.programme, record.number):
        assert text in front
        assert text in back
    assert record.code in back
    root = reader.trailer["/Root"]
    about = root["/Metadata"].get_object().get_data().decode()
    assert "pdfuaid:part>1<" in about
    assert "pdfaid:conformance>A<" in about
    # Both codes have words for who cannot see them.
    assert _alternatives(root["/StructTreeRoot"]) == [
        f"Código QR para comprobar este documento en {record.verify_url}",
        "Código QR firmado, con los datos de este documento",
    ]


def _alternatives(node) -> list[str]:
    found = []
    here = node.get_object()
    if isinstance(here, list):
        return [text for each in here for text in _alternatives(each)]
    if not isinstance(here, dict):
        return []
    if "/Alt" in here:
        found.append(str(here["/Alt"]))
    return found + (_alternatives(here["/K"]) if "/K" in here else [])


def test_the_longest_texts_keep_to_their_side(tmp_path):
    back = pages_of(LONGEST, tmp_path, 100)[1]
    inside = back.crop([int(each * 100 * MM) for each in (15, 15, 297 - 15, 210 - 15)])
    margin = inside.crop([int(each * 100 * MM) for each in (0, 2, 9, 178)])
    assert margin.getextrema() == (255, 255)


def test_texts_of_any_length_make_one_back_and_no_third_page():
    long = "Programa de Formación para Autoridades y Personal Municipal del Altiplano Occidental "
    record = replace(
        LONGEST,
        programme=long + long[:60],
        course=long[:80] + long[:60],
        title="Constancia de aprobación con distinción de la Mancomunidad",
        book=1200,
        folio=1200,
    )
    made = pdf.render(record, pocket=code_of(record))
    assert len(PdfReader(io.BytesIO(made)).pages) == 2
