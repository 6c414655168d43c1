"""`lms worker`: background work, woken by the bell and, without it, twice a minute."""

import logging
import threading

from lms.admin.tasks import backups
from lms.app import create_app
from lms.cli.running import existing, refuse_outdated
from lms.cli.speech import command
from lms.foundation.jobs.schedule import plan_daily
from lms.foundation.kernel.actor import SYSTEM

SWEEP_SECONDS = 30
log = logging.getLogger("lms.worker")


@command()
def worker() -> None:
    """Do background work: letters, documents, tidying. `lms serve` starts one by itself."""
    app = create_app(existing())
    database = app.extensions["cabildo.database"]
    refuse_outdated(database.engine)
    work_due = app.extensions["cabildo.work_due"]
    stop = threading.Event()

    def sweep() -> None:
        while True:
            try:
                database.perform(plan_daily, SYSTEM)
                with app.app_context():
                    backups.plan()
                work_due()
            except Exception:
                log.exception("the sweep failed; the next one tries again")
            if stop.wait(SWEEP_SECONDS):
                return

    threading.Thread(target=sweep, name="sweep", daemon=True).start()
    consumer = app.extensions["cabildo.bell"].huey.create_consumer(
        workers=1, periodic=False, initial_delay=0.05, max_delay=0.5, check_worker_health=True
    )
    try:
        consumer.run()
    finally:
        stop.set()
