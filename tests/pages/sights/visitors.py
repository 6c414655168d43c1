"""What is seen without an account."""

from playwright.sync_api import Page

from tests.pages.sights.sight import Sight, click, submit
from tests.pages.sights.steps import send_post
from tests.pages.town import PASSWORD, Town


def _enter(page: Page, town: Town, password: str = PASSWORD) -> None:
    page.locator("#identifier").fill(town.rosa_writes)
    page.locator("#password").fill(password)
    click(page, "main form .button.primary")


def _wrong_password(page: Page, town: Town) -> None:
    _enter(page, town, "no es esta")


def _session_ended(page: Page, town: Town) -> None:
    """Signed in, writing, and meanwhile signed out from another device."""
    _enter(page, town)
    page.goto(f"{town.url}/cuenta/cargos/nuevo")
    town.end_sessions()
    send_post(page)


def _send_again(page: Page, town: Town) -> None:
    _session_ended(page, town)
    _enter(page, town)


_CITIZENS = "pedir-informacion-publica"
_SELF_TEST = f"/cursos/{_CITIZENS}/practicar/pedir-informacion-guatemala/autoevaluacion"

VISITOR = [
    Sight("visitor", "catalog.index", "/cursos"),
    Sight("visitor", "catalog.index", "/cursos?q=nada+de+esto", "nothing"),
    Sight("visitor", "catalog.index", "/cursos?tema=transparency&tipo=diploma", "narrowed"),
    Sight("visitor", "catalog.programme", "/cursos/gestion-municipal"),
    Sight("visitor", "catalog.programme", f"/cursos/{_CITIZENS}", "open"),
    Sight(
        "visitor",
        "learning.open_lesson",
        f"/cursos/{_CITIZENS}/leer/pedir-informacion-guatemala/que-y-a-quien",
    ),
    Sight("visitor", "assessment.self_test", _SELF_TEST),
    Sight("visitor", "assessment.self_test", _SELF_TEST, "marked", submit),
    Sight(
        "visitor",
        "assignments.seen",
        f"/cursos/{_CITIZENS}/trabajos/pedir-informacion-guatemala/trabajo-abierto",
    ),
    Sight("visitor", "people.register", "/registro"),
    Sight("visitor", "people.register", "/registro", "wrong", submit),
    Sight("visitor", "people.registered", "/registro/recibido/correo", "mail"),
    Sight("visitor", "people.registered", "/registro/recibido/telefono", "phone"),
    Sight("visitor", "people.confirm", "{confirm}"),
    Sight("visitor", "people.confirm", "/confirmar/no-hay-tal-codigo", "lost"),
    Sight("visitor", "people.invited", "/invitacion"),
    Sight("visitor", "people.invited", "/invitacion", "wrong", submit),
    Sight("visitor", "people.invitation", "{invitation}"),
    Sight("visitor", "people.invitation", "/invitacion/no-hay-tal", "lost"),
    Sight("visitor", "people.sign_in", "/ingresar"),
    Sight("visitor", "people.sign_in", "/ingresar?next=/inicio", "wrong", _wrong_password),
    Sight("visitor", "people.sign_in_code", "/ingresar/codigo"),
    Sight("visitor", "people.recover", "/recuperar"),
    Sight("visitor", "people.recover", "/recuperar", "wrong", submit),
    Sight("visitor", "people.recovery_sent", "/recuperar/enviado"),
    Sight("visitor", "people.reset", "{reset}"),
    Sight("visitor", "people.help_page", "/ayuda"),
    Sight("visitor", "people.accessibility", "/accesibilidad"),
    Sight("visitor", "people.privacy", "/privacidad"),
    Sight("visitor", "certificates.verify", "/verificar"),
    Sight("visitor", "certificates.verify", "/verificar?codigo=", "empty"),
    Sight("visitor", "certificates.verify", "/verificar?codigo=IGM-CA-2026-000001", "number"),
    Sight("visitor", "certificates.public", "{document}"),
    Sight("visitor", "certificates.public", "/v/AAAA-AAAA-AAAA", "unknown"),
    Sight("visitor", "certificates.public", "{spoiled}", "spoiled"),
    Sight("visitor", "certificates.public", "/v/{transcribed_code}", "transcribed"),
    Sight("visitor", "certificates.register", "/registro-publico"),
    Sight("visitor", "", "/no-hay-tal-pagina", "lost"),
    Sight("visitor", "", "/ingresar", "session-ended", _session_ended),
    Sight("visitor", "", "/ingresar", "send-again", _send_again),
    Sight("visitor", "web.style", "/estilo"),
]
