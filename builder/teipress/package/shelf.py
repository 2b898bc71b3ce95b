"""A folder that keeps parts of books that are laid out, each by its key, whole or not at all.

A key says all that a part depends on, so what is found is what would be made. Beside the PDF of a part stands what is
known of it, under a digest of both: what is damaged is as good as not there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from teipress.package.piece import Part, Piece, dumps, loads
from teipress.package.staging import LOCK


@dataclass(frozen=True, slots=True)
class Shelf:
    """The shelf in a folder, which is made when something is put there."""

    folder: Path

    def pdf(self, key: str) -> Path:
        """The PDF of a part."""
        return self.folder / f"{key}.pdf"

    def find(self, key: str) -> Piece | None:
        """What is known of a part; None if it is not there, or not whole."""
        try:
            digest, _, described = self._description(key).read_text(encoding="utf-8").partition("\n")
            whole = digest == _digest(self.pdf(key), described)
        except (OSError, ValueError):
            return None
        return loads(described) if whole else None

    def put(self, part: Part, make: Callable[[Part, Path], Piece]) -> Piece:
        """Make a part and keep it; `make` writes its PDF to the place that it is given."""
        self.folder.mkdir(parents=True, exist_ok=True)
        made = self.folder / f".{part.key}.{os.getpid()}"
        try:
            piece = make(part, made)
            described = dumps(piece)
            digest = _digest(made, described)
            made.replace(self.pdf(part.key))
            made.write_text(f"{digest}\n{described}", encoding="utf-8")
            made.replace(self._description(part.key))
        finally:
            made.unlink(missing_ok=True)
        return piece

    def tidy(self, used: Collection[str]) -> None:
        """Take away all but the parts with these keys."""
        for path in self.folder.iterdir():
            if path.is_file() and path.name != LOCK and path.stem not in used:
                path.unlink()

    def _description(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def _digest(pdf: Path, described: str) -> str:
    """What shows that a PDF and what is known of it are as they were made."""
    return hashlib.sha256(described.encode() + pdf.read_bytes()).hexdigest()
