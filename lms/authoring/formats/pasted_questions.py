"""Questions as people write them in a letter or a document, read one by one.

    1. ¿Quién recibe la solicitud?
    a) El concejo
    *b) La Unidad de Información
       -> La ley le da esa tarea.
    Explicación: Toda solicitud entra por ahí.

A number begins a question, a letter an option; an asterisk before or behind it marks a right one.
Without options, a line «Respuesta:» gives a number, true or false, or what is accepted, and lines
with an equals sign are pairs. Whatever is not understood is told, never guessed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from lms.assessment.rules.quiz import QUESTIONS
from lms.assessment.types import TYPES
from lms.assessment.types.numerical.figures import read_number
from lms.catalog.rules.nodes import Map
from lms.catalog.rules.problems import Problem, problem
from lms.catalog.rules.shape_check import read
from lms.catalog.rules.shapes import Object
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.text import fold

MOST_TEXT = 200_000
_BEGINS = re.compile(r"\s*(?:pregunta\s+)?(\d{1,3})\s*[.):]-?\s+(?=\S)", re.I)
_MARK = r"(?P<{}>[*✓✔])"
_OPTION = re.compile(
    rf"\s*{_MARK.format('before')}?\s*[(\[]?(?P<letter>[a-j])[.)\]]\s*{_MARK.format('after')}?\s*"
    r"(?P<text>.*?)\s*(?P<behind>[*✓✔]|\((?:correcta|correct)\))?\s*",
    re.I,
)
_WHY = re.compile(r"\s*(?:->|→|=>)\s*(.+)")
_SAID = re.compile(
    r"\s*(respuestas?(?: correctas?)?|answers?|puntos?|points?|explicaci[oó]n|retroalimentaci[oó]n"
    r"|feedback|tolerancia|unidad|dificultad)\s*:\s*(.*)",
    re.I,
)
_PAIR = re.compile(r"\s*(?:[-•]\s*)?(\S.*?)\s*(?:={1,2}>?|⇒|⟶)\s*(\S.*?)\s*")
_AROUND = re.compile(r"(.*?)\s*(?:±|\+/-|\+-)\s*([\d.,]+)\s*(.*)")
_FIGURE = re.compile(r"([-−]?\s*[\d][\d.,' ]*)\s*(\D.*)?")
_TRUTH = {"verdadero": True, "v": True, "true": True, "falso": False, "f": False, "false": False}
_LEVELS = {"facil": 1, "1": 1, "media": 2, "intermedia": 2, "2": 2, "dificil": 3, "3": 3}
_OWN_WORDS = {"respuesta": "answer", "answer": "answer", "punto": "points", "point": "points",
              "explicacion": "why", "retroalimentacion": "why", "feedback": "why",
              "tolerancia": "tolerance", "unidad": "unit", "dificultad": "level"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pasted:
    """One question that was pasted: what became of it, and what is wrong with it."""

    number: int
    line: int
    source: Mapping[str, Any]
    problems: Sequence[Problem] = ()

    @property
    def is_sound(self) -> bool:
        return not any(each.is_error for each in self.problems)


@dataclass(slots=True)
class _Draft:
    line: int
    stem: list[str] = field(default_factory=list)
    options: list[dict[str, Any]] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    pairs: list[dict[str, Any]] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    last: str = ""


def read_questions(text: str) -> list[Pasted]:
    """The questions of a text, in order, with everything wrong in each."""
    return [
        _pasted(number, draft)
        for number, draft in enumerate(_drafts(text.replace("\r\n", "\n")), 1)
    ]


def _drafts(text: str) -> Iterator[_Draft]:
    lines = text.replace("\t", " ").replace("\u00a0", " ").split("\n")
    is_numbered = any(_BEGINS.match(line) for line in lines)
    draft: _Draft | None = None
    after_blank = True
    for at, line in enumerate(lines, 1):
        begins = _BEGINS.match(line)
        if begins or (not is_numbered and after_blank and line.strip() and _is_new(draft, line)):
            if draft is not None:
                yield draft
            draft = _Draft(at)
            line = line[begins.end() :] if begins else line
        after_blank = not line.strip()
        if draft is None:
            if after_blank:
                continue
            draft = _Draft(at)  # words before the first number: told as what they are
        _take(draft, line)
    if draft is not None:
        yield draft


def _is_new(draft: _Draft | None, line: str) -> bool:
    """Whether a paragraph begins another question where nothing is numbered."""
    if draft is None:
        return True
    is_part = _OPTION.fullmatch(line) or _SAID.fullmatch(line) or _WHY.fullmatch(line)
    return bool(draft.options or draft.pairs or draft.said) and not is_part


def _take(draft: _Draft, line: str) -> None:
    said, why, option = _SAID.fullmatch(line), _WHY.fullmatch(line), _OPTION.fullmatch(line)
    if said:
        word = fold(said[1]).split()[0].rstrip("s")
        draft.last = _OWN_WORDS[word]
        draft.said[draft.last] = said[2].strip()
    elif option and not draft.said:
        is_right = bool(option["before"] or option["after"] or option["behind"])
        draft.options.append({"text": option["text"], **({"correct": True} if is_right else {})})
        draft.letters.append(option["letter"].lower())
        draft.last = "option"
    elif why and draft.options and draft.last == "option":
        draft.options[-1]["feedback"] = why[1]
    elif not line.strip():
        if not draft.options and draft.stem and draft.stem[-1]:
            draft.stem.append("")
    elif draft.last == "option":
        draft.options[-1]["text"] = f"{draft.options[-1]['text']} {line.strip()}".strip()
    elif draft.last:
        draft.said[draft.last] = f"{draft.said[draft.last]} {line.strip()}".strip()
    elif (pair := _PAIR.fullmatch(line)) and draft.stem:
        draft.pairs.append({"left": pair[1], "right": pair[2]})
    else:
        draft.stem.append(line.strip())


def _pasted(number: int, draft: _Draft) -> Pasted:
    source = Map({"key": f"p{number}", "type": "", "points": 1, "stem": _stem(draft)})
    problems: list[Problem] = []

    def wrong(what: str, todo: str, **params: Any) -> None:
        problems.append(problem(source, None, what, todo, **params))

    _common(draft, source, wrong)
    if not source["stem"]:
        wrong(N_("nothing is asked before its options"), N_("write the question first"))
    if draft.options:
        _options(draft, source, wrong)
    elif draft.pairs:
        source |= {"type": "matching", "pairs": draft.pairs}
    elif draft.said.get("answer"):
        _answered(draft, source, wrong)
    else:
        wrong(
            N_("it has neither options nor an answer"),
            N_("write options a), b), … or a line “Respuesta: …”"),
        )
    if source["type"] and not problems:
        problems += _checked(source)
    return Pasted(number, draft.line, {k: v for k, v in source.items() if k != "key"}, problems)


def _stem(draft: _Draft) -> str:
    """Lines that a letter broke are one paragraph; empty ones part paragraphs."""
    paragraphs = "\n".join(draft.stem).strip().split("\n\n")
    return "\n\n".join(" ".join(each.split()) for each in paragraphs if each.strip())


def _common(draft: _Draft, source: Map, wrong: Any) -> None:
    if draft.said.get("why"):
        source["feedback"] = draft.said["why"]
    if "points" in draft.said:
        worth = _figure(draft.said["points"])
        if worth is None:
            wrong(N_("its points are no number"), N_("write “Puntos: 2”"))
        else:
            source["points"] = worth
    if "level" in draft.said:
        level = _LEVELS.get(fold(draft.said["level"]))
        if level is None:
            wrong(N_("its difficulty is not understood"), N_("write 1, 2 or 3"))
        else:
            source["difficulty"] = level


def _options(draft: _Draft, source: Map, wrong: Any) -> None:
    named = re.findall(r"\b[a-j]\b", draft.said.get("answer", "").lower())
    for letter in named:
        if letter in draft.letters:
            draft.options[draft.letters.index(letter)]["correct"] = True
        else:
            wrong(N_("there is no option %(letter)s)"), N_("correct the letter"), letter=letter)
    right = [each for each in draft.options if each.get("correct")]
    truths = [_TRUTH.get(fold(each["text"]).rstrip(".")) for each in draft.options]
    if not right:
        wrong(
            N_("no option is marked as the right one"),
            N_("put an asterisk before it: *b) …"),
        )
    elif sorted(map(str, truths)) == ["False", "True"] and len(right) == 1:
        source |= {"type": "true_false", "answer": truths[draft.options.index(right[0])]}
        for truth, each in zip(truths, draft.options, strict=True):
            if each.get("feedback"):
                source[f"feedback_{str(truth).lower()}"] = each["feedback"]
    else:
        kind = "single_choice" if len(right) == 1 else "multiple_choice"
        source |= {"type": kind, "options": draft.options}


def _answered(draft: _Draft, source: Map, wrong: Any) -> None:
    said = draft.said["answer"]
    truth = _TRUTH.get(fold(said).rstrip("."))
    if truth is not None:
        source |= {"type": "true_false", "answer": truth}
        return
    around = _AROUND.fullmatch(said)
    figure = _FIGURE.fullmatch((around[1] if around else said).strip())
    number = _figure(figure[1]) if figure else None
    if number is None:
        accepted = [each.strip() for each in re.split(r"[|;]", said) if each.strip()]
        source |= {"type": "short_answer", "accept": accepted}
        return
    source |= {"type": "numerical", "answer": number}
    tolerance = around[2] if around else draft.said.get("tolerance", "")
    unit = (around[3] if around else figure[2] if figure else "") or draft.said.get("unit", "")
    if tolerance:
        width = _figure(tolerance)
        if width is None:
            wrong(N_("its tolerance is no number"), N_("write “Tolerancia: 0.5”"))
        else:
            source["tolerance"] = width
    if unit.strip(" ."):
        source["unit"] = unit.strip(" .")


def _figure(text: str) -> int | Decimal | None:
    try:
        found = read_number(text.strip())
    except Invalid:
        return None
    return int(found) if found == found.to_integral_value() else found


def _checked(source: Map) -> list[Problem]:
    """What the check of courses would say of it."""
    found = read(Map({"questions": [source]}), Object((QUESTIONS,)))
    if found.problems:
        return found.problems
    return TYPES[source["type"]].check(source)
