"""The name of an XML schema → the schema, from the folders where it may lie; nothing is ever fetched.

The user's folder (TEIPRESS_XSD) is looked into first, then that of ``.ci/setup test``, then those of Python packages.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import etree

VARIABLE = "TEIPRESS_XSD"
_ONIX = "schema/xsd3.0"  # of the package onixcheck


def folders() -> list[Path]:
    """The folders that schemas may lie in, the first that has one counts."""
    spec = find_spec("onixcheck")
    package = [Path(spec.origin).parent / _ONIX] if spec and spec.origin else []
    own = [Path(os.environ[VARIABLE])] if os.environ.get(VARIABLE) else []
    return [*own, Path(sys.prefix) / "share" / "teipress" / "schemas", *package]


def find(name: str) -> Path | None:
    """The file of a schema; None if there is none."""
    return next((path for folder in folders() if (path := folder / name).is_file()), None)


@cache
def xsd(path: Path) -> etree.XMLSchema:
    """A schema; what it includes is looked for by its name."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_ByName())
    return etree.XMLSchema(etree.parse(path, parser))


class _ByName(etree.Resolver):
    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        path = find((system_url or "").rpartition("/")[2])
        return self.resolve_filename(str(path), context) if path else self.resolve_empty(context)
