"""A process of its own that asks for a seat when told to: `seat_taker URL COHORT PERSON…`.

It says "ready", waits for a line, and then asks for each person, each in a thread.
"""

import sys
import threading
from uuid import UUID

from lms.enrollment.actions.ask import ask
from lms.foundation.db.database import Database
from lms.foundation.db.engine import engine_for
from lms.foundation.kernel.actor import Actor
from lms.foundation.kernel.errors import Refused
from tests.conftest import MORNING


def main(url: str, cohort: str, *people: str) -> None:
    database = Database(engine_for(url), clock=lambda: MORNING)
    outcomes: list[str] = []

    def take(person: str) -> None:
        try:
            outcomes.append(str(database.perform(ask, Actor(int(person)), UUID(cohort)).state))
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
