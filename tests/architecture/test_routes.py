"""Addresses: kebab-case, typed, each with an access rule; permissions and tasks all in use."""

import re

from lms import wiring
from lms.foundation.access.permissions import Permission
from lms.foundation.jobs.schedule import DAILY
from lms.foundation.web.guard import Guarded, Public, access_of

# Standards say where to look for keys.
_SEGMENT = re.compile(
    r"^(\.well-known|[a-z0-9]+(-[a-z0-9]+)*"
    r"|<[a-z]+(\([a-z', ]+\))?:[a-z_0-9]+>|<[a-z_0-9]+>)(\.[a-z]+)?$"
)
# Never in our addresses: database keys.
_NUMBER = re.compile(r"<int:(?!page|slot|number|edition|version)")


def rules(app):
    return list(app.url_map.iter_rules())


def test_addresses_are_lower_case_words_with_hyphens(app):
    for rule in rules(app):
        for segment in rule.rule.strip("/").split("/"):
            assert segment == "" or _SEGMENT.match(segment), rule.rule


def test_no_address_shows_a_database_key(app):
    assert [rule.rule for rule in rules(app) if _NUMBER.search(rule.rule)] == []


def test_every_address_says_who_may_open_it(app):
    for endpoint, view in app.view_functions.items():
        access = access_of(view)
        assert isinstance(access, Guarded | Public), endpoint
        if isinstance(access, Public):
            assert len(access.why) > 10, f"{endpoint}: why is it public?"


def test_reading_addresses_only_read_and_each_has_one_name(app):
    for rule in rules(app):
        assert rule.methods <= {"GET", "HEAD", "OPTIONS", "POST"}, rule.rule


def test_every_daily_task_and_every_later_subscriber_exists():
    named = set(DAILY) | {task for s in wiring.SUBSCRIBERS.values() for task in s.later}
    assert named <= set(wiring.TASKS)


def test_every_permission_that_a_screen_needs_is_in_the_table(app):
    used = {
        a.permission for v in app.view_functions.values() if isinstance(a := access_of(v), Guarded)
    }
    assert used <= set(Permission)
