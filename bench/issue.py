"""Issue to a whole cohort and wait until the worker has sealed every document (own process).

`python -m bench.issue COHORT` in the environment of an installation whose worker is running; prints
how many documents and how long as JSON.
"""

import json
import sys
import time
from uuid import UUID

from sqlalchemy import func, select

from bench.scenarios import SESSIONS
from lms.app import create_app
from lms.certificates.models import Credential
from lms.certificates.tasks import issue_all
from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import SYSTEM
from lms.people.models import Identifier

PATIENCE_SECONDS = 300
_SEALED = select(func.count(Credential.sealed_sha256))
# A few documents with the person who holds each: `person-7@example.org`.
_HELD = (
    select(Credential.uid, Identifier.value)
    .join(Identifier, Identifier.person_id == Credential.person_id)
    .where(Credential.sealed_sha256.is_not(None))
    .order_by(Credential.id)
    .limit(SESSIONS)
)


def main(cohort: str) -> None:
    app = create_app()
    with app.app_context():
        database: Database = app.extensions["cabildo.database"]
        begun, cpu = time.perf_counter(), time.process_time()
        outcome = issue_all(database, SYSTEM, UUID(cohort), app.config["PUBLIC_URL"])
        registered = time.perf_counter() - begun
        cpu = time.process_time() - cpu
        sealed = 0
        while sealed < outcome.issued and time.perf_counter() - begun < PATIENCE_SECONDS:
            time.sleep(0.1)
            with database.reading() as session:
                sealed = session.scalars(_SEALED).one()
        whole = time.perf_counter() - begun
        with database.reading() as session:
            held = [
                (int(row.value.partition("@")[0].removeprefix("person-")), str(row.uid))
                for row in session.execute(_HELD)
            ]
        database.close()
    print(
        json.dumps(
            {
                "issued": outcome.issued,
                "sealed": sealed,
                "registered_seconds": registered,
                "sealed_seconds": whole,
                "cpu_seconds": cpu,
                "held": held,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
