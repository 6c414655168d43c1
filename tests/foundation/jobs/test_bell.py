"""The bell rings over either store; one that cannot be rung is only logged."""

import socket
import threading

import pytest
from fakeredis import TcpFakeServer

from lms.foundation.jobs.bell import Bell

pytestmark = pytest.mark.pure


@pytest.fixture(params=["sqlite", "redis"])
def address(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:{tmp_path / 'jobs.db'}"
        return
    server = TcpFakeServer(("127.0.0.1", 0), server_type="redis")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"redis://127.0.0.1:{server.server_address[1]}/0"
    server.shutdown()
    server.server_close()


def test_whoever_rings_wakes_the_worker_of_the_same_installation(address):
    woken = []
    web = Bell(address, "secret", lambda: None)
    worker = Bell(address, "secret", lambda: woken.append(1))
    web.ring()
    worker.huey.execute(worker.huey.dequeue())
    assert woken == [1]
    assert worker.huey.dequeue() is None


def test_a_stranger_with_another_secret_wakes_nobody(address):
    stranger = Bell(address, "other", lambda: None)
    worker = Bell(address, "secret", lambda: None)
    stranger.ring()
    with pytest.raises(ValueError, match="mismatch"):
        worker.huey.dequeue()


def test_a_bell_that_is_gone_is_no_reason_to_fail(caplog):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    Bell(f"redis://127.0.0.1:{port}/0", "secret", lambda: None).ring()
    assert "could not be rung" in caplog.text
