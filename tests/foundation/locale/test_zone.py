"""The name of the zone is said to each reader in their own language and of their own zone."""

from flask import render_template_string

from lms.foundation.locale.formats import speaking
from tests.factories.teaching import open_classroom


def test_a_page_says_it_anew_to_each_reader(app, db, world, as_person):
    room = open_classroom(app, db, world)
    page = f"/gestion/promociones/{room.cohort.uid}/editar"
    said = {}
    for language in ("en", "es", "en"):
        browser = as_person("registrar")
        browser.set_cookie("idioma", language)
        said[language] = browser.get(page).text
    assert "Guatemala time" in said["en"]
    assert "hora de Guatemala" in said["es"]
    assert "Guatemala time" not in said["es"]


def test_the_same_template_knows_each_zone(app):
    with app.test_request_context():
        heard = []
        for zone in ("America/Lima", "America/Mexico_City"):
            with speaking("es_419", zone):
                heard.append(render_template_string("{{ time_zone() }}"))
    assert heard == ["hora de Lima", "hora de Ciudad de México"]
