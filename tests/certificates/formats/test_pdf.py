"""The page itself: read back as a reader, a scanner and a printer would."""

import hashlib
import io
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image, ImageChops
from pypdf import PdfReader

from lms.certificates.formats import pdf
from lms.certificates.formats.record import Holder, Institution, canonical, from_json
from lms.foundation.kernel.hues import HUES
from tests.certificates.formats.samples import ALL, LONG, LONGEST, SHORT

pytestmark = pytest.mark.pure
MM = 1 / 25.4


def words(record):
    text = PdfReader(io.BytesIO(pdf.render(record))).pages[0].extract_text()
    return re.sub(r"\s+", " ", text)


def picture(record, ppi=100):
    return Image.open(io.BytesIO(pdf.preview(record, ppi))).convert("RGB")


@pytest.mark.parametrize("record", ALL.values(), ids=ALL)
def test_the_same_record_gives_the_same_bytes(record):
    first = pdf.render(record)
    assert pdf.render(replace(record)) == first
    assert first.endswith(b"%%EOF\n")
    assert len(first) <= 120_000
    assert pdf.render(replace(record, number="X-2")) != first


def test_another_process_and_other_threads_give_the_same_bytes():
    code = (
        "import hashlib; from lms.certificates.formats.pdf import render;"
        "from tests.certificates.formats.samples import SHORT;"
        "print(hashlib.sha256(render(SHORT)).hexdigest())"
    )
    command = [sys.executable, "-c", code]
    there = subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()
    with ThreadPoolExecutor(3) as pool:
        here = {hashlib.sha256(made).hexdigest() for made in pool.map(pdf.render, [SHORT] * 6)}
    assert here == {there}


@pytest.mark.parametrize("record", ALL.values(), ids=ALL)
def test_it_is_one_archival_and_accessible_page(record):
    reader = PdfReader(io.BytesIO(pdf.render(record)))
    assert len(reader.pages) == 1
    width, height = (float(side) / 72 / MM for side in reader.pages[0].mediabox[2:])
    size = {"a4": (297, 210), "letter": (279.4, 215.9)}[record.paper]
    assert (width, height) == pytest.approx(size, abs=0.1)
    about = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part>3<", about)
    assert re.search(r"pdfaid:conformance>A<", about)
    assert re.search(r"pdfuaid:part>1<", about)
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]).startswith("es")
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == f"Constancia de aprobación: {record.holder.full_name}"
    assert reader.metadata.author == record.institution.name
    assert reader.metadata.creation_date_raw == "D:20260424120000Z"


@pytest.mark.parametrize("record", ALL.values(), ids=ALL)
def test_it_carries_its_record(record):
    reader = PdfReader(io.BytesIO(pdf.render(record)))
    [attached] = reader.attachments[pdf.ATTACHMENT]
    assert attached == canonical(record)
    assert from_json(attached) == record


@pytest.mark.parametrize("record", ALL.values(), ids=ALL)
def test_everything_can_be_read(record):
    said = words(record)
    wanted = [
        record.holder.given_names,
        record.institution.name,
        record.title,
        record.course,
        record.programme,
        record.number,
        record.code,
        record.verify_url.removeprefix("https://"),
        *(part for signer in record.signers for part in (signer.name, signer.position)),
    ]
    for text in wanted:
        assert text in said
    assert record.holder.full_name in said
    assert ("87.5 de 100" in said) == (record.grade is not None)
    assert ("MUESTRASinvalidezoficial" in said.replace(" ", "")) == record.demo
    assert ("Edición 2" in said) == (record.edition == 2)


def test_english_is_ready():
    said = words(replace(SHORT, language="en", title="Certificate of completion"))
    for text in ("This is to certify that", "passed the course", "April 24, 2026"):
        assert text in said
    assert "SAMPLE" in said.replace(" ", "")


@pytest.mark.parametrize("ppi", [72, 150, 300])
@pytest.mark.parametrize("record", ALL.values(), ids=ALL)
def test_the_code_is_scanned_from_paper_and_screen(record, ppi):
    [found] = zxingcpp.read_barcodes(picture(record, ppi))
    assert found.text == record.verify_url
    assert found.ec_level == "M"


@pytest.mark.parametrize("record", ALL.values(), ids=ALL)
def test_the_code_is_large_and_has_its_quiet_zone(record):
    ppi = 200
    page = picture(record, ppi)
    [found] = zxingcpp.read_barcodes(page)
    at = found.position
    side = at.top_right.x - at.top_left.x
    assert side >= 25 * MM * ppi
    code = zxingcpp.create_barcode(record.verify_url, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules = code.to_image(scale=1, add_quiet_zones=False).shape[0]
    quiet = int(4 * side / modules) - 2
    left, top = at.top_left.x - quiet, at.top_left.y - quiet
    around = page.crop((left, top, at.bottom_right.x + quiet, at.bottom_right.y + quiet))
    inner = (quiet - 2, quiet - 2, around.width - quiet + 3, around.height - quiet + 3)
    around.paste((255, 255, 255), inner)
    assert around.getextrema() == ((255, 255),) * 3


def ink_beside(record, sample):
    """Where the page has other ink than the sample's, left and right of the text's margin."""
    page, other = picture(record, 150), picture(sample, 150)
    found = ImageChops.difference(page, other).getbbox()
    assert found is not None
    return found[0] / 150 / MM, found[2] / 150 / MM


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("record", [LONG, LONGEST], ids=["long", "longest"])
def test_long_texts_stay_between_the_margins(record, paper):
    width = {"a4": 297.0, "letter": 279.4}[paper]
    sample = replace(SHORT, paper=paper, demo=record.demo)
    left, right = ink_beside(replace(record, paper=paper), sample)
    assert left >= 24
    assert right <= width - 24


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_three_signers_leave_seal_and_code_alone(paper):
    width = {"a4": 297.0, "letter": 279.4}[paper]
    three = replace(SHORT, paper=paper, signers=LONG.signers)
    left, right = ink_beside(three, replace(three, signers=SHORT.signers[:1]))
    column = 24.5 + 39
    assert left > column
    assert right < width - column


@pytest.mark.parametrize("times", [1, 2, 3, 5, 8])
def test_a_name_of_any_length_keeps_to_its_place(times):
    holder = Holder("María Xaq'" * times, "Tzunún " * times, "de la Cruz " * times)
    record = replace(SHORT, holder=holder)
    left, right = ink_beside(record, SHORT)
    assert left >= 24
    assert right <= 297 - 24
    assert holder.full_name in words(record)


def test_what_nobody_could_read_is_refused_instead_of_cut():
    endless = Holder("W" * 200, "W" * 200, "W" * 200)
    with pytest.raises(pdf.Refused, match="too long"):
        pdf.render(replace(SHORT, holder=endless))


# Alphabets of the countries we serve: Spanish, Mayan (apostrophes typed in three ways, ẍ, n̈, ɨ,
# barred letters), Nahuatl and Quechua vowels, Guaraní, Aymara, Portuguese names.
ALPHABETS = (
    "ABCDEFGHIJKLMNÑOPQRSTUVWXYZ abcdefghijklmnñopqrstuvwxyz ÁÉÍÓÚÜ áéíóúü "
    "Q'eqchi' Kʼicheʼ Tz’utujil ꞌAjtz'ib' Ẍ ẍ Ä Ë Ï Ö ä ë ï ö n̈ N̈ ɨ Ɨ "
    "ā ē ī ō ū Ā Ē Ī Ō Ū ã ẽ ĩ õ ũ ỹ g̃ G̃ Ã Ẽ Ĩ Õ Ũ Ỹ ç ê ô â à è ì ò ù ḥ ĺ ŕ š ž "
    "0123456789 .,:;-–—'\"()/&ªº№·%"
)


def test_every_letter_of_the_countries_we_serve_can_be_printed():
    names = replace(
        SHORT,
        holder=Holder(ALPHABETS[:120], ALPHABETS[120:]),
        institution=replace(SHORT.institution, name=ALPHABETS[:180]),
        course=ALPHABETS[60:],
        signers=(replace(SHORT.signers[0], position=ALPHABETS[:90]),),
    )
    assert pdf.missing_glyphs(names) == []
    assert pdf.render(names)


def test_letters_that_no_font_of_ours_has_are_named_before_anything_is_issued():
    record = replace(SHORT, holder=Holder("Rosa 한", "Xol"), course="Ok 😀 한")
    assert pdf.missing_glyphs(record) == ["한", "😀"]
    with pytest.raises(pdf.Refused):
        pdf.render(record)


def test_letters_keep_their_accents_together():
    assert list(pdf.letters("an\u0308g\u0303b")) == ["a", "n\u0308", "g\u0303", "b"]
    assert list(pdf.letters("")) == []


@pytest.mark.parametrize("hue", sorted(HUES))
def test_every_hue_prints_its_colour(hue):
    record = replace(SHORT, institution=Institution("Escuela", "Cobán", "GT", hue))
    page = picture(record, 72)
    corner = page.getpixel((int(9 * MM * 72 / 1), int(8.2 * MM * 72)))
    wanted = tuple(bytes.fromhex(HUES[hue][1:]))
    assert all(abs(a - b) <= 40 for a, b in zip(corner, wanted, strict=True))
