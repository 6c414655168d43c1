"""Verifying without a network, in a real browser: visited once, then the signal is lost."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from lms.certificates.actions.withdraw import Where, withdraw
from lms.certificates.formats import pocket
from lms.certificates.formats.pocket import Pocket
from lms.certificates.formats.record import from_json
from lms.certificates.models import Credential
from lms.certificates.rules.status import Status
from lms.certificates.rules.withdrawing import Resolution
from lms.foundation.files.store import Store
from lms.foundation.keys import pairs
from lms.foundation.keys.keyring import Keyring, Signer
from lms.foundation.keys.models import Purpose
from tests.certificates.conftest import URL

pytestmark = pytest.mark.browser


@pytest.fixture
def issued(db, graduates, issue_to_all, do_jobs) -> list[Credential]:
    graduates(3)
    issue_to_all()
    do_jobs()
    with db.reading() as session:
        return list(session.scalars(select(Credential).order_by(Credential.leaf_index)))


@pytest.fixture
def signer(app: Flask, db, issued) -> Signer:
    return Keyring(db, str(app.secret_key)).signer(Purpose.CREDENTIAL)


@pytest.fixture
def revoke(db, cohort, registrar, issued) -> Callable[[int], None]:
    def end(which: int) -> None:
        resolution = Resolution("RES-1", "Consejo", db.clock().date(), "Por error.")
        where = Where(cohort, issued[which].uid, URL)
        db.perform(withdraw, registrar, where, Status.ANNULLED, resolution)

    return end


def code_of(credential: Credential, signer: Signer, **changed) -> str:
    told = Pocket.of(from_json(credential.record), credential.leaf_index)
    return pocket.write(replace(told, **changed), URL, signer)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport={"width": 360, "height": 740}, locale="es-GT")
    yield made
    made.close()


@pytest.fixture
def visit(context: BrowserContext, served: str) -> Callable[[], Page]:
    """The page, visited once with a network; from then on there is none."""

    def once() -> Page:
        page = context.new_page()
        page.goto(f"{served}/verificar")
        expect(page.locator("[data-ready]")).to_be_visible()
        context.set_offline(True)
        page.reload()
        expect(page.locator("h1")).to_have_text("Verificar documento")
        return page

    return once


def paste(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("#brought button[type=submit]").click()


def said(page: Page) -> str:
    return page.locator("[data-said] .status").inner_text()


def test_a_genuine_code_is_valid_and_one_that_was_annulled_is_not(
    visit, issued, signer, revoke, clock
):
    revoke(1)
    page = visit()
    paste(page, code_of(issued[0], signer))
    expect(page.locator("[data-said] .status.good")).to_contain_text("Vigente")
    assert "23 nov 2026" in said(page)  # as of when
    record = from_json(issued[0].record)
    for text in (record.holder.full_name, record.course, record.number, "24"):
        expect(page.locator("[data-facts]")).to_contain_text(text)
    expect(page.locator("[data-sample]")).to_be_visible()
    paste(page, code_of(issued[1], signer))
    expect(page.locator("[data-said] .status.bad:visible")).to_contain_text("Anulado")
    assert "23 nov 2026" in page.locator("[data-said]").inner_text()


def test_what_was_annulled_since_is_known_only_after_the_next_visit(
    visit, context, issued, signer, revoke
):
    page = visit()
    revoke(0)
    paste(page, code_of(issued[0], signer))
    expect(page.locator("[data-said] .status")).to_contain_text("Vigente")
    context.set_offline(False)
    page.reload()
    paste(page, code_of(issued[0], signer))
    expect(page.locator("[data-said] .status:visible")).to_contain_text("Anulado")


def test_one_changed_letter_a_forged_name_and_an_unknown_key_are_exposed(visit, issued, signer):
    page = visit()
    true = code_of(issued[0], signer)
    for at in (60, 200, len(true) - 5):
        other = "A" if true[at] != "A" else "B"
        paste(page, true[:at] + other + true[at + 1 :])
        expect(page.locator("[data-said] .status.bad")).to_be_visible()
        expect(page.locator("[data-said] .status.good")).to_have_count(0)
    private = pairs.new_ed25519()
    public = pairs.public_pem(private)
    forger = Signer(pairs.kid_of(public), public, "", private)
    paste(page, code_of(issued[0], forger, holder="Ricardo Falso"))
    expect(page.locator("[data-said] .status.bad")).to_contain_text("Llave desconocida")
    # Under the name of a key that is known.
    paste(page, code_of(issued[0], replace(forger, kid=signer.kid), holder="Ricardo Falso"))
    expect(page.locator("[data-said] .status.bad")).to_contain_text("Código alterado")


def test_what_is_newer_than_the_list_is_not_called_valid(visit, issued, signer):
    page = visit()
    paste(page, code_of(issued[0], signer, leaf_index=99))
    expect(page.locator("[data-said] .status.warn")).to_contain_text("Auténtico")
    expect(page.locator("[data-said]")).not_to_contain_text("Vigente")


def test_the_camera_of_a_telephone_opens_the_address_itself(visit, served, issued, signer):
    page = visit()
    fragment = code_of(issued[0], signer).partition("#")[2]
    page.goto(f"{served}/verificar#{fragment}")
    expect(page.locator("[data-said] .status.good")).to_contain_text("Vigente")


def test_a_credential_is_verified_on_the_device_too(app, visit, issued, tmp_path):
    page = visit()
    store: Store = app.extensions["cabildo.files"]
    with store.open(issued[0].vc_sha256) as file:
        token = file.read()
    path = tmp_path / "documento.jwt"
    path.write_bytes(token)
    page.locator("#file").set_input_files(path)
    page.locator("#brought button[type=submit]").click()
    expect(page.locator("[data-said] .status.good")).to_contain_text("Vigente")
    head, body, signature = token.decode().split(".")
    path.write_text(f"{head}.{body}.{signature[:-4]}AAAA")
    page.locator("#file").set_input_files(path)
    page.locator("#brought button[type=submit]").click()
    expect(page.locator("[data-said] .status.bad")).to_contain_text("Código alterado")


def test_what_the_device_cannot_tell_alone_is_said(visit, tmp_path):
    page = visit()
    path = tmp_path / "documento.pdf"
    path.write_bytes(b"%PDF-1.7")
    page.locator("#file").set_input_files(path)
    page.locator("#brought button[type=submit]").click()
    expect(page.locator("[data-said]")).to_contain_text("necesita conexión")


def test_a_short_code_typed_without_a_network_is_answered_with_what_to_do(visit, issued):
    page = visit()
    page.locator("#codigo").fill(issued[0].code)
    page.locator("form[role=search] button").click()
    expect(page.locator("[data-said]")).to_contain_text("necesita conexión")
    expect(page.locator("#codigo")).to_have_value(issued[0].code)


def test_nobodys_name_is_kept_on_a_device_that_others_use(context, served, world, issued):
    from lms.foundation.web.identity import SESSION_COOKIE

    cookie = {"name": SESSION_COOKIE, "value": world.token_of("learner"), "url": served}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(f"{served}/verificar")
    expect(page.locator("[data-ready]")).to_be_visible()
    assert page.locator("nav a[href='/constancias'], nav a[href='/cuenta']").count()
    context.set_offline(True)
    page.reload()
    expect(page.locator("h1")).to_have_text("Verificar documento")
    expect(page.locator("nav a[href='/ingresar']")).to_be_visible()
    assert not page.locator("nav a[href='/constancias'], nav a[href='/cuenta']").count()


def test_a_browser_that_knows_no_ed25519_lets_the_server_tell(context, served, issued, signer):
    context.add_init_script(
        "const old = SubtleCrypto.prototype.importKey;"
        "SubtleCrypto.prototype.importKey = function (form, key, name, ...rest) {"
        "  if (name === 'Ed25519') throw new DOMException('no', 'NotSupportedError');"
        "  return old.call(this, form, key, name, ...rest); };"
    )
    page = context.new_page()
    page.goto(f"{served}/verificar")
    paste(page, code_of(issued[0], signer))
    expect(page.locator(".notice.good")).to_contain_text("El código es auténtico")
    page.goto("about:blank")
    page.goto(f"{served}/verificar#{code_of(issued[0], signer).partition('#')[2]}")
    expect(page.locator(".notice.good")).to_contain_text("El código es auténtico")
