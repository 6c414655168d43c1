"""What people do, in the floor and in ours, request by request."""

import itertools
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bench import material
from bench.client import Browser, csrf_token
from bench.measure import Unit

SESSIONS = 8
USERS = 12
SAME_REQUESTS = 15
"""Introduction, start, page, ten saves, hand in, result."""
OWN_REQUESTS = 18
"""The same as our pages' own script does it: with its token, the whole page sent, the check."""


@dataclass(frozen=True)
class Laid:
    """What was laid in the product's database: enrollments by person, the quiz, both cohorts."""

    enrollments: Sequence[str]
    quiz: str
    cohort: str
    graduates: str

    def as_json(self) -> str:
        return json.dumps(asdict(self))


SEARCHES = {
    "a surname of thousands": "/gestion/buscar?q=garcia",
    "name and surname": "/gestion/buscar?q=ana+quispe",
    "part of a rare name": "/gestion/buscar?q=zunmar",
    "three letters inside": "/gestion/buscar?q=lop",
    "two letters": "/gestion/buscar?q=ro",
    "a document": f"/gestion/buscar?q={material.document(77)}",
    "an address": "/gestion/buscar?q=persona77%40example.org",
    "nobody": "/gestion/buscar?q=zzzzz",
}
"""What is written into the box, by what it is."""


def our_searches(browser: Browser, _number: int, _done: int) -> None:
    """Each search once, as the help desk of the institution."""
    browser.carry(f"cabildo={material.SEARCHER}")
    for name, path in SEARCHES.items():
        browser.get(path, name)


class People:
    """Whose turn it is: every attempt by somebody else, so that nobody piles up hundreds."""

    def __init__(self, count: int) -> None:
        self._numbers = itertools.cycle(range(count))

    def next(self) -> int:
        return next(self._numbers)


def floor_page(path: str) -> Unit:
    """One page of the floor."""

    def unit(browser: Browser, number: int, _done: int) -> None:
        browser.carry(f"token={material.token(number)}")
        browser.get(path)

    return unit


def floor_attempt(people: People) -> Unit:
    """A whole attempt at the floor's quiz."""

    def unit(browser: Browser, _number: int, _done: int) -> None:
        browser.carry(f"token={material.token(people.next())}")
        browser.get("/quiz")
        attempt = browser.post("/attempt", {}, expect=302)
        browser.get(attempt)
        for slot in range(1, material.QUESTIONS + 1):
            browser.post_json(f"{attempt}/save", {"slot": slot, "value": "1"})
        browser.get(browser.post(f"{attempt}/finish", {}, expect=302))

    return unit


def our_cookie(person: int) -> str:
    return f"cabildo={material.token(person)}"


def our_page(paths: Sequence[str]) -> Unit:
    """One page of ours, each user's own."""

    def unit(browser: Browser, number: int, _done: int) -> None:
        browser.carry(our_cookie(number))
        browser.get(paths[number % len(paths)])

    return unit


def our_page_again(paths: Sequence[str]) -> Unit:
    """One page of ours that the browser still has: asked only whether it has changed."""
    tags: dict[int, str] = {}

    def unit(browser: Browser, number: int, _done: int) -> None:
        browser.carry(our_cookie(number))
        path = paths[number % len(paths)]
        if number not in tags:
            tags[number] = browser.get(path).tag
        browser.get(path, tag=tags[number], expect=304)

    return unit


def our_documents(held: Sequence[tuple[int, str]]) -> Unit:
    """A sealed document, fetched by whoever holds it."""

    def unit(browser: Browser, number: int, _done: int) -> None:
        person, uid = held[number % len(held)]
        browser.carry(our_cookie(person))
        browser.get(f"/constancias/{uid}.pdf")

    return unit


def our_attempt(laid: Laid, people: People, *, as_browsers_do: bool) -> Unit:
    """A whole attempt at our quiz: in the floor's requests, or in those of our own pages."""

    def unit(browser: Browser, _number: int, _done: int) -> None:
        person = people.next()
        browser.carry(our_cookie(person))
        intro = f"/aula/{laid.enrollments[person]}/evaluaciones/{laid.quiz}"
        token = csrf_token(browser.get(intro).text)
        attempt = browser.post(intro, {"csrf_token": token})
        page = browser.get(attempt)
        if as_browsers_do:
            browser.get("/token")
            token = csrf_token(page.text)
        for slot in range(1, material.QUESTIONS + 1):
            sent = {"slot": slot, "key": f"{attempt[-12:]}-{slot:04}", "seq": 1}
            browser.post_json(f"{attempt}/respuestas", sent | {"value": {"choice": "0"}}, token)
        if as_browsers_do:
            # The form carries every answer once more, and where each stood when it was made.
            fields = {f"q{slot}": "0" for slot in range(1, material.QUESTIONS + 1)}
            seen = " ".join(f"{slot}:0" for slot in range(1, material.QUESTIONS + 1))
            form = {"csrf_token": token, "seen": seen, "go": "review"} | fields
            token = csrf_token(browser.get(browser.post(attempt, form)).text)
        browser.get(browser.post(f"{attempt}/entregar", {"csrf_token": token}))

    return unit
