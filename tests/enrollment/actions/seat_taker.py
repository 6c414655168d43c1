"""A process of its own that takes seats when told to: `seat_taker URL COHORT DEED PERSON…`.

It says "ready", waits for a line, and then acts for each person, each in a thread: "ask" has each
of them ask for a seat, "add" has a registrar add each of them by their e-mail address.
"""

import sys
import threading
from uuid import UUID

from lms.enrollment.actions.add import add_one
from lms.enrollment.actions.ask import ask
from lms.enrollment.formats.entries import Entry
from lms.foundation.db.database import Database
from lms.foundation.db.engine import engine_for
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import Refused
from tests.conftest import MORNING


def main(url: str, cohort: str, deed: str, *people: str) -> None:
    database = Database(engine_for(url), clock=lambda: MORNING)
    outcomes: list[str] = []

    def take(person: str) -> None:
        try:
            if deed == "ask":
                outcomes.append(str(database.perform(ask, Actor(int(person)), UUID(cohort)).state))
            else:
                added = database.perform(add_one, SYSTEM, UUID(cohort), Entry(email=person))
                outcomes.append(str(added.enrollment.state if added.enrollment else "nothing"))
        except Refused:
            outcomes.append("refused")

    threads = [threading.Thread(target=take, args=(person,)) for person in people]
    print("ready", flush=True)
    sys.stdin.readline()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.close()
    print(" ".join(outcomes), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
