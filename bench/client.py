"""A browser for load: one kept connection, cookies, forms."""

import http.client
import json
import re
import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

Noted = Callable[[str, float], None]
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_KEY = re.compile(r'name="form_key"[^>]*value="([^"]+)"')


class Browser:
    """One person's connection to one server."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port = port
        self._cookie = cookie
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str, noted: Noted | None = None, name: str = "page") -> str:
        status, _headers, body = self._ask("GET", path, None, {}, noted, name)
        if status != 200:
            raise RuntimeError(f"GET {path} answered {status}: {body[:300]}")
        return body

    def post_form(
        self, path: str, fields: dict[str, str], noted: Noted | None = None, name: str = "form"
    ) -> str:
        """Send a form; returns where it leads."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        status, answered, body = self._ask(
            "POST", path, urlencode(fields).encode(), headers, noted, name
        )
        if status not in (302, 303):
            raise RuntimeError(f"POST {path} answered {status}: {body[:300]}")
        return urlsplit(answered["location"]).path

    def post_json(
        self,
        path: str,
        body: dict,
        token: str = "",
        noted: Noted | None = None,
        name: str = "save",
    ) -> dict:
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "X-CSRFToken": token,
        }
        status, _headers, text = self._ask(
            "POST", path, json.dumps(body).encode(), headers, noted, name
        )
        if status != 200:
            raise RuntimeError(f"POST {path} answered {status}: {text[:300]}")
        return json.loads(text)

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes | None,
        headers: dict[str, str],
        noted: Noted | None,
        name: str,
    ) -> tuple[int, dict[str, str], str]:
        start = time.perf_counter()
        self._connection.request(method, path, body, {"Cookie": self._cookie} | headers)
        answer = self._connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        if noted is not None:
            noted(name, 1000 * (time.perf_counter() - start))
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, text


def hidden(html: str) -> dict[str, str]:
    """The hidden fields that a form of ours carries."""
    token, key = _TOKEN.search(html), _KEY.search(html)
    return {
        "csrf_token": token.group(1) if token else "",
        "form_key": key.group(1) if key else "",
    }
