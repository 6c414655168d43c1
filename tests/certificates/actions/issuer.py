"""A process that issues to a cohort in small batches and says each number once it is committed.

`python issuer.py <database> <now> <cohort> <batch>`; it waits for a line before it begins.
"""

import sys
from datetime import datetime
from uuid import UUID

from lms import wiring  # noqa: F401 (all tables)
from lms.certificates.actions.issue import issue
from lms.certificates.queries.prepare import prepare
from lms.foundation.db.database import Database
from lms.foundation.db.engine import engine_for
from lms.foundation.kernel.actor import SYSTEM

URL = "http://localhost"


def main(address: str, moment: str, cohort: str, batch: str) -> None:
    now = datetime.fromisoformat(moment)
    database = Database(engine_for(address), clock=lambda: now)
    with database.reading() as session:
        ready = prepare(session, UUID(cohort), URL, now).ready
    print("ready", flush=True)
    sys.stdin.readline()
    for start in range(0, len(ready), int(batch)):
        some = ready[start : start + int(batch)]
        for number in database.perform(issue, SYSTEM, UUID(cohort), URL, some).numbers:
            print(number, flush=True)
    database.close()


main(*sys.argv[1:])
