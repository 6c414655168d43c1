"""From rounds to figures, with the goals we set ourselves."""

from collections.abc import Callable, Mapping, Sequence
from statistics import quantiles

from bench.examination import Found
from bench.measure import Round, middle
from bench.scenarios import OWN_REQUESTS, SAME_REQUESTS, SEARCHES
from bench.table import Figure, at_most, at_most_of, ratio_at_least, ratio_at_most

Rounds = Mapping[str, Sequence[Round]]


def course(rounds: Rounds, counts: Mapping[str, int], *, is_sqlite: bool) -> list[Figure]:
    """Pages that learners open all day.

    Goals beside the first are those set against Moodle (1/12 of its course page on PostgreSQL,
    1/18 of its home, 1/12 of its catalogue), told in the course page of the floor measured then.
    """
    floor, ours = rounds["floor course"], rounds["our course"]
    again, catalogue = rounds["our course again"], rounds["our catalogue"]
    floor_home, our_home = rounds["floor home"], rounds["our home"]
    beside = (
        []
        if is_sqlite
        else [Figure("course page, CPU of PostgreSQL beside it", middle(ours, _beside), None, "ms")]
    )
    return [
        Figure("course page, CPU per request", middle(ours, _cpu), middle(floor, _cpu), "ms",
               **ratio_at_most(1.9 if is_sqlite else 2.35)),
        *beside,
        Figure("course page, p50", middle(ours, _p50), middle(floor, _p50), "ms"),
        Figure("course page, p95", middle(ours, _p95), middle(floor, _p95), "ms"),
        Figure("course page, pages per second", middle(ours, _rate), middle(floor, _rate), "/s"),
        Figure("course page, over the wire", middle(ours, _kilobytes), middle(floor, _kilobytes),
               "kB", **at_most(8, " kB")),
        Figure("course page unchanged (304), CPU", middle(again, _cpu), None, "ms"),
        Figure("home page, CPU per request", middle(our_home, _cpu), middle(floor_home, _cpu),
               "ms", **at_most_of(1.18, middle(floor, _cpu), "floor's course")),
        Figure("home page, p95", middle(our_home, _p95), middle(floor_home, _p95), "ms"),
        Figure("catalogue, CPU per request", middle(catalogue, _cpu), None, "ms",
               **at_most_of(1.28, middle(floor, _cpu), "floor's course")),
        *(
            Figure(f"{name} page, statements", counts[name], **at_most(most))
            for name, most in (
                ("course", 6), ("home", 6), ("lesson", 6), ("quiz", 6), ("result", 6),
                ("catalogue", 8),
            )
        ),
    ]  # fmt: skip


def attempt(rounds: Rounds, counts: Mapping[str, int]) -> list[Figure]:
    """A whole quiz: begun, answered, handed in."""
    floor, same, own = rounds["floor attempt"], rounds["our attempt"], rounds["our own attempt"]
    return [
        Figure(f"attempts per second, {SAME_REQUESTS} requests as the floor", middle(same, _rate),
               middle(floor, _rate), "/s", **ratio_at_least(0.47)),
        Figure(f"attempts per second, {OWN_REQUESTS} requests of our pages", middle(own, _rate),
               middle(floor, _rate), "/s", **ratio_at_least(0.47)),
        Figure("attempt, CPU per request", middle(same, _cpu), middle(floor, _cpu), "ms"),
        Figure("answer save, p50", middle(same, _save(50)), middle(floor, _save(50)), "ms"),
        Figure("answer save, p95", middle(same, _save(95)), middle(floor, _save(95)), "ms",
               **at_most(40, " ms")),
        Figure("attempt, statements", counts["attempt"], **at_most(130)),
        Figure("attempt, transactions that write", counts["writing"], **at_most(13)),
        Figure("memory of web processes under load", middle(same, _memory),
               middle(floor, _memory), "MB", **at_most(180, " MB")),
    ]  # fmt: skip


def examination(found: Found, people: int, lost: int, *, is_sqlite: bool) -> list[Figure]:
    """Everybody begins within the same minute; each step is timed from when it was due."""

    def p95(name: str) -> float:
        return quantiles(found.took[name], n=100)[94]

    goal = at_most(40, " ms") if is_sqlite else {}
    return [
        Figure("people who begin within one minute", people),
        Figure("examination, beginning, p95", p95("start"), None, "ms", **at_most(1000, " ms")),
        Figure("examination, answer save, p95", p95("save"), None, "ms", **goal),
        Figure("examination, handing in, p95", p95("hand in"), None, "ms"),
        Figure("examination, answers saved", len(found.saved)),
        Figure("examination, steps that had to be repeated", found.repeated, **at_most(0)),
        Figure("examination, acknowledged answers that are lost", lost, **at_most(0)),
    ]


def supervisor_memory(megabytes: float) -> Figure:
    """The process that only keeps the others running."""
    return Figure("memory of the supervisor", megabytes, None, "MB")


def worker_memory(megabytes: float, when: str) -> Figure:
    """The worker beside the web processes."""
    return Figure(f"memory of the worker, {when}", megabytes, None, "MB", **at_most(110, " MB"))


def certificates(
    found: Mapping[str, float], worker_cpu: float, fetched: Sequence[Round]
) -> list[Figure]:
    """Documents: registered in batches, made and sealed by the worker, fetched by their holders."""
    many = found["issued"]
    cpu = 1000 * (found["cpu_seconds"] + worker_cpu) / many
    return [
        Figure("documents issued", many),
        Figure("documents registered per second", many / found["registered_seconds"], None, "/s"),
        Figure("documents registered and sealed per second", many / found["sealed_seconds"], None,
               "/s"),
        Figure("document, CPU the first time", cpu, None, "ms", **at_most(25, " ms")),
        Figure("document, CPU each time after", middle(fetched, _cpu), None, "ms",
               **at_most(3, " ms")),
    ]  # fmt: skip


def search(found: Mapping[str, int], rounds: Sequence[Round], people: int) -> list[Figure]:
    """One box over very many people, one searcher: what is written, and the slowest of it."""
    return [
        *(
            Figure(f"search, {name}, p95", middle(rounds, _named(name)), None, "ms",
                   **at_most(100, " ms"))
            for name in SEARCHES
        ),
        Figure("search, CPU per request", middle(rounds, _cpu), None, "ms"),
        Figure("search, statements at most", found["statements"], **at_most(9)),
        Figure("people to search among", people),
    ]  # fmt: skip


def start(first: float, again: float) -> list[Figure]:
    """From nothing to a demo that answers, packages being installed."""
    return [
        Figure("first start (demo filled, ready)", first, None, "s", **at_most(40, " s")),
        Figure("second start", again, None, "s", **at_most(10, " s")),
    ]


def _cpu(one: Round) -> float:
    return one.cpu_ms


def _beside(one: Round) -> float:
    return one.beside_ms


def _p50(one: Round) -> float:
    return one.percentile(50)


def _p95(one: Round) -> float:
    return one.percentile(95)


def _rate(one: Round) -> float:
    return one.rate


def _kilobytes(one: Round) -> float:
    return one.weight / 1000


def _memory(one: Round) -> float:
    return one.memory


def _named(name: str) -> Callable[[Round], float]:
    return lambda one: one.percentile(95, name)


def _save(which: int):
    return lambda one: one.percentile(which, "save")
