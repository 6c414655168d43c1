"""Tidying that the house itself needs: receipts and counts that have grown old."""

from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import delete

from lms.foundation.db.work import Work
from lms.foundation.files.actions import sweep
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web.models import Count, FormReceipt
from lms.foundation.web.reading import database

RECEIPTS_KEPT = timedelta(days=90)


def forget(_payload: dict[str, Any]) -> None:
    """Form receipts are kept 90 days, counts of tries for a day."""
    database().perform(_forget, SYSTEM)


def _forget(work: Work) -> None:
    work.session.execute(delete(FormReceipt).where(FormReceipt.at < work.now - RECEIPTS_KEPT))
    work.session.execute(delete(Count).where(Count.ends_at < work.now))


def sweep_files(_payload: dict[str, Any]) -> None:
    """Delete uploaded files that nothing has referred to for a day."""
    database().perform(sweep, SYSTEM, current_app.extensions["cabildo.files"])
