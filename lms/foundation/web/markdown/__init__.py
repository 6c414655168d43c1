"""Markdown as authors write it here, and the HTML that readers get.

CommonMark and tables, without raw HTML; callouts, figures with captions, table captions, citations
of facts and links to lessons and media. `render` makes the HTML, `lint` says what an author should
mend, with lines.
"""

from lms.foundation.web.markdown.links import PICTURES, RECORDINGS, ending
from lms.foundation.web.markdown.lint import Finding, Lint, lint
from lms.foundation.web.markdown.render import render
from lms.foundation.web.markdown.rendered import (
    Citation,
    FactView,
    Heading,
    MediaView,
    NothingAround,
    Rendered,
    Resolver,
)

__all__ = [
    "PICTURES",
    "RECORDINGS",
    "Citation",
    "FactView",
    "Finding",
    "Heading",
    "Lint",
    "MediaView",
    "NothingAround",
    "Rendered",
    "Resolver",
    "ending",
    "lint",
    "render",
]
