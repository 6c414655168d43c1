"""A browser for tests without a browser: it sends forms as pages do and checks every page."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms.foundation.web.identity import SESSION_COOKIE
from tests.pages.examine import examine


class Browsing(FlaskClient):
    """Follows no redirects by itself; every HTML page it opens is examined."""

    def carry(self, token: str) -> None:
        """Carry the session of somebody who has signed in."""
        self.set_cookie(SESSION_COOKIE, token)

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not response.is_streamed and response.data:
            examine(response)
        return response

    def token(self) -> str:
        """A CSRF token for this browser."""
        return str(self.get("/token").get_json()["token"])

    def send(self, url: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Send a form as its page would: with the token, and a key of its own unless given."""
        fields = {"csrf_token": self.token()} | (data or {})
        return self.post(url, data=fields, **kwargs)

    def send_json(self, url: str, body: dict[str, Any]) -> TestResponse:
        """Send what a script of the page sends."""
        headers = {"X-CSRFToken": self.token(), "Accept": "application/json"}
        return self.post(url, json=body, headers=headers)
