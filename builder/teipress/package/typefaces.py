"""The folder ``fonts`` of an edition → the faces in it that a book can be set in, and what is wrong with the others.

Only files are taken that lie in the edition's folder (a link that leads out of it is passed over) and that their makers
allow to be embedded, cut down to the characters in use (OpenType, table OS/2, fsType).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from teipress.config import Settings
from teipress.findings import Finding, did_you_mean, finding

FOLDER = "fonts"
_TYPES = (".otf", ".ttf", ".ttc", ".otc", ".woff", ".woff2")
_COLLECTIONS = (".ttc", ".otc")
_OWN = "of the edition"  # tells a family of the edition from an installed one of the same name
_RESTRICTED, _WHOLE_ONLY, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200  # fsType
_ITALIC = 0x0001  # fsSelection


@dataclass(frozen=True, slots=True)
class Typeface:
    """A face of a font file below the folder `folder`; of a collection the one with this number."""

    family: str
    weight: int
    style: str
    folder: Path
    path: PurePosixPath
    number: int = 0
    characters: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def name(self) -> str:
        """What style sheets call its family."""
        return f"{self.family} {_OWN}"

    @property
    def address(self) -> str:
        """Where the layout engine asks for it, below the edition."""
        return f"{quote(self.path.as_posix())}" + (f"?{self.number}" if self.number else "")

    def read(self) -> bytes:
        """The font."""
        path = self.folder / self.path
        if path.suffix.lower() not in _COLLECTIONS:
            return path.read_bytes()
        buffer = io.BytesIO()
        with _open(path, self.number) as font:
            font.save(buffer)
        return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of an edition; `families` are what style sheets call them, the one that is set before all others."""

    faces: tuple[Typeface, ...] = ()
    families: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def fonts_of(settings: Settings) -> Fonts:
    """The fonts of an edition; a lone file has none."""
    if not settings.declared:
        return Fonts()
    faces, findings = typefaces(settings.folder, settings.font)
    wanted = [_own(faces, settings.font)] if settings.font else []
    return Fonts(faces, tuple(dict.fromkeys((*wanted, *(face.name for face in faces)))), tuple(findings))


def typefaces(folder: Path, wanted: str = "") -> tuple[tuple[Typeface, ...], list[Finding]]:
    """The faces of an edition; `wanted` is the family that its text is to be set in.

    O010 for each file that cannot be used, and for a family that neither the edition nor this machine has.
    """
    faces: list[Typeface] = []
    findings: list[Finding] = []
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        try:
            found = list(_faces(folder, path))
        except Exception as error:  # noqa: BLE001  # whatever a broken file makes the reader stumble over
            findings.append(finding("O010", f"{name} cannot be read: {str(error) or type(error).__name__}", str(path)))
            continue
        for face, refused in found:
            if refused:
                hint = "ask its maker for a licence to embed it, or take another font"
                findings.append(finding("O010", f"{name} may not be used: {refused}", str(path), 0, hint))
            else:
                faces.append(face)
    return tuple(faces), [*findings, *_missing(folder, wanted, faces)]


def font_faces(faces: tuple[Typeface, ...]) -> str:
    """The rules that make faces known to the layout engine (CSS Fonts 4, section 4)."""
    return "".join(
        f'@font-face {{ font-family: "{f.name}"; font-weight: {f.weight}; font-style: {f.style};'
        f' src: url("{f.address}"); }}\n'
        for f in faces
    )


def _own(faces: tuple[Typeface, ...], family: str) -> str:
    """What style sheets call a family: that of the edition, if it has one of this name."""
    return next((f.name for f in faces if f.family.lower() == family.lower()), family)


def _files(folder: Path) -> list[Path]:
    root = folder.resolve()
    found = (p for p in (folder / FOLDER).rglob("*") if p.suffix.lower() in _TYPES)
    return sorted(p for p in found if p.resolve().is_relative_to(root) and p.is_file())


def _faces(folder: Path, path: Path) -> Iterator[tuple[Typeface, str]]:
    """The faces of a file, each with the reason why it may not be used."""
    path_there = PurePosixPath(path.relative_to(folder).as_posix())
    for number in range(_count(path)):
        with _open(path, number) as font:
            style = "italic" if font["OS/2"].fsSelection & _ITALIC or font["post"].italicAngle else "normal"
            family = "".join(c for c in _family(font) if c.isprintable() and c not in '"\\')
            weight = min(900, max(100, round(font["OS/2"].usWeightClass / 100) * 100))
            characters = frozenset(font.getBestCmap() or ())
            yield Typeface(family, weight, style, folder, path_there, number, characters), _refused(font)


def _count(path: Path) -> int:
    from fontTools.ttLib import TTCollection  # slow to import

    if path.suffix.lower() not in _COLLECTIONS:
        return 1
    with TTCollection(io.BytesIO(path.read_bytes()), lazy=True) as collection:
        return len(collection)


def _open(path: Path, number: int) -> Any:
    from fontTools.ttLib import TTFont

    number = number if path.suffix.lower() in _COLLECTIONS else -1
    return TTFont(io.BytesIO(path.read_bytes()), fontNumber=number, lazy=True)


def _family(font: Any) -> str:
    name = font["name"]
    return str(name.getDebugName(16) or name.getDebugName(1) or "unnamed")


def _refused(font: Any) -> str:
    allowed = font["OS/2"].fsType
    if allowed & 0x000F == _RESTRICTED:
        return "its licence forbids to embed it"
    if allowed & _WHOLE_ONLY:
        return "its licence forbids to embed a part of it"
    return "its licence allows to embed bitmaps only" if allowed & _BITMAPS_ONLY else ""


def _missing(folder: Path, wanted: str, faces: list[Typeface]) -> Iterator[Finding]:
    from teipress.package.fonts import has_family

    families = sorted({f.family for f in faces})
    if wanted and wanted.lower() not in {f.lower() for f in families} and not has_family(wanted):
        hint = did_you_mean(wanted, families) or f"put its files into {FOLDER}/ of the edition, or install it"
        yield finding("O010", f'no font here is of the family "{wanted}"', str(folder / "edition.toml"), 0, hint)
