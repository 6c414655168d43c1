"""Access as data on the view: who may open it is declared beside it, or the app does not boot."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, request

from lms.foundation.access.identity import Identity
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import PRIVATE, Answer, decide
from lms.foundation.access.policy import anywhere as held_anywhere
from lms.foundation.access.scopes import Scope
from lms.foundation.kernel.errors import N_, DomainError, Forbidden, NotFound
from lms.foundation.web.identity import current_identity

View = TypeVar("View", bound=Callable[..., Any])
Resolver = Callable[..., Scope]
_MARK = "cabildo_access"


class SignInNeeded(DomainError):
    """The page is for people who have signed in."""

    status = 401


class OnlyLooking(DomainError):
    """Somebody who sees the site as another person has tried to change something."""

    status = 409


class Hidden(Forbidden):
    """A page that only its person sees."""


@dataclass(frozen=True)
class Guarded:
    """A view for whoever holds a permission in the scope that its address names."""

    permission: Permission
    scope: Resolver
    private: bool = False


@dataclass(frozen=True)
class Public:
    """A view for everybody, with the reason why."""

    why: str
    ends_look: bool = False


def own(**_values: Any) -> Scope:
    """The scope of one's own things: every query behind it filters by the person."""
    identity = current_identity()
    return Scope(person_id=identity.person_id if isinstance(identity, Identity) else None)


def anywhere(**_values: Any) -> Scope:
    """The scope of lists that show only what the person may see: any grant will do."""
    return Scope()


def guard(
    permission: Permission, scope: Resolver = own, *, private: bool = False
) -> Callable[[View], View]:
    """Only who holds the permission in that scope may open this view.

    ``scope`` gets the view's arguments and raises NotFound where there is nothing. ``private`` is
    for the person's own eyes: staff who see the site as that person do not see this.
    """

    def mark(view: View) -> View:
        setattr(view, _MARK, Guarded(permission, scope, private or permission in PRIVATE))
        return view

    return mark


def public(why: str, *, ends_look: bool = False) -> Callable[[View], View]:
    """Anybody may open this view; the reason stands beside it.

    ``ends_look`` marks the one thing that may be sent while one sees the site as somebody else.
    """

    def mark(view: View) -> View:
        setattr(view, _MARK, Public(why, ends_look))
        return view

    return mark


def access_of(view: Any) -> Guarded | Public | None:
    """What a view declares about who may open it."""
    return getattr(view, _MARK, None)


def install(app: Flask) -> None:
    """Refuse to boot with an undeclared endpoint; ask the policy before every view."""
    undeclared = sorted(
        endpoint for endpoint, view in app.view_functions.items() if access_of(view) is None
    )
    if undeclared:
        raise RuntimeError(f"no access rule on {', '.join(undeclared)}: use @guard or @public")

    @app.before_request
    def ask() -> None:
        if request.endpoint is None:
            return
        access = access_of(app.view_functions[request.endpoint])
        if current_identity().seen_by is not None:
            only_look(access)
        if isinstance(access, Guarded):
            admit(access, request.view_args or {})


def only_look(access: Guarded | Public | None) -> None:
    """Whoever sees the site as somebody else changes nothing, and not everything is shown."""
    if request.method not in {"GET", "HEAD", "OPTIONS"}:
        if not (isinstance(access, Public) and access.ends_look):
            raise OnlyLooking(
                N_("You see the site as somebody else: nothing can be changed. Stop looking first.")
            )
    elif isinstance(access, Guarded) and access.private:
        raise Hidden(
            N_("This is for the person alone: it is not shown to who sees the site as they do.")
        )


def admit(access: Guarded, values: dict[str, Any]) -> None:
    """Let the person of this request in, or say no in the right way."""
    identity = current_identity()
    if not isinstance(identity, Identity):
        raise SignInNeeded(N_("Sign in to open this page."))
    if access.scope is anywhere:
        if not held_anywhere(identity, access.permission):
            raise Forbidden()
        return
    match decide(identity, access.permission, access.scope(**values)):
        case Answer.NO:
            raise Forbidden()
        case Answer.NOTHING_HERE:
            raise NotFound()
        case _:
            return
