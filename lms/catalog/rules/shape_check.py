"""Plain data against its declared shape: what is wrong, what it names, what is Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from lms.catalog.rules.meant import as_meant, like, variant_of
from lms.catalog.rules.nodes import Map, Seq
from lms.catalog.rules.problems import Problem, place, problem
from lms.catalog.rules.shape_values import Fault, fault_in
from lms.catalog.rules.shapes import (
    Either,
    Field,
    ListOf,
    MapOf,
    Markdown,
    Object,
    Ref,
    Shape,
    Tagged,
    Target,
)
from lms.foundation.kernel.errors import N_


@dataclass(frozen=True, slots=True)
class Reference:
    """A key that names something written elsewhere, and where it is named."""

    to: Target
    key: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Writing:
    """A value in Markdown, with the line on which its text begins."""

    text: str
    path: str
    line: int


@dataclass(slots=True)
class Reading:
    """What came out of reading data against its shape.

    `data` is the part that fits: unknown and faulty keys of the file itself are gone, and so is any
    list item that lacks what later rules ask of it. A misspelt key counts as the one that was
    meant: it was told, and must not hide what else is wrong.
    """

    data: Map
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    texts: list[Writing] = field(default_factory=list)


class _Fault:
    """Stands for a value that does not fit."""


_FAULT: Final = _Fault()
Where = Mapping[str, Any] | Sequence[Any]


def read(data: Map, shape: Object) -> Reading:
    """Read the data of a whole file."""
    reading = Reading(Map(path=data.path, line=data.line, lines=data.lines))
    reader = _Reader(reading)
    reading.data = reader.fields(data, shape.fields, lenient=True) or reading.data
    return reading


class _Reader:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def wrong(
        self, where: Where, at: str | int | None, what: str, todo: str, **params: Any
    ) -> _Fault:
        self.reading.problems.append(problem(where, at, what, todo, **params))
        return _FAULT

    # Mappings

    def fields(
        self, written: Mapping[str, Any], fields: Sequence[Field], *, lenient: bool = False
    ) -> Map | None:
        """The fitting keys of a mapping; None when it is not whole, unless lenient."""
        data = self._as_meant(written, [each.name for each in fields])
        fits, whole = self._fitting(data, fields, lenient=lenient)
        return like(data, fits) if whole or lenient else None

    def _fitting(
        self, data: Map, fields: Sequence[Field], *, lenient: bool = False
    ) -> tuple[dict[str, Any], bool]:
        """The keys that fit, and whether that is all there should be."""
        fits: dict[str, Any] = {}
        whole = True
        for each in fields:
            name = each.name
            if name not in data:
                if each.required:
                    self._missing(data, name)
                    whole = False
                continue
            if data[name] is None and each.nullable:
                fits[name] = None
                continue
            value = self.value(data, name, each.shape, name, lenient=lenient)
            if isinstance(value, _Fault):
                whole = False
            else:
                fits[name] = value
        return fits, whole

    def _missing(self, data: Map, name: str) -> None:
        self.wrong(data, None, N_("`%(key)s` is missing"), N_("add a line `%(key)s:`"), key=name)

    def _as_meant(self, written: Mapping[str, Any], known: Sequence[str]) -> Map:
        data, problems = as_meant(written, known)
        self.reading.problems += problems
        return data

    def value(
        self, where: Where, at: str | int, shape: Shape, name: str, *, lenient: bool = False
    ) -> Any:
        value = where[at]  # type: ignore[index]
        if value is None:
            return self.wrong(
                where,
                at,
                N_("`%(key)s` has nothing after it"),
                N_("write its value, or take the line out"),
                key=name,
            )
        match shape:
            case Object(fields):
                return self._mapping(where, at, value, fields, name)
            case Tagged():
                return self._tagged(where, at, value, shape, name)
            case MapOf():
                return self._map_of(where, at, value, shape, name)
            case ListOf():
                return self._list(where, at, value, shape, name, lenient=lenient)
            case Either(one, several):
                is_list = isinstance(value, Sequence) and not isinstance(value, str)
                kind = several if is_list else one
                return self.value(where, at, kind, name, lenient=lenient)
        return self._single(where, at, value, shape, name)

    def _mapping(
        self, where: Where, at: str | int, value: Any, fields: Sequence[Field], name: str
    ) -> Any:
        if not isinstance(value, Mapping):
            return self.wrong(
                where,
                at,
                N_("`%(key)s` must have keys of its own"),
                N_("write below it: %(known)s"),
                key=name,
                known=", ".join(f"{each.name}: …" for each in fields if each.required)
                or ", ".join(f"{each.name}: …" for each in fields),
            )
        fits = self.fields(value, fields)
        return _FAULT if fits is None else fits

    def _tagged(self, where: Where, at: str | int, value: Any, shape: Tagged, name: str) -> Any:
        """A mapping of one variant. Faults in what all variants share leave it usable: a variant's
        own rules ask only what is its own."""
        if not isinstance(value, Mapping):
            return self._mapping(where, at, value, shape.common, name)
        variant = variant_of(value, shape)
        if variant is None:
            return self._of_no_variant(value, shape)
        own = shape.variants[variant]
        data = self._as_meant(value, [each.name for each in shape.fields(variant)])
        shared = [each for each in shape.fields(variant) if each not in own]
        common, _ = self._fitting(data, shared)
        fits, whole = self._fitting(data, own)
        return like(data, {**common, **fits, shape.tag: variant}) if whole else _FAULT

    def _of_no_variant(self, value: Mapping[str, Any], shape: Tagged) -> _Fault:
        """What can be said of a mapping without knowing which variant it is meant to be."""
        extra: dict[str, list[Field]] = {}
        for each in (each for own in shape.variants.values() for each in own):
            extra.setdefault(each.name, []).append(each)
        names = [each.name for each in shape.fields()]
        data = self._as_meant(value, [*names, *(name for name in extra if name not in names)])
        variants = tuple(shape.variants)
        if shape.tag not in data:
            self.wrong(
                data,
                shape.tag,
                N_("`%(key)s` is missing"),
                N_("add it, one of: %(known)s"),
                key=shape.tag,
                known=", ".join(variants),
            )
            self._fitting(data, shape.common)
        else:
            self._fitting(data, shape.fields())
        alike = [
            every[0] for every in extra.values() if all(e.shape == every[0].shape for e in every)
        ]
        self._fitting(data, [replace(each, required=False) for each in alike])
        return _FAULT

    def _map_of(self, where: Where, at: str | int, value: Any, shape: MapOf, name: str) -> Any:
        if not isinstance(value, Mapping):
            return self.wrong(
                where,
                at,
                N_("`%(key)s` must have keys of its own"),
                N_("write below it: %(known)s"),
                key=name,
                known="… : …",
            )
        whole = True
        for key in value:
            if isinstance(shape.key, Ref):
                self.reading.references.append(Reference(shape.key.to, key, *place(value, key)))
            if isinstance(self.value(value, key, shape.value, key), _Fault):
                whole = False
        return value if whole else _FAULT

    # Lists

    def _list(
        self, where: Where, at: str | int, value: Any, shape: ListOf, name: str, *, lenient: bool
    ) -> Any:
        if isinstance(value, str) or not isinstance(value, Sequence):
            return self.wrong(
                where,
                at,
                N_("`%(key)s` must be a list"),
                N_("write one item per line, each beginning with `- `"),
                key=name,
            )
        whole = self._count(where, at, value, shape, name)
        kept = []
        for index in range(len(value)):
            item = self.value(value, index, shape.item, name)
            if isinstance(item, _Fault):
                whole = False
            else:
                kept.append((index, item))
        if shape.unique is not None:
            whole = self._unique(value, shape.unique, name) and whole
        if not whole and not lenient:
            return _FAULT
        if not isinstance(value, Seq):
            return [item for _, item in kept]
        return Seq(
            (item for _, item in kept),
            path=value.path,
            line=value.line,
            lines=[value.line_of(index) for index, _ in kept],
            text_lines=[value.text_line_of(index) for index, _ in kept],
        )

    def _count(
        self, where: Where, at: str | int, value: Sequence[Any], shape: ListOf, name: str
    ) -> bool:
        if len(value) < shape.least:
            self.wrong(
                where,
                at,
                N_("`%(key)s` has %(count)s items and needs at least %(least)s"),
                N_("add the missing ones"),
                key=name,
                count=len(value),
                least=shape.least,
            )
        if len(value) > shape.most:
            self.wrong(
                where,
                at,
                N_("`%(key)s` has %(count)s items; %(most)s are the most"),
                N_("split it"),
                key=name,
                count=len(value),
                most=shape.most,
            )
        return shape.least <= len(value) <= shape.most

    def _unique(self, items: Sequence[Any], by: str, name: str) -> bool:
        seen: dict[Any, int] = {}
        whole = True
        for index, item in enumerate(items):
            identity = item.get(by) if by and isinstance(item, Mapping) else item
            if not isinstance(identity, str):
                continue
            if identity in seen:
                whole = False
                self.wrong(
                    item if by else items,
                    by if by else index,
                    N_("`%(value)s` stands twice in `%(key)s`"),
                    N_("give each its own; the first is on line %(line)s"),
                    value=identity,
                    key=name,
                    line=seen[identity],
                )
            else:
                seen[identity] = place(items, index)[1]
        return whole

    # Single values

    def _single(self, where: Where, at: str | int, value: Any, shape: Shape, name: str) -> Any:
        fault = fault_in(value, shape)
        if fault is not None:
            return self.fault(where, at, fault, name)
        path, line = place(where, at)
        if isinstance(shape, Ref):
            self.reading.references.append(Reference(shape.to, value, path, line))
        elif isinstance(shape, Markdown):
            if isinstance(where, Map | Seq):
                line = where.text_line_of(at)
            self.reading.texts.append(Writing(value, path, line))
        return value

    def fault(self, where: Where, at: str | int, fault: Fault, name: str) -> _Fault:
        return self.wrong(where, at, fault.message, fault.remedy, **{"key": name, **fault.params})
