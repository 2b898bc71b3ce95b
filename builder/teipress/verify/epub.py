"""EPUB files → findings on the container and the package (EPUB 3.3, OCF 4; what EPUBCheck needs Java for is not here).

The zip must begin with the media type, every manifest item must be there, no file may be undeclared, every spine
item must be in the manifest, and what is packed must be what lies unpacked beside it.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath

from lxml import etree

from teipress.findings import Finding, finding

_OPF = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_UNDECLARED = {"mimetype", "META-INF/container.xml"}


def check_epubs(folder: Path) -> list[Finding]:
    """E001 for each fault of each EPUB below a folder."""
    return [f for path in sorted(folder.rglob("*.epub")) for f in _check(path, path.relative_to(folder).as_posix())]


def _check(path: Path, name: str) -> Iterator[Finding]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield from (finding("E001", message, name) for message in _faults(archive))
            yield from (finding("E001", message, name) for message in _differences(archive, path.with_suffix("")))
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, etree.XMLSyntaxError) as error:
        yield finding("E001", f"cannot be opened: {error}", name)


def _faults(archive: zipfile.ZipFile) -> Iterator[str]:
    names = archive.namelist()
    first = archive.infolist()[0] if names else None
    if first is None or first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
        yield "does not begin with an uncompressed mimetype"
    elif archive.read("mimetype") != b"application/epub+zip":
        yield "has a mimetype that is not application/epub+zip"
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    container = etree.fromstring(archive.read("META-INF/container.xml"), parser)
    rootfile = next(container.iter(_CONTAINER + "rootfile"), None)
    if rootfile is None:
        yield "has a container that names no package"
        return
    root = rootfile.get("full-path", "")
    package = etree.fromstring(archive.read(root), parser)
    items = {i.get("id"): normpath(join(dirname(root), i.get("href", ""))) for i in package.iter(_OPF + "item")}
    yield from (f"{path} is in the manifest but not in the file" for path in items.values() if path not in names)
    declared = set(items.values()) | _UNDECLARED | {root}
    yield from (f"{path} is in the file but not in the manifest" for path in names if path not in declared)
    for reference in package.iter(_OPF + "itemref"):
        if reference.get("idref") not in items:
            yield f"the spine names {reference.get('idref')}, which is not in the manifest"


def _differences(archive: zipfile.ZipFile, unpacked: Path) -> Iterator[str]:
    if not unpacked.is_dir():
        return
    for name in archive.namelist():
        path = unpacked / name
        if not path.is_file() or path.read_bytes() != archive.read(name):
            yield f"{name} is not what lies unpacked beside it"
    beside = {p.relative_to(unpacked).as_posix() for p in unpacked.rglob("*") if p.is_file()}
    yield from (f"{name} lies unpacked beside it but is not in it" for name in sorted(beside - set(archive.namelist())))
