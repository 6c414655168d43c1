"""What of a draft is published: whole courses, and the programme's own page."""

from collections.abc import Collection, Iterable, Mapping

PROGRAMME = ""
"""Stands for the programme's own files among the parts that can be published."""


def part_of(path: str) -> str:
    """The part of a package that a file belongs to: its course's folder, or the programme."""
    return path.partition("/")[0] if "/" in path else PROGRAMME


def parts_of(paths: Iterable[str]) -> list[str]:
    """The parts to which these files belong, the programme first."""
    return sorted({part_of(path) for path in paths})


def to_publish(
    published: Mapping[str, str], working: Mapping[str, str], parts: Collection[str]
) -> dict[str, str]:
    """The hashes of the package that would be published: drafts of the chosen parts only.

    Two instructors who write two courses of a programme publish each their own.
    """
    chosen = {path: sha for path, sha in working.items() if part_of(path) in parts}
    others = {path: sha for path, sha in published.items() if part_of(path) not in parts}
    return dict(sorted({**others, **chosen}.items()))
