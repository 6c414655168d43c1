"""A learner's page as part of a preview: it leads nowhere else, and nothing is sent or run."""

import re
from collections.abc import Sequence
from html import escape

_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL | re.IGNORECASE)
_FORM = re.compile(r"<form\b[^>]*>", re.IGNORECASE)
_ACTION = re.compile(r'\saction="[^"]*"', re.IGNORECASE)
_BUTTON = re.compile(r'(<button\b[^>]*?)\sformaction="[^"]*"', re.IGNORECASE)
_SECRET = re.compile(r'<input[^>]*name="(csrf_token|form_key)"[^>]*>')
_MAIN = re.compile(r'<main id="main"')


def inside(text: str, addresses: Sequence[tuple[str, str]]) -> str:
    """The same text with the preview's addresses in the place of the learner's own."""
    for theirs, ours in addresses:
        for before in ('"', "w, ", "?next="):
            text = text.replace(f"{before}{theirs}", f"{before}{ours}")
    return text


def as_preview(
    page: str, addresses: Sequence[tuple[str, str]], here: str, token: str, banner: str
) -> str:
    """The page with a word on what it is; its forms are sent back to itself and read by nobody.

    ``token`` is the reader's own: the session of a learner who is none is not theirs.
    """

    def led_back(form: re.Match[str]) -> str:
        if 'method="post"' not in form.group().lower():
            return form.group()
        return f'{_ACTION.sub("", form.group())[:-1]} action="{escape(here)}">'

    def ours(field: re.Match[str]) -> str:
        if field.group(1) == "form_key":
            return ""  # nothing is kept, so nothing need be told apart
        return f'<input type="hidden" name="csrf_token" value="{escape(token)}">'

    page = _BUTTON.sub(r"\1", _SCRIPT.sub("", page))
    page = inside(_SECRET.sub(ours, _FORM.sub(led_back, page)), addresses)
    return _MAIN.sub(lambda main: banner + main.group(), page, count=1)
