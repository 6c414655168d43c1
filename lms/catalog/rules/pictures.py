"""A picture and its small size, for phones: two files of a course, known by their names."""

SMALL_WIDTH = 640
"""Points: what a phone shows sharply; a desk's screen shows the picture itself."""
DRAWN = frozenset({"jpg", "jpeg", "png", "webp"})


def small_of(path: str) -> str:
    """Where the small size of a picture would stand: `media/x.640.jpg` of `media/x.jpg`."""
    stem, _, ending = path.rpartition(".")
    return f"{stem}.{SMALL_WIDTH}.{ending}"


def is_small(path: str) -> bool:
    """Whether a file is the small size of another, by its name."""
    stem, _, ending = path.rpartition(".")
    return ending.lower() in DRAWN and stem.endswith(f".{SMALL_WIDTH}")


def large_of(path: str) -> str:
    """The picture whose small size this is."""
    stem, _, ending = path.rpartition(".")
    return f"{stem.removesuffix(f'.{SMALL_WIDTH}')}.{ending}"
