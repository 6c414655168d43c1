"""Pages of a list: always bounded, always ordered by the query that fills them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

T = TypeVar("T")
LAST_PAGE = 100_000


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a longer list."""

    items: Sequence[T]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)


def page_of(name: str = "pagina") -> int:
    """The page number asked for in the address; anything odd is the first page."""
    text = request.args.get(name, "1")
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() else 1
