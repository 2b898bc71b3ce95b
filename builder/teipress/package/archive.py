"""Files → zip files: the same bytes for the same files, whenever and wherever they are made."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

_YEARS = 1980, 2107  # the first and the last year that a zip file can name


def zip_folder(folder: Path, target: Path, moment: datetime, root: str) -> None:
    """Zip everything below `folder` but hidden files; in the zip file it stands in a folder called `root`."""
    files = (p for p in folder.rglob("*") if p.is_file())
    shown = (p for p in files if not any(part.startswith(".") for part in p.relative_to(folder).parts))
    names = {f"{root}/{p.relative_to(folder).as_posix()}": p for p in shown}
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as archive:
        for name, path in sorted(names.items()):
            add(archive, path, name, moment)


def add(archive: zipfile.ZipFile, path: Path, name: str, moment: datetime, compressed: bool = True) -> None:
    """Add a file. `moment` is the date that it carries, in UTC; modes and the compression level are fixed."""
    year = min(max(moment.year, _YEARS[0]), _YEARS[1])
    info = zipfile.ZipInfo(name, (year, moment.month, moment.day, moment.hour, moment.minute, moment.second))
    info.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    info.create_system = 3  # Unix, wherever it is built
    info.external_attr = 0o100644 << 16
    archive.writestr(info, path.read_bytes(), compresslevel=9)
