"""An unpacked publication → one EPUB file (EPUB 3.3, OCF 4.3): the media type first and uncompressed.

Order, dates, modes and the compression level are fixed, so the same tree gives the same bytes.
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

from teipress.package.archive import add

MIMETYPE = "mimetype"


def pack(folder: Path, target: Path, moment: datetime) -> None:
    """Zip everything below `folder`; `moment` is the date that every entry carries."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MIMETYPE)
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as archive:
        add(archive, folder / MIMETYPE, MIMETYPE, moment, compressed=False)
        for path in files:
            add(archive, path, path.relative_to(folder).as_posix(), moment)
