"""One PDF of many: every page as it was, two-sided, and no more in memory than one document."""

import io
import tracemalloc

import pikepdf
import pytest
from pypdf import PdfReader

from lms.certificates.formats import pdf
from lms.certificates.formats.bound import Binder
from tests.certificates.formats.samples import SHORT

pytestmark = pytest.mark.pure
POCKET = "http://localhost/verificar#" + "A" * 200


def bound(*documents: bytes) -> bytes:
    out = io.BytesIO()
    binder = Binder(out, "Para imprimir: sin firma")
    for each in documents:
        binder.add(each)
    binder.close()
    return out.getvalue()


def texts(document: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(document)).pages]


@pytest.fixture(scope="module")
def one() -> bytes:
    return pdf.render(SHORT, pocket=POCKET)


@pytest.fixture(scope="module")
def without_back() -> bytes:
    return pdf.render(SHORT)


def test_each_page_says_what_it_said(one):
    made = bound(one, one)
    assert texts(made) == texts(one) * 2
    with pikepdf.open(io.BytesIO(made)) as found:
        assert found.check_pdf_syntax() == []
        assert str(found.docinfo["/Title"]) == "Para imprimir: sin firma"
        assert "/AcroForm" not in found.Root
        boxes = [[float(side) for side in page.MediaBox] for page in found.pages]
    assert (
        boxes
        == [[float(side) for side in page.mediabox] for page in PdfReader(io.BytesIO(one)).pages]
        * 2
    )


def test_every_document_begins_on_a_front_side(one, without_back):
    made = texts(bound(without_back, one, without_back))
    assert len(made) == 6
    assert made[1] == made[5] == ""
    assert made[0] == made[4] == texts(without_back)[0]
    assert made[2:4] == texts(one)


def test_what_all_share_is_written_once(one):
    once, many = len(bound(one)), len(bound(*[one] * 20))
    assert many < 6 * once


def test_memory_does_not_grow_with_the_number_of_documents(one):
    def peak(many: int) -> int:
        class Nowhere(io.RawIOBase):
            def write(self, piece) -> int:
                return len(piece)

        tracemalloc.start()
        binder = Binder(Nowhere(), "x")
        for _time in range(many):
            binder.add(one)
        binder.close()
        assert binder.pages == 2 * many
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    few, many = peak(10), peak(200)
    # Only a place for each object is remembered: some hundred bytes for a document, not its bytes.
    assert many - few < 190 * 4_000
    assert many < 10 * len(one)
