"""A sheet to begin from: a question of each kind, to be written over."""

from lms.assessment.formats.interface import Item

SAMPLES = tuple(
    Item(source)
    for source in (
        {
            "type": "single_choice",
            "points": 1,
            "stem": "¿Quién recibe la solicitud?",
            "options": [
                {"text": "El concejo", "feedback": "El concejo no recibe solicitudes."},
                {"text": "La Unidad de Información", "correct": True},
                {"text": "La tesorería"},
            ],
            "feedback": "Toda solicitud entra por la Unidad.",
            "difficulty": 1,
            "category": "Acceso a la información",
            "tags": ["solicitud", "plazos"],
        },
        {
            "type": "multiple_choice",
            "points": 2,
            "stem": "¿Qué se publica de oficio?",
            "options": [
                {"text": "El presupuesto", "correct": True},
                {"text": "Las compras", "correct": True},
                {"text": "Las direcciones de las personas"},
            ],
            "scoring": "partial",
        },
        {"type": "true_false", "points": 1, "stem": "Pedir es gratuito.", "answer": True},
        {
            "type": "numerical",
            "points": 1,
            "stem": "¿Cuántos días hábiles hay para responder?",
            "answer": 10,
            "tolerance": 0,
            "unit": "días",
        },
        {
            "type": "short_answer",
            "points": 1,
            "stem": "¿Cómo se llama el papel que recibe la persona?",
            "accept": ["constancia", "la constancia"],
        },
        {
            "type": "matching",
            "points": 2,
            "stem": "Una cada documento con quien lo firma.",
            "pairs": [
                {"left": "Acta", "right": "El concejo"},
                {"left": "Recibo", "right": "La tesorería"},
            ],
        },
    )
)
