"""/cursos: find a programme."""

from collections.abc import Mapping

from flask import render_template, request, url_for

from lms.catalog.offers import next_offers, own_states
from lms.catalog.queries import listing
from lms.catalog.rules import words
from lms.catalog.rules.search import Wanted, wanted
from lms.foundation.access.identity import Identity
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import public
from lms.foundation.web.identity import current_identity
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.reading import database, reading_connection


@public("the catalogue is how people find out what they could learn")
def show() -> str:
    reader = reading_connection()
    identity = current_identity()
    person_id = identity.person_id if isinstance(identity, Identity) else None
    now = database().clock()
    looking_for = wanted(request.args)
    found = listing.count(reader, looking_for)
    last = max(1, -(-found.total // listing.PAGE_SIZE))
    number = min(page_of(), last)
    programmes = listing.listed(reader, looking_for, number) if found.total else []
    ids = [programme.programme_id for programme in programmes]
    return render_template(
        "catalog/index.html",
        wanted=looking_for,
        page=Page(programmes, number, listing.PAGE_SIZE, found.total),
        page_url=lambda n: url_for("catalog.index", **looking_for.address(), pagina=n),
        topics=topic_chips(looking_for, found.by_topic),
        words=words,
        sizes=listing.sizes(reader, [programme.version_id for programme in programmes]),
        offers=next_offers(reader, ids, now),
        own=own_states(reader, ids, person_id),
        now=now,
    )


def topic_chips(wanted: Wanted, by_topic: Mapping[str, int]) -> list[tuple[str, str, bool]]:
    """Topics that would find something, each with the other filters kept."""
    chips = [
        (_("All topics"), url_for("catalog.index", **wanted.address(topic="")), not wanted.topic)
    ]
    for topic, said in words.TOPICS.items():
        if topic in by_topic or topic == wanted.topic:
            address = url_for("catalog.index", **wanted.address(topic=topic))
            chips.append((_(said), address, topic == wanted.topic))
    return chips if len(chips) > 2 or wanted.topic else []
