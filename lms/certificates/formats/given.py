"""Reading JSON that may come from anyone: every key is asked for by its kind, none is left over."""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any, Self, TypeVar

from lms.certificates.formats.parts import Part, wrong
from lms.foundation.kernel.errors import N_, Invalid

P = TypeVar("P", bound=Part)
T = TypeVar("T")


class Given:
    """A JSON object from which each key is taken once."""

    def __init__(self, name: str, value: Any) -> None:
        if not isinstance(value, dict):
            raise wrong(name)
        self._left: dict[str, Any] = dict(value)

    def text(self, key: str) -> str:
        return self._take(key, str)

    def figure(self, key: str) -> int:
        return self._take(key, int)

    def flag(self, key: str) -> bool:
        return self._take(key, bool)

    def day(self, key: str) -> date:
        text = self.text(key)
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise wrong(key) from error
        if day.isoformat() != text:
            raise wrong(key)
        return day

    def part(self, key: str, read: Callable[[Self], T]) -> T:
        """An object within, read whole."""
        return self._whole(key, self._take(key, dict), read)

    def part_or_none(self, key: str, read: Callable[[Self], T]) -> T | None:
        """An object within, or null; leaving the key out is not the same as null."""
        if key in self._left and self._left[key] is None:
            return self._left.pop(key)  # type: ignore[no-any-return]
        return self.part(key, read)

    def parts(self, key: str, read: Callable[[Self], T]) -> tuple[T, ...]:
        """A list of objects within, each read whole."""
        return tuple(self._whole(key, value, read) for value in self._take(key, list))

    def end(self) -> None:
        """Nothing unknown may be left: what we do not understand we cannot vouch for."""
        for key in self._left:
            raise wrong(key)

    def _take(self, key: str, kind: type[T]) -> T:
        value = self._left.pop(key, None)
        if type(value) is not kind:  # not isinstance: true is no figure
            raise wrong(key)
        return value

    def _whole(self, key: str, value: Any, read: Callable[[Self], T]) -> T:
        inner = type(self)(key, value)
        result = read(inner)
        inner.end()
        return result


def texts(kind: type[P]) -> Callable[[Given], P]:
    """Reads a part that is made of texts only."""
    return lambda given: kind(**{field.name: given.text(field.name) for field in fields(kind)})


def read_object(data: bytes | str) -> Given:
    """The JSON object in these bytes, without fractions and without a key said twice."""
    try:
        value = json.loads(
            data,
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
            object_pairs_hook=_each_once,
        )
    except (ValueError, RecursionError) as error:
        raise Invalid(N_("This is not the record of a document.")) from error
    return Given("record", value)


def _no_fraction(figure: str) -> Any:
    raise ValueError(figure)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a key said twice")
    return read
