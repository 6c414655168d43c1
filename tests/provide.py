"""Install what tests need from the system's packages, or say in a sentence what to install.

`python -m tests.provide browser java`: nothing is ever skipped for want of it.
"""

import os
import shutil
import subprocess
import sys

WANTED = {
    "browser": (("chromium", "chromium-browser", "google-chrome"), ("chromium",)),
    "java": (("java",), ("default-jre-headless",)),
    "pdfsig": (("pdfsig",), ("poppler-utils",)),
    "openssl": (("openssl",), ("openssl",)),
}


def browser() -> str:
    """The path of the browser that the journeys drive."""
    found = _found("browser")
    if found is None:
        sys.exit("The browser journeys need Chromium: apt install chromium")
    return found


def main(names: list[str]) -> None:
    missing = [name for name in names if _found(name) is None]
    if not missing:
        return
    packages = [package for name in missing for package in WANTED[name][1]]
    sentence = f"Tests need {', '.join(missing)}. Install: apt install {' '.join(packages)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(sentence)
    print(f"Installing {' '.join(packages)} …", flush=True)
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(command, env=environ, stdout=subprocess.DEVNULL)
        if done.returncode:
            sys.exit(sentence)
    still = [name for name in missing if _found(name) is None]
    if still:
        sys.exit(sentence)


def _found(name: str) -> str | None:
    return next((path for tool in WANTED[name][0] if (path := shutil.which(tool))), None)


if __name__ == "__main__":
    main(sys.argv[1:])
