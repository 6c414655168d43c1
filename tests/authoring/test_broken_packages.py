"""Every way to break a package once: the file, the line and the sentence must be right."""

import re

import pytest

from lms.catalog.rules.problems import Problem
from tests.authoring.packages import (
    COURSE,
    FACTS,
    LESSON,
    MODULE,
    PROGRAMME,
    QUIZ,
    Checker,
    Files,
    broken,
    line_with,
)

pytestmark = pytest.mark.pure

# id, file that is broken, old text, new text, marker of the line, part of what is said
ONE_PLACE = [
    (
        "unknown key near",
        PROGRAMME,
        "summary:",
        "sumary:",
        "sumary:",
        "`sumary` is not a known key",
    ),
    (
        "unknown key",
        COURSE,
        "order: sequential",
        "orden_x: 1\norder: free",
        "orden_x",
        "not a known",
    ),
    ("missing key", PROGRAMME, "hours: 2\n", "", "format: 1", "`hours` is missing"),
    ("wrong word", PROGRAMME, "kind: course ", "kind: curse ", "kind: curse", "cannot be `curse`"),
    ("number for text", PROGRAMME, '"419"', "419", "country:", "must be text"),
    (
        "text for number",
        PROGRAMME,
        "hours: 2",
        "hours: dos",
        "hours: dos",
        "must be a whole number",
    ),
    ("text for list", PROGRAMME, "topics: [services]", "topics: services", "topics:", "be a list"),
    ("text for mapping", PROGRAMME, "cover: {", "cover: azul #{", "cover:", "keys of its own"),
    ("empty value", PROGRAMME, "title: ", "title: #", "title:", "nothing after it"),
    (
        "not a flag",
        QUIZ,
        "shuffle_options: true",
        "shuffle_options: yes",
        "shuffle_options",
        "true",
    ),
    ("not a date", FACTS, "verified_on: null", "verified_on: ayer", "verified_on: ayer", "a date"),
    ("too many digits", MODULE, "hours: 2", f"hours: {'9' * 19}", "hours: 9", "too many digits"),
    ("no such day", FACTS, "expires: null", "expires: 2026-02-30", "2026-02-30", "calendar"),
    ("bad key", MODULE, "key: primer-modulo", "key: Primer Módulo", "key: Primer", "valid name"),
    (
        "too many hours",
        PROGRAMME,
        "academic_hour: 60",
        "academic_hour: 90",
        "academic_hour",
        "more",
    ),
    ("anchor", COURSE, "title: Primer", "title: &a Primer", "&a", "anchors"),
    ("alias", COURSE, "title: Primer curso", "title: *a", "*a", "anchors"),
    ("tag", COURSE, "title: Primer", "title: !!str Primer", "!!str", "a tag"),
    ("merge key", COURSE, "title: Primer curso", "<<: {a: 1}", "<<", "`<<`"),
    (
        "duplicate YAML key",
        COURSE,
        "state: written",
        "hours: 3 # 2nd\nstate: written",
        "# 2nd",
        "twice",
    ),
    ("tab", COURSE, "  Qué se aprende", "\tQué se aprende", "\tQué", "tab"),
    ("colon", COURSE, "title: Primer curso", "title: Primer: curso", "Primer: curso", "colon"),
    ("open quotes", MODULE, 'minutos."', "minutos.", "outcome:", "never closed"),
    ("key is not folder", COURSE, "key: primer-curso", "key: otro", "key: otro", "its folder"),
    ("course without folder", PROGRAMME, "[primer-curso]", "[primer-curso, dos]", "dos]", "folder"),
    ("programme hours", PROGRAMME, "hours: 2", "hours: 3", "hours: 3", "add up to 2"),
    ("course hours", COURSE, "hours: 2", "hours: 4", "hours: 4", "add up to 2"),
    ("module minutes", MODULE, "minutes: 40", "minutes: 35", "hours: 2", "add up to 115"),
    ("weights", COURSE, "evaluacion-final: 100", "evaluacion-final: 90", "weights", "not 100"),
    (
        "weight of a lesson",
        COURSE,
        "evaluacion-final:",
        "recibir-una-peticion:",
        "grading",
        "grade",
    ),
    (
        "weight of nothing",
        COURSE,
        "evaluacion-final:",
        "evaluacion-fnal:",
        "grading",
        "no lesson or",
    ),
    ("no grading", COURSE, "grading:", "#grading:", "format: 1", "needs `grading`"),
    (
        "review by nobody",
        COURSE,
        "{state: pending}",
        "{state: accepted}",
        "legal",
        "`by` is missing",
    ),
    ("written as outline", COURSE, "state: written", "state: x", "state: x", "cannot be `x`"),
    ("written with titles", MODULE, "hours: 2", 'hours: 2\nlessons: ["a"]', "lessons", "are files"),
    ("lesson without front matter", LESSON, "---\nkey", "key", "key:", "no front matter"),
    ("front matter open", LESSON, "---\n## Lo", "## Lo", "---", "never closed"),
    (
        "lesson key twice",
        QUIZ,
        "key: evaluacion-final",
        "key: recibir-una-peticion",
        "key:",
        "twice",
    ),
    (
        "question key twice",
        QUIZ,
        "key: cuantos-datos",
        "key: primer-paso # 2nd",
        "# 2nd",
        "stands twice",
    ),
    ("unknown outcome", LESSON, "[constancia]", "[constansia]", "constansia", "no outcome"),
    ("unknown fact", LESSON, "[[ejemplo-plazo]]", "[[ejemplo-plaso]]", "ejemplo-plaso", "no fact"),
    (
        "bad citation",
        LESSON,
        "[[ejemplo-plazo]]",
        "[[Ejemplo Plazo]]",
        "Ejemplo Plazo",
        "the key of",
    ),
    ("missing media", LESSON, "media/pasos.svg", "media/pazos.svg", "pazos", "not in the course"),
    (
        "missing download",
        LESSON,
        "file: media/registro",
        "file: media/reg",
        "reg.csv",
        "not in the",
    ),
    (
        "broken lesson link",
        LESSON,
        "Basta con",
        "[Vea](lesson:nada) con",
        "lesson:nada",
        "no lesson",
    ),
    ("anchor of nothing", LESSON, "Basta con", "[Vea](#zzz) con", "#zzz", "called #zzz"),
    (
        "anchor nearly",
        LESSON,
        "Basta con",
        "[Vea](#que-se-anotan)",
        "#que",
        "called #que-se-anotan",
    ),
    (
        "download from outside",
        LESSON,
        "file: media/registro.csv",
        "file: ../../registro.csv",
        "../../registro",
        "leads out of the course",
    ),
    ("running link", LESSON, "Basta con", "[Vea](javascript:alert)", "javascript", "nowhere"),
    ("escaping link", LESSON, "Basta con", "[Vea](../../x) con", "../../x", "nowhere"),
    ("vague link", LESSON, "[registro vacío]", "[aquí]", "[aquí]", "does not say"),
    ("image elsewhere", LESSON, "(media/pasos.svg", "(https://x.org/a.png", "x.org", "not in the"),
    (
        "no alt",
        LESSON,
        "![Tres pasos: escuchar, registrar, entregar constancia]",
        "![]",
        "![]",
        "alt",
    ),
    ("block HTML", LESSON, "## Qué se", "<div>x</div>\n\n## Qué se", "<div>", "HTML is not shown"),
    ("inline HTML", LESSON, "Basta con", "Basta <b>con</b>", "<b>", "HTML is not shown"),
    ("comment", LESSON, "## Qué se", "<!-- x -->\n\n## Qué se", "<!--", "HTML is not shown"),
    ("level 1", LESSON, "## Qué se", "# Qué se", "# Qué se", "level 1"),
    ("skipped level", LESSON, "## Qué se", "#### Qué se", "#### Qué se", "skips a level"),
    ("unknown box", LESSON, "::: note", "::: nota", "::: nota", "no box called"),
    ("open box", LESSON, "siempre los tres.\n:::", "siempre los tres.", "::: remember", "closed"),
    ("stray box", LESSON, "## Qué se", ":::\n\n## Qué se", ":::\n\n## Qué", "closes or opens"),
    (
        "caption alone",
        LESSON,
        "registro\n\n| Dato",
        "registro\n\nx\n\n| Dato",
        "Table:",
        "no table",
    ),
    ("HTML in a question", QUIZ, "¿Qué datos lleva", "¿<u>Qué</u> datos lleva", "<u>", "HTML"),
    ("HTML in a practice", MODULE, "    Compare sus", "    Compare <i>sus</i>", "<i>", "HTML"),
    (
        "missing picture of a question",
        QUIZ,
        "¿Qué datos lleva",
        "![Tres pasos](media/pazos.svg) ¿Qué datos lleva",
        "pazos",
        "media/pazos.svg is not in the course",
    ),
    (
        "missing picture of an option",
        QUIZ,
        'text: "Darle un número."',
        'text: "![Un número](media/numero.png)"',
        "numero.png",
        "media/numero.png is not in the course",
    ),
    (
        "picture of a question without alt",
        QUIZ,
        "¿Qué datos lleva",
        "![](media/pasos.svg) ¿Qué datos lleva",
        "![](",
        "no alternative text",
    ),
    (
        "file shown as a picture",
        QUIZ,
        "¿Qué datos lleva",
        "![Registro](media/registro.csv) ¿Qué datos lleva",
        "![Registro",
        "neither a picture nor a recording",
    ),
    (
        "recording without a name",
        LESSON,
        "## Qué se",
        "![](media/aviso.opus)\n\n## Qué se",
        "![](media/aviso",
        "has no name",
    ),
    (
        "no right answer",
        QUIZ,
        'qué pide.", correct: true',
        'qué pide."',
        "    options:",
        "no option is right",
    ),
    ("numerical in words", QUIZ, "answer: 5", "answer: cinco", "answer: cinco", "be a number"),
    ("numerical without", QUIZ, "answer: 5", "#", "key: cuantos", "`answer` is missing"),
    ("unknown type", QUIZ, "type: numerical", "type: numeric", "type: numeric", "`numeric`"),
    ("matching repeats", QUIZ, 'left: "Fecha"', 'left: "NÚMERO"', "NÚMERO", "repeats another"),
]


@pytest.mark.parametrize("case", ONE_PLACE, ids=lambda case: case[0])
def test_each_fault_is_named_where_it_stands(
    case: tuple[str, str, str, str, str | None, str], good: Files, problems_of: Checker
) -> None:
    _, path, old, new, marker, said = case
    files = broken(good, path, old, new)
    found = problems_of(files)
    matching = [each for each in found if said in each.message % each.params]
    assert matching, [each.message % each.params for each in found]
    assert all(each.remedy % each.params for each in found)
    if marker is not None:
        assert (path, line_with(files, path, marker)) in {
            (each.path, each.line) for each in matching
        }


def test_practice_has_no_weight(good: Files, problems_of: Checker) -> None:
    files = broken(good, QUIZ, "pass: ", "purpose: practice\npass: ")
    (found,) = problems_of(files)
    assert found.path == COURSE
    assert "gives no grade" in found.message


def test_a_doubtful_fact_is_explained_but_not_asked(good: Files, problems_of: Checker) -> None:
    files = broken(good, FACTS, "doubtful: false", "doubtful: true")
    assert problems_of(files) == []
    files = broken(files, QUIZ, "difficulty: 2\n    scoring", "facts: [ejemplo-plazo]\n    scoring")
    found = problems_of(files)
    assert [(each.path, each.line) for each in found] == [
        (QUIZ, line_with(files, QUIZ, "facts: ["))
    ]


def test_an_expired_fact_is_a_warning(good: Files, problems_of: Checker) -> None:
    files = broken(good, FACTS, "expires: null", "expires: 2026-11-20")
    (found,) = problems_of(files)
    assert (found.path, found.line, found.is_error) == (
        FACTS,
        line_with(files, FACTS, "- key"),
        False,
    )


def test_a_short_lesson_is_a_warning(good: Files, problems_of: Checker) -> None:
    text = good[LESSON].decode()
    head = text.split("## Lo primero")[0]
    cited = " ".join(re.findall(r"\[\[[a-z0-9-]+\]\]", text))
    body = f"## Uno\n\nHola [r](media/registro.csv) {cited}.\n\n![Tres pasos](media/pasos.svg)\n"
    found = problems_of({**good, LESSON: (head + body).encode()})
    assert [each.is_error for each in found] == [False, False]
    assert {each.params["count"] for each in found} == {3}


def test_a_byte_order_mark_and_windows_lines_are_named(good: Files, problems_of: Checker) -> None:
    (found,) = problems_of({**good, MODULE: b"\xef\xbb\xbf" + good[MODULE]})
    assert (found.line, found.is_error) == (1, True)
    (found,) = problems_of({**good, LESSON: good[LESSON].replace(b"\n", b"\r\n")})
    assert (found.line, found.is_error) == (1, False)


def test_what_cannot_be_read_causes_no_further_complaints(
    good: Files, problems_of: Checker
) -> None:
    for path in (FACTS, QUIZ, LESSON, MODULE, COURSE, PROGRAMME):
        found = problems_of({**good, path: b"a: [b\n"})
        others = [each for each in found if each.path != path and each.is_error]
        assert others == [], path


def test_files_of_a_lesson_that_cannot_be_read_are_not_called_unused(
    good: Files, problems_of: Checker
) -> None:
    for old in ("---\nkey", "key: recibir-una-peticion"):
        found = problems_of(broken(good, LESSON, old, "key: [" if old[0] == "k" else "key"))
        assert {each.path for each in found} == {LESSON}


@pytest.mark.parametrize("path", [MODULE, LESSON])
def test_a_control_character_is_told_once_where_it_stands(
    path: str, good: Files, problems_of: Checker
) -> None:
    files = broken(good, path, "title: ", "title: \x07")
    (found,) = problems_of(files)
    assert found.line == line_with(files, path, "\x07")
    assert "control character" in found.message


def test_a_heading_that_stands_twice_is_linked_by_its_number(
    good: Files, problems_of: Checker
) -> None:
    files = broken(good, LESSON, "## Lo primero es escuchar", "## Qué se anota")
    assert problems_of(broken(files, LESSON, "Basta con", "[Lo que va](#que-se-anota-2) con")) == []
    (found,) = problems_of(broken(files, LESSON, "Basta con", "[Lo que va](#que-se-anota-3) con"))
    assert found.message % found.params == "no heading of this text is called #que-se-anota-3"


def told(found: list[Problem]) -> set[tuple[int, str]]:
    return {(each.line, each.message % each.params) for each in found}


def test_a_misspelt_key_hides_nothing_else_of_its_question(
    good: Files, problems_of: Checker
) -> None:
    """What is read as meant is checked as meant: the type, the options, the right answer."""
    files = broken(good, QUIZ, "type: single_choice", "tipe: single_choice")
    assert told(problems_of(files)) == {
        (line_with(files, QUIZ, "tipe:"), "`tipe` is not a known key")
    }
    files = broken(files, QUIZ, 'qué pide.", correct: true', 'qué pide.", correct: false')
    assert told(problems_of(files)) == {
        (line_with(files, QUIZ, "tipe:"), "`tipe` is not a known key"),
        (line_with(files, QUIZ, "    options:"), "no option is right"),
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("points: 1", "points: uno", "`points` must be a number"),
        ("points: 1", "punctuation: 1", "`punctuation` is not a known key"),
        ("type: single_choice", "type: singel_choice", "`type` cannot be `singel_choice`"),
        ("key: primer-paso", "key: Primer paso", "`key` is not a valid name: Primer paso"),
        ("    options:", "    stray: 1\n    options:", "`stray` is not a known key"),
    ],
)
def test_a_fault_in_what_all_questions_share_leaves_the_rest_to_be_checked(
    old: str, new: str, said: str, good: Files, problems_of: Checker
) -> None:
    files = broken(good, QUIZ, old, new)
    files = broken(files, QUIZ, 'qué pide.", correct: true', 'qué pide.", corect: false')
    messages = {message for _, message in told(problems_of(files))}
    assert {said, "`corect` is not a known key", "no option is right"} <= messages


def test_a_question_without_a_type_is_read_as_far_as_it_can_be(
    good: Files, problems_of: Checker
) -> None:
    files = broken(good, QUIZ, "type: single_choice", "stemm: 5")
    files = broken(files, QUIZ, 'qué pide.", correct: true', 'qué pide.", correct: "yes"')
    messages = {message for _, message in told(problems_of(files))}
    assert messages >= {
        "`type` is missing",
        "`stemm` is not a known key",
        "`correct` must be `true` or `false`",
    }


def test_an_outline_has_titles_and_no_files(good: Files, problems_of: Checker) -> None:
    files = broken(good, COURSE, "state: written", "state: outline")
    assert {(each.path, each.line) for each in problems_of(files) if "outline" in each.message} == {
        (MODULE, 1),
        (LESSON, 1),
        (QUIZ, 1),
    }


def test_the_example_has_no_problem(good: Files, problems_of: Checker) -> None:
    assert problems_of(good) == []


def test_all_of_five_hundred_problems_are_told(good: Files, problems_of: Checker) -> None:
    extra = "".join(
        f"  - {{key: p-{n}, type: true_false, points: 1, stem: s, answer: x, facts: [no-{n}]}}\n"
        for n in range(250)
    )
    files = {**good, QUIZ: good[QUIZ] + extra.encode()}
    found = [each for each in problems_of(files) if each.path == QUIZ]
    first = line_with(good, QUIZ, "key: nombre-del-papel") + 9
    told = [each for each in found if each.line >= first]
    assert len(told) == 500
    assert {each.line for each in told} == set(range(first, first + 250))
    assert [each.message % each.params for each in found if each.line < first] == [
        "`questions` has 256 items; 200 are the most"
    ]


def test_a_lesson_without_a_source_and_a_fact_that_nobody_cites_are_told(
    good: Files, problems_of: Checker
) -> None:
    silent = re.sub(r"\[\[[a-z0-9-]+\]\]", "", good[LESSON].decode())
    found = problems_of({**good, LESSON: silent.encode()})
    assert [(each.path, each.is_error) for each in found if "no source" in each.message] == [
        (LESSON, False)
    ]
    idle = '  - {key: sin-uso, text: "Algo rige.", source: "Una ley"}\n'
    found = problems_of({**good, FACTS: good[FACTS].rstrip() + b"\n" + idle.encode()})
    assert [each.params for each in found] == [{"key": "sin-uso"}]
    assert not found[0].is_error


def test_what_is_hard_to_read_is_told(good: Files, problems_of: Checker) -> None:
    """With the line of a sentence without end; a list of numbers or a table is no sentence."""
    long = (
        "La municipalidad, " + "que recibe y responde solicitudes de información, " * 9 + "cumple."
    )
    text = good[LESSON].decode() + f"\n{long}\n\n| a | b |\n|---|---|\n" + "| uno | dos |\n" * 40
    (found,) = problems_of({**good, LESSON: text.encode()})
    assert (found.line, found.is_error) == (text.split(long)[0].count("\n") + 1, False)
    assert found.params["count"] > 55
