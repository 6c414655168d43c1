"""Every page of the product as the person it is for sees it, in each state it has.

A sight names the endpoint, who looks, where, and what they do there first. What no page is, but
is fetched all the same, stands in `NO_PAGES` with its reason.
"""

from tests.pages.sights.authoring import AUTHORING
from tests.pages.sights.cohorts import COHORTS
from tests.pages.sights.house import HOUSE
from tests.pages.sights.learners import LEARNER
from tests.pages.sights.sight import Sight
from tests.pages.sights.visitors import VISITOR

__all__ = ["NO_PAGES", "SIGHTS", "Sight"]

SIGHTS = {"visitor": VISITOR, "learner": LEARNER, "staff": HOUSE + COHORTS + AUTHORING}

#: Addresses that are fetched and are no pages: what they answer instead.
NO_PAGES = {
    "acts.csv": "CSV",
    "acts.json": "JSON for other programs",
    "acts.pdf": "a PDF",
    "acts.scan": "the PDF or picture of a signed act",
    "admin.first_run": "looked at by itself: it is there only before anything else is",
    "admin.logo_file": "a picture",
    "admin.audit_sheet": "CSV",
    "admin.backup_file": "a backup",
    "authoring.document_picture": "a picture of a document that was sent",
    "authoring.download_questions": "a file of questions",
    "authoring.export": "a ZIP",
    "authoring.rehearsal_media": "a file of a draft",
    "certificates.book_table": "CSV",
    "certificates.pocket_book": "what a telephone keeps to verify without a network, JSON",
    "certificates.checklist_sample": "a picture",
    "certificates.print_file": "a PDF or a ZIP",
    "certificates.delivery_table": "CSV",
    "certificates.certificates": "certificates, for other programs",
    "certificates.checkpoint": "the register, for other programs",
    "certificates.credential": "an Open Badge",
    "certificates.data": "JSON for other programs",
    "certificates.did": "JSON for other programs",
    "certificates.did_of_site": "JSON for other programs",
    "certificates.download": "a PDF",
    "certificates.issuer": "JSON for other programs",
    "certificates.keys_of_site": "JSON for other programs",
    "certificates.receipt": "a PDF",
    "certificates.register_key": "the key of the register, for other programs",
    "certificates.sample": "a PDF",
    "certificates.staff_download": "a PDF",
    "certificates.states": "a signed list, for other programs",
    "certificates.transcripts_template": "Excel or CSV",
    "certificates.tile": "the register, for other programs",
    "certificates.worker": "a script",
    "desk.recognition_document": "the PDF or picture that shows what was passed elsewhere",
    "desk.left_document": "the PDF or picture that shows why somebody left",
    "desk.root": "leads on to the home or the catalogue",
    "desk.sheet": "CSV",
    "desk.workbook": "an Excel workbook",
    "assessment.receipt_text": "a text to keep",
    "assignments.download": "a ZIP",
    "assignments.marked_file": "a file that somebody handed in",
    "assignments.own_file": "a file that somebody handed in",
    "assignments.receipt_text": "a text to keep",
    "grading.sheet": "CSV",
    "grading.workbook": "an Excel workbook",
    "enrollment.own_paper": "a file that somebody sent",
    "enrollment.paper": "a file that somebody sent",
    "learning.launch": "leads on to the activity",
    "learning.media": "the file of a lesson",
    "web.arrived": "JSON for our scripts",
    "web.health": "a word for machines",
    "web.ready": "a word for machines",
    "web.set_language": "leads back",
    "web.token": "JSON for our scripts",
}
