"""What all formats share in writing: each item is read back before it is believed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lms.assessment.formats.carried import difference, pack
from lms.assessment.formats.categories import category_of, category_path
from lms.assessment.formats.interface import Item

Piece = Callable[[Item, str], str | None]
"""An item as the format writes it, with what is carried beside it; None: it has no place."""


class Book:
    """The pieces of a file, what each loses, and which items it has no place for."""

    def __init__(self, piece: Piece, reads: Callable[[str], Mapping[str, Any] | None]) -> None:
        self.piece, self.reads = piece, reads
        self.pieces: list[tuple[Item, str]] = []
        self.lost: dict[int, list[str]] = {}
        self.left_out: list[int] = []

    def fill(
        self,
        items: Sequence[Item],
        *,
        carries: bool = True,
        categories: bool = True,
        files: bool = False,
    ) -> "Book":
        """Write every item; what does not read back alike is carried beside it, or lost.

        Categories stand between the pieces, files within them, where the format has them.
        """
        for at, item in enumerate(items):
            bare = self.piece(item, "")
            reads = self.reads(bare) if bare is not None else None
            if bare is None or reads is None:
                self.left_out.append(at)
                continue
            if categories and item.source.get("category"):
                here = category_of(category_path(str(item.source["category"])))
                reads = {**reads, "category": here} if here else reads
            differs = difference(item.source, reads)
            if item.files and not files:
                differs["files"] = None
            if differs:
                self.lost[at] = list(differs)
            packed = pack(item.source, reads) if carries else ""
            self.pieces.append((item, self.piece(item, packed) or bare if packed else bare))
        return self
