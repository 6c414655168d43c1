"""Language, formats and zone: three things that people choose apart.

Message ids are English; Spanish is complete and the default. Figures and dates follow the country
of the institution, never bare ``es``, which prints 61,5 where these countries write 61.5.
"""

from collections.abc import Callable

from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, get_locale

from lms.foundation.kernel.shipped import shipped
from lms.foundation.web.identity import current_identity

LANGUAGES = {"es": "Español", "en": "English"}
LANGUAGE_COOKIE = "idioma"
FALLBACK = {"es": "es_419", "en": "en"}


def install(
    app: Flask, *, locale_of_site: Callable[[], str], zone_of_site: Callable[[], str]
) -> None:
    """Choose language and zone for each request; ``…_of_site`` answer for the institution."""
    app.config["BABEL_DEFAULT_LOCALE"] = "es_419"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(shipped("translations"))

    def choose_locale() -> str:
        chosen = language()
        site: str = locale_of_site()
        return site if site.split("_")[0] == chosen else FALLBACK[chosen]

    def choose_zone() -> str:
        zone = current_identity().zone
        return str(zone or zone_of_site())

    # Times are shown by the filters below, which know the zone; Flask-Babel keeps the language.
    Babel(app, locale_selector=choose_locale)  # type: ignore[no-untyped-call]
    app.extensions["cabildo.zone"] = choose_zone


def language() -> str:
    """The language of this request: chosen, remembered, asked for by the browser, or the site's."""
    if "language" not in g:
        g.language = _language()
    return str(g.language)


def _language() -> str:
    default = str(current_app.config["LANGUAGE"])
    if not has_request_context():
        return default
    identity = current_identity()
    # Whoever sees the site as somebody else reads it in that person's language.
    remembered = None if identity.seen_by else request.cookies.get(LANGUAGE_COOKIE)
    for candidate in (remembered, identity.language):
        if candidate in LANGUAGES:
            return str(candidate)
    order = [default, *(code for code in LANGUAGES if code != default)]
    return request.accept_languages.best_match(order) or default


def html_language() -> str:
    """The language of the page as HTML names it."""
    return str(get_locale()).replace("_", "-")
