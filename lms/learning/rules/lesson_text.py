"""A lesson's file: the keys of its author, then what is read."""

_FENCE = "---"


def body_of(text: str) -> str:
    """The Markdown below the front matter."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != _FENCE:
        return text
    for at, line in enumerate(lines[1:], 1):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[at + 1 :])
    return ""
