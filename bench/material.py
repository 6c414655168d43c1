"""What both applications are given: one course, its people, their sessions. Plain data only."""

from random import Random

MODULES = 10
LESSONS = 4
QUESTIONS = 10
LESSON_MINUTES = 15
QUIZ_MINUTES = 60
PROGRAMME = "curso-de-medida"
COURSE = "medida"
QUIZ = "examen"

OPTIONS = (
    "La secretaria municipal, en diez días hábiles",
    "El concejo, en su próxima sesión ordinaria",
    "La unidad de información, sin plazo",
    "Nadie: la ley no lo dice",
)
_GIVEN = ("Rosa", "Juan", "Ana Lucía", "Pedro", "Micaela", "José Ángel", "Marta", "Domingo")
_SURNAMES = ("Xiloj", "Quispe", "Chávez", "Ñáñez", "Mejía", "Tzunún", "Coc", "Huamán", "Ixcoy")
_SENTENCE = (
    "La municipalidad responde por escrito a quien pide información, y dice dónde está lo que ya "
    "es público. "
)
SEARCHER = "session-of-the-help-desk"
_MANY_GIVEN = (
    "Rosa",
    "Juan",
    "Ana",
    "Pedro",
    "Micaela",
    "José",
    "Marta",
    "Domingo",
    "Lucía",
    "Ángel",
    "Carlos",
    "Elena",
    "Francisco",
    "Isabel",
    "Manuel",
    "Catarina",
    "Tomás",
    "Dolores",
    "Diego",
    "Juana",
    "Miguel",
    "Petrona",
    "Andrés",
    "Magdalena",
    "Gaspar",
    "Luz",
    "Rigoberto",
    "Yolanda",
)
_OFTEN = (
    "López",
    "García",
    "Pérez",
    "Quispe",
    "Mamani",
    "Hernández",
    "Rodríguez",
    "Martínez",
    "Chávez",
    "Xiloj",
    "Ajú",
    "Tzunún",
    "Coc",
    "Caal",
    "Huamán",
    "Flores",
    "Ñáñez",
    "Mejía",
    "Ixcoy",
    "Choc",
)
_SYLLABLES = ("tu", "xa", "qui", "lo", "mar", "cha", "po", "zun", "ti", "bal", "gue", "rra", "ño")


def one_of_many(chance: Random) -> tuple[str, str, str]:
    """Given names and two surnames; half of the surnames are shared by very many."""
    given = " ".join(chance.sample(_MANY_GIVEN, chance.choice((1, 2))))
    return given, _surname(chance), _surname(chance)


def _surname(chance: Random) -> str:
    if chance.random() < 0.5:
        return chance.choice(_OFTEN)
    return "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3)))).capitalize()


def document(number: int) -> str:
    """The document of one of very many."""
    return f"{2_000_000_000_101 + 10_000 * number}"


def module_title(module: int) -> str:
    return f"Módulo {module + 1}: la municipalidad y su trabajo"


def lesson_title(module: int, lesson: int) -> str:
    return f"Lección {module * LESSONS + lesson + 1}: cómo se atiende una solicitud"


def lesson_key(module: int, lesson: int) -> str:
    return f"leccion-{module * LESSONS + lesson + 1}"


def stem(question: int) -> str:
    return f"Pregunta {question}: ¿quién responde en este caso de la municipalidad?"


def token(person: int) -> str:
    return f"session-of-person-{person}"


def name(person: int) -> tuple[str, str, str]:
    """Given names and two surnames."""
    return (
        _GIVEN[person % len(_GIVEN)],
        _SURNAMES[person // len(_GIVEN) % len(_SURNAMES)],
        _SURNAMES[person % len(_SURNAMES)],
    )


def package() -> dict[str, bytes]:
    """The course as the files that authors write: 40 lessons and a quiz, in free order."""
    hours = MODULES * LESSONS * LESSON_MINUTES // 60 + QUIZ_MINUTES // 60
    files = {
        "programme.yaml": f"""
format: 1
key: {PROGRAMME}
title: Curso de medida
kind: course
language: es
country: GT
audience: [staff]
topics: [transparency]
modes: [online]
hours: {hours}
academic_hour: 60
summary: Un curso para medir.
outcomes:
  - {{key: medir, text: Atiende una solicitud en plazo.}}
entry: [Saber leer y escribir.]
certificate: {{kind: course_certificate, title: Constancia de aprobación}}
courses: [{COURSE}]
cover: {{hue: petrol, icon: landmark}}
""",
        f"{COURSE}/course.yaml": f"""
format: 1
key: {COURSE}
title: Curso de medida
hours: {hours}
state: written
order: free
summary: Cómo se atiende una solicitud.
outcomes:
  - {{key: medir, text: Atiende una solicitud en plazo.}}
legal_review: {{state: accepted, by: Nadie, on: 2026-01-15}}
grading: {{pass: 61, weights: {{{QUIZ}: 100}}}}
""",
    }
    for module in range(MODULES):
        is_last = module == MODULES - 1
        minutes = LESSONS * LESSON_MINUTES + (QUIZ_MINUTES if is_last else 0)
        folder = f"{COURSE}/{module + 1:02}-modulo"
        files[f"{folder}/module.yaml"] = f"""
key: modulo-{module + 1}
title: "{module_title(module)}"
hours: {minutes // 60}
outcome: Atiende una solicitud.
"""
        for lesson in range(LESSONS):
            files[f"{folder}/{lesson + 1:02}-leccion.md"] = _lesson(module, lesson)
        if is_last:
            files[f"{folder}/{LESSONS + 1:02}-examen.quiz.yaml"] = _quiz()
    return {path: text.lstrip().encode() for path, text in files.items()}


def _lesson(module: int, lesson: int) -> str:
    body = "\n\n".join(f"Párrafo {n}. " + _SENTENCE * 4 for n in range(1, 9))
    return (
        f'---\nkey: {lesson_key(module, lesson)}\ntitle: "{lesson_title(module, lesson)}"\n'
        "aim: atender una solicitud\nminutes: {reading: 5, exercise: 10}\n"
        f"outcomes: [medir]\n---\n## La idea\n\n{body}\n\n"
        "Table: Los plazos\n\n| Paso | Días |\n|---|--:|\n| Recibir | 1 |\n| Responder | 10 |\n\n"
        "::: exercise Ejercicio\nEscriba la respuesta a una solicitud de su municipio.\n:::\n"
    )


def _quiz() -> str:
    head = (
        f"key: {QUIZ}\ntitle: Examen\nminutes: {{assessment: {QUIZ_MINUTES}}}\nattempts: null\n"
        "pass: 61\nshuffle_questions: false\nshuffle_options: false\nquestions:\n"
    )
    options = "".join(
        f'      - {{text: "{text}"{", correct: true" if n == 0 else ""}}}\n'
        for n, text in enumerate(OPTIONS)
    )
    return head + "".join(
        f"  - key: pregunta-{n}\n    type: single_choice\n    points: 1\n"
        f'    stem: "{stem(n)}"\n    outcome: medir\n    feedback: {_SENTENCE.strip()}\n'
        f"    options:\n{options}"
        for n in range(1, QUESTIONS + 1)
    )
