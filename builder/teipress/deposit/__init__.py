"""A built edition → what an archive or a library takes in: packages of one kind or another, and their proof."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from teipress.deposit import bagit, dnb, eark, ocfl, saf
from teipress.deposit.holding import Deposit

WRITERS: Mapping[str, Callable[[Deposit, Path], None]] = {
    "bagit": bagit.write,
    "dnb": dnb.write,
    "saf": saf.write,
    "eark": eark.write,
    "ocfl": ocfl.write,
}  # each writes a deposit into a folder that is empty; that of OCFL may hold earlier versions
