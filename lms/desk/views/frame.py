"""What every page has around it: whose it is, where one can go, what stands at its foot."""

from flask import request, url_for

from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import anywhere
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.identity import current_identity
from lms.foundation.web.page import Brand, Item, Parts
from lms.people.landing import landing
from lms.people.queries.site import site

OFFICE = "/gestion"


def page_parts() -> Parts:
    """What the features contribute to the frame of every page."""
    return Parts(brand=brand, navigation=navigation, footer=footer, home=home, search=search)


def brand() -> Brand:
    """The product, and below it the institution whose site this is."""
    found = site()
    return Brand("Cabildo", found.short_name if found.institution_id else "", found.hue)


def home() -> str:
    """Where the mark in the corner leads."""
    identity = current_identity()
    return url_for(landing(identity.grants) if identity.signed_in else "catalog.index")


def search() -> str:
    """Where the box in the header of staff leads."""
    return url_for("admin.search") if anywhere(current_identity(), Permission.STAFF_ROOM) else ""


def navigation() -> list[Item]:
    """The main menu: at most five entries, so that a phone shows them all."""
    identity = current_identity()
    place = _place()
    catalog = Item(_("Courses"), url_for("catalog.index"), "book-open", place == "catalog")
    if not identity.signed_in:
        verify = url_for("certificates.verify")
        return [
            catalog,
            Item(_("Verify"), verify, "badge-check", place == "verify"),
            Item(_("Sign in"), url_for("people.sign_in"), "log-in", place == "account"),
        ]
    items = [Item(_("Home"), url_for("desk.home"), "house", place == "home"), catalog]
    if anywhere(identity, Permission.STAFF_ROOM):
        office = url_for("desk.staff")
        items.append(Item(_("Management"), office, "layout-dashboard", place == "office"))
    notices = url_for("people.notices")
    return [
        *items,
        Item(_("Notices"), notices, "bell", place == "notices", identity.unread),
        Item(_("My account"), url_for("people.account"), "circle-user", place == "account"),
    ]


def footer() -> list[Item]:
    """What stands at the foot of every page."""
    return [
        Item(_("Help"), url_for("people.help_page")),
        Item(_("Accessibility"), url_for("people.accessibility")),
        Item(_("Privacy"), url_for("people.privacy")),
        Item(_("Verify a document"), url_for("certificates.verify")),
    ]


def _place() -> str:
    """Which entry of the menu the present page belongs to."""
    endpoint = request.endpoint or ""
    if request.path.startswith(OFFICE):
        return "office"
    if endpoint == "people.notices":
        return "notices"
    if endpoint in {"certificates.verify", "certificates.public"}:
        return "verify"
    feature = endpoint.partition(".")[0]
    return {"people": "account", "catalog": "catalog", "enrollment": "catalog"}.get(feature, "home")
