"""Blocks and words as our Markdown.

No word is lost: where emphasis would swallow one, the words stand without it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lms.foundation.web.markdown.blocks import (
    Block,
    Heading,
    Item,
    Paragraph,
    Picture,
    Run,
    Table,
    Words,
    address_of,
    is_followed,
    words_of,
)
from lms.foundation.web.markdown.parser import parse

_SHALLOWEST, _DEEPEST = 2, 4
_INLINE = re.compile(r"([\\`*_\[\]<])|&(?=#?\w+;)")
_AT_START = re.compile(r"(#{1,6}(?=\s|$)|[>+=~|]|-|:::|(?=Tabl[ea]:))")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")


def to_markdown(blocks: Iterable[Block]) -> str:
    """Blocks in our Markdown; headings begin at level 2 and skip none."""
    listed = [each for each in blocks if not _is_empty(each)]
    highest = min((each.level for each in listed if isinstance(each, Heading)), default=1)
    out: list[str] = []
    level = _SHALLOWEST - 1
    last: Block | None = None
    stack: list[_Level] = []
    for each in listed:
        if isinstance(each, Item):
            stack = stack if isinstance(last, Item) else []
            text = _item(each, stack)
            out.append(text if isinstance(last, Item) else f"\n{text}")
        else:
            if isinstance(each, Heading):
                wanted = each.level - highest + _SHALLOWEST
                level = min(wanted, level + 1, _DEEPEST)
            out.append("\n" + _written(each, level))
        last = each
    return "\n".join(out).strip("\n") + "\n" if out else ""


def _is_empty(block: Block) -> bool:
    match block:
        case Picture():
            return False
        case Table(rows, _):
            return not any(words_of(cell) for row in rows for cell in row)
        case Heading(_, words) | Paragraph(words) | Item(words):
            return not words_of(words)


def _written(block: Block, level: int) -> str:
    match block:
        case Heading(_, words):
            bare = [replace(run, bold=False, italic=False) for run in words]
            return f"{'#' * level} {_line(bare, one=True)}"
        case Paragraph(words, quoted):
            text = _line(words)
            return "\n".join(f"> {line}" for line in text.split("\n")) if quoted else text
        case Table(rows, caption):
            said = _line([Run(caption)], one=True)
            return f"Tabla: {said}\n\n{_table(rows)}" if caption else _table(rows)
        case Picture(name, alt, caption):
            said = caption.replace("\\", "").replace('"', "”")
            below = f' "{said}"' if said else ""
            return f"![{_escaped(alt)}](media/{name}{below})"
        case Item():
            return _item(block, [])


@dataclass(slots=True)
class _Level:
    indent: int
    numbered: bool
    count: int = 0


def _item(item: Item, stack: list[_Level]) -> str:
    """A point of a list below those before it; a point cannot be deeper than its elder by two."""
    depth = min(item.depth, len(stack))
    del stack[depth + 1 :]
    if len(stack) <= depth:
        indent = stack[-1].indent + (3 if stack[-1].numbered else 2) if stack else 0
        stack.append(_Level(indent, item.numbered))
    elif stack[depth].numbered != item.numbered:
        stack[depth] = _Level(stack[depth].indent, item.numbered)
    level = stack[depth]
    level.count += 1
    mark = f"{level.count}. " if level.numbered else "- "
    inner = " " * (level.indent + len(mark))
    return " " * level.indent + mark + _line(item.words).replace("\n", f"\n{inner}")


def _table(rows: Sequence[Sequence[Words]]) -> str:
    width = max(len(row) for row in rows)
    lines = []
    for row in rows:
        cells = [_line(cell, one=True).replace("|", "\\|") for cell in row]
        lines.append("| " + " | ".join(cells + [""] * (width - len(cells))) + " |")
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join(lines)


def _line(words: Words, *, one: bool = False) -> str:
    """Words as Markdown: dressed if they read back as the same words, else bare."""
    runs = list(_tidy(words, one=one))
    plain = "".join(run.text for run in runs)
    for dressed in (True, False):
        text = _dressed(runs) if dressed else _plain(runs)
        text = "\\\n".join(_started(line) for line in text.split("\n"))
        if _read_back(text) == _flat(plain):
            return text
    return _plain([Run(plain.replace("\n", " "))])


def _tidy(words: Words, *, one: bool) -> Iterator[Run]:
    """Blanks are one; words in the same dress are one run; none begins or ends the whole."""
    runs: list[Run] = []
    for run in words:
        text = run.text if run.text == "\n" and not one else _SPACE.sub(" ", run.text)
        if not text:
            continue
        if runs and not run.picture and replace(runs[-1], text="") == replace(run, text=""):
            runs[-1] = replace(run, text=runs[-1].text + text)
        else:
            runs.append(replace(run, text=text))
    joined: list[Run] = []
    space = True
    for run in runs:
        text = re.sub(r" *\n *", "\n", re.sub(" +", " ", run.text))
        text = text.lstrip(" \n") if space else text
        if text:
            space = text[-1] in " \n"
            joined.append(replace(run, text=text))
    while joined and not joined[-1].text.rstrip():
        joined.pop()
    if joined:
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip())
    return iter(joined)


def _dressed(runs: Sequence[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    core = run.text.strip(" \n")
    if run.picture:
        return f"![{_escaped(core)}]({run.picture})"
    if not core:
        return run.text
    before = run.text[: len(run.text) - len(run.text.lstrip(" \n"))]
    behind = run.text[len(run.text.rstrip(" \n")) :]
    stars = "*" * (2 * run.bold + run.italic)
    text = f"{stars}{_escaped(core)}{stars}"
    if run.href and is_followed(run.href):
        text = f"[{text}]({address_of(run.href)})"
    return f"{before}{text}{behind}"


def _plain(runs: Sequence[Run]) -> str:
    return _escaped("".join(run.text for run in runs))


def _escaped(text: str) -> str:
    return _INLINE.sub(lambda found: f"\\{found[0]}", text)


def _started(line: str) -> str:
    """A line whose first signs would mean something else."""
    line = line.strip(" ")
    numbered = _NUMBER.match(line)
    if numbered:
        return f"{numbered[1]}\\{line[len(numbered[1]) :]}"
    return f"\\{line}" if _AT_START.match(line) and not line[0].isalpha() else line


def _read_back(text: str) -> str:
    tokens = parse(text)
    if [each.type for each in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return "" if tokens else _flat(text)
    said = []
    for child in tokens[1].children or ():
        if child.type in ("softbreak", "hardbreak"):
            said.append(" ")
        elif child.type == "cite":
            return "\0"
        else:
            said.append(child.content)
    return _flat("".join(said))


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
