"""The levels of a criterion as an author types them: one in each line, `30 | Suficiente | …`."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from lms.assessment.types.numerical.figures import read_number
from lms.foundation.kernel.errors import N_, Invalid

MOST = 10
FEWEST = 2
SIGN = "|"


def levels_text(levels: Sequence[Any]) -> str:
    """Levels of a file as lines."""
    return "\n".join(_line(each) for each in levels if isinstance(each, Mapping))


def _line(level: Mapping[str, Any]) -> str:
    points = level.get("points", "")
    parts = [f"{points:f}" if isinstance(points, Decimal) else str(points)]
    parts += [str(level.get("title", ""))]
    if level.get("description"):
        parts.append(" ".join(str(level["description"]).split()))
    return f" {SIGN} ".join(parts)


def levels_of(text: str) -> list[dict[str, Any]]:
    """Lines as levels of a file. Raises Invalid with the line that cannot be read."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if lines and not FEWEST <= len(lines) <= MOST:
        raise Invalid(N_("Write from %(least)s to %(most)s levels."), least=FEWEST, most=MOST)
    return [_level(line) for line in lines]


def _level(line: str) -> dict[str, Any]:
    parts = [part.strip() for part in line.split(SIGN, 2)]
    if len(parts) < 2 or not parts[1]:
        said = N_("Write each level as points, a bar and its name: “%(line)s” is not.")
        raise Invalid(said, line=line[:60])
    try:
        read = read_number(parts[0])
    except Invalid:
        raise Invalid(N_("“%(line)s” does not begin with points."), line=line[:60]) from None
    level: dict[str, Any] = {
        "points": int(read) if read == read.to_integral_value() else read,
        "title": parts[1],
    }
    return level | ({"description": parts[2]} if len(parts) > 2 and parts[2] else {})
