"""An unpacked publication → one EPUB file (EPUB 3.3, OCF 4.3): the media type first and uncompressed.

Order, dates, modes and the compression level are fixed, so the same tree gives the same bytes.
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

MIMETYPE = "mimetype"
_YEARS = 1980, 2107  # the first and the last year that a zip file can name


def pack(folder: Path, target: Path, moment: datetime) -> None:
    """Zip everything below `folder`; `moment` is the date that every entry carries."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MIMETYPE)
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as archive:
        _add(archive, folder / MIMETYPE, MIMETYPE, moment, zipfile.ZIP_STORED)
        for path in files:
            _add(archive, path, path.relative_to(folder).as_posix(), moment, zipfile.ZIP_DEFLATED)


def _add(archive: zipfile.ZipFile, path: Path, name: str, moment: datetime, compression: int) -> None:
    year = min(max(moment.year, _YEARS[0]), _YEARS[1])
    info = zipfile.ZipInfo(name, (year, moment.month, moment.day, moment.hour, moment.minute, moment.second))
    info.compress_type = compression
    info.create_system = 3  # Unix, wherever it is built
    info.external_attr = 0o100644 << 16
    archive.writestr(info, path.read_bytes(), compresslevel=9)
