"""What a mapping with misspelt keys was meant to say, so that one slip hides nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.catalog.rules.nodes import Map
from lms.catalog.rules.problems import Problem, problem
from lms.catalog.rules.shape_values import nearest
from lms.catalog.rules.shapes import Tagged
from lms.foundation.kernel.errors import N_


def as_meant(data: Mapping[str, Any], known: Sequence[str]) -> tuple[Map, list[Problem]]:
    """The known keys, misspelt ones under the name that was meant, and what is wrong with each."""
    meant = like(data, {key: value for key, value in data.items() if key in known})
    problems = []
    for key in data:
        if key in known:
            continue
        near = nearest(key, known)
        problems.append(_unknown(data, key, near, known))
        if near is not None and near not in meant:
            meant[near] = data[key]
            if isinstance(data, Map):
                meant.lines[near] = data.line_of(key)
                meant.text_lines[near] = data.text_line_of(key)
    return meant, problems


def _unknown(data: Mapping[str, Any], key: str, near: str | None, known: Sequence[str]) -> Problem:
    what = N_("`%(key)s` is not a known key")
    if near is not None:
        return problem(data, key, what, N_("did you mean `%(near)s`?"), key=key, near=near)
    todo = N_("take it out; known here: %(known)s")
    return problem(data, key, what, todo, key=key, known=", ".join(known))


def variant_of(value: Mapping[str, Any], shape: Tagged) -> str | None:
    """The variant that a mapping says it is, or all but says."""
    said = value.get(shape.tag)
    if said is None:
        extra = (each for own in shape.variants.values() for each in own)
        known = [each.name for each in (*shape.fields(), *extra)]
        said = next(
            (value[key] for key in value if key not in known and nearest(key, known) == shape.tag),
            None,
        )
    if not isinstance(said, str):
        return None
    return said if said in shape.variants else nearest(said, shape.variants)


def like(value: Mapping[str, Any], fits: Mapping[str, Any]) -> Map:
    """The fitting part of a mapping, in the author's order, still knowing its lines."""
    ordered = {key: fits[key] for key in (*value, *fits) if key in fits}
    if not isinstance(value, Map):
        return Map(ordered)
    return Map(
        ordered,
        path=value.path,
        line=value.line,
        lines=value.lines,
        text_lines=value.text_lines,
    )
