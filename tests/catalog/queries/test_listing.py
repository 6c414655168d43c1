"""Searching and ordering the catalogue: the same on both databases, however long it is."""

import random

import pytest
from sqlalchemy import insert

from lms.catalog.models import Programme, ProgrammeVersion
from lms.catalog.queries import listing
from lms.catalog.rules.search import Wanted
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.ids import uuid7
from lms.foundation.kernel.text import fold
from tests.factories.catalog import NO_HASH, make_programme

MANY = 5_000
FIRST = ("Ñandú", "nandú", "Árbol", "arbol", "ÁRBOL", "zanja", "Zanja", "Éxito", "exito", "agua")
SECOND = ("y", "de", "100 %", "50_50", "(básico)", "ß", "Ǆ", "—", "\\", "O’Higgins", "O'Higgins")
THIRD = ("municipal", "MUNICIPAL", "Munícipal", "rural", "Rúral", "comunitaria", "")


@pytest.fixture
def many(db, world):
    """Five thousand programmes whose titles differ in accents, case, signs, or not at all."""
    chance = random.Random(57_2008)
    titles = [
        f"{chance.choice(FIRST)} {chance.choice(SECOND)} {chance.choice(THIRD)}".strip()
        for _ in range(MANY)
    ]
    igm = world.institutions["igm"]

    def lay(work):
        rows = [
            {
                "id": n + 1, "uid": uuid7(), "institution_id": igm, "key": f"p{n}",
                "slug": f"p{n}", "created_at": work.now,
            }
            for n in range(MANY)
        ]  # fmt: skip
        work.session.execute(insert(Programme), rows)
        versions = [
            {
                "id": n + 1, "uid": uuid7(), "institution_id": igm, "programme_id": n + 1,
                "number": 1, "published_at": work.now, "source_sha256": NO_HASH, "title": title,
                "title_folded": fold(title), "search": fold(title), "kind": "course",
                "language": "es", "country": "GT", "hours": n % 150 + 1,
                "academic_hour_minutes": 60, "summary": "", "audience": " staff ",
                "topics": " finance " if n % 3 else " open-data ", "modes": " online ",
                "hue": "petrol", "icon": "landmark", "kilobytes": 10, "detail": {},
            }
            for n, title in enumerate(titles)
        ]  # fmt: skip
        work.session.execute(insert(ProgrammeVersion), versions)
        for programme in work.session.query(Programme).all():
            programme.current_version_id = programme.id

    db.perform(lay, SYSTEM)
    return titles


def every_page(session, wanted):
    total = listing.count(session, wanted).total
    pages = -(-total // listing.PAGE_SIZE)
    found = [row for n in range(1, pages + 1) for row in listing.listed(session, wanted, n)]
    assert len(found) == total
    return [row.programme_id for row in found]


def test_five_thousand_programmes_come_in_one_order_on_either_database(db, many):
    by_title = sorted(range(MANY), key=lambda n: (fold(many[n]).encode(), n))
    with db.reading() as session:
        for text, words in (
            ("árbol MUNICIPAL", ["arbol", "municipal"]),
            ("nandu", ["nandu"]),
            ("100 %", ["100", "%"]),
            ("_", ["_"]),
            ("\\", ["\\"]),
            ("O’HIGGINS rural", ["o'higgins", "rural"]),
            ("ß", ["ss"]),
        ):
            expected = [n + 1 for n in by_title if all(w in fold(many[n]) for w in words)]
            assert expected
            assert every_page(session, Wanted(text=text)) == expected, text
        first = [listing.listed(session, Wanted(), n) for n in (1, 2, 200, MANY // 12 + 1)]
        ids = [[row.programme_id for row in page] for page in first]
        expected_ids = [n + 1 for n in by_title]
        assert ids[0] == expected_ids[:12]
        assert ids[1] == expected_ids[12:24]
        assert ids[2] == expected_ids[199 * 12 : 200 * 12]
        assert ids[3] == expected_ids[-(MANY % 12) :]
        found = listing.count(session, Wanted(hours="41-100", text="agua"))
        fitting = [n for n in range(MANY) if 41 <= n % 150 + 1 <= 100 and "agua" in fold(many[n])]
        assert found.total == len(fitting)
        assert found.by_topic == {
            "finance": sum(1 for n in fitting if n % 3),
            "open-data": sum(1 for n in fitting if not n % 3),
        }


@pytest.fixture
def three(db, world):
    def lay(work):
        igm = world.institutions["igm"]
        make_programme(work, igm, "a", "Gestión Municipal", kind="diploma", hours=120)
        make_programme(
            work, igm, "b", "Taller de compras", kind="workshop", hours=8, topics=" procurement ",
            audience=" citizen ", modes=" in_person blended ", words="Contratación pública",
        )  # fmt: skip
        make_programme(
            work, world.institutions["otra"], "c", "Ética", kind="course", hours=41,
            topics=" probity ", audience=" official ", modes=" inxperson ",
        )  # fmt: skip
        withdrawn = make_programme(work, igm, "d", "Retirado")
        work.session.get_one(Programme, withdrawn.programme_id).withdrawn_at = work.now
        unpublished = make_programme(work, igm, "e", "Sin publicar")
        work.session.get_one(Programme, unpublished.programme_id).current_version_id = None

    db.perform(lay, SYSTEM)


@pytest.mark.parametrize(
    ("wanted", "slugs"),
    [
        (Wanted(), ["c", "a", "b"]),
        (Wanted(text="CONTRATACION taller"), ["b"]),
        (Wanted(text="contratación gestión"), []),
        (Wanted(text="ETICA"), ["c"]),
        (Wanted(kind="workshop"), ["b"]),
        (Wanted(audience="citizen"), ["b"]),
        (Wanted(topic="probity"), ["c"]),
        (Wanted(mode="in_person"), ["b"]),
        (Wanted(hours="1-10"), ["b"]),
        (Wanted(hours="41-100"), ["c"]),
        (Wanted(hours="101-"), ["a"]),
        (Wanted(kind="diploma", topic="finance", audience="staff", mode="online"), ["a"]),
        (Wanted(kind="diploma", topic="probity"), []),
    ],
)
def test_all_filters_must_fit(db, three, wanted, slugs):
    with db.reading() as session:
        assert [row.slug for row in listing.listed(session, wanted, 1)] == slugs
        assert listing.count(session, wanted).total == len(slugs)


def test_a_title_with_all_the_words_comes_before_a_text_with_them(db, world):
    def lay(work):
        igm = world.institutions["igm"]
        spoken = "gestión municipal y transparencia"
        make_programme(work, igm, "a", "Formación municipalista", words=spoken)
        make_programme(work, igm, "b", "Gestión local", words=spoken)
        make_programme(work, igm, "c", "Gestión Municipal y Transparencia")
        make_programme(work, igm, "d", "Transparencia de la gestión municipal")

    db.perform(lay, SYSTEM)
    with db.reading() as session:
        found = listing.listed(session, Wanted(text="gestion municipal transparencia"), 1)
        assert [row.slug for row in found] == ["c", "d", "a", "b"]
        found = listing.listed(session, Wanted(text="gestion"), 1)
        assert [row.slug for row in found] == ["b", "c", "d", "a"], "part of a title counts too"


def test_topics_are_counted_as_if_each_were_chosen_instead(db, three):
    with db.reading() as session:
        found = listing.count(session, Wanted(topic="probity"))
    assert (found.total, found.by_topic) == (
        1,
        {"transparency": 1, "finance": 1, "procurement": 1, "probity": 1},
    )


def test_nothing_is_the_size_of_nothing(db):
    with db.reading() as session:
        assert listing.sizes(session, []) == {}
