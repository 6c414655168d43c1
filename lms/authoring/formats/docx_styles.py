"""What the styles and lists of a .docx mean: headings, captions, points of lists."""

from dataclasses import dataclass, field

from lms.authoring.formats.docx_parts import Element, Parts, W, value

_DEEPEST = 20


@dataclass(slots=True)
class Style:
    """What a paragraph's style says of it."""

    name: str = ""
    level: int = 0
    """Of a heading; 0 is none."""
    numbering: tuple[str, int] | None = None


@dataclass(slots=True)
class Styles:
    """The styles of a document by their ids, and which of its lists are numbered."""

    styles: dict[str, Style] = field(default_factory=dict)
    numbered: dict[tuple[str, int], bool] = field(default_factory=dict)

    def of(self, properties: Element | None) -> Style:
        """The style of a paragraph."""
        style = properties.find(f"{W}pStyle") if properties is not None else None
        return self.styles.get(value(style), Style())

    def item(self, properties: Element | None) -> tuple[int, bool] | None:
        """How deep a point of a list stands and whether it is numbered; None: it is no point."""
        place = _numbering(properties) or self.of(properties).numbering
        if place is None or place[0] in ("", "0"):
            return None
        return min(place[1], _DEEPEST), self.numbered.get(place, False)


def styles_of(parts: Parts) -> Styles:
    """Read styles and lists. Raises Invalid."""
    found = Styles()
    root = parts.xml("word/styles.xml")
    nodes = root.findall(f"{W}style") if root is not None else []
    basis = {value(node, "styleId"): value(node.find(f"{W}basedOn")) for node in nodes}
    for node in nodes:
        name = value(node.find(f"{W}name")).lower()
        properties = node.find(f"{W}pPr")
        found.styles[value(node, "styleId")] = Style(
            name, _level(name, properties), _numbering(properties)
        )
    for key, style in found.styles.items():  # what is not said is said by the style it is made of
        older, steps = basis.get(key, ""), 0
        while older in found.styles and steps < _DEEPEST:
            parent = found.styles[older]
            style.level = style.level or parent.level
            style.numbering = style.numbering or parent.numbering
            older, steps = basis.get(older, ""), steps + 1
    found.numbered = _numbered(parts.xml("word/numbering.xml"))
    return found


def _level(name: str, properties: Element | None) -> int:
    if name.startswith("heading ") and name[8:].isdigit():
        return int(name[8:])
    outline = properties.find(f"{W}outlineLvl") if properties is not None else None
    told = value(outline)
    return int(told) + 1 if told.isdigit() and int(told) < 9 else 0


def _numbering(properties: Element | None) -> tuple[str, int] | None:
    found = properties.find(f"{W}numPr") if properties is not None else None
    if found is None or found.find(f"{W}numId") is None:
        return None
    deep = value(found.find(f"{W}ilvl"))
    return value(found.find(f"{W}numId")), int(deep) if deep.isdigit() else 0


def _numbered(root: Element | None) -> dict[tuple[str, int], bool]:
    if root is None:
        return {}
    kinds = {
        (value(kind, "abstractNumId"), value(level, "ilvl")): value(level.find(f"{W}numFmt"))
        for kind in root.findall(f"{W}abstractNum")
        for level in kind.findall(f"{W}lvl")
    }
    numbered = {}
    for node in root.findall(f"{W}num"):
        kind = value(node.find(f"{W}abstractNumId"))
        for (name, level), look in kinds.items():
            if name == kind and level.isdigit():
                is_numbered = look not in ("bullet", "none", "")
                numbered[value(node, "numId"), int(level)] = is_numbered
    return numbered
