"""The XML syntax of RELAX NG → errors in how a schema is written (RELAX NG specification, 3 and 4.1 to 4.16).

What may stand where is a table; everything else that can be said of one element alone is said here, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn
from urllib.parse import unquote, urlsplit

from teipress import tei
from teipress.tei import Element
from teipress.validate.relaxng.values import is_ncname

RNG = "http://relaxng.org/ns/structure/1.0"

_PATTERNS = frozenset(
    "element attribute group interleave choice optional zeroOrMore oneOrMore list mixed ref parentRef empty value "
    "data notAllowed externalRef grammar text".split()
)
_NAMES = frozenset({"name", "anyName", "nsName", "choice"})
_COMPONENTS = frozenset({"start", "define", "div", "include"})
# what may stand in an element: names, fewest, most; None means any number
_CHILDREN: dict[str, tuple[frozenset[str], int, int | None]] = {
    **dict.fromkeys("group interleave choice optional zeroOrMore oneOrMore list mixed".split(), (_PATTERNS, 1, None)),
    "define": (_PATTERNS, 1, None),
    **{n: (frozenset(), 0, 0) for n in "ref parentRef empty text notAllowed externalRef value param name".split()},
    "element": (_PATTERNS, 1, None),
    "attribute": (_PATTERNS, 0, 1),
    "start": (_PATTERNS, 1, 1),
    "data": (frozenset({"param", "except"}), 0, None),
    "grammar": (_COMPONENTS, 0, None),
    "div": (_COMPONENTS, 0, None),
    "include": (_COMPONENTS - {"include"}, 0, None),
    "anyName": (frozenset({"except"}), 0, 1),
    "nsName": (frozenset({"except"}), 0, 1),
}
_ATTRIBUTES: dict[str, tuple[frozenset[str], frozenset[str]]] = {  # required, allowed besides
    "element": (frozenset(), frozenset({"name"})),
    "attribute": (frozenset(), frozenset({"name"})),
    "ref": (frozenset({"name"}), frozenset()),
    "parentRef": (frozenset({"name"}), frozenset()),
    "define": (frozenset({"name"}), frozenset({"combine"})),
    "start": (frozenset(), frozenset({"combine"})),
    "data": (frozenset({"type"}), frozenset()),
    "value": (frozenset(), frozenset({"type"})),
    "param": (frozenset({"name"}), frozenset()),
    "externalRef": (frozenset({"href"}), frozenset()),
    "include": (frozenset({"href"}), frozenset()),
}
_EVERYWHERE = frozenset({"ns", "datatypeLibrary"})
_WITH_TEXT = frozenset({"value", "param", "name"})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:.*", re.DOTALL)


class SchemaError(Exception):
    """A schema that is none, with the place of the fault."""

    def __init__(self, message: str, file: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message, self.file, self.line = message, file, line


def fail(node: Element, message: str) -> NoReturn:
    """Raise SchemaError for an element of a schema."""
    raise SchemaError(message, unquote(urlsplit(node.getroottree().docinfo.URL or "").path), tei.line_of(node))


def name_of(node: Element) -> str:
    """The name of an element of RELAX NG; an empty string for one of another language."""
    tag = str(node.tag)
    return tag[len(RNG) + 2 :] if tag.startswith(f"{{{RNG}}}") else ""


def children(node: Element) -> list[Element]:
    """The elements of RELAX NG in an element: annotations are left out."""
    return [c for c in node if tei.is_element(c) and name_of(c)]


def check_syntax(root: Element) -> None:
    """Raise SchemaError for the first fault in the schema that `root` holds."""
    if name_of(root) not in _PATTERNS:
        fail(root, f"<{tei.local(root)}> is no pattern of RELAX NG; a schema begins with <grammar> or <element>")
    for node in _of_rng(root):
        _check(node, name_of(node))


def _of_rng(node: Element) -> Iterator[Element]:
    """An element of RELAX NG and those in it; what is in annotations is not looked at."""
    yield node
    for child in children(node):
        yield from _of_rng(child)


def _check(node: Element, name: str) -> None:
    if name not in _CHILDREN and name != "except":
        fail(node, f"RELAX NG has no element <{name}>")
    _check_attributes(node, name)
    _check_children(node, name)
    _check_text(node, name)
    _check_values(node, name)


def _check_attributes(node: Element, name: str) -> None:
    required, more = _ATTRIBUTES.get(name, (frozenset(), frozenset()))
    for attribute in node.attrib:
        key = str(attribute)
        if not key.startswith("{") and key not in required | more | _EVERYWHERE:
            fail(node, f"<{name}> has no attribute {key}")
        if key.startswith(f"{{{RNG}}}"):
            fail(node, "attributes of RELAX NG stand in no namespace")
    for key in required:
        if node.get(key) is None:
            fail(node, f"<{name}> needs the attribute {key}")


def _check_children(node: Element, name: str) -> None:
    below = children(node)
    if name in ("element", "attribute") and node.get("name") is None:
        if not below or name_of(below[0]) not in _NAMES:
            fail(node, f"<{name}> needs a name")
        below = below[1:]
    if name == "except":
        allowed, least, most = _allowed_in_except(node), 1, None
    elif name == "choice" and _is_name_class(node):
        allowed, least, most = _NAMES, 1, None
    else:
        allowed, least, most = _CHILDREN[name]
    for child in below:
        if name_of(child) not in allowed:
            fail(child, f"<{name_of(child)}> cannot stand in <{name}>")
    if len(below) < least:
        fail(node, f"<{name}> is empty")
    if most is not None and len(below) > most:
        fail(below[most], f"<{name}> holds more than one pattern")
    if name == "data" and any(name_of(child) == "except" for child in below[:-1]):
        fail(node, "<except> must be the last in <data>, and the only one")


def _allowed_in_except(node: Element) -> frozenset[str]:
    parent = node.getparent()
    return _PATTERNS if parent is not None and name_of(parent) == "data" else _NAMES


def _is_name_class(node: Element) -> bool:
    """Whether a choice is one of names: it stands first in an element without a name, or in another name class."""
    parent = node.getparent()
    if parent is None:
        return False
    outer = name_of(parent)
    if outer in ("element", "attribute"):
        return parent.get("name") is None and children(parent)[0] is node
    if outer == "except":
        return _allowed_in_except(parent) is _NAMES
    return outer == "choice" and _is_name_class(parent)


def _check_text(node: Element, name: str) -> None:
    strings = [part for part in tei.content(node) if isinstance(part, str)]
    if name not in _WITH_TEXT and any(s.strip(" \t\r\n") for s in strings):
        fail(node, f"<{name}> holds text")
    if name in _WITH_TEXT and any(tei.is_element(c) for c in node):
        fail(node, f"<{name}> holds an element, where only text can be")
    if name == "name":
        _check_qname(node, "".join(strings))


def _check_values(node: Element, name: str) -> None:
    if name in ("element", "attribute") and (given := node.get("name")) is not None:
        _check_qname(node, given)
    elif name in ("ref", "parentRef", "define", "param") and not _is_ncname(node.get("name", "")):
        fail(node, f'"{node.get("name")}" is no name')
    if name in ("data", "value") and node.get("type") is not None and not _is_ncname(node.get("type", "")):
        fail(node, f'"{node.get("type")}" is no name of a type')
    if (combine := node.get("combine")) is not None and combine.strip() not in ("choice", "interleave"):
        fail(node, f'combine is "choice" or "interleave", not "{combine}"')
    library = node.get("datatypeLibrary")
    if library and (not _SCHEME.fullmatch(library) or "#" in library or re.search("%(?![0-9A-Fa-f]{2})", library)):
        fail(node, f'the datatype library "{library}" is no absolute URI without a fragment')
    href = node.get("href")
    if href is not None and name in ("externalRef", "include") and "#" in href:
        fail(node, f'"{href}" has a fragment; RELAX NG takes whole files')


def _is_ncname(given: str) -> bool:
    return is_ncname(given.strip(" \t\r\n"))


def _check_qname(node: Element, given: str) -> None:
    prefix, colon, local = given.strip(" \t\r\n").rpartition(":")
    if not is_ncname(local) or (colon and not is_ncname(prefix)):
        fail(node, f'"{given}" is no name')
    if colon and prefix != "xml" and prefix not in node.nsmap:
        fail(node, f'the prefix "{prefix}" is not declared')
