"""Install what tests need from the system's packages, or say in a sentence what to install.

`python -m tests.provide browser java`: nothing is ever skipped for want of it.
"""

import os
import shutil
import subprocess
import sys

# The browser without windows opens a page with a third of the work; any other does as well.
WANTED = {
    "browser": (
        ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
        ("chromium",),
    ),
    "java": (("java",), ("default-jre-headless",)),
    "pdfsig": (("pdfsig",), ("poppler-utils",)),
    "openssl": (("openssl",), ("openssl",)),
}
BETTER = {"browser": "chromium-headless-shell"}


def browser() -> str:
    """The path of the browser that the journeys drive."""
    found = _found("browser")
    if found is None:
        sys.exit("The browser journeys need Chromium: apt install chromium")
    return found


def main(names: list[str]) -> None:
    """Have each of these here, or end with the sentence that says what to install."""
    may_install = os.geteuid() == 0 and shutil.which("apt-get") is not None
    better = [BETTER[name] for name in names if name in BETTER and not shutil.which(BETTER[name])]
    if better and may_install:
        _install(better)
    missing = [name for name in names if _found(name) is None]
    if not missing:
        return
    packages = [package for name in missing for package in WANTED[name][1]]
    sentence = f"Tests need {', '.join(missing)}. Install: apt install {' '.join(packages)}"
    if not may_install or not _install(packages):
        sys.exit(sentence)
    still = [name for name in missing if _found(name) is None]
    if still:
        sys.exit(sentence)


def _install(packages: list[str]) -> bool:
    print(f"Installing {' '.join(packages)} …", flush=True)
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return all(
        subprocess.run(command, env=environ, stdout=subprocess.DEVNULL).returncode == 0
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages],
        )
    )


def _found(name: str) -> str | None:
    return next((path for tool in WANTED[name][0] if (path := shutil.which(tool))), None)


if __name__ == "__main__":
    main(sys.argv[1:])
