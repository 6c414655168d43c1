"""What people agree to when they register; a new text is a new version."""

VERSION = "2026-1"
