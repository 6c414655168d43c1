"""Markdown as the plain paragraphs of a letter."""

import re

LONGEST = 4_000
_MARKS = re.compile(r"(\*\*|__|(?<!\w)[*_]|[*_](?!\w)|`)")
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
_HEAD = re.compile(r"^(#{1,6}\s+|>\s?|:{3,}.*$)")
_ITEM = re.compile(r"^\s*(?:[-*+]|(\d+)[.)])\s+")


def paragraphs(markdown: str) -> list[str]:
    """The words of a short text, paragraph by paragraph; list items are lines of their own."""
    found: list[str] = []
    for block in re.split(r"\n\s*\n", markdown[:LONGEST]):
        lines: list[str] = []
        for line in block.split("\n"):
            item = _ITEM.match(line)
            text = plain(line[item.end() :] if item else line)
            if item:
                lines.append(f"{item.group(1)}. {text}" if item.group(1) else f"– {text}")
            elif text and lines:
                lines[-1] += f" {text}"
            elif text:
                lines.append(text)
        found.extend(lines)
    return found


def plain(line: str) -> str:
    """One line without its marks; a link keeps its address in brackets."""
    line = _HEAD.sub("", line.strip())
    line = _LINK.sub(_with_address, line)
    return _MARKS.sub("", line).strip()


def _with_address(link: re.Match[str]) -> str:
    words, address = link.group(1), link.group(2)
    return f"{words} ({address})" if address and address != words else words
