"""The typesetter with our letters, for everything that is printed."""

import threading
from functools import cache
from importlib.resources import files
from typing import Any

FONTS = ("fontpkg_eb_garamond", "fontpkg_source_sans_3")

_here = threading.local()


def compiler() -> Any:
    """This thread's typesetter, which two threads may not share; the fonts are read once for all.

    Its own types do not know that its input may be a folder of files in memory.
    """
    if not hasattr(_here, "compiler"):
        import typst  # heavy, and most processes never print

        _here.compiler = typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)
    return _here.compiler


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        font_paths=[str(files(name) / "files") for name in FONTS],
    )
