"""A browser for load: one kept connection on loopback, as few instructions as possible.

The generator runs on the same processors as the server, so what it saves, the figures gain.
"""

import json
import re
import socket
import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import brotli

Noted = Callable[[str, float, int], None]
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_LOCATION = re.compile(rb"\r\nlocation: *([^\r]+)", re.IGNORECASE)
_BROTLI = re.compile(rb"\r\ncontent-encoding: *br\b", re.IGNORECASE)
_TAG = re.compile(rb"\r\netag: *([^\r]+)", re.IGNORECASE)
PATIENCE_SECONDS = 60


class Refused(RuntimeError):
    """The server answered something else than the scenario expects."""


class Answer:
    """What came back; the body is unpacked only by whoever reads it."""

    def __init__(self, head: bytes, body: bytes) -> None:
        self.status = int(head[9:12])
        self._head = head
        self._body = body

    @property
    def text(self) -> str:
        packed = _BROTLI.search(self._head) is not None
        return (brotli.decompress(self._body) if packed else self._body).decode()

    @property
    def location(self) -> str:
        """Where a redirect leads, without host and query."""
        found = _LOCATION.search(self._head)
        return urlsplit(found.group(1).decode()).path if found else ""

    @property
    def tag(self) -> str:
        found = _TAG.search(self._head)
        return found.group(1).decode() if found else ""


class Browser:
    """A connection to one server, used by one person after another."""

    def __init__(self, port: int, noted: Noted) -> None:
        self._port = port
        self._noted = noted
        self._always = ""
        self._socket: socket.socket | None = None

    def carry(self, cookie: str) -> None:
        """Go on as the person of this session."""
        self._always = (
            f"Host: 127.0.0.1:{self._port}\r\nCookie: {cookie}\r\nAccept-Language: es\r\n"
            "Accept-Encoding: gzip, deflate, br\r\n"
        )

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def get(self, path: str, name: str = "page", *, tag: str = "", expect: int = 200) -> Answer:
        more = f"If-None-Match: {tag}\r\n" if tag else ""
        return self._ask("GET", path, "Accept: text/html\r\n" + more, b"", name, expect)

    def post(self, path: str, fields: dict[str, str], name: str = "form", expect: int = 303) -> str:
        """Send a form; returns where it leads."""
        body = urlencode(fields).encode()
        head = (
            "Accept: text/html\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            "Sec-Fetch-Site: same-origin\r\n"
        )
        return self._ask("POST", path, head, body, name, expect).location

    def post_json(self, path: str, body: object, token: str = "", name: str = "save") -> Answer:
        head = (
            "Accept: application/json\r\nContent-Type: application/json\r\n"
            f"Sec-Fetch-Site: same-origin\r\nX-CSRFToken: {token}\r\n"
        )
        return self._ask("POST", path, head, json.dumps(body).encode(), name, 200)

    def _ask(
        self, method: str, path: str, head: str, body: bytes, name: str, expect: int
    ) -> Answer:
        length = f"Content-Length: {len(body)}\r\n" if body or method == "POST" else ""
        message = f"{method} {path} HTTP/1.1\r\n{self._always}{head}{length}\r\n".encode() + body
        start = time.perf_counter()
        answer, size = self._exchange(message)
        self._noted(name, 1000 * (time.perf_counter() - start), size)
        if answer.status != expect:
            raise Refused(f"{method} {path} answered {answer.status}: {answer.text[:400]}")
        return answer

    def _exchange(self, message: bytes) -> tuple[Answer, int]:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), PATIENCE_SECONDS)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(message)
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._piece()
        head = received[:end]
        found = _LENGTH.search(head)
        length = int(found.group(1)) if found else 0
        while len(received) < end + 4 + length:
            received += self._piece()
        return Answer(head, received[end + 4 :]), len(received)

    def _piece(self) -> bytes:
        assert self._socket is not None
        piece = self._socket.recv(1 << 16)
        if not piece:
            raise Refused("the server closed the connection")
        return piece


def csrf_token(html: str) -> str:
    """The token that the page's forms carry."""
    found = _TOKEN.search(html)
    if found is None:
        raise Refused("the page has no form")
    return found.group(1)
