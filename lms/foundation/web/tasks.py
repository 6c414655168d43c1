"""Tidying that the house itself needs: receipts, counts and finished work that have grown old."""

from datetime import timedelta
from typing import Any

from flask import current_app

from lms.foundation.db.pieces import delete_some
from lms.foundation.db.work import Work
from lms.foundation.files.orphans import sweep
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.actions import forget_some
from lms.foundation.web.models import Count, FormReceipt
from lms.foundation.web.reading import database

RECEIPTS_KEPT = timedelta(days=90)
DONE_KEPT = timedelta(days=30)


def forget(_payload: dict[str, Any]) -> None:
    """Form receipts and what letters said are kept 90 days, finished jobs 30, counts of tries as
    long as they count.

    A bounded number at a time, until nothing old is left. Then the database takes stock of what
    there is.
    """
    while database().perform(_forget_some, SYSTEM):
        pass
    database().take_stock()


def _forget_some(work: Work) -> bool:
    receipts = delete_some(work, FormReceipt, FormReceipt.at < work.now - RECEIPTS_KEPT)
    counts = delete_some(work, Count, Count.ends_at < work.now)
    finished = Job.state.in_([JobState.DONE, JobState.CANCELLED])
    jobs = delete_some(work, Job, finished & (Job.done_at < work.now - DONE_KEPT))
    letters = forget_some(work)
    return receipts or counts or jobs or letters


def sweep_files(_payload: dict[str, Any]) -> None:
    """Delete uploaded files that nothing has referred to for a day."""
    with database().reading() as session:
        sweep(session, current_app.extensions["cabildo.files"], database().clock())
