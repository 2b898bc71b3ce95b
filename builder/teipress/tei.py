"""TEI trees: the names of the namespaces, and the single walker over mixed content.

This is the one place that knows that lxml keeps the text after an element on the element itself (``tail``).
Everything else sees mixed content as a sequence of strings and elements in reading order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias
from urllib.parse import quote, unquote

from lxml import etree

Element: TypeAlias = etree._Element

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
XINCLUDE = "http://www.w3.org/2001/XInclude"
MATHML = "http://www.w3.org/1998/Math/MathML"
EGXML = "http://www.tei-c.org/ns/Examples"
FRUS = "http://history.state.gov/frus/ns/1.0"  # whole enclosures of documents (`attachment`)
FUNCTIONS = "urn:teipress:functions"

XML_ID = f"{{{XML}}}id"
XML_LANG = f"{{{XML}}}lang"
XML_BASE = f"{{{XML}}}base"

NAMESPACES = {"tei": TEI, "xml": XML, "xi": XINCLUDE, "m": MATHML, "eg": EGXML, "frus": FRUS, "teipress": FUNCTIONS}

_TEI_PREFIX = f"{{{TEI}}}"
_FILE = "file-read:"
_LINE_BREAK = _TEI_PREFIX + "lb"
_UNREAD = frozenset(_TEI_PREFIX + name for name in ("note", "rdg", "rdgGrp", "witDetail", "listApp"))
# a word ends before these
_PARTED = frozenset(_TEI_PREFIX + name for name in ("l", "lb", "p", "ab", "head", "item", "cell", "sp", "speaker"))
_CHOICE = _TEI_PREFIX + "choice"
_EDITORS_FORMS = frozenset(_TEI_PREFIX + name for name in ("corr", "reg", "expan"))
_SPACE = re.compile(r"[ \t\r\n]+")
_STRING = etree.XPath("string()", smart_strings=False)


def tei(name: str) -> str:
    """``p`` → ``{http://www.tei-c.org/ns/1.0}p``."""
    return _TEI_PREFIX + name


def make(name: str, attributes: Mapping[str, str] | None = None, content: Iterable[str | Element] = ()) -> Element:
    """A new TEI element with attributes (``xml:id`` and ``xml:lang`` by these names) and mixed content in order."""
    made = etree.Element(tei(name), nsmap={None: TEI})
    for key, value in (attributes or {}).items():
        made.set(f"{{{XML}}}{key[4:]}" if key.startswith("xml:") else key, value)
    extend(made, content)
    return made


def extend(parent: Element, content: Iterable[str | Element]) -> None:
    """Put strings and elements, in order, behind what an element holds."""
    last = next(parent.iterchildren(reversed=True), None)  # asked for once: lxml counts children to find the last
    texts: list[str] = []  # put in at once: each by itself would copy all before it
    for part in content:
        if isinstance(part, str):
            texts.append(part)
        else:
            _extend_text(parent, last, "".join(texts))
            texts.clear()
            parent.append(part)
            last = part
    _extend_text(parent, last, "".join(texts))


def _extend_text(parent: Element, last: Element | None, text: str) -> None:
    """Put text behind the last child of an element, or behind its text if it has no child."""
    if text and last is not None:
        last.tail = (last.tail or "") + text
    elif text:
        parent.text = (parent.text or "") + text


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    tag = str(element.tag)
    return tag[tag.rfind("}") + 1 :]


def is_tei(element: Element) -> bool:
    """Whether an element stands in the TEI namespace."""
    return isinstance(element.tag, str) and element.tag.startswith(_TEI_PREFIX)


def is_element(node: Element) -> bool:
    """Whether a node is an element: not a comment, a processing instruction or an entity reference."""
    return isinstance(node.tag, str)


def elements(root: Element, *names: str) -> Iterator[Element]:
    """Every TEI element of these names, `root` included, in document order; every element when none is named."""
    if names:
        yield from root.iter(*(tei(name) for name in names))
    else:
        yield from root.iter(etree.Element)


def selected(root: Element, xpath: str) -> list[Element]:
    """The elements that an XPath 1.0 expression selects (prefixes: `NAMESPACES`), in document order."""
    found = root.xpath(xpath, namespaces=NAMESPACES)
    return [e for e in found if isinstance(e, etree._Element)] if isinstance(found, list) else []


def child(element: Element, *path: str) -> Element | None:
    """The first TEI element at the end of a path of child names."""
    found: Element | None = element
    for name in path:
        if found is None:
            return None
        found = found.find(tei(name))
    return found


def ancestor(element: Element, *names: str) -> Element | None:
    """The closest ancestor that has one of these TEI names."""
    return next(element.iterancestors(*(tei(name) for name in names)), None)


def content(element: Element) -> list[str | Element]:
    """What stands inside an element, in reading order: strings and elements.

    Comments and processing instructions are left out, the text after them is kept. An entity reference, which is
    never expanded, comes as the text that stands in the file (``&name;``).
    """
    parts: list[str | Element] = []  # a list, because most are short, and a generator takes longer to begin
    if characters := element.text:
        parts.append(characters)
    for node in element:
        if isinstance(node.tag, str):
            parts.append(node)
        elif isinstance(node, etree._Entity):
            parts.append(str(node.text))
        if characters := node.tail:
            parts.append(characters)
    return parts


def text(element: Element, skip: Collection[str] = ()) -> str:
    """The characters of an element in reading order, without the TEI elements named in `skip`."""
    return "".join(_strings(element, {tei(name) for name in skip}))


def string(element: Element) -> str:
    """All characters of an element at once, as XPath 1.0 counts them: much faster than `text`, for whoever counts."""
    return str(_STRING(element))


def first_places(root: Element, characters: Collection[str]) -> dict[str, tuple[Element, int]]:
    """Where each of some characters first stands in a tree, and how many times it stands there at all."""
    found: dict[str, tuple[Element, int]] = {}
    if not characters:
        return found
    wanted = re.compile(f"[{re.escape(''.join(sorted(characters)))}]")
    for element in elements(root):
        for character in wanted.findall("".join(part for part in content(element) if isinstance(part, str))):
            first, times = found.get(character, (element, 0))
            found[character] = first, times + 1
    return found


def line_of_text(element: Element | None, skip: Collection[str] = ()) -> str:
    """The text of an element as one line for a title or a name: white space folded, corrections read once.

    A line break is a space unless it says ``break="no"``; of a `choice` the editor's form is read, of an `app` its
    lemma, and what is hidden is left out. Empty for None.
    """
    if element is None or is_hidden(element):
        return ""
    strings = _strings(element, {tei(name) for name in skip}, one_line=True)
    return _SPACE.sub(" ", "".join(strings)).strip()


def between(first: Element, last: Element) -> str:
    """The words from the beginning of one element to the end of another, before it if that is an entry; else none."""
    above = {last, *last.iterancestors()}
    around = next((e for e in (first, *first.iterancestors()) if e in above), None)
    words: list[str] = []
    inside, apart = False, 0
    for event, element in etree.iterwalk(around, events=("start", "end")) if around is not None else ():
        is_start = event == "start"
        inside = inside or element is first
        if inside and element is last and (not is_start or local(last) == "app"):
            return " ".join("".join(words).split())
        apart += (1 if is_start else -1) if _is_unread(element) else 0
        text = element.text if is_start else element.tail
        if inside and is_start and element.tag in _PARTED and element.get("break") != "no":
            words.append(" ")
        if inside and not apart and text and (element is not around or is_start):
            words.append(text)
    return ""


def _is_unread(element: Element) -> bool:
    """Whether an element is no part of the running text: a note, a reading that is not the text's, a form beside it."""
    if element.tag in _UNREAD or is_hidden(element):
        return True
    parent = element.getparent()
    return parent is not None and parent.tag == _CHOICE and editors_form(parent) not in (element, parent)


def _strings(element: Element, skip: set[str], one_line: bool = False) -> Iterator[str]:
    for part in content(element):
        if isinstance(part, str):
            yield part
        elif one_line and part.tag == _LINE_BREAK and part.get("break") != "no":
            yield " "
        elif part.tag not in skip and not (one_line and is_hidden(part)):
            inner = _FORMS[part.tag](part) if one_line and part.tag in _FORMS else part
            yield from _strings(inner, skip, one_line)


def editors_form(choice: Element) -> Element:
    """What the editor reads in a `choice`: the correction, the regular form, the expansion; else the choice itself."""
    return next((form for form in choice if form.tag in _EDITORS_FORMS), choice)


def is_hidden(element: Element) -> bool:
    """Whether the encoding says that an element is not to be shown (``rend="hidden"``)."""
    return "hidden" in (element.get("rend") or "").split()


def reading(app: Element) -> Element:
    """What the text reads in an `app`: the lemma, else the first reading; else the `app` itself."""
    found = next(elements(app, "lem"), None)
    return next(elements(app, "rdg"), app) if found is None else found


_FORMS = {_CHOICE: editors_form, _TEI_PREFIX + "app": reading}  # of these one form is read in a line of text


def has_text(element: Element) -> bool:
    """Whether an element holds any character other than white space."""
    return any(not s.isspace() for s in _strings(element, set()))


def remove(element: Element) -> None:
    """Take an element out of its tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    _append_before(element, element.tail or "")
    element.tail = None
    parent.remove(element)


def replace(old: Element, new: Element) -> None:
    """Put one element in the place of another; the text after it stays."""
    parent = old.getparent()
    if parent is None:
        raise ValueError("the root of a tree cannot be replaced in place")
    remove(new)
    new.tail, old.tail = old.tail, None
    parent.replace(old, new)


def replace_with_text(old: Element, characters: str) -> None:
    """Put plain text in the place of an element."""
    _append_before(old, characters)
    remove(old)


def replace_with_content(old: Element, holder: Element) -> None:
    """Put what stands inside `holder` in the place of an element."""
    _append_before(old, holder.text or "")
    for node in list(holder):
        old.addprevious(node)  # takes the text after it along
    remove(old)


def prepend(parent: Element, node: Element) -> None:
    """Make `node` the first thing in `parent`, before its text."""
    remove(node)
    node.tail, parent.text = parent.text, None
    parent.insert(0, node)


def previous(element: Element) -> Element | None:
    """The element before an element in the same parent, whatever text stands between them."""
    before = element.getprevious()
    while before is not None and not is_element(before):
        before = before.getprevious()
    return before


def directly_before(element: Element) -> Element | None:
    """The element that an element stands just before, with nothing but white space between them."""
    following = element.getnext()
    if following is None or not is_element(following) or (element.tail or "").strip():
        return None
    return following


def directly_after(element: Element) -> Element | None:
    """The element that an element stands just behind, with nothing but white space between them."""
    previous = element.getprevious()
    if previous is None or not is_element(previous) or (previous.tail or "").strip():
        return None
    return previous


def after(sibling: Element, node: Element) -> None:
    """Put `node` directly behind `sibling`, before the text that follows it."""
    remove(node)
    node.tail, sibling.tail = sibling.tail, None
    sibling.addnext(node)


def append(parent: Element, node: Element) -> None:
    """Make `node` the last thing in `parent`."""
    remove(node)
    parent.append(node)


def enclose_text(element: Element, wrapper: Element) -> None:
    """Put the text at the start of an element, if it is more than white space, into `wrapper`, which comes there."""
    if (element.text or "").strip():
        wrapper.text, element.text = element.text, None
        element.insert(0, wrapper)


def enclose_text_after(node: Element, wrapper: Element) -> None:
    """Put the text directly after a node, if it is more than white space, into `wrapper`, which comes there."""
    if (node.tail or "").strip():
        wrapper.text, node.tail = node.tail, None
        node.addnext(wrapper)


def _append_before(element: Element, characters: str) -> None:
    """Add characters to the text that stands just before an element."""
    if not characters:
        return
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + characters
    elif parent is not None:
        parent.text = (parent.text or "") + characters


def language(element: Element) -> str:
    """The language in force at an element (BCP 47), or an empty string."""
    stating = states_language(element)
    return "" if stating is None else stating.get(XML_LANG, "")


def states_language(element: Element) -> Element | None:
    """The element that says which language is in force at an element: itself or the closest one around it."""
    node: Element | None = element
    while node is not None and not node.get(XML_LANG):
        node = node.getparent()
    return node


def pointers(value: str | None) -> list[str]:
    """The tokens of a pointer attribute (TEI data.pointer, white-space separated)."""
    return value.split() if value else []


def set_file(root: Element, path: str) -> None:
    """Note on the root of what was read which file it came from (XInclude 1.1, 4.7.5, asks for an ``xml:base``)."""
    root.set(XML_BASE, _FILE + quote(path))


def attributes(element: Element) -> list[tuple[str, str]]:
    """The attributes that stand in the file, names in Clark notation, without what `set_file` noted."""
    return [(str(name), str(value)) for name, value in element.items() if not _is_note(name, value)]


def forget_files(root: Element) -> None:
    """Take away what `set_file` noted on a tree, in place."""
    for element in elements(root):
        if _is_note(XML_BASE, element.get(XML_BASE)):
            del element.attrib[XML_BASE]


def _is_note(name: object, value: object) -> bool:
    return name == XML_BASE and str(value).startswith(_FILE)


def file_of(element: Element) -> str:
    """The file an element was read from, an empty string if unknown. A base that an author wrote does not count."""
    node: Element | None = element
    while node is not None:
        base = node.get(XML_BASE) or ""
        if base.startswith(_FILE):
            return unquote(base.removeprefix(_FILE))
        node = node.getparent()
    return ""


def base_of(element: Element) -> str:
    """The base of addresses that an author wrote on an element itself (``xml:base``), "" if none."""
    base = element.get(XML_BASE) or ""
    return "" if base.startswith(_FILE) else base


def line_of(element: Element) -> int:
    """The line an element starts on, 0 if unknown."""
    line = element.sourceline
    return line if isinstance(line, int) else 0


def indent(root: Element, containers: Collection[str], width: int = 2) -> None:
    """Set every element on a line of its own, as deep as it stands, inside the TEI elements named in `containers`.

    White space is put nowhere else, and nowhere beside text: in mixed content it would count.
    """
    names = {tei(name) for name in containers}

    def spread(element: Element, depth: int) -> None:
        children = list(element)
        plain = not (element.text or "").strip() and not any((c.tail or "").strip() for c in children)
        if element.tag not in names or not children or not plain:
            return
        element.text = "\n" + " " * (width * (depth + 1))
        for child_ in children:
            spread(child_, depth + 1)
            child_.tail = "\n" + " " * (width * (depth + 1))
        children[-1].tail = "\n" + " " * (width * depth)

    spread(root, 0)
