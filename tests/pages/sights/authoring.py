"""What those see who write courses."""

from playwright.sync_api import Page

from lms.assessment.types import TYPES
from tests.authoring.letters import LETTER
from tests.pages.sights.sight import Sight, click, press, submit
from tests.pages.sights.steps import open_all
from tests.pages.town import Town


def _conflict(page: Page, town: Town) -> None:
    """The same text saved from another page meanwhile: it is said where one writes."""
    page.locator("[name=opened]").evaluate("field => { field.value = 'x'; }")
    page.locator("#text").press("Control+End")
    page.locator("#text").type("Una frase más, que la otra no tiene.")
    page.locator("#text").press("Control+s")
    page.locator("[data-conflict]").wait_for()


def _overtaken(page: Page, town: Town) -> None:
    """The same, and both versions are looked at."""
    _conflict(page, town)
    click(page, "[data-conflict] .button")


def _join(page: Page, town: Town) -> None:
    """Both in one text, to be put right."""
    _overtaken(page, town)
    click(page, "button[name=go][value=both]")


def _ask_for_a_figure(page: Page, town: Town) -> None:
    """The small form of a figure, sent without anything in it."""
    page.locator("[data-mark=figure]").click()
    page.locator("dialog[open] [data-insert]").click()


def _no_number(page: Page, town: Town) -> None:
    """More minutes than a lesson may have."""
    page.locator("#reading").fill("9999")
    click(page, "button[name=go][value=back]")


def _send_package(page: Page, town: Town) -> None:
    """A package with an edit of its own where there was one here already."""
    archive = {"name": "atencion.zip", "mimeType": "application/zip", "buffer": town.package}
    page.locator("#package").set_input_files(archive)
    click(page, "main form .button.primary")


def _send_document(page: Page, town: Town) -> None:
    """A letter with a picture, a table and something that does not come along."""
    letter = {"name": "guia.docx", "mimeType": "application/zip", "buffer": LETTER}
    page.locator("#file").set_input_files(letter)
    click(page, "main form .button.primary")


def _send_questions(page: Page, town: Town) -> None:
    """One that comes in, one with a loss, one that does not."""
    data = "¿Qué es? {=Uno ~Dos}\n\n¿Cuál? {=Una ~%50%Media ~Nada}\n\nSin cerrar {\n"
    file = {"name": "banco.txt", "mimeType": "text/plain", "buffer": data.encode()}
    page.locator("#file").set_input_files(file)
    page.locator("[name=kind][value=gift]").check()
    click(page, "main form .button.primary")


def _meanwhile(page: Page, town: Town) -> None:
    """The same form saved from another page meanwhile."""
    page.locator("[name=opened]").evaluate("field => { field.value = 'x'; }")
    page.locator("#title").fill("Otro título")
    click(page, "main form .button.primary")


def _other_question(page: Page, town: Town) -> None:
    """The same question saved from another page meanwhile."""
    page.locator("[name=opened]").evaluate("field => { field.value = 'x'; }")
    page.locator("#stem").fill("¿Otra pregunta?")
    click(page, "main form .button.primary")


def _paste_questions(page: Page, town: Town) -> None:
    """One that can be added, and one that says not which option is right."""
    page.locator("#text").fill("1. Una\n*a) Sí\nb) No\n2. Otra\na) Sí\nb) No")
    click(page, "main form .button.primary")


_ITEMS = "{taught_course}/actividades"
_TEXT = f"{_ITEMS}/derecho/texto"
_LESSON = f"{_ITEMS}/derecho/leccion"
_WORK = "{taught_course}/actividades/plan-de-publicacion/trabajo"
_QUIZ = f"{_ITEMS}/evaluacion-laip"

AUTHORING = [
    Sight("instructor", "authoring.index", "/gestion/autoria"),
    Sight("instructor", "authoring.index", "/gestion/autoria?q=zzz", "nothing"),
    Sight("instructor", "authoring.programme", "{written}"),
    Sight("instructor", "authoring.course", "{taught_course}?hecho={step}"),
    Sight("instructor", "authoring.course", "{taught_course}", "wrong", press("#agregar .primary")),
    Sight("instructor", "authoring.course", "{taught_course}", "open", open_all),
    Sight("administrator", "authoring.course", "{taught_course}", "read"),
    Sight("instructor", "authoring.begin", "/gestion/autoria/nuevo"),
    Sight("instructor", "authoring.begin", "/gestion/autoria/nuevo", "wrong", submit),
    Sight("instructor", "authoring.data", "{written}/datos"),
    Sight("instructor", "authoring.course_data", "{taught_course}/datos"),
    Sight("instructor", "authoring.module_data", "{taught_course}/modulos/01-laip"),
    Sight(
        "instructor",
        "authoring.module_data",
        "{taught_course}/modulos/01-laip",
        "overtaken",
        _meanwhile,
    ),
    Sight("instructor", "authoring.activity", "{taught_course}/actividades/derecho"),
    Sight(
        "administrator", "authoring.activity", "{taught_course}/actividades/evaluacion-laip", "read"
    ),
    Sight("instructor", "authoring.lesson", _LESSON),
    Sight("instructor", "authoring.lesson", _LESSON, "open", open_all),
    Sight("instructor", "authoring.lesson", _LESSON, "figure", _ask_for_a_figure),
    Sight("instructor", "authoring.lesson", _LESSON, "conflict", _conflict),
    Sight("instructor", "authoring.lesson", _LESSON, "overtaken", _overtaken),
    Sight("instructor", "authoring.lesson", _LESSON, "joined", _join),
    Sight("instructor", "authoring.lesson", _LESSON, "wrong", _no_number),
    Sight("instructor", "authoring.activity_text", _TEXT),
    Sight("instructor", "authoring.text", "{written}/archivos/transparencia/facts.yaml"),
    Sight("instructor", "authoring.assignment", _WORK),
    Sight("instructor", "authoring.assignment", _WORK, "wrong", submit),
    Sight("instructor", "authoring.quiz", f"{_QUIZ}/preguntas"),
    Sight("instructor", "authoring.quiz", f"{_QUIZ}/preguntas", "moved", press("[name=down]")),
    Sight("instructor", "authoring.quiz_settings", f"{_QUIZ}/ajustes"),
    Sight("instructor", "authoring.quiz_settings", f"{_QUIZ}/ajustes", "overtaken", _meanwhile),
    *(
        Sight("instructor", "authoring.new_question", f"{_QUIZ}/preguntas/nueva?tipo={name}", name)
        for name in TYPES
    ),
    Sight(
        "instructor",
        "authoring.new_question",
        f"{_QUIZ}/preguntas/nueva?tipo=single_choice",
        "wrong",
        submit,
    ),
    Sight("instructor", "authoring.paste_questions", f"{_QUIZ}/preguntas/pegar"),
    Sight(
        "instructor",
        "authoring.paste_questions",
        f"{_QUIZ}/preguntas/pegar",
        "read",
        _paste_questions,
    ),
    Sight("instructor", "authoring.send_questions", f"{_QUIZ}/preguntas/archivos"),
    Sight("instructor", "authoring.send_questions", f"{_QUIZ}/preguntas/archivos", "wrong", submit),
    Sight(
        "instructor",
        "authoring.sent_questions",
        f"{_QUIZ}/preguntas/archivos",
        "",
        _send_questions,
    ),
    Sight("instructor", "authoring.question_downloads", f"{_QUIZ}/preguntas/descargas"),
    Sight("instructor", "authoring.question", f"{_QUIZ}/pregunta/uno"),
    Sight(
        "instructor",
        "authoring.question",
        f"{_QUIZ}/pregunta/uno",
        "overtaken",
        _other_question,
    ),
    Sight("instructor", "authoring.steps", "{written}/pasos"),
    Sight("instructor", "authoring.files", "{taught_course}/archivos"),
    Sight("instructor", "authoring.files", "{taught_course}/archivos", "wrong", submit),
    Sight("administrator", "authoring.files", "{taught_course}/archivos", "read"),
    Sight("instructor", "authoring.send_document", "{taught_course}/documentos"),
    Sight("instructor", "authoring.send_document", "{taught_course}/documentos", "wrong", submit),
    Sight("instructor", "authoring.document", "{taught_course}/documentos", "", _send_document),
    Sight("instructor", "authoring.facts", "{written}/datos-de-ley"),
    Sight("instructor", "authoring.facts", "{written}/datos-de-ley?q=zzz", "nothing"),
    Sight(
        "instructor",
        "authoring.facts",
        "{written}/datos-de-ley",
        "wrong",
        press("#agregar .primary"),
    ),
    Sight("instructor", "authoring.fact", "{taught_course}/datos-de-ley/plazo"),
    Sight("instructor", "authoring.accept_law", "{taught_course}/revision-juridica"),
    Sight(
        "instructor",
        "authoring.accept_law",
        "{taught_course}/revision-juridica",
        "wrong",
        press("#aceptar .primary"),
    ),
    Sight("administrator", "authoring.fact", "{taught_course}/datos-de-ley/plazo", "read"),
    Sight("instructor", "authoring.corrections", "{disputed}/versiones/2/promociones"),
    Sight(
        "instructor",
        "authoring.corrections",
        "{disputed}/versiones/2/promociones",
        "open",
        open_all,
    ),
    Sight("instructor", "authoring.corrections", "{disputed}/versiones/1/promociones", "none"),
    Sight("instructor", "authoring.rehearsals", "{disputed}/vista"),
    Sight("instructor", "authoring.rehearsals", "{disputed}/vista?version=2", "version"),
    Sight("instructor", "authoring.rehearsal", "{disputed}/vista/2/primera-visita"),
    Sight("instructor", "authoring.rehearsal", "{disputed}/vista/2/no-aprobada", "failed"),
    Sight("instructor", "authoring.rehearsal", "{disputed}/vista/2/terminado", "finished"),
    Sight("instructor", "authoring.rehearsal", "{written}/vista/borrador/a-mitad", "errors"),
    Sight(
        "instructor",
        "authoring.rehearsal_page",
        "{disputed}/vista/2/a-mitad/primer-curso/recibir-una-peticion",
    ),
    Sight(
        "instructor",
        "authoring.rehearsal_page",
        "{disputed}/vista/2/en-evaluacion/intento",
        "attempt",
    ),
    Sight("instructor", "authoring.packages", "/gestion/autoria/paquetes"),
    Sight("instructor", "authoring.packages", "/gestion/autoria/paquetes", "wrong", submit),
    Sight("instructor", "authoring.brought", "/gestion/autoria/paquetes", "sent", _send_package),
    Sight("instructor", "authoring.changes", "{written}/cambios"),
    Sight("instructor", "authoring.changes", "{written}/cambios", "open", open_all),
    Sight("instructor", "authoring.changes", "{written}/cambios", "wrong", submit),
    Sight("administrator", "authoring.changes", "{disputed}/cambios", "published"),
    Sight("instructor", "authoring.conflicts", "{disputed}/conflictos"),
    Sight("instructor", "authoring.conflicts", "{written}/conflictos", "none"),
    Sight("instructor", "authoring.versions", "{disputed}/versiones"),
    Sight("instructor", "authoring.version", "{disputed}/versiones/2", "", open_all),
    Sight("instructor", "authoring.version", "{disputed}/versiones/1", "first"),
    Sight("instructor", "authoring.request", "{asked_publication}", "mine"),
    Sight("administrator", "authoring.request", "{asked_publication}", "theirs", open_all),
    Sight("administrator", "authoring.rule", "/gestion/autoria/quien-publica"),
]
