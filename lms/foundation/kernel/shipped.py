"""Where the things we ship beside the code lie: courses, migrations, translations."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[2]


def shipped(name: str) -> Path:
    """The folder ``name`` inside an installed wheel, else in the checkout it runs from."""
    inside = _PACKAGE / "_shipped" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
