"""JSON Schemas of the package files, so that an editor helps while one writes."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.authoring.rules.shapes import COURSE, FACTS, MODULE, PROGRAMME
from lms.catalog.activity import ActivityKind
from lms.catalog.rules.shape_values import KEY, LONGEST_KEY
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

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]


def shapes(kinds: Mapping[str, ActivityKind]) -> dict[str, Object]:
    """Every kind of file of a package by name; an activity's file is named by its kind."""
    files = {"programme": PROGRAMME, "course": COURSE, "facts": FACTS, "module": MODULE}
    return {**files, **{name: kind.shape for name, kind in sorted(kinds.items())}}


def json_schema(name: str, shape: Object) -> Schema:
    """The schema of one kind of file."""
    return {"$schema": _DRAFT, "title": name, **_schema(shape)}


def _schema(shape: Shape) -> Schema:
    match shape:
        case Text(longest=longest) | Markdown(longest=longest):
            return {"type": "string", "minLength": 1, "maxLength": longest}
        case Key():
            return {"type": "string", "pattern": f"^{KEY.pattern}$", "maxLength": LONGEST_KEY}
        case Ref():
            return {"type": "string", "minLength": 1}
        case Choice(options):
            return {"enum": list(options)}
        case Whole(least=least, most=most):
            return {"type": "integer", "minimum": least, "maximum": most}
        case Number(least=least, most=most):
            limits = {"minimum": least, "maximum": most}
            return {"type": "number", **{k: v for k, v in limits.items() if v is not None}}
        case Flag():
            return {"type": "boolean"}
        case Day():
            return {"type": "string", "format": "date"}
        case ListOf():
            return _list(shape)
        case Either(one, several):
            return {"anyOf": [_schema(one), _schema(several)]}
        case MapOf():
            return {"type": "object", "additionalProperties": _schema(shape.value)}
        case Object(fields):
            return _object(fields)
        case Tagged():
            return {"oneOf": [_variant(shape, tag) for tag in shape.variants]}


def _list(shape: ListOf) -> Schema:
    found: Schema = {"type": "array", "items": _schema(shape.item), "maxItems": shape.most}
    if shape.least:
        found["minItems"] = shape.least
    if shape.unique == "":
        found["uniqueItems"] = True
    return found


def _object(fields: Sequence[Field]) -> Schema:
    return {
        "type": "object",
        "properties": {each.name: _property(each) for each in fields},
        "required": [each.name for each in fields if each.required],
        "additionalProperties": False,
    }


def _property(each: Field) -> Schema:
    found = _schema(each.shape)
    if each.nullable:
        found = {"anyOf": [found, {"type": "null"}]}
    return {"description": each.help, **found} if each.help else found


def _variant(shape: Tagged, tag: str) -> Schema:
    return _object(shape.fields(tag))
