"""A RELAX NG file → a schema ready to validate with, its soundness remembered on disk.

Whether a schema is sound takes longer to find out than to validate a book with it, and does not change as long as its
bytes do not. So it is noted in the user's cache, under the hash of the files: a JSON file that says that they are
sound, and how XSD's regular expressions in them are written in Python. Nothing in it is ever executed.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from teipress import tei
from teipress.tei import Element
from teipress.validate.relaxng import datatypes
from teipress.validate.relaxng.grammar import Builder
from teipress.validate.relaxng.names import contains
from teipress.validate.relaxng.patterns import Element as ElementPattern
from teipress.validate.relaxng.patterns import Pattern
from teipress.validate.relaxng.restrictions import check_restrictions
from teipress.validate.relaxng.syntax import RNG, SchemaError, fail, name_of

_DOCUMENTATION = "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"
_VERSION = 1  # of what the cache holds


class Schema:
    """A sound schema: its start, and what messages tell of its elements."""

    def __init__(self, path: Path, root: Element, start: Pattern, builder: Builder) -> None:
        self.path, self.root, self.start = path, root, start
        self._builder = builder

    @cached_property
    def _nodes(self) -> dict[str, list[Element]]:
        """The elements of the schema that define an element, by local name."""
        found: dict[str, list[Element]] = defaultdict(list)
        for root in self._builder.roots:
            for node in root.iter(f"{{{RNG}}}element"):
                given = node.get("name") or "".join(tei.text(c) for c in node[:1] if name_of(c) == "name")
                found[given.strip().rpartition(":")[2]].append(node)
        return found

    @property
    def names(self) -> list[str]:
        """The local names of all elements that the schema knows."""
        return [name for name in self._nodes if name]  # some elements have a wildcard for a name

    def known(self, tag: str) -> list[ElementPattern]:
        """The patterns for elements of a name (Clark notation), wherever they may stand."""
        patterns = [self._builder.element_at(n) for n in self._nodes.get(tag[tag.rfind("}") + 1 :], ())]
        return [p for p in patterns if p is not None and contains(p.names, tag)]

    def documentation(self, tag: str) -> str:
        """What the schema says of an element, its first paragraph as one line."""
        for pattern in self.known(tag):
            for holder in (pattern.source, pattern.source.getparent()):
                if (found := holder.find(_DOCUMENTATION)) is not None:
                    return tei.line_of_text(found)
        return ""

    def holders(self, local: str) -> list[str]:
        """The local names of the elements that may hold an element of this local name."""
        return sorted(self._holders.get(local, ()))

    @cached_property
    def _holders(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        reach = _Reach(self._builder.roots)
        for local, nodes in self._nodes.items():
            for inner in (name for node in nodes for name in reach.within(node, frozenset())):
                found[inner].add(local)
        return found


class _Reach:
    """Which elements can be reached from a place of a schema without going through an element."""

    def __init__(self, roots: list[Element]) -> None:
        self._known: dict[str, frozenset[str]] = {}
        self._defined: dict[str, list[Element]] = defaultdict(list)
        for root in roots:
            for node in root.iter(f"{{{RNG}}}define"):
                self._defined[node.get("name", "")].append(node)

    def within(self, node: Element, path: frozenset[str]) -> Iterator[str]:
        """The local names of the elements in a node; `path` are the definitions that led to it."""
        for child in node:
            kind = name_of(child) if tei.is_element(child) else ""
            if kind == "element":
                yield (child.get("name") or "").rpartition(":")[2]
            elif kind in ("ref", "parentRef"):
                yield from self._through(child.get("name", ""), path)
            elif kind and kind != "attribute":
                yield from self.within(child, path)

    def _through(self, name: str, path: frozenset[str]) -> frozenset[str]:
        if name not in self._known and name not in path:
            reached = (e for node in self._defined[name] for e in self.within(node, path | {name}))
            self._known[name] = frozenset(reached)
        return self._known.get(name, frozenset())


def load_schema(path: Path) -> Schema:
    """The schema in a file; files that it refers to must lie in its folder or below.

    Raises:
        SchemaError: it is no RELAX NG, or breaks a rule of the specification.
    """
    files = _Files(path)
    root = files.read(path)
    builder = Builder(files.fetch)
    note = _Note(files)
    known = note.recall(path)
    start = builder.start(root, checked=known)
    builder.roots.insert(0, root)
    if not known:
        check_restrictions(start, root)
        builder.build_all()
        note.keep(path)
    return Schema(path, root, start, builder)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class _Files:
    """Reads the files of a schema: XML without entities and network, and only below the schema's folder."""

    def __init__(self, path: Path) -> None:
        self.folder = path.resolve().parent
        self.hashes: dict[str, str] = {}

    def read(self, path: Path) -> Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            data = path.read_bytes()
            root = etree.fromstring(data, parser, base_url=path.resolve().as_uri())
        except OSError as error:
            raise SchemaError(f"cannot be read: {error.strerror}", str(path)) from None
        except etree.XMLSyntaxError as error:
            raise SchemaError(f"not well-formed: {error.msg}", str(path), error.lineno or 0) from None
        self.hashes[path.resolve().relative_to(self.folder).as_posix()] = _hash(data)
        return root

    def fetch(self, node: Element, href: str) -> Element:
        """The root of the file that an element of a schema refers to."""
        address = urlsplit(urljoin(node.base or "", href))
        if address.scheme != "file":
            fail(node, f'"{href}" is not a file beside the schema; nothing is fetched from a network')
        path = Path(unquote(address.path)).resolve()
        if not path.is_relative_to(self.folder):
            fail(node, f'"{href}" lies outside the folder of the schema')
        return self.read(path)


class _Note:
    """What the cache says of a schema."""

    def __init__(self, files: _Files) -> None:
        self._files = files
        base = os.environ.get("XDG_CACHE_HOME")  # XDG Base Directory Specification
        self._folder = (Path(base) if base else Path.home() / ".cache") / "teipress" / f"schema-{_VERSION}"

    def _path(self, path: Path) -> Path:
        return self._folder / f"{self._files.hashes[path.name]}.json"

    def recall(self, path: Path) -> bool:
        """Whether the schema is known to be sound; if so, its regular expressions are taken over."""
        try:
            noted = json.loads(self._path(path).read_text("utf-8"))
            hashes = {str(k): str(v) for k, v in noted["files"].items()}
            same = all(_hash((self._files.folder / name).read_bytes()) == known for name, known in hashes.items())
            if same:
                datatypes.translated.update({str(k): str(v) for k, v in noted["expressions"].items()})
            return same
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            return False

    def keep(self, path: Path) -> None:
        """Note that the schema is sound; a cache that cannot be written is none."""
        noted = {"files": self._files.hashes, "expressions": datatypes.translated}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self._folder, delete=False, encoding="utf-8") as file:
                json.dump(noted, file)
            Path(file.name).replace(self._path(path))
        except OSError:
            return
