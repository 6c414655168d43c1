"""What somebody who learns sees."""

from playwright.sync_api import Page

from tests.pages.sights.sight import Sight, click, press, submit
from tests.pages.sights.steps import send_post
from tests.pages.town import Town


def _foreign(page: Page, town: Town) -> None:
    """The cookies were thrown away while somebody was writing."""
    page.context.clear_cookies()
    send_post(page)


def _unreadable(page: Page, town: Town) -> None:
    """A number that is none."""
    page.locator("#q5-in").fill("diez")
    click(page, "button[name=go][value=save]")


def _suppose(page: Page, town: Town) -> None:
    """One result that might be, and one that cannot."""
    fields = page.locator("main form .input")
    fields.first.fill("80")
    fields.last.fill("mucho")
    click(page, "main form .button.primary")


LEARNER = [
    Sight("learner", "desk.home", "/inicio"),
    Sight("learner2", "desk.home", "/inicio", "finished"),
    Sight("otra-learner2", "desk.home", "/inicio", "nothing"),
    Sight("learner", "catalog.index", "/cursos"),
    Sight("learner", "catalog.programme", "/cursos/gestion-municipal"),
    Sight("learner", "learning.course", "{learner}"),
    Sight("otra-learner", "learning.course", "{stuck}", "locks"),
    Sight("otra-learner", "learning.activity", "{stuck}/transparencia/plazos"),
    Sight("learner", "learning.activity", "{learner}/transparencia/derecho", "seen"),
    Sight("otra-learner", "learning.activity", "{stuck}/transparencia/datos", "locked"),
    Sight("learner", "learning.module", "{learner}/transparencia/modulos/laip"),
    Sight("learner", "learning.announcements", "{learner}/anuncios"),
    Sight("learner", "assessment.quiz", "{learner}/evaluaciones/{second}", "begun"),
    Sight("learner2", "assessment.quiz", "{graduate}/evaluaciones/{first}", "passed"),
    Sight("otra-learner", "assessment.quiz", "{stuck}/evaluaciones/{first}", "failed"),
    Sight("learner", "assessment.attempt", "/intentos/{open}"),
    Sight("learner", "assessment.attempt", "/intentos/{open}", "unreadable", _unreadable),
    Sight("learner", "assessment.review", "/intentos/{open}/revisar"),
    Sight("learner", "assessment.result", "/intentos/{passed}/resultado"),
    Sight("otra-learner", "assessment.result", "/intentos/{failed}/resultado", "failed"),
    Sight("learner", "assessment.explanation", "/intentos/{passed}/nota"),
    Sight("learner2", "assessment.explanation", "/intentos/{marked}/nota", "by-hand"),
    Sight("learner", "assessment.receipt", "/intentos/{passed}/comprobante"),
    Sight("otra-signer", "assessment.result", "/intentos/{waiting}/resultado", "waiting"),
    Sight("learner2", "assessment.result", "/intentos/{marked}/resultado", "by-hand"),
    Sight("help_desk", "assignments.work", "{fresh_work}"),
    Sight("help_desk", "assignments.work", "{fresh_work}", "nothing", submit),
    Sight("otra-registrar", "assignments.work", "{draft_work}", "draft"),
    Sight("otra-help_desk", "assignments.work", "{returned_work}", "returned"),
    Sight("otra-instructor", "assignments.work", "{marked_work}", "marked"),
    Sight("otra-registrar", "assignments.review", "{draft_work}/revisar"),
    Sight("signer", "assignments.handed", "{waiting_work}/entregas/1", "waiting"),
    Sight("otra-help_desk", "assignments.handed", "{returned_work}/entregas/1", "returned"),
    Sight("otra-instructor", "assignments.handed", "{marked_work}/entregas/1"),
    Sight("learner", "desk.missing", "{learner}/que-me-falta"),
    Sight("learner", "desk.what_if", "{learner}/que-me-falta/transparencia"),
    Sight("learner", "desk.what_if", "{learner}/que-me-falta/transparencia", "asked", _suppose),
    Sight("learner2", "desk.missing", "{graduate}/que-me-falta", "nothing"),
    Sight("tutor", "enrollment.apply", "/promociones/{called}/solicitar", "call"),
    Sight("tutor", "enrollment.apply", "/promociones/{doors}/solicitar", "agreement"),
    Sight("learner", "enrollment.application", "/solicitudes/{preparing}"),
    Sight(
        "learner",
        "enrollment.application",
        "/solicitudes/{preparing}",
        "wrong",
        press("#r1 form .primary"),
    ),
    Sight("learner2", "enrollment.application", "/solicitudes/{sent}", "handed-in"),
    Sight("otra-learner", "enrollment.application", "/solicitudes/{correcting}", "correcting"),
    Sight("learner", "desk.questions", "{learner}/preguntas?sobre=transparencia/derecho"),
    Sight("learner2", "desk.questions", "{graduate}/preguntas", "none"),
    Sight("learner", "desk.question", "{learner}/preguntas/{inquiry}"),
    Sight("help_desk", "desk.home", "/inicio", "left"),
    Sight("help_desk", "desk.left", "{gone}/retiro"),
    Sight("otra-tutor", "desk.left", "{moved}/retiro", "moved"),
    Sight("signer", "desk.missing", "{recognised}/que-me-falta", "recognised"),
    Sight("learner2", "certificates.mine", "/constancias"),
    Sight("learner", "certificates.mine", "/constancias", "none"),
    Sight("learner2", "people.notices", "/avisos"),
    Sight("otra-learner2", "people.notices", "/avisos", "none"),
    Sight("learner", "people.account", "/cuenta"),
    Sight("learner", "people.name", "/cuenta/nombre"),
    Sight("learner2", "people.name", "/cuenta/nombre", "fixed"),
    Sight("learner", "people.preferences", "/cuenta/idioma"),
    Sight("learner", "people.password", "/cuenta/contrasena"),
    Sight("learner", "people.change_email", "/cuenta/correo"),
    Sight("learner", "people.change_email", "/cuenta/correo", "wrong", submit),
    Sight("learner", "people.post", "/cuenta/cargos/nuevo"),
    Sight("learner", "people.post", "/cuenta/cargos/{post}", "one"),
    Sight("otra-learner2", "enrollment.apply", "/promociones/{asking}/solicitar"),
    Sight("learner2", "enrollment.apply", "/promociones/{ended}/solicitar", "refused"),
    Sight("learner", "", "/cuenta/cargos/nuevo", "foreign", _foreign),
    Sight("learner", "", "/gestion", "forbidden"),
]
