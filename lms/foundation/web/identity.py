"""Who is asking, in this request."""

from collections.abc import Callable
from hashlib import sha256

from flask import Flask, Request, g, has_request_context, request
from flask_login import LoginManager, current_user

from lms.foundation.access.identity import Identity, Visitor

SESSION_COOKIE = "cabildo"

Loader = Callable[[str], Identity | None]


class SignedIn(Identity):
    """An identity as Flask-Login expects to meet it."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return self.person_uid


class Unknown(Visitor):
    """A visitor as Flask-Login expects to meet one."""

    is_authenticated = False
    is_active = False
    is_anonymous = True

    def get_id(self) -> None:
        return None


def install(app: Flask, load: Loader) -> None:
    """Identify each request by its session cookie; ``load`` finds whose token hash it is."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.anonymous_user = Unknown

    def from_cookie(current: Request) -> Identity | None:
        token = current.cookies.get(SESSION_COOKIE)
        return load(hash_of(token)) if token else None

    manager.request_loader(from_cookie)


def current_identity() -> Identity | Visitor:
    """The person of this request, or a visitor."""
    if not has_request_context():
        return Visitor()
    identity: Identity | Visitor = current_user._get_current_object()
    return identity


def identity_known() -> Identity | Visitor:
    """The person of this request as far as somebody has asked already; asks nobody."""
    return current_identity() if "_login_user" in g else Visitor()


def signed_in() -> Identity:
    """The person of a request that the guard let in as such."""
    identity = current_identity()
    if not isinstance(identity, Identity):
        raise RuntimeError("this page needs a guard")
    return identity


def session_token() -> str | None:
    """The opaque token of this browser, if it has one, or is being given one right now."""
    given: str | None = g.get("cabildo_session_token")
    return given or request.cookies.get(SESSION_COOKIE)


def give_session_token(token: str, person_uid: str) -> None:
    """This answer opens a session: forms on its page carry a token of that session already."""
    g.cabildo_session_token = token
    g.cabildo_person_uid = person_uid


def known_uid() -> str:
    """Whose page this is, as far as somebody has asked already; nobody's is empty."""
    given: str | None = g.get("cabildo_person_uid")
    known = identity_known()
    return given or (known.person_uid if isinstance(known, Identity) else "")


def hash_of(token: str) -> str:
    """What the database keeps of a token."""
    return sha256(token.encode()).hexdigest()
