"""The second wall: whatever the renderer made, only this leaves it."""

from collections.abc import Set as AbstractSet

import nh3
from markupsafe import Markup

_TAGS: AbstractSet[str] = {
    *("p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "a", "sup", "span"),
    *("h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("figure", "figcaption", "img", "audio", "div", "section", "details"),
    "summary",
}
_ATTRIBUTES = {
    "*": {"id"},
    "a": {"href", "aria-label"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height"},
    "audio": {"src", "aria-label", "controls"},
    "ol": {"start"},
    "div": {"aria-label", "aria-labelledby"},
    "section": {"aria-labelledby"},
}
_VALUES = {
    "img": {"loading": {"lazy"}, "decoding": {"async"}},
    "audio": {"preload": {"none"}},
    "div": {"role": {"region", "note"}, "tabindex": {"0"}},
    "a": {"rel": {"external"}},
    "th": {"scope": {"col", "row"}},
}
_CLASSES = {
    "div": {"callout", "note", "warning", "example", "remember", "table-region"},
    "section": {"callout", "exercise", "sources"},
    "figure": {"audio"},
    "details": {"sheet"},
    "p": {"callout-title"},
    "sup": {"cite"},
    "span": {"muted"},
    "th": {"num"},
    "td": {"num"},
}
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags={"script", "style"},
    attributes=_ATTRIBUTES,
    tag_attribute_values=_VALUES,
    allowed_classes=_CLASSES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
)


def sanitise(html: str) -> Markup:
    """HTML with nothing in it that could run, load from elsewhere or restyle the page."""
    return Markup(_CLEANER.clean(html))  # noqa: S704 - cleaned on this very line
