"""Browsers by a name their owner recognises; nothing finer is kept."""

_SYSTEMS = (
    ("android", "Android"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("cros", "ChromeOS"),
    ("windows", "Windows"),
    ("mac os", "Mac"),
    ("linux", "Linux"),
)
_BROWSERS = (
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("opera", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("ucbrowser", "UC Browser"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)


def device(user_agent: str) -> str:
    """A short name such as ``Chrome · Android``; empty when the browser does not tell."""
    text = user_agent.lower()
    names = (_first(_BROWSERS, text), _first(_SYSTEMS, text))
    return " · ".join(name for name in names if name)


def _first(table: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for sign, name in table if sign in text), "")
