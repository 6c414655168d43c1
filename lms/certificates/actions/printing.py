"""Print files: asked for by the office, made in the background, kept for a day."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lms.certificates.models import PrintFile
from lms.certificates.queries.printing import to_print
from lms.certificates.rules.jobs import PRINT
from lms.enrollment.models import Cohort
from lms.foundation.audit.actions import record as note
from lms.foundation.db.upsert import inserting
from lms.foundation.db.work import Work
from lms.foundation.files.store import Stored
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.foundation.kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class Made:
    """What was made for a printer."""

    documents: int
    pages: int
    pdf: Stored
    zip: Stored


def ask_for(work: Work, cohort_uid: UUID, list_number: int) -> int:
    """Have the documents of a cohort, or of one of its check lists, bound for the printer.

    What was made of the same before is replaced. Refused while there is nothing to print. Tells of
    how many documents.
    """
    cohort = work.session.scalar(select(Cohort).where(Cohort.uid == cohort_uid))
    if cohort is None:
        raise NotFound()
    documents, _lacking = to_print(work.session, cohort.id, list_number)
    if not documents:
        raise Refused(N_("There is nothing to print yet: no document has its file."))
    key = {"cohort_id": cohort.id, "list_number": list_number}
    new = inserting(work.session, PrintFile).values(
        uid=uuid7(), institution_id=cohort.institution_id, asked_at=work.now, documents=0, pages=0,
        pdf_size=0, zip_size=0, **key,
    )  # fmt: skip
    work.session.execute(new.on_conflict_do_nothing())
    found = work.session.scalars(select(PrintFile).filter_by(**key).with_for_update()).one()
    found.asked_at, found.asked_by_id, found.made_at = work.now, work.actor.person_id, None
    detail = {"list": list_number, "documents": len(documents)}
    note(work, "credential.print_asked", found, detail=detail)
    enqueue(work, PRINT, key=str(found.uid), payload={"print": str(found.uid)})
    return len(documents)


def keep_made(work: Work, uid: UUID, made: Made) -> None:
    """The files are there. They are for the printer: no blob refers to them, and they are swept."""
    found = work.session.scalar(select(PrintFile).where(PrintFile.uid == uid).with_for_update())
    if found is None:
        return
    found.made_at = work.now
    found.documents, found.pages = made.documents, made.pages
    found.pdf_sha256, found.pdf_size = made.pdf.sha256, made.pdf.size
    found.zip_sha256, found.zip_size = made.zip.sha256, made.zip.size
