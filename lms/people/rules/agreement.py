"""What people agree to when they register; a new text is a new version."""

VERSION = "2026-1"


def version_of(key: str, privacy_version: int, has_own_text: bool) -> str:
    """The name of the notice in force: the site's, or the institution's own in its present text."""
    return f"{key}-{privacy_version}" if has_own_text else VERSION
