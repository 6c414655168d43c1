"""The file store, what files are, and what is refused; on a folder and on a real S3 server."""

import io
import os
import socket
import threading
from datetime import timedelta

import pytest
from PIL import Image

from lms.foundation.files import kinds
from lms.foundation.files.actions import keep, refer
from lms.foundation.files.orphans import sweep
from lms.foundation.files.store import Bucket, Folder, Store, digest_of
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Invalid


@pytest.fixture(scope="session")
def s3_endpoint():
    from moto.server import ThreadedMotoServer

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = ThreadedMotoServer("127.0.0.1", port)
    server.start()
    os.environ.update(
        AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_DEFAULT_REGION="us-east-1"
    )
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def store(request, tmp_path) -> Store:
    if request.param == "folder":
        return Folder(tmp_path / "files")
    endpoint = request.getfixturevalue("s3_endpoint")
    store = Bucket("cabildo", endpoint=endpoint, prefix=f"{tmp_path.name}/")
    store._client.create_bucket(Bucket="cabildo")
    return store


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#0b5a66").save(out, kind)
    return out.getvalue()


def test_what_is_put_comes_back_and_equal_bytes_are_one_file(store):
    digest, size = digest_of(io.BytesIO(b"acta"))
    for _ in range(2):
        store.put(io.BytesIO(b"acta"), digest)
    assert store.exists(digest)
    assert size == 4
    assert store.stored_at(digest) == dict(store.all())[digest]
    assert store.open(digest).read() == b"acta"
    assert [name for name, _ in store.all()] == [digest]
    store.delete(digest)
    assert not store.exists(digest)
    assert store.stored_at(digest) is None
    assert not store.exists("0" * 64)


def test_a_folder_opens_nothing_but_hashes(tmp_path):
    with pytest.raises(ValueError, match="not a hash"):
        Folder(tmp_path).open("../../etc/passwd")


def test_half_a_file_is_never_seen(tmp_path):
    class Breaks(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            raise OSError(28, "No space left on device")

    store = Folder(tmp_path)
    with pytest.raises(OSError, match="No space"):
        store.put(Breaks(), "a" * 64)
    assert list(store.all()) == []
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (picture(), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("WEBP"), "image/webp"),
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"OggS\x00...", "audio/ogg"),
        ("nombre,teléfono\nRosa,55\n".encode(), "text/csv"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        (b"<html><script>alert(1)</script></html>", "text/plain"),
        (b"\x00\x01\x02\x03\x04", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_content_says(content, found):
    assert kinds.media_type(io.BytesIO(content)) == found


def test_pictures_are_drawn_anew_and_lose_what_was_hidden_in_them(tmp_path):
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", (3000, 200), "red").save(out, "JPEG", exif=exif)
    stored = keep(Folder(tmp_path), out.getvalue(), kinds=kinds.PICTURES)
    kept = Folder(tmp_path).open(stored.sha256).read()
    assert b"secret place" not in kept
    assert max(Image.open(io.BytesIO(kept)).size) == kinds.LONGEST_SIDE
    assert stored.media_type == "image/jpeg"


@pytest.mark.parametrize(
    "content",
    [
        picture()[:60],
        b"\x89PNG\r\n\x1a\n" + os.urandom(500),
        b"\xff\xd8\xff" + b"\x00" * 100,
        b"<html>not a picture</html>",
        b"",
    ],
)
def test_a_damaged_picture_gets_a_sentence_and_leaves_nothing(content, tmp_path):
    with pytest.raises(Invalid):
        keep(Folder(tmp_path), content, kinds=kinds.PICTURES)
    assert list(Folder(tmp_path).all()) == []


def test_a_picture_with_absurdly_many_pixels_is_refused(tmp_path):
    bomb = picture(size=(1, 1)).replace(
        b"\x00\x00\x00\x01\x00\x00\x00\x01", b"\x00\x00\xff\xff\x00\x00\xff\xff"
    )
    with pytest.raises(Invalid):
        keep(Folder(tmp_path), bomb, kinds=kinds.PICTURES)


def test_only_orphans_of_more_than_a_day_are_swept(db, app, clock, tmp_path):
    store = Folder(tmp_path)
    used = keep(store, b"used")
    orphan = keep(store, b"orphan")
    fresh = keep(store, b"fresh")
    db.perform(refer, SYSTEM, used)
    old = (clock.now - timedelta(days=2)).timestamp()
    for stored in (used, orphan):
        os.utime(store._path(stored.sha256), (old, old))
    os.utime(store._path(fresh.sha256), (clock.now.timestamp(), clock.now.timestamp()))
    with db.reading() as session:
        assert sweep(session, store, clock.now) == 1
    assert {name for name, _ in store.all()} == {used.sha256, fresh.sha256}


def test_what_is_stored_again_while_the_sweep_is_under_way_stays(db, app, clock, tmp_path):
    """Its age is asked once more just before it goes: whoever stored it is about to refer to it."""
    store = Folder(tmp_path)
    orphans = [keep(store, name).sha256 for name in (b"one", b"two")]
    old = (clock.now - timedelta(days=2)).timestamp()
    for digest in orphans:
        os.utime(store._path(digest), (old, old))
    listed = list(store.all())

    class Meanwhile(Folder):
        def all(self):
            yield from listed
            keep(store, b"two")

    with db.reading() as session:
        assert sweep(session, Meanwhile(tmp_path), clock.now) == 1
    assert [name for name, _ in store.all()] == [digest_of(io.BytesIO(b"two"))[0]]


def test_the_sweep_holds_up_nobody(db, app, clock, tmp_path):
    """It writes nothing, so a writer goes on between any two files."""
    store = Folder(tmp_path / "files")
    gone = keep(store, b"orphan")
    old = (clock.now - timedelta(days=2)).timestamp()
    os.utime(store._path(gone.sha256), (old, old))
    written = []

    class Slow(Folder):
        def delete(self, digest: str) -> None:
            writer = threading.Thread(
                target=lambda: written.append(db.perform(lambda work: "written", SYSTEM))
            )
            writer.start()
            writer.join(10)
            super().delete(digest)

    with db.reading() as session:
        assert sweep(session, Slow(tmp_path / "files"), clock.now) == 1
    assert written == ["written"]


def test_a_stored_file_survives_a_power_cut(tmp_path, monkeypatch):
    """Its bytes are on disk before it has its name, and its name before anybody may refer to it."""
    steps = []
    sync, replace = os.fsync, os.replace

    def note(descriptor: int) -> None:
        place = os.readlink(f"/proc/self/fd/{descriptor}")
        steps.append("folder" if os.path.isdir(place) else "bytes")
        sync(descriptor)

    def rename(source, target) -> None:
        steps.append("name")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(os, "replace", rename)
    keep(Folder(tmp_path), b"acta")
    assert steps == ["folder", "bytes", "name", "folder"]


def test_two_who_store_the_same_at_once_both_succeed(tmp_path):
    store, failures = Folder(tmp_path), []

    def put() -> None:
        try:
            keep(store, b"same bytes")
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=put) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(list(store.all())) == 1
