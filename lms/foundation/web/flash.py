"""What is said once, on the next page, travels in a signed cookie that few requests carry."""

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin


class OnlyFlashes(SecureCookieSessionInterface):
    """Flask's own, spared its signing and its reading of settings where there is no cookie."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not session and not session.modified:
            return  # nothing was said here and nothing is to be said next
        super().save_session(app, session, response)


def install(app: Flask) -> None:
    """Use it for `flash` and `get_flashed_messages`; who has signed in is another cookie."""
    app.session_interface = OnlyFlashes()
