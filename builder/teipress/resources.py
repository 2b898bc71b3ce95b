"""A name ("templates", "schema") → the folder that ships under it, in the checkout or installed from the wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent


def resource(name: str) -> Path:
    """The folder `name` of the package data.

    In the wheel the folders lie inside the package, in the checkout at its top level.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    for folder in (_PACKAGE / name, _CHECKOUT / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"teipress was installed without its folder {name!r}; install it again")
