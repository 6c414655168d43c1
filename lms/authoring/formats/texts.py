"""Texts in Markdown as their author must mend them: from findings to problems."""

from lms.catalog.rules.problems import Problem, Severity
from lms.catalog.rules.shape_check import Reference
from lms.foundation.kernel.errors import N_
from lms.foundation.web.markdown import Lint, lint

_SAYINGS: dict[str, tuple[str, str]] = {
    "html": (
        N_("HTML is not shown: %(what)s"),
        N_("write it in Markdown; a literal `<` goes between backquotes"),
    ),
    "alt-missing": (
        N_("the image %(what)s has no alternative text"),
        N_("describe between its square brackets what it shows"),
    ),
    "name-missing": (
        N_("the recording %(what)s has no name"),
        N_("write between its square brackets what is heard"),
    ),
    "image-kind": (
        N_("%(what)s is neither a picture nor a recording, and cannot be shown"),
        N_("link to it without the exclamation mark: [its words](media/…)"),
    ),
    "image-elsewhere": (
        N_("the image %(what)s is not in the course"),
        N_("put the file in the course's `media` folder and write media/…"),
    ),
    "heading-empty": (N_("a heading has no words"), N_("write them, or take it out")),
    "heading-high": (
        N_("the heading “%(what)s” is of level 1, which is the title's"),
        N_("begin it with %(near)s"),
    ),
    "heading-jump": (
        N_("the heading “%(what)s” skips a level"),
        N_("begin it with %(near)s"),
    ),
    "callout-unknown": (
        N_("there is no box called `%(what)s`"),
        N_("write one of: note, warning, example, exercise, remember, transcript"),
    ),
    "callout-open": (
        N_("the box `::: %(what)s` is never closed"),
        N_("close it with a line `:::`"),
    ),
    "callout-stray": (
        N_("this `:::` closes or opens nothing"),
        N_("take it out, or name the box: ::: note"),
    ),
    "caption-alone": (
        N_("this table caption has no table right below it"),
        N_("put one empty line and then the table after it"),
    ),
    "citation-key": (
        N_("“%(what)s” cannot be the key of a fact"),
        N_("cite a fact of facts.yaml by its key: [[laip-art-10]]"),
    ),
    "link-refused": (
        N_("the link %(what)s leads nowhere a learner could follow"),
        N_("write https://…, lesson:key, or media/file"),
    ),
    "anchor-unknown": (
        N_("no heading of this text is called %(what)s"),
        N_("write the words of the heading, small and with hyphens: #what-is-noted"),
    ),
    "anchor-near": (N_("no heading of this text is called %(what)s"), N_("write #%(near)s")),
    "link-empty": (N_("a link has no words"), N_("write between the brackets where it leads")),
    "link-vague": (
        N_("the link “%(what)s” does not say where it leads"),
        N_("name what the reader will find there"),
    ),
}
_ONLY_WARNINGS = {"link-vague"}


def read_text(
    text: str, path: str, first_line: int, *, highest: int = 2
) -> tuple[Lint, list[Problem], list[Reference]]:
    """A text's lint, its problems with lines of the file, and what it refers to."""
    found = lint(text, highest=highest)

    def at(line: int) -> int:
        return first_line + line - 1

    problems = [
        Problem(
            path,
            at(each.line),
            *_SAYINGS[each.code],
            {"what": each.what, "near": each.near},
            Severity.WARNING if each.code in _ONLY_WARNINGS else Severity.ERROR,
        )
        for each in found.findings
    ]
    references = [
        *(Reference("media", name, path, at(line)) for name, line in found.media),
        *(Reference("fact", key, path, at(line)) for key, line in found.citations),
        *(Reference("activity", key, path, at(line)) for key, line in found.lessons),
    ]
    return found, problems, references
