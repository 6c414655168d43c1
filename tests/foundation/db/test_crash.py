"""What was acknowledged survives a killed process; the next one goes on at once."""

import signal
import subprocess
import sys

from sqlalchemy import select

from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web.models import Count

WRITER = """
import sys
from lms.foundation.db.database import Database
from lms.foundation.db.engine import engine_for
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web.models import Count

db = Database(engine_for(sys.argv[1]))
def add(work, n):
    work.session.add(Count(key=f"{sys.argv[2]}-{n}", window=0, times=1, ends_at=work.now))
n = 0
while True:
    db.perform_small(add, SYSTEM, n)
    print(n, flush=True)
    n += 1
"""


def writer(url: str, name: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, url, name], stdout=subprocess.PIPE, text=True
    )


def test_every_acknowledged_write_survives_a_kill(db, place):
    """Two processes write at once; each is killed in the middle of it with SIGKILL."""
    processes = [writer(place.url, name) for name in ("one", "two")]
    acknowledged = set()
    for process, name in zip(processes, ("one", "two"), strict=True):
        for _ in range(30):
            acknowledged.add(f"{name}-{int(process.stdout.readline())}")
    for process, name in zip(processes, ("one", "two"), strict=True):
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        acknowledged |= {f"{name}-{line}" for line in rest.split()}
    with db.reading() as session:
        kept = set(session.scalars(select(Count.key)))
    assert acknowledged <= kept
    assert len(kept - acknowledged) <= 2  # committed, but killed before it could say so

    def add(work) -> None:
        work.session.add(Count(key="after", window=0, times=1, ends_at=work.now))

    db.perform(add, SYSTEM)  # no lock was left behind
