"""Calls, and applications in each state."""

import io
from typing import Any
from uuid import UUID

from flask import Flask
from PIL import Image

from lms.enrollment.actions.apply import begin, hand_in, put_answer, put_file
from lms.enrollment.actions.call import ask_for, set_words
from lms.enrollment.models import Requirement
from lms.enrollment.queries.calls import requirements
from lms.enrollment.rules.calls import Asked
from lms.foundation.db.database import Database
from lms.foundation.files.actions import keep
from lms.foundation.kernel.actor import SYSTEM, Actor

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
DOCUMENT = Asked("document", "Documento de identidad", "Ambos lados.", is_obligatory=True)
LETTER = Asked("document", "Carta de la alcaldía", "", is_obligatory=False, formats=("pdf",))
QUESTION = Asked("answer", "¿Qué hace en su municipalidad?", "", is_obligatory=True)


def picture(kind: str = "JPEG", colour: str = "red", side: int = 40) -> bytes:
    """A small photograph."""
    drawn = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(drawn, kind)
    return drawn.getvalue()


def call_for(db: Database, cohort: Any, *asked: Asked) -> list[Requirement]:
    """A call that asks for these things, or for one of each sort."""
    db.perform(set_words, SYSTEM, cohort.uid, "Para **secretarías** municipales.")
    for each in asked or (DOCUMENT, LETTER, QUESTION):
        db.perform(ask_for, SYSTEM, cohort.uid, each)
    with db.reading() as session:
        return list(requirements(session, cohort.id))


def prepared(
    app: Flask, db: Database, cohort: Any, person: int, *, without: tuple[str, ...] = ()
) -> UUID:
    """Somebody's application with everything in it, but for what is named; its uid."""
    actor = Actor(person)
    uid = db.perform(begin, actor, cohort.uid)
    with db.reading() as session:
        asked = requirements(session, cohort.id)
    for each in asked:
        if each.name in without:
            continue
        if each.sort == "answer":
            db.perform(put_answer, actor, uid, each.uid, "Llevo las actas.")
        else:
            stored = keep(app.extensions["cabildo.files"], PDF)
            db.perform(put_file, actor, uid, each.uid, stored, "dpi.pdf")
    return uid


def handed_in(app: Flask, db: Database, cohort: Any, person: int) -> UUID:
    """Somebody's application, handed in; its uid."""
    uid = prepared(app, db, cohort, person)
    db.perform(hand_in, Actor(person), uid)
    return uid
