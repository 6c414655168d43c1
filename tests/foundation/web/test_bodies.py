"""Bodies are received before a place to work is taken; what is too large is told at once."""

import io
import threading

import pytest

from lms.foundation.web.bodies import SpoolBodies, too_large

pytestmark = pytest.mark.pure


def call(app, body: bytes = b"", length: int | None = None) -> list[bytes]:
    environ = {
        "CONTENT_LENGTH": str(len(body) if length is None else length),
        "wsgi.input": io.BytesIO(body),
    }
    return list(app(environ, lambda *_: None))


def test_the_application_reads_what_was_sent():
    app = SpoolBodies(lambda e, s: [e["wsgi.input"].read()], places=1, largest=1000)
    assert call(app, b"x" * 900) == [b"x" * 900]


def test_three_hundred_megabytes_are_refused_without_being_received():
    class NeverRead(io.BytesIO):
        def read(self, *_):
            raise AssertionError("the body was read")

    seen = []
    app = SpoolBodies(lambda e, s: [seen.append(too_large(e)) or b""], places=1, largest=1000)
    environ = {"CONTENT_LENGTH": str(300_000_000), "wsgi.input": NeverRead()}
    list(app(environ, lambda *_: None))
    assert seen == [True]
    assert environ["CONTENT_LENGTH"] == "0"


def test_slow_senders_hold_up_nobody():
    """Twenty phones send slowly; a probe is answered although there is one place to work."""
    go, sending = threading.Event(), threading.Barrier(21)

    class Slow(io.BytesIO):
        def read(self, size: int = -1) -> bytes:
            if not go.is_set():
                sending.wait()
                go.wait()
            return super().read(size)

    app = SpoolBodies(lambda e, s: [e["wsgi.input"].read()], places=1, largest=10**6)

    def slow() -> None:
        list(app({"CONTENT_LENGTH": "3", "wsgi.input": Slow(b"abc")}, lambda *_: None))

    threads = [threading.Thread(target=slow) for _ in range(20)]
    for thread in threads:
        thread.start()
    sending.wait()
    assert call(app, b"probe") == [b"probe"]
    go.set()
    for thread in threads:
        thread.join()


def test_no_more_work_at_once_than_there_are_places():
    inside, most = threading.Semaphore(0), []
    running = [0]
    lock, gate = threading.Lock(), threading.Event()

    def work(_environ, _start):
        with lock:
            running[0] += 1
            most.append(running[0])
        inside.release()
        gate.wait()
        with lock:
            running[0] -= 1
        return [b""]

    app = SpoolBodies(work, places=2, largest=10)
    threads = [threading.Thread(target=call, args=(app,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    inside.acquire()
    inside.acquire()
    gate.set()
    for thread in threads:
        thread.join()
    assert max(most) == 2
