"""What those see who look after the house: people, mail, tasks, settings, several institutions."""

from playwright.sync_api import Page

from tests.pages.sights.sight import Sight, click, press, submit
from tests.pages.town import Town


def _no_name(page: Page, town: Town) -> None:
    page.locator("#name").fill("")
    click(page, "main form .button.primary")


def _word_notice(page: Page, town: Town) -> None:
    page.locator("#text").fill("## Quién responde por sus datos\n\nEl **instituto**.")
    click(page, "button[name=preview]")


def _give_code(page: Page, town: Town) -> None:
    page.locator("[name=how]").first.check()
    submit(page, town)


def _show(page: Page, town: Town) -> None:
    page.locator("#reason").fill("Cotejar el acta")
    submit(page, town)


def _look(page: Page, town: Town) -> None:
    """See the site as the person does, in a browser of one's own: the next sight is no look."""
    page.context.clear_cookies()
    page.context.add_cookies(town.another_browser("help_desk"))
    page.reload()
    page.locator("#reason").fill("Dice que la lección no abre")
    submit(page, town)


def _look_at_what_is_private(page: Page, town: Town) -> None:
    _look(page, town)
    page.goto(f"{town.url}/cuenta")


def _stop_looking(page: Page, town: Town) -> None:
    _look(page, town)
    click(page, ".looking form .button")


_ADMIN = "/gestion/administracion"
_HELPED = "/gestion/personas/{helped}"

HOUSE = [
    Sight("registrar", "desk.staff", "/gestion"),
    Sight("administrator", "desk.staff", "/gestion"),
    Sight("instructor", "desk.staff", "/gestion"),
    Sight("registrar", "admin.search", "/gestion/buscar"),
    Sight("help_desk", "admin.search", "/gestion/buscar?q=ro", "found"),
    Sight("registrar", "admin.search", "/gestion/buscar?q=zzz", "nothing"),
    Sight("help_desk", "desk.help_desk", "/gestion/personas"),
    Sight("help_desk", "desk.help_desk", "/gestion/personas?q=ro", "found"),
    Sight("help_desk", "desk.help_desk", "/gestion/personas?q=zzz", "nobody"),
    Sight("help_desk", "desk.help_person", _HELPED),
    Sight("help_desk", "desk.help_person", "/gestion/personas/{tutor_person}", "beyond"),
    Sight("help_desk", "people.help_code", f"{_HELPED}/codigo"),
    Sight("help_desk", "people.help_code", f"{_HELPED}/codigo", "wrong", submit),
    Sight("help_desk", "people.help_code", f"{_HELPED}/codigo", "made", _give_code),
    Sight("help_desk", "people.help_confirm", "/gestion/personas/{waiting_person}/confirmar"),
    Sight("help_desk", "people.help_document", "{helped_document}/completo"),
    Sight("help_desk", "people.help_document", "{helped_document}/completo", "shown", _show),
    Sight("help_desk", "people.help_contact", f"{_HELPED}/contacto/telefono"),
    Sight("help_desk", "people.help_contact", f"{_HELPED}/contacto/documento", "document"),
    Sight("help_desk", "people.help_contact", f"{_HELPED}/contacto/correo", "wrong", submit),
    Sight("help_desk", "people.help_remove_contact", "{helped_document}/quitar"),
    Sight("help_desk", "people.begin_look", f"{_HELPED}/ver-como"),
    Sight("help_desk", "people.begin_look", f"{_HELPED}/ver-como", "wrong", submit),
    Sight("help_desk", "people.begin_look", "/gestion/personas/{tutor_person}/ver-como", "beyond"),
    Sight("help_desk", "people.begin_look", f"{_HELPED}/ver-como", "begun", _look),
    Sight("help_desk", "", f"{_HELPED}/ver-como", "private", _look_at_what_is_private),
    Sight("help_desk", "desk.help_person", f"{_HELPED}/ver-como", "looked", _stop_looking),
    Sight("help_desk", "desk.help_person", "/gestion/personas/{whole_person}", "joined"),
    Sight("help_desk", "desk.choose_merge", f"{_HELPED}/unir"),
    Sight("help_desk", "desk.choose_merge", f"{_HELPED}/unir?q=lopez", "found"),
    Sight("help_desk", "desk.choose_merge", f"{_HELPED}/unir?q=zzz", "nobody"),
    Sight("help_desk", "desk.merge", f"{_HELPED}/unir/{{twin_person}}"),
    Sight("help_desk", "desk.merge", f"{_HELPED}/unir/{{twin_person}}", "wrong", submit),
    Sight("help_desk", "desk.merge", "{unfit}", "refused"),
    Sight("help_desk", "desk.part", "{joined}"),
    Sight("help_desk", "desk.part", "{joined}", "wrong", press("main form .button.danger")),
    Sight("administrator", "admin.grants", "/gestion/funciones"),
    Sight("administrator", "admin.grants", "/gestion/funciones?ver=terminadas", "nobody"),
    Sight("administrator", "admin.person_grants", "/gestion/personas/{tutor_person}/funciones"),
    Sight("help_desk", "admin.person_grants", f"{_HELPED}/funciones", "none"),
    Sight("administrator", "admin.give", "/gestion/funciones/dar"),
    Sight("registrar", "admin.give", "/gestion/funciones/dar?para={tutor_person}", "somebody"),
    Sight("administrator", "admin.give", "/gestion/funciones/dar", "wrong", submit),
    Sight("administrator", "admin.end_grant", "/gestion/funciones/{signer_grant}/terminar"),
    Sight("administrator", "admin.institution", "{house}"),
    Sight("administrator", "certificates.rule", "{house}/emision"),
    Sight("administrator", "admin.edit_institution", "{house}/datos"),
    Sight("administrator", "admin.edit_institution", "{house}/datos", "wrong", _no_name),
    Sight("administrator", "admin.logo", "{house}/logo"),
    Sight("administrator", "admin.logo", "{house}/logo", "wrong", submit),
    Sight("administrator", "admin.privacy", "{house}/privacidad"),
    Sight("administrator", "admin.privacy", "{house}/privacidad", "tried", _word_notice),
    Sight("administrator", "admin.signers", "{house}/firmas"),
    Sight("administrator", "admin.add_signer", "{house}/firmas/nueva"),
    Sight("administrator", "admin.add_signer", "{house}/firmas/nueva", "wrong", submit),
    Sight("administrator", "admin.signer", "{house}/firmas/{signer}"),
    Sight("otra-administrator", "admin.institutions", "/gestion/institucion?pagina=1"),
    Sight("otra-administrator", "admin.open_institution", "/gestion/institucion/nueva"),
    Sight("operator", "admin.home", _ADMIN),
    Sight("administrator", "admin.home", _ADMIN, "of-one-institution"),
    Sight("operator", "admin.jobs", f"{_ADMIN}/tareas"),
    Sight("operator", "admin.jobs", f"{_ADMIN}/tareas?estado=detenidas", "none"),
    Sight("operator", "admin.job", f"{_ADMIN}/tareas/{{failed_job}}"),
    Sight("operator", "admin.mail", f"{_ADMIN}/correos"),
    Sight("operator", "admin.mail", f"{_ADMIN}/correos?q=zzz", "none"),
    Sight("operator", "admin.letter", f"{_ADMIN}/correos/{{letter}}"),
    Sight("operator", "admin.audit", f"{_ADMIN}/bitacora"),
    Sight("operator", "admin.audit", f"{_ADMIN}/bitacora?persona={{helped}}", "person"),
    Sight("operator", "admin.audit", f"{_ADMIN}/bitacora?area=backup&hasta=2001-01-01", "none"),
    Sight("operator", "admin.erase", f"{_ADMIN}/bitacora/{{helped}}/borrar"),
    Sight("operator", "admin.settings", f"{_ADMIN}/ajustes"),
    Sight("operator", "admin.backups", f"{_ADMIN}/copias"),
    Sight("operator", "admin.backups", f"{_ADMIN}/copias", "wrong", press("#traer ~ form .button")),
    Sight("operator", "admin.restore", f"{_ADMIN}/copias/restaurar?copia={{backup}}"),
    Sight(
        "operator",
        "admin.restore",
        f"{_ADMIN}/copias/restaurar?copia={{backup}}",
        "wrong",
        press("main form .button.danger"),
    ),
    Sight("operator", "admin.delete_backup", f"{_ADMIN}/copias/borrar?copia={{backup}}"),
]
