"""The files of a staged output → manifest.json: each with its media type, size and SHA-256."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path, PurePosixPath
from typing import Any

from teipress.edition import IMAGE_TYPES, Artifact
from teipress.package.staging import MANIFEST

MEDIA_TYPES = {
    ".html": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".js": "text/javascript",
    **IMAGE_TYPES,
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".xml": "application/xml",
    ".opf": "application/oebps-package+xml",
    ".ncx": "application/x-dtbncx+xml",
    ".epub": "application/epub+zip",
    ".pdf": "application/pdf",
}


def media_type(path: PurePosixPath | Path) -> str:
    """The media type that a file's name stands for (IANA)."""
    return MEDIA_TYPES.get(path.suffix.lower(), "text/plain" if path.name == "mimetype" else "application/octet-stream")


def artifacts(folder: Path) -> list[Artifact]:
    """Every file below a folder, in the order of its path."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MANIFEST)
    return sorted((_artifact(folder, p) for p in paths), key=lambda a: a.path.as_posix())


def _artifact(folder: Path, path: Path) -> Artifact:
    relative = PurePosixPath(path.relative_to(folder).as_posix())
    data = path.read_bytes()
    return Artifact(relative, media_type(relative), len(data), hashlib.sha256(data).hexdigest())


def write_json(path: Path, value: dict[str, Any]) -> None:
    """A JSON file for people as well as programs: indented, keys as given, UTF-8."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def write_manifest(folder: Path, generator: str, name: str) -> list[Artifact]:
    """List all files of a staged output in its manifest.json."""
    found = artifacts(folder)
    files = [
        {"path": a.path.as_posix(), "type": a.media_type, "size": a.size, "sha256": a.sha256}
        for a in found
        if not a.path.name.startswith(".")
    ]
    write_json(folder / MANIFEST, {"generator": generator, "edition": name, "files": files})
    return found
