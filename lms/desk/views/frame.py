"""What every page has around it: whose it is, where one can go, what stands at its foot."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from flask import request, url_for

from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import anywhere
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.identity import current_identity
from lms.foundation.web.locale import html_language
from lms.foundation.web.page import Brand, Item, Parts, address
from lms.people.landing import landing
from lms.people.queries.site import site

OFFICE = "/gestion"
BELL = "bell"


def page_parts() -> Parts:
    """What the features contribute to the frame of every page."""
    return Parts(
        brand=brand,
        navigation=navigation,
        footer=footer,
        home=home,
        search=search,
        end_look=lambda: url_for("people.end_look"),
    )


def brand() -> Brand:
    """The product, and below it the institution whose site this is."""
    found = site()
    logo = url_for("admin.logo_file", digest=found.mark) if found.mark else None
    named = found.short_name if found.institution_id else ""
    return Brand("Cabildo", named, found.hue, logo=logo)


def home() -> str:
    """Where the mark in the corner leads."""
    identity = current_identity()
    return address(landing(identity.grants) if identity.signed_in else "catalog.index")


def search() -> str:
    """Where the box in the header of staff leads."""
    return address("admin.search") if anywhere(current_identity(), Permission.STAFF_ROOM) else ""


def navigation() -> Sequence[Item]:
    """The main menu: at most five entries, so that a phone shows them all."""
    identity = current_identity()
    works_here = anywhere(identity, Permission.STAFF_ROOM)
    menu = _menu(html_language(), identity.signed_in, works_here, _place())
    if identity.unread:
        return [
            replace(item, count=identity.unread) if item.icon == BELL else item for item in menu
        ]
    return menu


@cache
def _menu(_language: str, signed_in: bool, works_here: bool, place: str) -> tuple[Item, ...]:
    """The menu of all who read in this language, may go to the same places and are at this one."""
    entries = [
        ("home", _("Home"), "desk.home", "house") if signed_in else None,
        ("catalog", _("Courses"), "catalog.index", "book-open"),
        ("office", _("Management"), "desk.staff", "layout-dashboard") if works_here else None,
        ("notices", _("Notices"), "people.notices", BELL) if signed_in else None,
        ("account", _("My account"), "people.account", "circle-user") if signed_in else None,
        None if signed_in else ("verify", _("Verify"), "certificates.verify", "badge-check"),
        None if signed_in else ("account", _("Sign in"), "people.sign_in", "log-in"),
    ]
    return tuple(
        Item(label, address(endpoint), icon, current=name == place)
        for name, label, endpoint, icon in filter(None, entries)
    )


def footer() -> Sequence[Item]:
    """What stands at the foot of every page."""
    return _foot(html_language())


@cache
def _foot(_language: str) -> tuple[Item, ...]:
    return (
        Item(_("Help"), address("people.help_page")),
        Item(_("Accessibility"), address("people.accessibility")),
        Item(_("Privacy"), address("people.privacy")),
        Item(_("Verify a document"), address("certificates.verify")),
    )


def _place() -> str:
    """Which entry of the menu the present page belongs to."""
    endpoint = request.endpoint or ""
    if request.path.startswith(OFFICE):
        return "office"
    if endpoint == "people.notices":
        return "notices"
    if endpoint in {"certificates.verify", "certificates.public"}:
        return "verify"
    if endpoint in {"people.help_page", "people.accessibility", "people.privacy"}:
        return ""  # of the foot, whoever reads them
    feature = endpoint.partition(".")[0]
    return {"people": "account", "catalog": "catalog", "enrollment": "catalog"}.get(feature, "home")
