"""An examination that many begin within the same minute: when each step is due, and how it went.

A step is due whether or not the server is quick, and what it took is counted from that moment. What
fails is sent again with the same key, as a page does, until it is answered.
"""

import heapq
import itertools
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from bench import material
from bench.client import Browser, Refused, csrf_token
from bench.scenarios import Laid, our_cookie

_BEGUN = re.compile(r"/intentos/[0-9a-f-]{36}")
AGAIN_SECONDS = 0.4
HANDS = 32
"""Requests on their way at the same time, of whoever many people."""


@dataclass(frozen=True)
class Save:
    """An answer that the server has called saved."""

    attempt: str
    slot: int
    key: str
    sequence: int
    choice: str


@dataclass
class Found:
    """What each step took since it was due; what was acknowledged; how often it was repeated."""

    took: dict[str, list[float]] = field(default_factory=dict)
    saved: list[Save] = field(default_factory=list)
    handed_in: list[str] = field(default_factory=list)
    repeated: int = 0
    last_fault: str = ""


class Candidate:
    """One person at it: begins, answers each question as often as asked, hands in."""

    def __init__(self, person: int, laid: Laid, chance: Random, rounds: int) -> None:
        self._cookie = our_cookie(person)
        self._intro = f"/aula/{laid.enrollments[person]}/evaluaciones/{laid.quiz}"
        self._attempt = self._token = ""
        slots = range(1, material.QUESTIONS + 1)
        self._left = [
            (slot, sequence, str(chance.randrange(len(material.OPTIONS))))
            for sequence in range(1, rounds + 1)
            for slot in slots
        ]

    def step(self, browser: Browser, found: Found) -> str:
        """Do what comes next; its name, empty when all is done."""
        browser.carry(self._cookie)
        if not self._attempt:
            page = browser.get(self._intro).text
            begun = _BEGUN.search(page)  # before, and the answer to it was lost
            token = "" if begun else csrf_token(page)
            self._attempt = begun[0] if begun else browser.post(self._intro, {"csrf_token": token})
            return "start"
        if not self._token:
            self._token = csrf_token(browser.get(self._attempt).text)
            return "page"
        if self._left:
            slot, sequence, choice = self._left[0]
            key = f"{self._attempt[-12:]}-{slot:04}-{sequence}"
            sent = {"slot": slot, "key": key, "seq": sequence, "value": {"choice": choice}}
            browser.post_json(f"{self._attempt}/respuestas", sent, self._token)
            found.saved.append(Save(self._attempt, slot, key, sequence, choice))
            self._left.pop(0)
            return "save"
        browser.post(f"{self._attempt}/entregar", {"csrf_token": self._token})
        found.handed_in.append(self._attempt)
        return ""


def examine(
    port: int,
    laid: Laid,
    people: int,
    *,
    within: float,
    pace: float,
    rounds: int = 1,
    seed: int = 1,
    patience: float = 120,
) -> Found:
    """Let ``people`` begin within so many seconds; each then does a step every ``pace`` seconds.

    Raises TimeoutError when some are not done ``patience`` seconds after the last step was due.
    """
    chance, found = Random(seed), Found()
    begun = time.perf_counter()
    order = itertools.count()
    due = [
        (begun + chance.uniform(0, within), next(order), Candidate(person, laid, chance, rounds))
        for person in range(people)
    ]
    heapq.heapify(due)
    last = begun + within + pace * (rounds * material.QUESTIONS + 3) + patience
    lock, faults = threading.Lock(), list[BaseException]()
    at_it = people

    def hand() -> None:
        nonlocal at_it
        browser = Browser(port, lambda *_noted: None)
        while not faults:
            with lock:
                if not at_it:
                    return
                ready = due and due[0][0] <= time.perf_counter()
                moment, _order, candidate = heapq.heappop(due) if ready else (0.0, 0, None)
            if time.perf_counter() > last:
                faults.append(TimeoutError(f"{at_it} of {people} are not done: {found.last_fault}"))
                return
            if candidate is None:
                time.sleep(0.005)
                continue
            mine = Found()
            try:
                name = candidate.step(browser, mine)
            except (OSError, Refused) as fault:
                browser.close()
                with lock:
                    found.repeated += 1
                    found.last_fault = f"{fault}"
                    heapq.heappush(
                        due, (time.perf_counter() + AGAIN_SECONDS, next(order), candidate)
                    )
                continue
            took = 1000 * (time.perf_counter() - moment)
            with lock:
                found.took.setdefault(name or "hand in", []).append(took)
                found.saved += mine.saved
                found.handed_in += mine.handed_in
                if name:
                    heapq.heappush(due, (moment + pace, next(order), candidate))
                else:
                    at_it -= 1

    _together(hand)
    if faults:
        raise faults[0]
    return found


def _together(hand: Callable[[], None]) -> None:
    threads = [threading.Thread(target=hand, daemon=True) for _ in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
