"""A new package to begin from: small, whole, and without a single problem."""

from pathlib import Path

_EXAMPLE = Path(__file__).resolve().parents[1] / "scaffold"


def scaffold(key: str, title: str) -> dict[str, bytes]:
    """The files of a new programme of this key and title, ready to be checked and imported."""
    written = title.replace("\\", "\\\\").replace('"', '\\"')
    files = {
        path.relative_to(_EXAMPLE).as_posix(): path.read_bytes()
        for path in sorted(_EXAMPLE.rglob("*"))
        if path.is_file()
    }
    head = files["programme.yaml"].decode("utf-8")
    head = head.replace("key: KEY", f"key: {key}").replace('"TITLE"', f'"{written}"')
    files["programme.yaml"] = head.encode("utf-8")
    return files
