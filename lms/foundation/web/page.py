"""What every page has around its content: brand, navigation, footer, languages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

from flask import Flask, has_request_context, request, url_for

from lms.foundation.access.identity import Identity
from lms.foundation.locale.words import gettext, ngettext
from lms.foundation.web.csrf import csrf_token
from lms.foundation.web.identity import current_identity
from lms.foundation.web.locale import LANGUAGES, html_language, language


@dataclass(frozen=True)
class Brand:
    """Whose page it is."""

    name: str
    tagline: str
    hue: str
    mark: str | None = None
    logo: str | None = None


@dataclass(frozen=True)
class Item:
    """One entry of a menu."""

    label: str
    url: str
    icon: str = ""
    current: bool = False
    count: int = 0


@dataclass(frozen=True)
class LanguageLink:
    """The same page in another language."""

    code: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True)
class Parts:
    """What the features contribute to every page."""

    brand: Callable[[], Brand]
    navigation: Callable[[], Sequence[Item]]
    footer: Callable[[], Sequence[Item]]
    home: Callable[[], str]
    search: Callable[[], str]
    end_look: Callable[[], str]


def install(app: Flask, parts: Parts) -> None:
    """Put into every template what layouts need."""
    app.jinja_env.globals.update(
        _=gettext, gettext=gettext, ngettext=ngettext, csrf_token=csrf_token, url_for=url_for
    )

    @app.context_processor
    def around() -> dict[str, Any]:
        if not has_request_context():
            return {}  # a letter
        identity = current_identity()
        return {
            "brand": parts.brand(),
            "identity": Shown(identity) if isinstance(identity, Identity) else identity,
            "locale": html_language(),
            "nav": parts.navigation,
            "footer_links": parts.footer,
            "languages": languages,
            "home_url": parts.home(),
            "search_url": parts.search() if identity.is_staff else "",
            "token_url": address("web.token"),
            "end_look_url": parts.end_look() if identity.seen_by else "",
        }


class Shown:
    """The identity as templates see it; ``key`` names the person to the page's own store."""

    def __init__(self, identity: Identity) -> None:
        self.signed_in = True
        self.short_name = identity.short_name
        self.key = identity.person_uid
        self.unread = identity.unread
        self.is_staff = identity.is_staff
        self.seen_by = identity.seen_by


@cache
def address(endpoint: str) -> str:
    """The address of a page that takes no parameters: the same for as long as this process runs."""
    return url_for(endpoint)


def languages() -> list[LanguageLink]:
    """Links to this page in each language."""
    now = language()
    back = quote(request.full_path.rstrip("?") if request.method == "GET" else "/", safe="/")
    return [
        LanguageLink(code, name, f"{_language_address(code)}?next={back}", code == now)
        for code, name in LANGUAGES.items()
    ]


@cache
def _language_address(code: str) -> str:
    return url_for("web.set_language", code=code)
