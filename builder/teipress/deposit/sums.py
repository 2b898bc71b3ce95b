"""A folder of a package → two lists of sums beside it, for the kinds of packages that have none of their own."""

from __future__ import annotations

import hashlib
from pathlib import Path

ALGORITHMS = ("sha256", "sha512")


def write_sums(folder: Path, name: str) -> None:
    """Write ``NAME.sha256`` and ``NAME.sha512`` into a folder: the sums of all files below ``NAME`` in it."""
    files = sorted(p for p in (folder / name).rglob("*") if p.is_file())
    for algorithm in ALGORITHMS:
        sums = ((hashlib.new(algorithm, p.read_bytes()).hexdigest(), p.relative_to(folder).as_posix()) for p in files)
        text = "".join(f"{digest}  {path}\n" for digest, path in sums)
        (folder / f"{name}.{algorithm}").write_text(text, "utf-8", newline="\n")
