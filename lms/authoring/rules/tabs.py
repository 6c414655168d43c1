"""The open page that a text was saved from: it never overtakes itself, and nothing late undoes it.

A page numbers what it sends. When an answer gets lost it sends more, built on what it does not know
to be saved; and what was given up on the way may arrive after what was sent later.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tab:
    """An open page by the name it gave itself, and the how-manieth of its saves this is."""

    name: str
    number: int = 0

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


def read_tab(kept: str | None) -> Tab | None:
    """The page that is kept with a text; None where nobody wrote it on a page."""
    if not kept:
        return None
    name, _, number = kept.partition(" ")
    return Tab(name, int(number) if number.isdigit() else 0)


def goes_on(tab: Tab | None, kept: Tab | None) -> bool:
    """Whether a save goes on with the one before it: the same page, and not an earlier one."""
    return (
        tab is not None and kept is not None and tab.name == kept.name and tab.number >= kept.number
    )
