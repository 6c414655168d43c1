"""The production web server: what all its processes share is loaded once, before they part.

`python -m lms.web OPTION…` takes the options of `granian`. Loaded in each process for itself, the
site would be in memory once for each; so most of it is there once, however many they are.
"""

import gc
import multiprocessing
import os
import signal
import sys
from functools import cache, partial

from flask import Flask
from granian.cli import entrypoint
from sqlalchemy.orm import configure_mappers

from lms import supervisor
from lms.app import create_app


@cache
def site() -> Flask:
    """The application that every process serves. Nothing is open in it yet: no connection, no
    thread, no file that two processes would then share.
    """
    configure_mappers()
    return create_app()


def main() -> None:
    """Put the site together, then serve it."""
    if sys.platform == "linux":  # elsewhere a process that parts after loading may break
        multiprocessing.set_start_method("fork")
        # They would serve on without whoever starts them again, and keep the port for ever.
        os.register_at_fork(after_in_child=partial(supervisor.end_with_parent, signal.SIGKILL))
        site()
        gc.collect()
        gc.freeze()  # the collector writes into what it looks at, and a page written to parts
    entrypoint()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    from lms import web  # the module that granian is told, not its twin called __main__

    web.main()
