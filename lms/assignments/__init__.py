"""Assignments: works of several pages that people hand in as text or files, and people mark."""
