"""What a server costs: CPU of its whole process tree, memory, latencies."""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

_TICK = os.sysconf("SC_CLK_TCK")


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


def cpu_seconds(pids: list[int]) -> float:
    """User and system time that these processes have used so far."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / _TICK


def memory_megabytes(pids: list[int]) -> float:
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
    """One round of one scenario on one server."""

    requests: int = 0
    units: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    memory: float = 0.0
    latencies: dict[str, list[float]] = field(default_factory=dict)

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu / max(1, self.requests)

    @property
    def rate(self) -> float:
        return self.units / self.seconds

    def percentile(self, name: str, which: int) -> float:
        values = self.latencies.get(name, [])
        return quantiles(values, n=100)[which - 1] if len(values) > 1 else float("nan")


Unit = Callable[[int, Callable[[str, float], None]], int]


def run(pid: int | list[int], unit: Unit, *, users: int, seconds: float) -> Round:
    """Let ``users`` do ``unit`` again and again for a time; ``unit`` returns its requests."""
    result = Round()
    lock = threading.Lock()
    roots = [pid] if isinstance(pid, int) else pid
    pids = [one for root in roots for one in tree(root)]
    before = cpu_seconds(pids)
    start = time.perf_counter()
    until = start + seconds

    def user(number: int) -> None:
        own: dict[str, list[float]] = {}
        requests = units = 0
        while time.perf_counter() < until:
            requests += unit(number, lambda name, took: own.setdefault(name, []).append(took))
            units += 1
        with lock:
            result.requests += requests
            result.units += units
            for name, values in own.items():
                result.latencies.setdefault(name, []).extend(values)

    threads = [threading.Thread(target=user, args=(number,)) for number in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.seconds = time.perf_counter() - start
    result.cpu = cpu_seconds(pids) - before
    result.memory = memory_megabytes(pids)
    return result


def middle(rounds: list[Round], what: Callable[[Round], float]) -> float:
    """The median over the rounds."""
    return median(what(one) for one in rounds)
