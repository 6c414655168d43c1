"""A text that is being written: where it stands, who else writes it, where one goes afterwards."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

from flask import request, url_for

from lms.authoring.formats.keys import keys_of
from lms.authoring.formats.yaml_edit import Unreadable
from lms.authoring.models import DraftFile
from lms.authoring.queries import drafts
from lms.authoring.queries.checked import activity_at
from lms.authoring.rules.publication import part_of
from lms.authoring.rules.tabs import read_tab
from lms.authoring.views.places import Bench
from lms.catalog.rules.nodes import Map
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.formats import clock_time
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.identity import signed_in
from lms.foundation.web.reading import database, reading
from lms.people.queries.people import names

SETTLED = "guardado"
"""In the address of the page that follows a save: the open page whose text the server has now."""
STILL_WRITING = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Writing:
    """A file that is being written: where it stands, and where one came from."""

    found: Bench
    path: str
    title: str
    here: str
    back: str
    key: str | None = None
    in_parts: bool = False
    """Its page shows its head in fields of their own, not the file as one text."""

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        part = part_of(self.path)
        return self.found.crumbs(*([part] if part else []))

    def after(self, text: str) -> str:
        """Where to go on writing once this text is kept: its key may be another one now."""
        head = _head(self.path, text)
        is_known = self.key is None if head is None else head.get("key") in (None, self.key)
        if is_known:
            return self.here
        return url_for("authoring.text", programme=self.found.programme.uid, path=self.path)

    def settled(self, url: str, tab: str) -> str:
        """The address that tells the browser: what this page kept for safety has arrived."""
        if not tab:
            return url
        parts = urlsplit(url)
        return urlunsplit(parts._replace(query=f"{SETTLED}={tab}"))

    @property
    def text(self) -> str:
        """What it says now. Raises NotFound."""
        text = drafts.text_at(reading(), self.found.standing, self.path)
        if text is None:
            raise NotFound()
        return text

    @property
    def draft(self) -> DraftFile | None:
        return self.found.standing.rows.get(self.path)

    @property
    def saved_by(self) -> str:
        """Who saved it last; nobody's name where it was not written here."""
        draft = self.draft
        if draft is None or draft.saved_by_id is None:
            return ""
        found = names(reading(), [draft.saved_by_id]).get(draft.saved_by_id)
        return found.full if found is not None else ""

    @property
    def own_page(self) -> str:
        """The open page from which the reader saved it, if the last to save it was the reader."""
        draft = self.draft
        if draft is None or draft.saved_by_id != signed_in().person_id:
            return ""
        kept = read_tab(draft.tab)
        return kept.name if kept is not None else ""

    def told_of(self, tab: str, *, own: bool = False) -> str:
        """Whoever else wrote this text a moment ago, as a sentence; nothing where nobody did.

        What one saved oneself is told only to a page that asks for it: it alone knows whether the
        other page is still open.
        """
        draft = self.draft
        if draft is None or database().clock() - draft.saved_at > STILL_WRITING:
            return ""
        kept = read_tab(draft.tab)
        if kept is None or kept.name == tab:
            return ""
        at = clock_time(draft.saved_at)
        if draft.saved_by_id == signed_in().person_id:
            return (
                "" if not own else _("You saved this text at %(time)s from another page.", time=at)
            )
        return _("%(name)s saved this text at %(time)s.", name=self.saved_by, time=at)


def place_of(found: Bench, course: str, key: str) -> tuple[str, str]:
    """Where the activity of a key stands and what it is called.

    An open page knows its path, so the course need not be read to save what is typed; and while
    its key itself is being written, only the page knows it. Raises NotFound.
    """
    path = request.values.get("path", "")
    is_here = path.startswith(f"{course}/") and path in found.standing.files
    if is_here:
        head = _head(path, drafts.text_at(reading(), found.standing, path) or "")
        if head is not None and head.get("key") == key:
            return path, _title(head, path)
    try:
        source = activity_at(found.checked_course(course).course(course), key)
    except NotFound:
        if not is_here:
            raise
        return path, _title({}, path)
    return source.path, _title(source.data, source.path)


def _head(path: str, text: str) -> Map | None:
    try:
        return keys_of(path, text)
    except Unreadable:
        return None


def _title(head: object, path: str) -> str:
    title = head.get("title") if isinstance(head, dict) else None
    return title if isinstance(title, str) and title else path.rpartition("/")[2]
