"""Who marks which work."""

from collections.abc import Sequence


def shared(has: Sequence[int | None], tutors: Sequence[int]) -> list[int]:
    """For each work a tutor: what one of them has stays theirs while that is no more than a fair
    share, and whoever has fewest is given the next."""
    fair = -(-len(has) // len(tutors))
    load = dict.fromkeys(tutors, 0)
    found: list[int | None] = []
    for tutor in has:
        stays = tutor if tutor in load and load[tutor] < fair else None
        if stays is not None:
            load[stays] += 1
        found.append(stays)
    given = []
    for stays in found:
        tutor = stays if stays is not None else min(tutors, key=lambda one: load[one])
        if stays is None:
            load[tutor] += 1
        given.append(tutor)
    return given
