"""A deposit → a bag: BagIt 1.0 (RFC 8493), with sums in SHA-256 and SHA-512.

All holdings are payload, in ``data/``; what the bag says of itself is in ``bag-info.txt``, dated by the edition and
not by the day that it was packed.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from teipress.deposit.holding import Deposit, Holding
from teipress.deposit.sums import ALGORITHMS
from teipress.sizes import in_words

PAYLOAD = "data"


def write(deposit: Deposit, folder: Path) -> None:
    """Write a bag into a folder that is empty or new."""
    for holding in deposit.holdings:
        target = folder / PAYLOAD / holding.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(holding.data, target)
    _write(folder / "bagit.txt", ["BagIt-Version: 1.0", "Tag-File-Character-Encoding: UTF-8"])
    _write(folder / "bag-info.txt", [f"{label}: {' '.join(value.split())}" for label, value in _info(deposit)])
    for name in ALGORITHMS:
        _write(
            folder / f"manifest-{name}.txt", _lines((f"{PAYLOAD}/{h.path}", _sum(h, name)) for h in deposit.holdings)
        )
    tags = sorted(p for p in folder.iterdir() if p.is_file())
    for name in ALGORITHMS:
        sums = ((tag.name, hashlib.new(name, tag.read_bytes()).hexdigest()) for tag in tags)
        _write(folder / f"tagmanifest-{name}.txt", _lines(sums))


def _info(deposit: Deposit) -> list[tuple[str, str]]:
    """The labels of RFC 8493, 2.2.2, as far as the edition states what they ask for."""
    said = deposit.description
    size = sum(h.size for h in deposit.holdings)
    found = [
        ("Source-Organization", said.publisher),
        ("Bagging-Date", deposit.moment.date().isoformat()),
        ("Bagging-Software-Agent", deposit.generator),
        ("External-Identifier", said.identifier),
        *(("External-Identifier", f"{kind} {number}") for kind, number in said.numbers),
        ("External-Description", said.whole_title),
        ("Internal-Sender-Identifier", deposit.name),
        ("Internal-Sender-Description", "" if deposit.public else "Not for the public: may hold what is restricted."),
        ("Bag-Size", in_words(size)),
        ("Payload-Oxum", f"{size}.{len(deposit.holdings)}"),
    ]
    return [(label, value) for label, value in found if value.strip()]


def _sum(holding: Holding, algorithm: str) -> str:
    return str(getattr(holding, algorithm))


def _lines(sums: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{digest}  {encoded(path)}" for path, digest in sorted(sums)]


def encoded(path: str) -> str:
    """A path as a manifest has it: line ends and per cent signs, and nothing else, as ``%XX`` (RFC 8493, 2.1.3)."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _write(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
