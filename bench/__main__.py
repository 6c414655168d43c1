"""`python -m bench`: our figures beside the floor's, alternating, medians of the rounds."""

import argparse
import os
import platform
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from bench import report, scenarios
from bench.examination import examine
from bench.floor.data import fill
from bench.installation import Installation
from bench.measure import Load, Round, cpu_seconds, memory_megabytes, run, tree
from bench.scenarios import SESSIONS, USERS, Laid, People
from bench.servers import Server, floor_server
from bench.table import Table, write_into

PEOPLE, EXAMINED, GRADUATES, CROWD = 600, 500, 1000, 100_000
MOST_ROUNDS, MOST_SECONDS = 15, 60
say = partial(print, file=sys.stderr, flush=True)


def main() -> None:
    asked = _asked()
    kinds = ("sqlite", "postgresql") if asked.database == "both" else (asked.database,)
    tables = []
    begun = time.perf_counter()
    for kind in kinds:
        say(f"{kind}: preparing …")
        place = Installation(kind)
        try:
            tables.append(Bench(place, asked).run())
        finally:
            place.close()
    day = datetime.now(UTC).date()
    lines = [
        f"{day} · {_machine()} · {asked.rounds} rounds of {asked.seconds:g} s · "
        f"floor: {asked.floor}"
    ]
    for table in tables:
        lines += ["", *table.lines()]
    print("\n".join(lines))
    if asked.write:
        write_into(asked.write, lines)
    say(f"took {time.perf_counter() - begun:.0f} s")


class Bench:
    """All scenarios on one database."""

    def __init__(self, place: Installation, asked: argparse.Namespace) -> None:
        self._place = place
        self._asked = asked
        quick = asked.quick
        self._people = 60 if quick else PEOPLE
        self._graduates = (30 if quick else GRADUATES) if self._wants("certificates") else 0
        self._rounds: dict[str, list[Round]] = defaultdict(list)

    def run(self) -> Table:
        kind, place = self._place.kind, self._place
        table = Table(f"{kind}: {self._people} people, course of 40 lessons, quiz of 10 questions")
        laid = place.lay(self._people, self._graduates)
        counts = place.counts(laid)
        fill(place.folder / "floor.db", self._people)
        ours = place.serve()
        floor = None
        try:
            floor = floor_server(
                self._asked.floor, place.folder / "floor.db", place.folder / "floor.log"
            )
            if self._wants("course"):
                self._alternate(self._course(laid, ours, floor), SESSIONS)
                table.add(*report.course(self._rounds, counts, is_sqlite=kind == "sqlite"))
            if self._wants("attempt"):
                self._alternate(self._attempt(laid, ours, floor), USERS)
                table.add(*report.attempt(self._rounds, counts))
                worker = memory_megabytes(tree(ours.child("worker")))
                table.add(report.worker_memory(worker, "beside attempts"))
                table.add(report.supervisor_memory(memory_megabytes([ours.pid])))
            if self._wants("examination"):
                self._examination(laid, ours, table)
            if self._wants("certificates"):
                self._certificates(laid, ours, table)
            if self._wants("search"):
                self._search(ours, table)
        finally:
            if floor is not None:
                floor.stop()
            ours.stop()
        if self._wants("start"):
            say("  starting the demo, twice …")
            table.add(*report.start(*place.start_times()))
        return table

    def _examination(self, laid: Laid, ours: Server, table: Table) -> None:
        people, within = (30, 6.0) if self._asked.quick else (EXAMINED, 60.0)
        say(f"  {people} people begin an examination …")
        found = examine(ours.port, laid, people, within=within, pace=6 if people > 30 else 1)
        lost = self._place.lost(found.saved)
        is_sqlite = self._place.kind == "sqlite"
        table.add(*report.examination(found, people, lost, is_sqlite=is_sqlite))

    def _search(self, ours: Server, table: Table) -> None:
        many = 2_000 if self._asked.quick else CROWD
        say(f"  laying {many} people to search among …")
        found = self._place.crowd(many)
        load = Load(
            ours.port, ours.child("lms.web"), len(scenarios.SEARCHES), scenarios.our_searches,
            beside=self._place.postgres_pid,
        )  # fmt: skip
        self._alternate({"our search": load}, 1)
        table.add(*report.search(found, self._rounds["our search"], many))

    def _wants(self, scenario: str) -> bool:
        return self._asked.scenario in (scenario, "all")

    def _course(self, laid: Laid, ours: Server, floor: Server) -> dict[str, Load]:
        classrooms = [f"/aula/{uid}" for uid in laid.enrollments[:SESSIONS]]
        web = partial(Load, ours.port, ours.child("lms.web"), 1, beside=self._place.postgres_pid)
        low = partial(Load, floor.port, floor.pid, 1)
        return {
            "floor course": low(scenarios.floor_page("/course")),
            "our course": web(scenarios.our_page(classrooms)),
            "our course again": web(scenarios.our_page_again(classrooms)),
            "floor home": low(scenarios.floor_page("/home")),
            "our home": web(scenarios.our_page(["/inicio"])),
            "our catalogue": web(scenarios.our_page(["/cursos"])),
        }

    def _attempt(self, laid: Laid, ours: Server, floor: Server) -> dict[str, Load]:
        people = People(self._people)
        web = partial(Load, ours.port, ours.child("lms.web"), beside=self._place.postgres_pid)
        return {
            "floor attempt": Load(
                floor.port, floor.pid, scenarios.SAME_REQUESTS,
                scenarios.floor_attempt(People(self._people)),
            ),
            "our attempt": web(
                scenarios.SAME_REQUESTS,
                scenarios.our_attempt(laid, people, as_browsers_do=False),
            ),
            "our own attempt": web(
                scenarios.OWN_REQUESTS, scenarios.our_attempt(laid, people, as_browsers_do=True)
            ),
        }  # fmt: skip

    def _alternate(self, loads: dict[str, Load], users: int) -> None:
        """Each load in turn, round after round; the first, unmeasured, fills the memories."""
        for name, load in loads.items():
            say(f"  {self._place.kind}: {name}, warming up …")
            run(load, users=users, seconds=min(2.0, self._asked.seconds))
        for number in range(1, self._asked.rounds + 1):
            say(f"  {self._place.kind}: round {number} of {self._asked.rounds}")
            for name, load in loads.items():
                self._rounds[name].append(run(load, users=users, seconds=self._asked.seconds))

    def _certificates(self, laid: Laid, ours: Server, table: Table) -> None:
        if find_spec("lms.certificates.tasks") is None:
            say("  certificates cannot be issued yet: left out")
            return
        say(f"  issuing {self._graduates} certificates …")
        pids = tree(ours.child("worker"))
        before = cpu_seconds(pids)
        with Highest(lambda: memory_megabytes(pids)) as highest:
            found = self._place.issue(laid)
        worker_cpu = cpu_seconds(pids) - before
        fetch = Load(ours.port, ours.child("lms.web"), 1, scenarios.our_documents(found["held"]))
        self._alternate({"our documents": fetch}, SESSIONS)
        table.add(*report.certificates(found, worker_cpu, self._rounds["our documents"]))
        table.add(report.worker_memory(highest.value, "sealing"))


class Highest:
    """The highest of a figure that is looked at four times a second while the block runs."""

    def __init__(self, look: Callable[[], float]) -> None:
        self.value = 0.0
        self._look = look
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Highest":
        self._thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.25):
            self.value = max(self.value, self._look())


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument(
        "--scenario",
        choices=("course", "attempt", "examination", "certificates", "search", "start", "all"),
        default="all",
    )
    parser.add_argument("--floor", choices=("plain", "bare"), default="plain")
    parser.add_argument("--rounds", type=int, default=5, help=f"at most {MOST_ROUNDS}")
    parser.add_argument(
        "--seconds", type=float, default=8, help=f"of a round; {MOST_SECONDS} at most"
    )
    parser.add_argument("--quick", action="store_true", help="one short round: does it work?")
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="put the tables between its two marks"
    )
    asked = parser.parse_args()
    asked.rounds = 1 if asked.quick else min(max(1, asked.rounds), MOST_ROUNDS)
    asked.seconds = 2.0 if asked.quick else min(max(1.0, asked.seconds), MOST_SECONDS)
    return asked


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "")
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} × {model} · Python {platform.python_version()} · load {load:.1f}"


if __name__ == "__main__":
    main()
