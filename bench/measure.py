"""What a server costs: CPU of its whole process tree, memory, latencies, requests in a window."""

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from bench.client import Browser

_TICK = os.sysconf("SC_CLK_TCK")
LEAD_SECONDS = 0.5
MOST_REQUESTS = 200_000


def tree(pid: int) -> list[int]:
    """A process and all its descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += children.get(one, [])
    return found


def cpu_seconds(pids: Sequence[int]) -> float:
    """User and system time that these processes have used so far."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / _TICK


def memory_megabytes(pids: Sequence[int]) -> float:
    """Memory of these processes, each shared page counted in parts (PSS)."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


@dataclass
class Round:
    """One round of one scenario on one server: what happened within the window of time."""

    per_unit: int
    seconds: float = 0.0
    cpu: float = 0.0
    beside: float = 0.0
    memory: float = 0.0
    bytes: int = 0
    latencies: dict[str, list[float]] = field(default_factory=dict)

    @property
    def requests(self) -> int:
        return sum(map(len, self.latencies.values()))

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu / max(1, self.requests)

    @property
    def beside_ms(self) -> float:
        """The same of the database server, where it is a process of its own."""
        return 1000 * self.beside / max(1, self.requests)

    @property
    def rate(self) -> float:
        """Units per second; what was begun and not ended counts by its requests."""
        return self.requests / self.per_unit / self.seconds

    @property
    def weight(self) -> float:
        """Bytes of an answer, with its head."""
        return self.bytes / max(1, self.requests)

    def percentile(self, which: int, name: str | None = None) -> float:
        values = (
            [one for own in self.latencies.values() for one in own]
            if name is None
            else self.latencies.get(name, [])
        )
        return quantiles(values, n=100)[which - 1] if len(values) > 1 else float("nan")


Unit = Callable[[Browser, int, int], None]


@dataclass(frozen=True)
class Load:
    """What each user of a scenario does again and again: ``unit``, of so many requests.

    It gets the user's browser, the user's number, and how many units that user has done before.
    ``beside`` is a database server that works for it.
    """

    port: int
    pid: int
    per_unit: int
    unit: Unit
    beside: int | None = None


def run(load: Load, *, users: int, seconds: float) -> Round:
    """Let the users work; measure a window that opens when all of them are at it."""
    found = Round(load.per_unit)
    opens = time.perf_counter() + LEAD_SECONDS
    closes = opens + seconds
    lock = threading.Lock()
    faults: list[BaseException] = []

    def user(number: int) -> None:
        own: dict[str, list[float]] = {}
        sizes = Counter[str]()
        sent = units = 0

        def noted(name: str, took: float, size: int) -> None:
            nonlocal sent
            sent += 1
            if opens <= time.perf_counter() < closes:
                own.setdefault(name, []).append(took)
                sizes["all"] += size

        browser = Browser(load.port, noted)
        try:
            while time.perf_counter() < closes and sent < MOST_REQUESTS and not faults:
                load.unit(browser, number, units)
                units += 1
        except BaseException as fault:
            faults.append(fault)
        finally:
            browser.close()
        with lock:
            found.bytes += sizes["all"]
            for name, values in own.items():
                found.latencies.setdefault(name, []).extend(values)

    threads = [threading.Thread(target=user, args=(number,)) for number in range(users)]
    for thread in threads:
        thread.start()
    pids = tree(load.pid)
    others = tree(load.beside) if load.beside else []
    time.sleep(max(0.0, opens - time.perf_counter()))
    before, before_beside = cpu_seconds(pids), cpu_seconds(others)
    time.sleep(max(0.0, closes - time.perf_counter()))
    found.cpu = cpu_seconds(pids) - before
    found.beside = cpu_seconds(others) - before_beside
    found.memory = memory_megabytes(pids)
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    found.seconds = seconds
    return found


def middle(rounds: Sequence[Round], what: Callable[[Round], float]) -> float:
    """The median over the rounds."""
    return median(what(one) for one in rounds)
