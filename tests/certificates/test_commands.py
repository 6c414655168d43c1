"""`lms keys`, `lms register` and `lms certificates`: what an operator does, with its exit codes."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from lms.certificates.actions.withdraw import Where, withdraw
from lms.certificates.models import Credential
from lms.certificates.rules.status import Status
from lms.certificates.rules.withdrawing import Resolution
from lms.cli import main, running
from tests.certificates.conftest import URL


@pytest.fixture
def run(app, monkeypatch):
    monkeypatch.setattr("lms.app.create_app", lambda settings=None: app)
    monkeypatch.setattr(running, "load", lambda **_: None)
    monkeypatch.setattr("lms.cli.certificates.existing", lambda: None)
    monkeypatch.setenv("LMS_LANGUAGE", "en")
    return lambda *args: CliRunner().invoke(main, [str(each) for each in args])


@pytest.fixture
def issued(db, graduates, issue_to_all, do_jobs) -> list[Credential]:
    graduates(2)
    issue_to_all()
    do_jobs()
    with db.reading() as session:
        return session.scalars(select(Credential).order_by(Credential.leaf_index)).all()


@pytest.fixture
def folder(run, issued, tmp_path) -> Path:
    assert run("certificates", "export", "--all", tmp_path / "out").exit_code == 0
    assert run("keys", "export", tmp_path / "keys").exit_code == 0
    return tmp_path


def files(folder: Path) -> list[Path]:
    return sorted((folder / "out").iterdir())


def test_what_was_issued_is_valid_with_and_without_the_installation(run, folder):
    assert [path.suffix for path in files(folder)] == [".jwt", ".pdf"] * 2
    for path in files(folder):
        asked = run("certificates", "verify", path)
        assert asked.exit_code == 0, asked.output
        assert "Valid" in asked.output
        alone = run("certificates", "verify", path, "--offline", "--keys", folder / "keys")
        assert alone.exit_code == 0, alone.output
        assert "+ The register holds it" in alone.output


def test_what_was_altered_or_is_unknown_is_one(run, folder):
    token, pdf = files(folder)[:2]
    altered = folder / "altered.pdf"
    altered.write_bytes(pdf.read_bytes().replace(b"%PDF-1.7", b"%PDF-1.6", 1))
    longer = folder / "longer.pdf"
    longer.write_bytes(pdf.read_bytes() + b"\n")
    forged = folder / "forged.jwt"
    header, payload, signature = token.read_text().split(".")
    forged.write_text(f"{header}.{payload[:-4]}AAAA.{signature}")
    nothing = folder / "nothing.txt"
    nothing.write_text("hola")
    for path in (altered, longer, forged, nothing):
        assert run("certificates", "verify", path).exit_code == 1, path
        alone = run("certificates", "verify", path, "--offline", "--keys", folder / "keys")
        assert alone.exit_code == 1, path


def test_the_code_of_the_back_and_bare_data_are_understood_too(run, app, db, folder, issued):
    from dataclasses import replace

    from lms.certificates.formats import pocket
    from lms.certificates.formats.pocket import Pocket
    from lms.certificates.formats.record import from_json
    from lms.foundation.keys.keyring import Keyring
    from lms.foundation.keys.models import Purpose

    signer = Keyring(db, str(app.secret_key)).signer(Purpose.CREDENTIAL)
    told = Pocket.of(from_json(issued[0].record), issued[0].leaf_index)
    text, keys = pocket.write(told, URL, signer), ("--offline", "--keys", folder / "keys")

    def ask(content: str, *options) -> int:
        path = folder / "qr.txt"
        path.write_text(content)
        return run("certificates", "verify", path, *options).exit_code

    assert (ask(text), ask(text, *keys)) == (0, 0)
    changed = text[:90] + ("A" if text[90] != "A" else "B") + text[91:]
    assert (ask(changed), ask(changed, *keys)) == (1, 1)
    # Signed by us, and not what the register has.
    other = pocket.write(replace(told, leaf_index=9), URL, signer)
    assert (ask(other), ask(other, *keys)) == (1, 0)
    # Data without a signature: the register knows, and nobody else can tell.
    assert (ask(issued[0].record), ask(issued[0].record, *keys)) == (0, 1)
    assert ask(issued[0].record.replace('"hours":24', '"hours":240')) == 1
    assert ask(f"{URL}/v/{issued[0].code}") == 1


def test_keys_that_nobody_knows_prove_nothing(run, folder):
    other = folder / "other"
    other.mkdir()
    for path in (folder / "keys").iterdir():
        (other / path.name).write_text(path.read_text())
    (other / "jwks.json").write_text('{"keys": []}')
    (other / "certificados.pem").write_text("")
    for path in files(folder):
        assert run("certificates", "verify", path, "--offline", "--keys", other).exit_code == 1


def test_called_wrongly_is_two(run, folder):
    [path, *_others] = files(folder)
    assert run("certificates", "verify", path, "--offline").exit_code == 2
    assert run("certificates", "verify", folder / "no-such").exit_code == 2
    assert run("certificates", "export", folder / "out").exit_code == 2
    assert run("certificates", "export", "NO-2026-000001", folder / "out").exit_code == 1
    assert run("keys", "rotate", "everything").exit_code == 2


def test_what_was_revoked_is_three(run, folder, db, cohort, registrar, issued):
    today = db.clock().date()
    resolution = Resolution("RES-1", "Consejo", today, "Por error.")
    where = Where(cohort, issued[0].uid, URL)
    db.perform(withdraw, registrar, where, Status.ANNULLED, resolution)
    token, pdf, *others = files(folder)
    for path in (token, pdf):
        done = run("certificates", "verify", path)
        assert done.exit_code == 3, done.output
        assert "RES-1" in done.output
    assert run("certificates", "verify", others[0]).exit_code == 0


def test_the_register_is_proved_and_the_first_row_that_disagrees_is_named(run, db, issued):
    done = run("register", "check")
    assert (done.exit_code, done.output) == (0, "Marks: 2. Checkpoints: 1. All agree.\n")

    def backdate(work) -> None:
        row = work.session.get(Credential, issued[1].id)
        row.record = row.record.replace("2026-11-23", "2025-11-23")

    from lms.foundation.kernel.actor import SYSTEM

    db.perform(backdate, SYSTEM)
    done = run("register", "check")
    assert done.exit_code == 1
    assert issued[1].code in done.output


def test_a_leaked_key_proves_nothing_any_more_and_the_register_still_does(run, folder):
    pdf = files(folder)[1]
    before = run("keys", "list").output
    assert re.findall(r"^\w+", before, re.M) == ["credential", "log", "pdf"]
    assert run("keys", "rotate", "pdf", "--leaked").exit_code == 0
    after = run("keys", "list").output
    assert after.count("leaked") == 1
    assert len(after.splitlines()) == 4
    asked = run("certificates", "verify", pdf)  # the register knows it byte for byte
    assert asked.exit_code == 0
    assert "- The file was changed after it was signed" in asked.output
    assert run("keys", "export", folder / "new").exit_code == 0
    alone = run("certificates", "verify", pdf, "--offline", "--keys", folder / "new")
    assert alone.exit_code == 1
    assert run("register", "check").exit_code == 0


def test_web_workers_do_not_carry_what_only_sealing_needs():
    import subprocess
    import sys

    code = (
        "import sys, lms.wiring, lms.certificates.views;"
        "print(sorted(set(sys.modules) & {'pikepdf', 'typst', 'pypdf', 'cryptography.x509',"
        " 'zxingcpp', 'lxml'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
