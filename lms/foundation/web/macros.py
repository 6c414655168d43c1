"""Macros are compiled and run once: what they need of a page they are given as arguments."""

from flask import Flask
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context


class Plain(Template):
    """A template whose imported macros are made once and kept.

    Jinja first looks for globals that were given to the importing template alone, at each import
    of each page; nothing here gives any.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


def install(app: Flask) -> None:
    """Every template of the application is a plain one."""
    app.jinja_env.template_class = Plain
