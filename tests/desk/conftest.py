"""Pages in English, whose words are the message ids."""

import pytest


@pytest.fixture
def english(as_person):
    """Somebody's browser with pages in English, whose words are the message ids."""

    def browser(name: str):
        found = as_person(name)
        found.set_cookie("idioma", "en")
        return found

    return browser
