"""/gestion/administracion/correos: which letters were written, what became of them, once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.admin.actions import mail as actions
from lms.admin.forms.letters import BounceForm
from lms.admin.queries import mail
from lms.admin.queries.mail import Asked, Line
from lms.admin.views.failed import Shown, shown
from lms.admin.views.places import letters_place, reach
from lms.desk.rules.letters import FATES, about
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.text import fold, one_line
from lms.foundation.locale.formats import speaking
from lms.foundation.locale.words import gettext as _
from lms.foundation.mail.letters import Written, written
from lms.foundation.mail.models import Letter, LetterState
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.people.queries import finding
from lms.people.queries.people import names
from lms.people.queries.reach import Reach, reached
from lms.people.queries.site import site

LONGEST = 100
STATES = {
    "no-enviados": LetterState.FAILED,
    "devueltos": LetterState.BOUNCED,
    "por-enviar": LetterState.PENDING,
    "enviados": LetterState.SENT,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A letter as the list shows it."""

    line: Line
    name: str
    about: str
    state: tuple[str, str]
    failure: Shown | None


@guard(Permission.MAIL_READ, letters_place)
def show() -> str:
    """A page of the letters, the latest first, searched by person or address."""
    session, whose = reading(), reach(Permission.MAIL_READ)
    text = one_line(request.args.get("q", ""))[:LONGEST]
    named, template = request.args.get("estado", ""), request.args.get("tipo", "")
    state = STATES.get(named)
    people, address_like = _meant(text, whose)
    everywhere = Asked(whose, people, address_like, template=template)
    nobody = bool(text) and not people and not address_like
    counted = {} if nobody else mail.counts(session, everywhere)
    asked = Asked(whose, people, address_like, state or "", template)
    number = page_of()
    lines: Sequence[Line] = [] if nobody else mail.page(session, asked, number)
    known = names(session, [line.person_id for line in lines if line.person_id is not None])

    def address(**changed: Any) -> str:
        kept = {"q": text or None, "estado": named if state else None, "tipo": template or None}
        return url_for("admin.mail", **(kept | changed))

    return render_template(
        "admin/mail.html",
        rows=[_row(line, known[line.person_id].full if line.person_id in known else "")
              for line in lines],
        page=Page(lines, number, mail.PAGE_SIZE, counted.get(state, 0) if state
                  else sum(counted.values())),
        page_url=lambda n: address(pagina=n),
        filters=[
            (f"{_('All')} ({sum(counted.values())})", address(estado=None), state is None),
            *(
                (f"{_(FATES[of][0]).partition(';')[0].partition(':')[0]} ({counted.get(of, 0)})",
                 address(estado=name), of is state)
                for name, of in STATES.items()
            ),
        ],
        kinds=[(name, _(about(name))) for name in mail.kinds(session, whose)],
        template=template,
        text=text,
        asked=named if state else "",
    )  # fmt: skip


@guard(Permission.MAIL_READ, letters_place)
def one(uid: UUID) -> str:
    return _page(uid, BounceForm(formdata=None))


@guard(Permission.MAIL_READ, letters_place)
def send_again(uid: UUID) -> ResponseReturnValue:
    return submit(
        actions.send_again,
        uid,
        reach(Permission.MAIL_READ),
        form=Form(),
        then=url_for("admin.letter", uid=uid),
        said=_("It is on its way again. Look in a minute."),
    )


@guard(Permission.MAIL_READ, letters_place)
def bounced(uid: UUID) -> ResponseReturnValue:
    form = BounceForm()
    if not form.sent():
        return _page(uid, form), 422
    return submit(
        actions.note_bounce,
        uid,
        reach(Permission.MAIL_READ),
        form.why.data or "",
        form=form,
        then=url_for("admin.letter", uid=uid),
        said=_("It is on record that this e-mail came back."),
        again=lambda: _page(uid, form),
    )


def _page(uid: UUID, form: BounceForm) -> str:
    session = reading()
    letter = mail.one(session, uid, reach(Permission.MAIL_READ))
    known = names(session, [letter.person_id]) if letter.person_id is not None else {}
    said, tone = FATES[letter.state]
    body = _body(letter)
    return render_template(
        "admin/letter.html",
        form=form,
        blank=Form(formdata=None),
        letter=letter,
        about=_(about(letter.template)),
        name=known[letter.person_id].full if letter.person_id in known else "",
        state=(_(said), tone),
        failure=shown(letter.last_error),
        body=body,
        link=None if letter.secret or not letter.link
        else current_app.config["PUBLIC_URL"] + letter.link,
        may_send=letter.kept and letter.state != LetterState.PENDING,
        may_bounce=letter.state == LetterState.SENT,
    )  # fmt: skip


def _body(letter: Letter) -> Written | None:
    """What it said, in the words of its reader; nothing once that is forgotten."""
    if not letter.kept:
        return None
    with speaking(letter.locale, letter.zone):
        return written(letter.template, letter.context)


def _meant(text: str, whose: Reach) -> tuple[Sequence[int], str]:
    """Whom a typed text may mean, and the beginning of an address."""
    if not text:
        return (), ""
    found = finding.find(reading(), text, site().country, partial(reached, whose))
    return found.ids, fold(text) if "@" in text else ""


def _row(line: Line, name: str) -> Row:
    said, tone = FATES[line.state]
    trouble = line.state in (LetterState.FAILED, LetterState.BOUNCED)
    return Row(
        line=line,
        name=name,
        about=_(about(line.template)),
        state=(_(said), tone),
        failure=shown(line.last_error) if trouble else None,
    )
