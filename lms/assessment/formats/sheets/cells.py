"""A question as named cells, and back: what people write in a sheet is taken as they mean it."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from lms.assessment.formats.judging import Rough, is_key
from lms.assessment.formats.weights import figure
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold

_WORDS = {
    "single_choice": "selección única",
    "multiple_choice": "selección múltiple",
    "true_false": "verdadero o falso",
    "matching": "relacionar",
    "numerical": "número",
    "short_answer": "respuesta corta",
    "essay": "ensayo",
}
_KINDS = {fold(word): name for name, word in _WORDS.items()} | {
    "opcion unica": "single_choice", "unica": "single_choice", "single choice": "single_choice",
    "opcion multiple": "multiple_choice", "multiple": "multiple_choice",
    "multiple choice": "multiple_choice", "verdadero/falso": "true_false", "v/f": "true_false",
    "true or false": "true_false", "emparejar": "matching", "emparejamiento": "matching",
    "matching": "matching", "numerica": "numerical", "number": "numerical",
    "short answer": "short_answer", "essay": "essay",
}  # fmt: skip
_TRUTH = {"verdadero": True, "v": True, "true": True, "si": True,
          "falso": False, "f": False, "false": False, "no": False}  # fmt: skip
_LEVELS = {"facil": 1, "easy": 1, "media": 2, "medium": 2, "dificil": 3, "hard": 3}
_LIST = re.compile(r"\s*[;|\n]\s*")
_JOIN = " ; "
_PLAIN = ("key", "stem", "feedback", "unit", "category", "outcome", "scoring")
_PAIR = " = "


def to_cells(source: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a question; what has no cell is carried beside them."""
    cells = {name: str(source[name]) for name in _PLAIN if source.get(name)}
    kind = source["type"]
    cells["type"] = _WORDS.get(kind, kind)
    for name in ("points", "difficulty", "tolerance"):
        if source.get(name) is not None:
            cells[name] = _number(source[name])
    for name in ("tags", "facts"):
        if source.get(name):
            cells[name] = _JOIN.join(map(str, source[name]))
    write = _WRITERS.get(kind)
    return cells | (write(source) if write else {})


def from_cells(rough: Rough, said: dict[str, str]) -> None:
    """What a row says, in our words."""
    source = rough.source
    for name in _PLAIN:
        if name in said and name != "key":
            source[name] = said[name]
    if is_key(said.get("key", "").strip()):
        source["key"] = said["key"].strip()
    source["points"] = _figure(rough, said, "points", 1)
    for name in ("tags", "facts"):
        source[name] = [each for each in _LIST.split(said.get(name, "").strip()) if each]
    if "difficulty" in said:
        word = fold(said["difficulty"])
        source["difficulty"] = _LEVELS.get(word) or _figure(rough, said, "difficulty", 1)
    kind = _kind(said)
    rough.of_kind(kind, said.get("type", "").strip())
    read = _READERS.get(kind)
    if read is not None:
        read(rough, said)


def _kind(said: Mapping[str, str]) -> str:
    """The kind that is written, or the one that its cells look like."""
    written = said.get("type", "").strip()
    if written:
        return _KINDS.get(fold(written), written)
    right = fold(said.get("right", "")).rstrip(".")
    options = _numbered(said, "option")
    if right in _TRUTH and not options:
        return "true_false"
    if options:
        return "multiple_choice" if len(_marked(said)) > 1 else "single_choice"
    return "numerical" if figure(right) is not None else "short_answer"


def _numbered(said: Mapping[str, str], word: str) -> list[int]:
    return sorted(int(each.split()[1]) for each in said if each.startswith(f"{word} "))


def _marked(said: Mapping[str, str]) -> set[int]:
    """The numbers of the options that are right, written as numbers or as letters."""
    found = re.findall(r"\d+|(?<![^\W\d_])[a-z](?![^\W\d_])", fold(said.get("right", "")))
    return {int(each) if each.isdigit() else ord(each) - ord("a") + 1 for each in found}


def _figure(rough: Rough, said: Mapping[str, str], name: str, otherwise: Any) -> Any:
    if name not in said:
        return otherwise
    found = figure(said[name])
    if found is None:
        rough.refuse(
            N_("“%(text)s” is no number"),
            N_("write figures with a point for decimals"),
            text=said[name].strip()[:40],
        )
    return found


def _number(number: Any) -> str:
    return format(number, "f") if isinstance(number, Decimal) else str(number)


def _read_options(rough: Rough, said: Mapping[str, str]) -> None:
    marked = _marked(said)
    options = []
    for n in _numbered(said, "option"):
        option: dict[str, Any] = {"text": said[f"option {n}"]}
        if n in marked:
            option["correct"] = True
        if f"why {n}" in said:
            option["feedback"] = said[f"why {n}"]
        options.append(option)
    for n in sorted(marked - set(_numbered(said, "option"))):
        rough.refuse(
            N_("there is no option %(number)s"), N_("correct the column “correcta”"), number=n
        )
    rough.source["options"] = options


def _write_options(source: Mapping[str, Any]) -> dict[str, str]:
    cells = {}
    right = []
    for n, option in enumerate(source["options"], 1):
        cells[f"option {n}"] = option["text"]
        if option.get("feedback"):
            cells[f"why {n}"] = option["feedback"]
        if option.get("correct"):
            right.append(str(n))
    return cells | {"right": ", ".join(right)}


def _read_truth(rough: Rough, said: Mapping[str, str]) -> None:
    truth = _TRUTH.get(fold(said.get("right", "")).rstrip("."))
    if truth is None:
        rough.refuse(
            N_("its right answer is neither true nor false"), N_("write “verdadero” or “falso”")
        )
    rough.source |= {
        "answer": truth,
        "feedback_true": said.get("why 1", ""),
        "feedback_false": said.get("why 2", ""),
    }


def _write_truth(source: Mapping[str, Any]) -> dict[str, str]:
    return {
        "right": "verdadero" if source["answer"] else "falso",
        "why 1": source.get("feedback_true") or "",
        "why 2": source.get("feedback_false") or "",
    }


def _read_pairs(rough: Rough, said: Mapping[str, str]) -> None:
    pairs, distractors = [], []
    for n in _numbered(said, "option"):
        left, sign, right = said[f"option {n}"].partition("=")
        if not sign:
            rough.refuse(
                N_("option %(number)s is no pair"), N_("write it as: left = right"), number=n
            )
        elif left.strip():
            pairs.append({"left": left.strip(), "right": right.strip()})
        else:
            distractors.append(right.strip())
    rough.source |= {"pairs": pairs, "distractors": distractors}


def _write_pairs(source: Mapping[str, Any]) -> dict[str, str]:
    said = [f"{each['left']}{_PAIR}{each['right']}" for each in source["pairs"]]
    said += [f"= {each}" for each in source.get("distractors") or ()]
    return {f"option {n}": each for n, each in enumerate(said, 1)}


def _read_number(rough: Rough, said: Mapping[str, str]) -> None:
    rough.source["answer"] = _figure(rough, said, "right", None)
    if "tolerance" in said:
        rough.source["tolerance"] = _figure(rough, said, "tolerance", None)


def _read_words(rough: Rough, said: Mapping[str, str]) -> None:
    accepted = [said[f"option {n}"] for n in _numbered(said, "option")]
    rough.source["accept"] = accepted or [
        each for each in _LIST.split(said.get("right", "").strip()) if each
    ]


_READERS: Mapping[str, Callable[[Rough, Mapping[str, str]], None]] = {
    "single_choice": _read_options,
    "multiple_choice": _read_options,
    "true_false": _read_truth,
    "matching": _read_pairs,
    "numerical": _read_number,
    "short_answer": _read_words,
}
_WRITERS: Mapping[str, Callable[[Mapping[str, Any]], dict[str, str]]] = {
    "single_choice": _write_options,
    "multiple_choice": _write_options,
    "true_false": _write_truth,
    "matching": _write_pairs,
    "numerical": lambda source: {"right": _number(source["answer"])},
    "short_answer": lambda source: {
        f"option {n}": each for n, each in enumerate(source["accept"], 1)
    },
}
