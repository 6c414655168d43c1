"""The wheel holds all: installed elsewhere it migrates, teaches, serves and prints certificates."""

import os
import socket
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser  # real processes, no database of the tests: once is enough
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
         "--no-index", "--wheel-dir", str(folder), str(ROOT)],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def elsewhere(wheel, tmp_path_factory) -> Path:
    """An environment with the wheel, far from the checkout, with the libraries of the tests."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "env", symlinks=True, with_pip=False)
    python = folder / "env" / "bin" / "python"
    inside = next((folder / "env" / "lib").iterdir()) / "site-packages"
    # A .pth is not followed further, so the checkout's own editable install stays out of sight.
    (inside / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "--python", str(python), "install", "--no-deps",
         "--no-index", "--target", str(inside), str(wheel)],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


def lms(elsewhere: Path, *arguments: str, data: Path) -> subprocess.CompletedProcess:
    environ = os.environ | {
        "LMS_DATA_DIR": str(data), "LANG": "es_GT.UTF-8", "LC_ALL": "es_GT.UTF-8",
    }  # fmt: skip
    return subprocess.run(
        [str(elsewhere / "env" / "bin" / "python"), "-m", "lms.cli", *arguments],
        env=environ, cwd=elsewhere, capture_output=True, text=True, timeout=300,
    )  # fmt: skip


def test_the_wheel_has_templates_static_files_migrations_translations_and_courses(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    wanted = (
        "lms/foundation/web/templates/layouts/base.html",
        "lms/foundation/web/static/dist/manifest.json",
        "lms/_shipped/migrations/versions/0001_initial.py",
        "lms/_shipped/translations/es/LC_MESSAGES/messages.mo",
        "lms/_shipped/courses/gestion-municipal-y-transparencia/programme.yaml",
        "lms/certificates/formats/pdf.py",
        "lms/granian.json",
    )
    assert [name for name in wanted if name not in names] == []
    assert any(name.endswith(".typ") for name in names)
    assert any(name.endswith(".css.br") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "bench/"))]
    assert (
        "[console_scripts]\nlms = lms.cli:main"
        in zipfile.ZipFile(wheel)
        .read(next(name for name in names if name.endswith("entry_points.txt")))
        .decode()
    )


def test_it_runs_outside_the_checkout(elsewhere, tmp_path):
    where = lms(elsewhere, "--version", data=tmp_path)
    assert where.stdout.startswith("cabildo"), where.stderr
    probe = subprocess.run(
        [str(elsewhere / "env" / "bin" / "python"), "-c", "import lms; print(lms.__file__)"],
        cwd=elsewhere, capture_output=True, text=True,
    )  # fmt: skip
    assert str(ROOT) not in probe.stdout
    for _ in range(2):  # safe to repeat
        done = lms(elsewhere, "demo", data=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "registro@" in done.stdout
    assert (tmp_path / "demo-accounts.json").stat().st_mode & 0o077 == 0
    doctor = lms(elsewhere, "doctor", data=tmp_path)
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr


def test_it_serves_pages_and_static_files(elsewhere, tmp_path):
    assert lms(elsewhere, "demo", data=tmp_path).returncode == 0
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = os.environ | {"LMS_DATA_DIR": str(tmp_path), "PORT": str(port)}
    server = subprocess.Popen(
        [str(elsewhere / "env" / "bin" / "python"), "-m", "lms.cli", "serve"],
        env=environ, cwd=elsewhere,
    )  # fmt: skip
    try:
        page = _fetch(f"http://127.0.0.1:{port}/cursos", server)
        assert "Gestión Municipal y Transparencia" in page
        css = page.split('rel="stylesheet" href="')[1].split('"')[0]
        assert "@media" in _fetch(f"http://127.0.0.1:{port}{css}", server)
    finally:
        server.terminate()
        assert server.wait(30) == 0


def _fetch(url: str, server: subprocess.Popen) -> str:
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:
                return answer.read().decode()
        except OSError:
            try:
                server.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            raise
    raise AssertionError("the server did not answer")
