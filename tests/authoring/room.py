"""One programme that is published, and what its authors do to its draft."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from flask import Flask
from sqlalchemy import select

from lms.authoring.actions.drafts import Content, change_draft, save_text
from lms.authoring.actions.publish_draft import publish_draft
from lms.authoring.formats.prepared import prepare
from lms.authoring.formats.scaffold import scaffold
from lms.authoring.formats.tree import tree_of
from lms.authoring.queries import drafts as queries
from lms.authoring.rules.tabs import Tab
from lms.authoring.tasks import keep_media, load
from lms.catalog.activity import activity_kinds
from lms.catalog.models import Programme
from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import SYSTEM, Actor
from tests.authoring.packages import TODAY

FOLDER = "primer-curso"


class Room:
    """One programme that is published, and what one does to its draft."""

    def __init__(self, app: Flask, db: Database, institution_id: int) -> None:
        self.app, self.db, self.institution_id = app, db, institution_id
        self.store = app.extensions["cabildo.files"]
        self.bring(scaffold("mi-programa", "Mi programa"))
        with db.reading() as session:
            self.programme = session.scalars(select(Programme)).one()
        self.uid = self.programme.uid

    def bring(self, files: Mapping[str, bytes]) -> None:
        load(self.db, self.store, tree_of(files), self.institution_id, TODAY, SYSTEM)

    @property
    def actor(self) -> Actor:
        return SYSTEM

    def content(self, text: str) -> Content:
        return Content(text)

    def standing(self) -> queries.Working:
        with self.db.reading() as session:
            return queries.working(session, self.programme.id)

    def text(self, path: str) -> str | None:
        with self.db.reading() as session:
            return queries.text_at(session, queries.working(session, self.programme.id), path)

    def save(
        self, path: str, text: str, opened: str, tab: str | None = None, number: int = 0
    ) -> str:
        page = Tab(tab, number) if tab is not None else None
        return self.db.perform(save_text, SYSTEM, self.uid, path, text, opened, tab=page)

    def change(self, changes: Mapping[str, Any], said: str = "Changed") -> Any:
        return self.db.perform(change_draft, SYSTEM, self.uid, changes, said)

    def publish(self, *parts: str, summary: str = "Se aclaró un plazo.") -> Any:
        with self.db.reading() as session:
            standing = queries.working(session, self.programme.id)
            tree = queries.tree_of(session, self.store, standing, parts)
            prepared = prepare(tree, activity_kinds(), TODAY)
        media = keep_media(self.store, tree, prepared.package) if prepared.sound else {}
        return self.db.perform(publish_draft, SYSTEM, self.uid, prepared, media, parts, summary)


def hashed(text: str | None) -> str:
    return sha256((text or "").encode()).hexdigest()
