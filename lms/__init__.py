"""Cabildo: the learning management system for people who govern and serve municipalities."""

__version__ = "0.1.0"
