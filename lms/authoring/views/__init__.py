"""The authoring room: courses are written, looked over and published here."""

from flask import Blueprint

from lms.authoring.views import (
    acceptance,
    activity,
    assignment,
    begin,
    conflicts,
    corrections,
    course,
    describing,
    documents,
    facts,
    files,
    index,
    lesson,
    packages,
    pasting,
    programme,
    publication,
    question,
    question_downloads,
    question_files,
    quiz,
    rehearsal,
    rule,
    steps,
    text,
    versions,
)

blueprint = Blueprint("authoring", __name__, template_folder="../templates")

_ROOM = "/gestion/autoria"
_PROGRAMME = f"{_ROOM}/<uuid:programme>"
_COURSE = f"{_PROGRAMME}/cursos/<course>"
_ACTIVITY = f"{_COURSE}/actividades/<key>"
_WRITES = ["GET", "POST"]

blueprint.add_url_rule(_ROOM, view_func=index.show, endpoint="index")
blueprint.add_url_rule(f"{_ROOM}/nuevo", view_func=begin.begin, endpoint="begin", methods=_WRITES)
blueprint.add_url_rule(
    f"{_ROOM}/paquetes", view_func=packages.send, endpoint="packages", methods=_WRITES
)
_PACKAGE = f"{_ROOM}/paquetes/<token>"
blueprint.add_url_rule(_PACKAGE, view_func=packages.show, endpoint="brought")
blueprint.add_url_rule(_PACKAGE, view_func=packages.bring, endpoint="bring", methods=["POST"])
blueprint.add_url_rule(f"{_PROGRAMME}/paquete", view_func=packages.export, endpoint="export")
blueprint.add_url_rule(_PROGRAMME, view_func=programme.show, endpoint="programme")
blueprint.add_url_rule(
    f"{_PROGRAMME}/datos", view_func=describing.programme, endpoint="data", methods=_WRITES
)
blueprint.add_url_rule(
    f"{_PROGRAMME}/cursos", view_func=begin.add_course, endpoint="add_course", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_PROGRAMME}/ordenar", view_func=begin.arrange, endpoint="arrange_courses", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_COURSE}/datos", view_func=describing.course, endpoint="course_data", methods=_WRITES
)
blueprint.add_url_rule(
    f"{_COURSE}/modulos/<module>",
    view_func=describing.module,
    endpoint="module_data",
    methods=_WRITES,
)
blueprint.add_url_rule(_COURSE, view_func=course.show, endpoint="course")
blueprint.add_url_rule(f"{_COURSE}/agregar", view_func=course.add, endpoint="add", methods=["POST"])
blueprint.add_url_rule(
    f"{_COURSE}/ordenar", view_func=course.arrange, endpoint="arrange", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_COURSE}/pegado", view_func=documents.paste, endpoint="paste", methods=["POST"]
)
_DOCUMENTS = f"{_COURSE}/documentos"
_DOCUMENT = f"{_DOCUMENTS}/<token>"
blueprint.add_url_rule(
    _DOCUMENTS, view_func=documents.send, endpoint="send_document", methods=_WRITES
)
blueprint.add_url_rule(_DOCUMENT, view_func=documents.show, endpoint="document")
blueprint.add_url_rule(
    f"{_DOCUMENT}/traer", view_func=documents.bring, endpoint="bring_document", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_DOCUMENT}/imagenes/<name>", view_func=documents.picture, endpoint="document_picture"
)
blueprint.add_url_rule(_ACTIVITY, view_func=activity.show, endpoint="activity")
blueprint.add_url_rule(
    f"{_ACTIVITY}/titulo", view_func=activity.rename, endpoint="rename", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_ACTIVITY}/texto", view_func=text.activity, endpoint="activity_text", methods=_WRITES
)
_QUESTIONS = f"{_ACTIVITY}/preguntas"
blueprint.add_url_rule(_QUESTIONS, view_func=quiz.show, endpoint="quiz")
blueprint.add_url_rule(
    f"{_QUESTIONS}/ordenar", view_func=quiz.arrange, endpoint="arrange_questions", methods=["POST"]
)
_QUESTION_FILES = f"{_QUESTIONS}/archivos"
blueprint.add_url_rule(
    _QUESTION_FILES, view_func=question_files.send, endpoint="send_questions", methods=_WRITES
)
blueprint.add_url_rule(
    f"{_QUESTION_FILES}/<token>",
    view_func=question_files.show,
    endpoint="sent_questions",
    methods=_WRITES,
)
blueprint.add_url_rule(
    f"{_QUESTION_FILES}/<token>/traer",
    view_func=question_files.bring,
    endpoint="bring_questions",
    methods=["POST"],
)
_DOWNLOADS = f"{_QUESTIONS}/descargas"
blueprint.add_url_rule(_DOWNLOADS, view_func=question_downloads.show, endpoint="question_downloads")
blueprint.add_url_rule(
    f"{_DOWNLOADS}/<name>", view_func=question_downloads.fetch, endpoint="download_questions"
)
blueprint.add_url_rule(
    f"{_QUESTIONS}/nueva", view_func=question.new, endpoint="new_question", methods=_WRITES
)
blueprint.add_url_rule(
    f"{_QUESTIONS}/pegar", view_func=pasting.paste, endpoint="paste_questions", methods=_WRITES
)
blueprint.add_url_rule(
    f"{_ACTIVITY}/pregunta/<question>",
    view_func=question.edit,
    endpoint="question",
    methods=_WRITES,
)
blueprint.add_url_rule(
    f"{_ACTIVITY}/ajustes", view_func=quiz.settings, endpoint="quiz_settings", methods=_WRITES
)
blueprint.add_url_rule(
    f"{_ACTIVITY}/trabajo", view_func=assignment.write, endpoint="assignment", methods=_WRITES
)
blueprint.add_url_rule(
    f"{_ACTIVITY}/leccion", view_func=lesson.write, endpoint="lesson", methods=_WRITES
)
blueprint.add_url_rule(
    f"{_ACTIVITY}/leccion/vista", view_func=lesson.look, endpoint="look", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_PROGRAMME}/archivos/<path:path>", view_func=text.file, endpoint="text", methods=_WRITES
)
blueprint.add_url_rule(f"{_PROGRAMME}/pasos", view_func=steps.show, endpoint="steps")
blueprint.add_url_rule(
    f"{_PROGRAMME}/pasos/<uuid:step>/deshacer",
    view_func=steps.undo,
    endpoint="undo",
    methods=["POST"],
)

_PREVIEW = f"{_PROGRAMME}/vista"
_STAGE = f"{_PREVIEW}/<edition>/<stage>"
blueprint.add_url_rule(_PREVIEW, view_func=rehearsal.choose, endpoint="rehearsals")
_BOTH = ["GET", "POST"]
blueprint.add_url_rule(_STAGE, view_func=rehearsal.show, endpoint="rehearsal", methods=_BOTH)
blueprint.add_url_rule(
    f"{_STAGE}/<path:rest>", view_func=rehearsal.show, endpoint="rehearsal_page", methods=_BOTH
)
blueprint.add_url_rule(
    f"{_PROGRAMME}/vista-archivos/<digest>/<name>",
    view_func=rehearsal.media,
    endpoint="rehearsal_media",
)

_FACTS = f"{_PROGRAMME}/datos-de-ley"
_FACT = f"{_COURSE}/datos-de-ley/<key>"
blueprint.add_url_rule(_FACTS, view_func=facts.index, endpoint="facts")
blueprint.add_url_rule(
    f"{_FACTS}/agregar", view_func=facts.add, endpoint="add_fact", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_COURSE}/revision-juridica",
    view_func=acceptance.accept,
    endpoint="accept_law",
    methods=_WRITES,
)
blueprint.add_url_rule(_FACT, view_func=facts.show, endpoint="fact")
blueprint.add_url_rule(_FACT, view_func=facts.change, endpoint="change_fact", methods=["POST"])

_FILES = f"{_COURSE}/archivos"
blueprint.add_url_rule(_FILES, view_func=files.show, endpoint="files")
blueprint.add_url_rule(
    f"{_FILES}/agregar", view_func=files.put, endpoint="put_file", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_FILES}/quitar", view_func=files.remove, endpoint="remove_file", methods=["POST"]
)

_CHANGES = f"{_PROGRAMME}/cambios"
_REQUEST = f"{_PROGRAMME}/solicitudes/<uuid:request_uid>"
_VERSION = f"{_PROGRAMME}/versiones/<int:version>"

blueprint.add_url_rule(
    f"{_ROOM}/quien-publica", view_func=rule.show, endpoint="rule", methods=_WRITES
)
blueprint.add_url_rule(_CHANGES, view_func=publication.show, endpoint="changes")
for _name, _path, _view in (
    ("publish", f"{_CHANGES}/publicar", publication.publish),
    ("ask", f"{_CHANGES}/pedir", publication.ask),
    ("drop", f"{_CHANGES}/descartar", publication.drop),
    ("drop_part", f"{_CHANGES}/descartar/<part>", publication.drop),
    ("approve", f"{_REQUEST}/aprobar", publication.approve),
    ("decline", f"{_REQUEST}/no-aprobar", publication.decline),
    ("withdraw", f"{_REQUEST}/retirar", publication.withdraw),
    ("choose", f"{_PROGRAMME}/conflictos/elegir", conflicts.choose),
    ("go_back", f"{_VERSION}/traer", versions.go_back),
):
    blueprint.add_url_rule(_path, view_func=_view, endpoint=_name, methods=["POST"])
blueprint.add_url_rule(
    f"{_VERSION}/promociones", view_func=corrections.show, endpoint="corrections"
)
blueprint.add_url_rule(
    f"{_VERSION}/promociones/corregir",
    view_func=corrections.correct,
    endpoint="correct",
    methods=["POST"],
)
blueprint.add_url_rule(_REQUEST, view_func=publication.asked, endpoint="request")
blueprint.add_url_rule(f"{_PROGRAMME}/versiones", view_func=versions.index, endpoint="versions")
blueprint.add_url_rule(_VERSION, view_func=versions.show, endpoint="version")
blueprint.add_url_rule(f"{_PROGRAMME}/conflictos", view_func=conflicts.show, endpoint="conflicts")
