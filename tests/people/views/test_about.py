import pytest

from lms.foundation.kernel.actor import SYSTEM
from lms.people.models import Installation, Institution
from lms.people.rules.agreement import VERSION

PAGES = ("/ayuda", "/accesibilidad", "/privacidad")


@pytest.mark.parametrize("path", PAGES)
def test_anybody_may_read_them(reader, as_person, path):
    assert reader.get(path).status_code == 200
    assert as_person("learner").get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_they_say_whom_to_ask(reader, world, db, path):
    def write_contact(work):
        institution = work.session.get_one(Institution, world.institutions["igm"])
        institution.contact = "ayuda@igm.example · 2232 0000"
        work.session.get_one(Installation, 1).version += 1

    db.perform(write_contact, SYSTEM)
    mail = '<a href="mailto:ayuda@igm.example">ayuda@igm.example</a>'
    assert f"{mail} · 2232 0000" in reader.get(path).text


@pytest.mark.parametrize("path", PAGES)
def test_they_belong_to_no_entry_of_the_menu(reader, as_person, path):
    for browser in (reader, as_person("learner"), as_person("registrar")):
        assert 'aria-current="page"' not in browser.get(path).text


def test_the_notice_names_its_version_and_its_institute(reader):
    page = reader.get("/privacidad").text
    assert f"Version {VERSION}" in page
    assert "Instituto de Gobierno Municipal" in page


def test_they_open_before_there_is_any_institution(app, visitor):
    for path in PAGES:
        assert visitor.get(path).status_code == 200
