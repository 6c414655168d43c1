"""What has grown old goes, a piece at a time; what still counts stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.foundation.db import pieces
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web import tasks
from lms.foundation.web.models import Count, FormReceipt


def lay(work, days: int) -> None:
    at = work.now - timedelta(days=days)
    work.session.add(
        FormReceipt(
            key=f"form-{days}", endpoint="x", body_sha256="0" * 64, location="/", said="", at=at
        )
    )
    for number in range(3):
        work.session.add(Count(key=f"place-{number}", window=days, times=1, ends_at=at))
    done = {"state": JobState.DONE, "done_at": at} if days > 0 else {}
    job = Job(task="t", key=str(days), payload={}, due_at=at, created_at=at, **done)
    work.session.add(job)


@pytest.mark.parametrize("piece", [2, 500])
def test_receipts_stay_ninety_days_finished_work_thirty_counts_as_long_as_they_count(
    app, db, clock, monkeypatch, piece
):
    monkeypatch.setattr(pieces, "AT_ONCE", piece)
    for days in (92, 91, 89, 31, 29, -1):
        db.perform(lay, SYSTEM, days)
    with app.app_context():
        tasks.forget({})
    with db.reading() as session:
        receipts = session.scalars(select(FormReceipt.key).order_by(FormReceipt.key)).all()
        assert receipts == ["form--1", "form-29", "form-31", "form-89"]
        assert set(session.scalars(select(Count.window))) == {-1}
        assert session.scalars(select(Job.key).order_by(Job.id)).all() == ["29", "-1"]


def test_then_sqlite_knows_how_much_there_is_and_so_where_to_look(app, db):
    db.perform(lay, SYSTEM, 1)
    with app.app_context():
        tasks.forget({})
    if db.is_sqlite:
        with db.engine.connect() as connection:
            known = connection.exec_driver_sql("SELECT DISTINCT tbl FROM sqlite_stat1").scalars()
            assert "form_receipt" in set(known)
