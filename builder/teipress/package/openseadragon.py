"""OpenSeadragon, which lets readers enlarge the images of pages → a file of the site.

It is no part of this project and on no Python index: npm brings it, and `.ci/setup` puts it where it is looked for.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from teipress.findings import Finding, finding

RELEASE = "openseadragon@6.0.2"  # the one that is tested, by npm's name; `.ci/setup` knows its checksum
FOLDER = "openseadragon"  # below a site, and below each place where it is looked for
SCRIPT = "openseadragon.min.js"
LICENCE = "LICENSE.txt"


def find(templates: Path | None = None) -> Path | None:
    """The folder that has it: one of the edition's own `templates`, else that of this Python; None without it."""
    own = [templates / "site" / FOLDER] if templates else []
    return next((folder for folder in (*own, place()) if (folder / SCRIPT).is_file()), None)


def place() -> Path:
    """Where this Python's installation keeps it."""
    return Path(sys.prefix) / "share" / "teipress" / FOLDER


def copy_viewer(found: Path, site: Path) -> str:
    """Copy the script and its licence into the folder of a site; the path of the script in it."""
    target = site / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for name in (SCRIPT, LICENCE):
        if (found / name).is_file():
            shutil.copyfile(found / name, target / name)
    return f"{FOLDER}/{SCRIPT}"


def missing() -> Finding:
    """O005: the images of pages are plain images."""
    return finding(
        "O005", "OpenSeadragon is missing: readers cannot enlarge images of pages", hint="teipress explain O005"
    )
