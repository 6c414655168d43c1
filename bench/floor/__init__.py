"""The floor: the least that could honestly be called the same, twice.

``plain`` is what the goals were set against: Flask, SQLAlchemy, templates. ``bare`` does without
SQLAlchemy: how low it could go. Neither has rights, languages, audit, receipts or compression: what
those cost is what the ratio tells.
"""
