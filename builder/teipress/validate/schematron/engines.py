"""Two ways to evaluate XPath over a tree: lxml, fast, for XPath 1.0; elementpath for what is more than that.

A node is an element, comment or instruction of lxml for either of them. What lxml has no object for, the document,
an attribute or a text, is a node of elementpath, and only that engine can go on from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from teipress.tei import Element
from teipress.validate.schematron.xpath import CURRENT, anywhere, plain, variables, with_current

# what reads files, the network or the environment is not there at all for a schema, which may be anybody's
_CLOSED = frozenset(
    "doc doc-available collection uri-collection document json-doc unparsed-text unparsed-text-lines"
    " unparsed-text-available environment-variable available-environment-variables load-xquery-module transform"
    " parse-xml parse-xml-fragment".split()
)


class Broken(Exception):
    """An expression cannot be evaluated; the message says why."""


class Unable(Exception):
    """lxml cannot hold a value that XPath 1.0 may well have, such as a list of attributes; elementpath can."""


class Lxml:
    """XPath 1.0 by libxml2. With `later` expressions are of a later version, and used if 1.0 can say the same."""

    def __init__(self, namespaces: Mapping[str, str], later: bool) -> None:
        self.namespaces = dict(namespaces)
        self.later = later
        self._compiled: dict[tuple[str, bool], etree.XPath | None] = {}

    def compiled(self, expression: str, as_text: bool = False) -> etree.XPath | None:
        """An expression ready for use; None if it is none of XPath 1.0."""
        key = expression, as_text
        if key not in self._compiled:
            self._compiled[key] = self._compile(expression, as_text)
        return self._compiled[key]

    def _compile(self, expression: str, as_text: bool) -> etree.XPath | None:
        text = with_current(expression)
        translated = plain(text, as_text=as_text) if self.later else text
        if not translated:
            return None
        try:
            return etree.XPath(f"string({translated})" if as_text else translated, namespaces=self.namespaces)
        except etree.XPathSyntaxError:
            return None

    def nodes(self, context: str, root: Element, known: Mapping[str, Any]) -> list[Any]:
        """The nodes that fit a rule's context, in the order of the document."""
        return list(self._call(anywhere(context), root, known))

    def value(self, expression: str, node: Any, known: Mapping[str, Any]) -> Any:
        """What an expression comes to, for a variable."""
        return self._call(expression, node, known)

    def holds(self, expression: str, node: Any, known: Mapping[str, Any]) -> bool:
        """Whether a test holds in a node."""
        return bool(self._call(expression, node, known))

    def string(self, expression: str, node: Any, known: Mapping[str, Any]) -> str:
        """The string value of an expression."""
        return str(self._call(expression, node, known, as_text=True))

    def _call(self, expression: str, node: Any, known: Mapping[str, Any], as_text: bool = False) -> Any:
        compiled = self.compiled(expression, as_text)
        if compiled is None:
            raise Unable if self.later else Broken("this is no XPath 1.0")
        try:
            used = {name: known[name] for name in variables(with_current(expression)) if name in known}
            if CURRENT in used:
                used[CURRENT] = [used[CURRENT]]
            return compiled(node, **used)
        except etree.XPathResultError as error:
            raise Unable from error
        except etree.XPathError as error:
            raise Broken(str(error)[:1].lower() + str(error)[1:]) from error


class Elementpath:
    """XPath 3.1, or 1.0 where lxml is unable. The library is loaded here, for it takes time."""

    def __init__(self, namespaces: Mapping[str, str], later: bool) -> None:
        import elementpath
        from elementpath.xpath31 import XPath31Parser

        class Parser(XPath31Parser):  # type: ignore[misc, unused-ignore]
            """XPath 3.1 with nothing that leads out of the document."""

        Parser.symbol_table = {k: v for k, v in XPath31Parser.symbol_table.items() if not _is_closed(k)}
        self.later = later
        self.errors = (
            elementpath.ElementPathError,
            ArithmeticError,
            ValueError,
            TypeError,
            LookupError,
            RecursionError,
        )
        self._context = elementpath.XPathContext
        self._tree = elementpath.get_node_tree
        parser = Parser if later else elementpath.XPath1Parser
        self._parser = parser(namespaces={k: v for k, v in namespaces.items() if k != "xml"})
        self._parsed: dict[str, Any] = {}
        self._root: Any = None

    def open(self, root: Element | None) -> None:
        """Take up another document, or let the last one go."""
        self._root = None if root is None else self._tree(root.getroottree())  # type: ignore[arg-type, unused-ignore]

    @property
    def document(self) -> Any:
        """The document node."""
        return self._root

    def nodes(self, context: str, root: Element, known: Mapping[str, Any]) -> list[Any]:
        """See `Lxml.nodes`."""
        found = self._evaluate(anywhere(context), self._root, known)
        if not isinstance(found, list):
            return []
        return [n.value if isinstance(n.value, etree._Element) else n for n in found]

    def value(self, expression: str, node: Any, known: Mapping[str, Any]) -> Any:
        """See `Lxml.value`."""
        return self._evaluate(expression, node, known)

    def holds(self, expression: str, node: Any, known: Mapping[str, Any]) -> bool:
        """See `Lxml.holds`."""
        return bool(self._evaluate(f"boolean(({expression}))", node, known))

    def string(self, expression: str, node: Any, known: Mapping[str, Any]) -> str:
        """See `Lxml.string`; several values are set apart by spaces, as XSLT does."""
        if self.later:
            expression = f"string-join(for $teipress.item in ({expression}) return string($teipress.item), ' ')"
            return str(self._evaluate(expression, node, known))
        return str(self._evaluate(f"string({expression})", node, known))

    def _evaluate(self, expression: str, node: Any, known: Mapping[str, Any]) -> Any:
        text = with_current(expression)
        try:
            if text not in self._parsed:
                self._parsed[text] = self._parser.parse(text)
            used = {name: self._node(known[name]) for name in variables(text) if name in known}
            context = self._context(self._root, item=self._node(node), variables=used)
            return self._parsed[text].evaluate(context)
        except self.errors as error:
            raise Broken(_reason(error)) from error

    def _node(self, value: Any) -> Any:
        return self._root.elements[value] if isinstance(value, etree._Element) else value


Engine = Lxml | Elementpath


class Engines:
    """The engines of one schema, kept with what they have compiled from file to file."""

    def __init__(self, namespaces: Mapping[str, str], later: bool) -> None:
        self.namespaces = namespaces
        self.later = later
        self.lxml = Lxml(namespaces, later)
        self._slow: Elementpath | None = None
        self._is_open = False

    def elementpath(self, root: Element) -> Elementpath:
        """The engine that may take any expression, over a document until it is closed."""
        if self._slow is None:
            self._slow = Elementpath(self.namespaces, self.later)
        if not self._is_open:
            self._slow.open(root)
            self._is_open = True
        return self._slow

    def close(self) -> None:
        """Let the document go."""
        if self._slow is not None:
            self._slow.open(None)
        self._is_open = False


def _is_closed(symbol: str) -> bool:
    return symbol.rpartition("}")[2] in _CLOSED


def _reason(error: BaseException) -> str:
    """What elementpath says, without the place in the expression, which is not the one in the file."""
    text = str(error).rpartition("] ")[2] or type(error).__name__
    name = next((n for n in _CLOSED if f"'{n}'" in text or f":{n}'" in text), "")
    return f"{text}; rules cannot read files, addresses or the environment" if name else text
