"""Doing something in a request: one transaction, and for forms a receipt that survives repeats."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ParamSpec, TypeVar

from flask import current_app, flash, redirect, request
from flask.typing import ResponseReturnValue

from lms.foundation.db.database import Action
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Conflict, DomainError, Invalid, Refused
from lms.foundation.locale.words import gettext
from lms.foundation.web.csrf import FIELD
from lms.foundation.web.forms import Form
from lms.foundation.web.identity import current_identity
from lms.foundation.web.models import FormReceipt
from lms.foundation.web.reading import database
from lms.foundation.web.receipts import receipt_key

P = ParamSpec("P")
R = TypeVar("R")
_NOT_CONTENT = frozenset({FIELD, "form_key"})


def perform(action: Action[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Do one thing in one transaction, as the person of this request."""
    return database().perform(action, current_identity().actor, *args, **kwargs)


def perform_small(action: Action[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The same for small hot writes, which share a commit with others."""
    return database().perform_small(action, current_identity().actor, *args, **kwargs)


@dataclass(frozen=True)
class Sent:
    """A form as it was sent: its key, where to, and what it said."""

    key: str
    endpoint: str
    body_sha256: str


def submit(
    action: Callable[..., R],
    *args: Any,
    form: Form,
    then: str | Callable[[R], str],
    said: str | Callable[[R], str] = "",
    tone: str = "good",
    again: Callable[[], str] | None = None,
    **kwargs: Any,
) -> ResponseReturnValue:
    """Do what a form asks once, whatever is clicked twice, and go on to the next page.

    The receipt is written in the same transaction: the same form again gets the same answer
    without doing anything, the same key with other content is a conflict. ``again`` renders the
    form once more with the refusal at its top and everything typed still in it.
    """
    sent = _sent(form)
    try:
        location, message = _receipted(action, args, kwargs, sent, then, said)
    except (Refused, Invalid, Conflict) as refusal:
        if again is None:
            raise
        form.refuse(refusal)
        return again(), refusal.status
    if message:
        flash(message, tone)
    return redirect(location, 303)


def _receipted(
    action: Callable[..., R],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    sent: Sent,
    then: str | Callable[[R], str],
    said: str | Callable[[R], str],
) -> tuple[str, str]:
    def with_receipt(work: Work) -> tuple[str, str]:
        receipt = work.session.get(FormReceipt, sent.key)
        if receipt is not None:
            return _repeated(receipt, sent, work.actor.person_id)
        # Written first: the same form at the same moment waits here for what becomes of this one.
        receipt = FormReceipt(
            key=sent.key,
            person_id=work.actor.person_id,
            endpoint=sent.endpoint,
            body_sha256=sent.body_sha256,
            location="",
            said="",
            at=work.now,
        )
        work.session.add(receipt)
        work.session.flush()
        result = action(work, *args, **kwargs)
        receipt.location = then(result) if callable(then) else then
        receipt.said = said(result) if callable(said) else said
        return receipt.location, receipt.said

    try:
        return perform(with_receipt)
    except Conflict as collision:
        if "form_receipt" not in str(collision.params.get("constraint", "")):
            raise
        # The same form arrived twice at the same moment; the other one has the receipt by now.
        return perform(with_receipt)


def _repeated(receipt: FormReceipt, sent: Sent, person_id: int | None) -> tuple[str, str]:
    same = receipt.endpoint == sent.endpoint and receipt.body_sha256 == sent.body_sha256
    if not same or receipt.person_id not in (person_id, None):
        raise Conflict(
            N_("This form was already sent with other content. Open the page again to send more.")
        )
    return receipt.location, receipt.said


def _sent(form: Form) -> Sent:
    # Keyed, because a form may hold a password and a plain hash could be guessed at.
    digest = hmac.new(str(current_app.secret_key).encode(), digestmod=sha256)
    for name in sorted(request.form):
        if name not in _NOT_CONTENT:
            for value in request.form.getlist(name):
                digest.update(f"{len(name)}:{name}{len(value)}:{value}".encode())
    for name in sorted(request.files):
        digest.update(f"file:{name}:{request.files[name].filename}".encode())
    digest.update(repr(sorted((request.view_args or {}).items())).encode())
    return Sent(receipt_key(str(form.form_key.data)), request.endpoint or "", digest.hexdigest())


def say(error: DomainError) -> str:
    """A domain error as a sentence in the reader's language."""
    sentence = gettext(error.message)
    return sentence % error.params if error.params else sentence
