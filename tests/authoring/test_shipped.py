"""Every course that we ship in full says what it promises, each lesson with all its parts."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from lms.authoring.formats.package import read_package
from lms.authoring.formats.tree import tree_of
from lms.authoring.rules.check import check
from lms.authoring.rules.package import CourseText
from lms.catalog.rules.reading import ease, sentences
from lms.foundation.kernel.shipped import shipped
from tests.authoring.packages import KINDS, TODAY, broken
from tests.authoring.shipped import COURSES, PACKAGES, TAUGHT, every_course, lessons_of, plain

pytestmark = pytest.mark.pure

LESSON_WORDS = range(700, 1501)
OPENING_WORDS = 40
"""Words of a situation, before any heading."""
EASE, WORDS = 60, 15
"""At least so easy, with so many words to a sentence at most on average."""
SHARED_WORDS = 12
"""So many words in a row stand in no two lessons."""
HOURS = {
    # hours of the programme; of each course its modules, each with its lessons
    "gestion-municipal-y-transparencia": (120, [[4, 4], [4, 4], [4, 4], [4, 4], [0]]),
    "candidatos-y-autoridades-electas": (40, [[4, 4, 4, 4]]),
    "presupuesto-participativo": (8, [[5]]),
    "centros-poblados": (8, [[5]]),
    "formacion-municipalista": (20, [[4, 4]]),
    "pedir-informacion-publica": (1, [[3]]),
    "pedir-informacion-publica-peru": (1, [[3]]),
    "pedir-informacion-publica-mexico": (1, [[3]]),
}
WORKSHOPS = ("presupuesto-participativo", "centros-poblados")
PARTS = {
    "example with figures": re.compile(r"^::: example (?:(?!^:::$).)*?\d", re.M | re.S),
    "exercise": re.compile(r"^::: exercise ", re.M),
    "remember": re.compile(r"^::: remember ", re.M),
    "table or figure": re.compile(r"^(?:Table: |!\[)", re.M),
    "source": re.compile(r"\[\[[a-z0-9-]+\]\]"),
}
_SPAN = re.compile(r"^\| (\d+)–(\d+) \|", re.M)
_ARTICLE = re.compile(r"\d+(?: bis| ter)?")
_TRIED = re.compile(r"^:{3,} exercise ", re.M)
_LISTED = re.compile(r"^- |^\d+\. |\*\*[^*\n]+\*\*", re.M)
_WARNING = re.compile(r"error|tropiezo|señales|reflejos|arruina|atajos", re.I)
FEWEST_MISTAKES = 3
_EXERCISE = re.compile(r"^::: exercise .*?^:::$", re.M | re.S)
_STEP = re.compile(r"\((\d+) min\)")
_PARTED = re.compile(r"Reparta (?:su tiempo|así su tiempo)[^\n]*")
MONEY = re.compile(r"(?:Q|S/ ?|\$ ?)\d[\d,]*")
UNITS = re.compile(r"\b(?:\d+|\w+) (?:UIT|UMA|unidades impositivas)\b")
TUTEO = re.compile(
    r"\b(?:tú|tu|tus|contigo|vos|tienes|puedes|debes|quieres|sabes|haz|escribe tu|recuerda que)\b",
    re.I,
)
UNSEEN = re.compile(
    r"(?:Conoce|Comprende|Entiende|Sabe|Aprende|Valora|Reflexiona|Se sensibiliza)\b"
)
"""Verbs of what nobody can see from outside."""


@pytest.mark.parametrize("name", PACKAGES)
def test_the_check_finds_nothing(name: str) -> None:
    read = PACKAGES[name]
    assert [*read.problems, *check(read.package, KINDS, TODAY)] == []


@every_course
def test_lessons_are_neither_thin_nor_endless(course: CourseText) -> None:
    odd = {each.path: each.words for each in lessons_of(course) if each.words not in LESSON_WORDS}
    assert odd == {}


def test_no_paragraph_stands_in_two_lessons() -> None:
    where: dict[str, set[str]] = {}
    for course in TAUGHT.values():
        for lesson in lessons_of(course):
            for each in lesson.paragraphs:
                where.setdefault(each, set()).add(lesson.path)
    assert {text: paths for text, paths in where.items() if len(paths) > 1} == {}


def test_no_phrase_stands_in_two_lessons() -> None:
    """Neither do siblings of a course, written for three countries, copy one another."""
    where: dict[str, set[str]] = {}
    for course in TAUGHT.values():
        for lesson in lessons_of(course):
            words = plain(lesson.text)
            for at in range(len(words) - SHARED_WORDS + 1):
                where.setdefault(" ".join(words[at : at + SHARED_WORDS]), set()).add(lesson.path)
    assert {text: paths for text, paths in where.items() if len(paths) > 1} == {}


def with_a_cohort() -> dict[str, CourseText]:
    """All but open courses: who reads those alone has nobody to talk to and hands nothing in."""
    kinds = {name: read.package.data for name, read in PACKAGES.items()}
    return {
        where: course
        for where, course in COURSES.items()
        if (programme := kinds[where.partition("/")[0]]) and programme["kind"] != "open"
    }


@pytest.mark.parametrize("course", with_a_cohort().values(), ids=with_a_cohort())
def test_every_module_ends_with_work_and_talk(course: CourseText) -> None:
    """Its work is a practice with a good answer, or one that is handed in and has criteria."""
    for module in course.modules:
        works = [each.data for each in module.activities if each.kind == "assignment"]
        practice = module.data.get("practice", {})
        marked = works and all(each["criteria"] for each in works)
        assert practice.get("model_answer") or marked, module.folder
        assert module.data["forum"].get("question"), module.folder


def test_each_programme_has_the_hours_and_the_lessons_it_announces() -> None:
    built = {}
    for name, read in PACKAGES.items():
        courses = read.package.courses
        assert read.package.data
        folders = [
            [sum(each.kind == "lesson" for each in module.activities) for module in course.modules]
            for key in read.package.data["courses"]
            for course in [courses[key]]
        ]
        built[name] = (read.package.data["hours"], folders)
    assert built == HOURS


def test_the_diploma_ends_with_a_work_that_is_handed_in_and_marked_by_a_rubric() -> None:
    diplomas = [
        read.package
        for read in PACKAGES.values()
        if read.package.data and read.package.data["kind"] == "diploma"
    ]
    assert diplomas
    for package in diplomas:
        assert package.data
        last = package.courses[package.data["courses"][-1]]
        (work,) = [each.data for each in last.activities()]
        assert last.data["grading"]["weights"] == {work["key"]: 100}
        worth = [max(level["points"] for level in each["levels"]) for each in work["criteria"]]
        assert len(worth) >= 4
        assert sum(worth) == 100
        assert all(
            level.get("description") for each in work["criteria"] for level in each["levels"]
        )


def test_what_a_course_without_lessons_promises_is_measured_by_its_criteria() -> None:
    works = {where: course for where, course in COURSES.items() if where not in TAUGHT}
    assert works
    for course in works.values():
        measured = {
            criterion.get("outcome")
            for each in course.activities()
            for criterion in each.data["criteria"]
        }
        assert course.outcomes <= measured


def test_a_criterion_measures_an_outcome_of_its_own_course_or_none() -> None:
    folder = shipped("courses") / "gestion-municipal-y-transparencia"
    here = [each for each in folder.rglob("*") if each.is_file()]
    files = {each.relative_to(folder).as_posix(): each.read_bytes() for each in here}
    (path,) = [each for each in files if each.endswith("plan-de-mejora.assignment.yaml")]
    read = read_package(tree_of(broken(files, path, "outcome: plan", "outcome: plam")), KINDS)
    (found,) = check(read.package, KINDS, TODAY)
    assert (found.path, found.message) == (path, "course.yaml has no outcome `%(key)s`")
    assert found.params["near"] == "plan"


@every_course
def test_every_lesson_has_the_parts_that_a_reader_counts_on(course: CourseText) -> None:
    """An example with figures, a table or a figure, an exercise, what to remember, sources."""
    wanting = {
        lesson.path: missing
        for lesson in lessons_of(course)
        if (missing := {part for part, found in PARTS.items() if not found.search(lesson.text)})
    }
    assert wanting == {}


@every_course
def test_every_lesson_warns_of_what_goes_wrong_before_one_tries(course: CourseText) -> None:
    """Its last section before the exercise lists mistakes, or says in its heading that it does."""
    silent = []
    for lesson in lessons_of(course):
        last = _TRIED.split(lesson.text.rpartition("\n## ")[2])[0]
        listed = len(_LISTED.findall(last))
        if listed < FEWEST_MISTAKES and not _WARNING.search(last.partition("\n")[0]):
            silent.append(lesson.path)
    assert silent == []


@every_course
def test_every_lesson_begins_with_something_that_happens(course: CourseText) -> None:
    openings = {
        each.path: len(each.text.partition("\n## ")[0].split()) for each in lessons_of(course)
    }
    assert {path: words for path, words in openings.items() if words < OPENING_WORDS} == {}


@every_course
def test_every_minute_credited_is_itemised(course: CourseText) -> None:
    """What the steps of an exercise or the parts of a practice take is what is credited."""
    for lesson in lessons_of(course):
        exercise = _EXERCISE.search(lesson.text)
        assert exercise, lesson.path
        steps = [int(minutes) for minutes in _STEP.findall(exercise.group())]
        assert sum(steps) == lesson.exercise > 0, lesson.path
    for module in course.modules:
        practice = module.data.get("practice")
        if practice is not None:
            parts = _PARTED.search(practice["text"])
            assert parts, module.folder
            spent = [int(minutes) for minutes in re.findall(r"\d+", parts.group())]
            assert sum(spent) == practice["minutes"], module.folder


@every_course
def test_readers_are_addressed_as_usted(course: CourseText) -> None:
    said = [(each.path, TUTEO.findall(each.text)) for each in lessons_of(course)]
    said += [(each.path, TUTEO.findall(_everything(each.data))) for each in course.activities()]
    said += [(each.folder, TUTEO.findall(_everything(each.data))) for each in course.modules]
    assert [each for each in said if each[1]] == []


def _everything(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(_everything(each) for each in value.values())
    if isinstance(value, list):
        return " ".join(_everything(each) for each in value)
    return str(value)


@every_course
def test_what_one_can_do_afterwards_can_be_seen(course: CourseText) -> None:
    told = [each["text"] for each in course.data["outcomes"]]
    told += [module.data["outcome"] for module in course.modules]
    assert [each for each in told if UNSEEN.match(each)] == []


@every_course
def test_every_lesson_reads_like_a_newspaper_or_easier(course: CourseText) -> None:
    """Measured by its sentences and syllables, well above where the check begins to warn."""
    hard = {}
    for lesson in lessons_of(course):
        read = list(sentences(lesson.text))
        if ease(read) < EASE or sum(len(each.words) for each in read) > WORDS * len(read):
            hard[lesson.path] = ease(read)
    assert hard == {}


@every_course
def test_no_jurist_is_said_to_have_accepted_what_none_has(course: CourseText) -> None:
    assert course.data["legal_review"]["state"] == "pending"
    assert [key for key, fact in course.facts.items() if fact.verified_on] == []


@every_course
def test_amounts_that_change_stand_in_the_facts_alone(course: CourseText) -> None:
    """A limit that is raised is mended in one place: nothing that is read or asked repeats it."""
    changing = [fact.text for fact in course.facts.values() if fact.expires]
    limits = {amount for text in changing for amount in (*MONEY.findall(text), *_units(text))}
    read = {
        each.path: [*MONEY.findall(each.text), *_units(each.text)] for each in lessons_of(course)
    }
    asked = {each.path: _units(_everything(each.data)) for each in course.activities()}
    done = {each.folder: _units(_everything(each.data)) for each in course.modules}
    said = [*read.items(), *asked.items(), *done.items()]
    assert [(path, limits & set(amounts)) for path, amounts in said if limits & set(amounts)] == []


def _units(text: str) -> list[str]:
    """Limits counted in units that the law revalues: “ocho UIT”."""
    return [" ".join(each.split()[:1]) + " UIT" for each in UNITS.findall(text)]


def test_courses_agree_on_what_is_doubtful() -> None:
    said: dict[tuple[str, str], set[bool]] = {}
    for course in COURSES.values():
        for key, fact in course.facts.items():
            said.setdefault((key, fact.source), set()).add(fact.doubtful)
    assert [key for key, doubts in said.items() if len(doubts) > 1] == []


def test_an_article_that_one_course_only_doubts_is_certain_in_no_other() -> None:
    """Of an article a course may know one part and doubt another; of all of it, all doubt alike."""
    said: dict[tuple[str, str], dict[str, set[bool]]] = {}
    for where, course in COURSES.items():
        for fact in course.facts.values():
            law = fact.source.partition(",")[0]
            for article in _ARTICLE.findall(fact.article or ""):
                said.setdefault((law, article), {}).setdefault(where, set()).add(fact.doubtful)
    assert any(len(courses) > 1 for courses in said.values())
    torn = {
        article: courses
        for article, courses in said.items()
        if {True} in courses.values() and any(False in doubts for doubts in courses.values())
    }
    assert torn == {}


@pytest.mark.parametrize("name", WORKSHOPS)
def test_a_workshop_has_a_guide_and_templates_for_who_holds_it(name: str) -> None:
    (course,) = PACKAGES[name].package.courses.values()
    guide = next(each for each in course.activities() if each.kind == "lesson")
    assert guide.data["title"].startswith("Guía para quien facilita")
    assert len(guide.data["downloads"]) >= 2


@pytest.mark.parametrize("name", WORKSHOPS)
def test_the_clock_of_a_workshop_adds_up_to_what_it_credits(name: str) -> None:
    """What the guide says of a session, four times, is what an auditor finds itemised."""
    (course,) = PACKAGES[name].package.courses.values()
    guide, *sessions = [each for each in course.activities() if each.kind == "lesson"]
    (quiz,) = [each for each in course.activities() if each.kind == "quiz"]
    (module,) = course.modules
    room = {sum(each.data["minutes"].values()) for each in sessions}
    each_time = [
        sum(guide.data["minutes"].values()) // 4,
        *room,
        module.data["practice"]["minutes"] // 4,
        module.data["forum"]["minutes"] // 4,
        quiz.data["minutes"]["assessment"] // 4,
    ]
    assert len(sessions) == 4
    assert sum(each_time) * 4 == course.data["hours"] * 60
    assert f"{' + '.join(str(each) for each in each_time)} = **120**" in guide.body
    clock = guide.body.partition("Table: El reloj")[2].partition("\n\n**")[0]
    spans = [(int(start), int(end)) for start, end in _SPAN.findall(clock)]
    assert [end for _start, end in spans] == [*(start for start, _end in spans[1:]), 120]


def test_open_courses_have_no_forum_and_an_examination_of_oneself() -> None:
    opened = {where: course for where, course in COURSES.items() if where not in with_a_cohort()}
    assert len(opened) == 3
    for course in opened.values():
        assert [module.folder for module in course.modules if "forum" in module.data] == []
        assert [each.kind for each in course.activities()].count("quiz") == 1
