"""The tables of the authors' guide, from the same declaration that the check reads."""

from collections.abc import Iterator, Mapping, Sequence

from lms.catalog.rules.shapes import (
    Choice,
    Day,
    Either,
    Field,
    Flag,
    Key,
    ListOf,
    MapOf,
    Markdown,
    Number,
    Object,
    Ref,
    Shape,
    Tagged,
    Text,
    Whole,
)

_HEAD = ("| Key | Must | Value | Meaning |", "|---|---|---|---|")


def reference(files: Mapping[str, Object]) -> str:
    """All kinds of file with their keys, as Markdown."""
    lines: list[str] = []
    for name, shape in files.items():
        lines += [f"### {name}", "", *_HEAD, *_rows(shape.fields, ""), ""]
        for tag, fields in _variants(shape.fields):
            lines += [f"#### {name}, `{tag}`", "", *_HEAD, *_rows(fields, ""), ""]
    return "\n".join(lines)


def _rows(fields: Sequence[Field], prefix: str) -> Iterator[str]:
    for each in fields:
        must = "yes" if each.required else ""
        nothing = " or `null`" if each.nullable else ""
        yield f"| `{prefix}{each.name}` | {must} | {_value(each.shape)}{nothing} | {each.help} |"
        yield from _inside(each.shape, f"{prefix}{each.name}")


def _inside(shape: Shape, name: str) -> Iterator[str]:
    if isinstance(shape, ListOf):
        yield from _inside(shape.item, f"{name}[]")
    elif isinstance(shape, Either):
        yield from _inside(shape.several, name)
    elif isinstance(shape, Object):
        yield from _rows(shape.fields, f"{name}.")
    elif isinstance(shape, Tagged):
        yield from _rows(shape.fields(), f"{name}.")


def _variants(fields: Sequence[Field]) -> Iterator[tuple[str, Sequence[Field]]]:
    for each in fields:
        item = each.shape.item if isinstance(each.shape, ListOf) else each.shape
        if isinstance(item, Tagged):
            for tag, extra in item.variants.items():
                named = f"{item.tag}: {tag}"
                yield named, extra
                yield from (
                    (f"{named}`, `{each.name}[].{below}", its)
                    for each in extra
                    for below, its in _variants((each,))
                )


def _value(shape: Shape) -> str:
    match shape:
        case Text():
            return "text"
        case Markdown():
            return "Markdown"
        case Key():
            return "name (`small-letters-and-hyphens`)"
        case Ref(to):
            return "`media/…`" if to == "media" else f"{to} (its key)"
        case Choice(options):
            return ", ".join(f"`{option}`" for option in options)
        case Whole(least=least, most=most):
            return f"whole number, {least} to {most}"
        case Number(least=least, most=most):
            return _number(least, most)
        case Flag():
            return "`true` or `false`"
        case Day():
            return "date, `2026-11-01`"
        case ListOf():
            return f"list: {_value(shape.item)}"
        case Either(one, several):
            return f"{_value(one)}; or {_value(several)}"
        case MapOf():
            return f"{_value(shape.key)}: {_value(shape.value)}"
        case Object() | Tagged():
            return "keys below"


def _number(least: int | None, most: int | None) -> str:
    if least is None and most is None:
        return "number"
    if most is None:
        return f"number, at least {least}"
    return f"number, {least} to {most}" if least is not None else f"number, at most {most}"
