"""XPath as text: its tokens, what a rule's context needs to be met at all, and what says the same in XPath 1.0."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

CURRENT = "teipress.current"  # the variable that stands for current(), a function of XSLT that no XPath engine has

_NAME = r"[^\W\d][\w.-]*"
_TOKEN = re.compile(
    rf"""\(:.*?:\) | "[^"]*" | '[^']*' | \$\s*{_NAME}(?::{_NAME})? | \*:{_NAME} | {_NAME}(?::(?:{_NAME}|\*))?
    | \d+(?:\.\d*)?(?:[eE][+-]?\d+)? | \.\d+ | :: | := | // | \|\| | != | <= | >= | << | >> | => | \.\. | \S""",
    re.VERBOSE | re.DOTALL,
)
_CALL_OF_CURRENT = re.compile(r"""("[^"]*"|'[^']*')|(?<![\w.$:/-])current\s*\(\s*\)""")
_LETTER = re.compile(r"[^\W\d]")

_NODE_TESTS = frozenset({"text", "node", "comment", "processing-instruction"})
_STRINGS = frozenset(
    "string concat substring-before substring-after normalize-space translate name local-name namespace-uri".split()
)
_NUMBERS = frozenset({"count", "string-length"})
_NO_STRINGS = _NUMBERS | {"true", "false", "not", "contains", "starts-with", "last"}
_SAFE = _STRINGS | _NUMBERS | _NODE_TESTS | {"not", "contains", "starts-with", "last"}
_COMPARISONS = {"=": "=", "eq": "=", "!=": "!=", "ne": "!=", "<": "<", "lt": "<", "<=": "<=", "le": "<=", ">": ">"}
_COMPARISONS |= {"gt": ">", ">=": ">=", "ge": ">="}
_CONNECTIVES = frozenset({"and", "or"})
_SIGNS = frozenset({"/", "//", "|", "(", ")", "[", "]", ",", "@", "::", ".", "..", "*"})
# words that make a context more than a path, so that what it needs cannot be read off it
_WORDS = frozenset("and or except intersect for let if some every return eq ne is".split())


@cache
def tokens(expression: str) -> tuple[str, ...]:
    """The tokens of an expression, white space left out."""
    return tuple(_TOKEN.findall(expression))


def with_current(expression: str) -> str:
    """The same expression with a variable in the place of ``current()``."""
    return _CALL_OF_CURRENT.sub(lambda m: m[1] or f"${CURRENT}", expression) if "current" in expression else expression


@cache
def variables(expression: str) -> tuple[str, ...]:
    """The names of the variables that an expression mentions."""
    return tuple(dict.fromkeys(t[1:].strip() for t in tokens(expression) if t[0] == "$" and len(t) > 1))


@cache
def branches(expression: str) -> tuple[str, ...]:
    """The parts of a union at its top level."""
    parts, start, depth = [], 0, 0
    for match in _TOKEN.finditer(expression):
        symbol = match[0]
        depth += (symbol in "([") - (symbol in ")]") if len(symbol) == 1 else 0
        if depth == 0 and (symbol == "|" or (symbol == "union" and expression[start : match.start()].strip())):
            parts.append(expression[start : match.start()])
            start = match.end()
    return tuple(part.strip() for part in (*parts, expression[start:]))


def anywhere(context: str) -> str:
    """The path to every node that fits a rule's context."""
    paths = (part if part.startswith("/") else f"//{part}" for part in branches(context))
    return " | ".join(paths)


def top_level(expression: str) -> list[str]:
    """The tokens that stand in no brackets."""
    found, depth = [], 0
    for symbol in tokens(expression):
        depth -= symbol in (")", "]")
        if depth == 0:
            found.append(symbol)
        depth += symbol in ("(", "[")
    return found


def needed(branch: str, namespaces: Mapping[str, str]) -> frozenset[str] | None:
    """The tags that must occur for a branch of a context to be met; None where that cannot be said."""
    steps = top_level(branch)
    if _WORDS & set(steps):
        return None
    found = set()
    for before, symbol, following in zip(["", *steps], steps, [*steps[1:], ""], strict=False):
        if not _LETTER.match(symbol) or following in ("(", "::") or before == "@" or symbol.endswith(":*"):
            continue
        if before == "::" and "attribute" in steps:
            return None
        prefix, _, local = symbol.rpartition(":")
        if prefix and prefix not in namespaces:
            return None  # the engine will say so
        found.add(f"{{{namespaces[prefix]}}}{local}" if prefix else local)
    return frozenset(found)


def selects_elements(branch: str) -> bool:
    """Whether a branch of a context ends in elements, comments or instructions: in what lxml has as nodes."""
    steps = top_level(branch)
    last = steps[max((i for i, t in enumerate(steps) if t in ("/", "//")), default=-1) + 1 :]
    starts_plainly = bool(steps) and steps[0] != "("
    return starts_plainly and bool(last) and not {"@", "attribute", "text", "node", "namespace", "."} & set(last)


def is_rooted(expression: str) -> bool:
    """Whether an expression means the same from any node: every path in it starts at the document or a variable."""
    depth, before = 0, ""
    for symbol, following in zip(tokens(expression), [*tokens(expression)[1:], ""], strict=False):
        depth += (symbol == "[") - (symbol == "]")
        is_name = _LETTER.match(symbol) is not None and not _operator(symbol, before)
        begins = is_name or symbol in ("@", ".", "..", "*")
        is_call = following == "(" and symbol not in _NODE_TESTS
        if depth == 0 and begins and not is_call and before not in ("/", "//", "::", "@"):
            return False
        before = symbol
    return True


@cache
def plain(expression: str, *, as_text: bool = False) -> str | None:
    """What says the same in XPath 1.0 as an expression of XPath 2.0 or later over a tree without types, if anything.

    `as_text`: the string value is asked for, which of several nodes is that of the first in 1.0 and of all in 2.0.
    Said to be the same is what differs only where XPath 2.0 stops with an error, as `contains` of two elements does.
    """
    found = tokens(expression)
    if as_text and not _is_one_string(found):
        return None
    return " ".join(translated) if (translated := _Plain(found).translated()) is not None else None


def _is_one_string(found: Sequence[str]) -> bool:
    if len(found) == 1:
        return found[0] == "." or found[0][0] in "$\"'"
    if len(found) == 2:
        return found[0] == "@" and found[1] != "*"
    return found[0] in _STRINGS | _NUMBERS and found[1] == "(" and _opening(found, len(found) - 1) == 1


def _opening(found: Sequence[str], closing: int) -> int:
    """Where the bracket opens that closes at an index; -1 if that is none."""
    depth = 0
    for i in range(closing, -1, -1):
        depth += (found[i] == ")") - (found[i] == "(")
        if depth == 0:
            return i if found[closing] == ")" else -1
    return -1


def _ends_operand(symbol: str) -> bool:
    return bool(symbol) and (symbol in (")", "]", ".", "..", "*") or symbol[0] in "\"'$" or symbol[-1].isalnum())


def _operator(symbol: str, before: str) -> bool:
    """Whether a name stands where only an operator can."""
    return _ends_operand(before) and before not in _CONNECTIVES


class _Plain:
    """Goes through the tokens once; whatever it does not know for certain to be the same, it refuses."""

    def __init__(self, found: Sequence[str]) -> None:
        self.found = [*found, "", ""]
        self.length = len(found)
        self.open: list[bool] = []  # for each open bracket whether it is that of a call

    def translated(self) -> list[str] | None:
        parts = []
        for i in range(self.length):
            if (part := self._token(i)) is None:
                return None
            parts.append(part)
        return parts or None

    def _token(self, i: int) -> str | None:
        symbol, before, following = self.found[i], self.found[i - 1] if i else "", self.found[i + 1]
        if symbol in _COMPARISONS and (not _LETTER.match(symbol) or _operator(symbol, before)):
            return self._comparison(i)
        if symbol in _SIGNS:
            return symbol if self._sign(symbol, before, following) else None
        if symbol[0] in "\"'":
            return None if before[:1] in tuple("\"'") else symbol  # a doubled quotation mark
        if symbol[0] == "$":
            return symbol if len(symbol) > 1 else None
        if symbol[0].isdigit():
            return symbol if self._number(i) else None
        return symbol if _LETTER.match(symbol) and self._name(symbol, before, following) else None

    def _sign(self, symbol: str, before: str, following: str) -> bool:
        if symbol == "(":
            self.open.append(_LETTER.match(before) is not None and before not in _CONNECTIVES)
            return before not in ("/", "//") and (following != ")" or self.open[-1])
        if symbol == ")":
            return bool(self.open) and self.open.pop() is not None
        if symbol == ",":
            return bool(self.open) and self.open[-1]
        if symbol == "*":
            return not _operator(symbol, before)
        if symbol == "/":
            return following in ("@", "*", ".", "..") or _LETTER.match(following) is not None
        return True

    def _name(self, symbol: str, before: str, following: str) -> bool:
        if _operator(symbol, before) and before not in ("::", "@", "/", "//"):
            return symbol in _CONNECTIVES
        if following == "(":
            return symbol in _NODE_TESTS or (symbol in _SAFE and before not in ("/", "//"))
        return following[:1] != "$"  # for $x in …

    def _number(self, i: int) -> bool:
        before, following = self.found[i - 1] if i else "", self.found[i + 1]
        return (before == "[" and following == "]") or (before in _COMPARISONS and self._caller(i - 2) in _NUMBERS)

    def _comparison(self, i: int) -> str | None:
        symbol, right = self.found[i], self.found[i + 1]
        caller = self._caller(i - 1)
        if right[:1].isdigit():
            is_whole = self.found[i + 2] in ("", ")", "]", "and", "or")
            return _COMPARISONS[symbol] if caller in _NUMBERS and is_whole else None
        if symbol in ("=", "!="):
            left = self.found[i - 1]
            fits = caller in _STRINGS if left == ")" else not left[:1].isdigit()
            return symbol if fits and right != "(" and right != "-" and right not in _NO_STRINGS else None
        is_one = caller in _STRINGS or (i > 1 and self.found[i - 2] == "@" and self.found[i - 1] != "*")
        return _COMPARISONS[symbol] if symbol in ("eq", "ne") and is_one and right[:1] in tuple("\"'") else None

    def _caller(self, closing: int) -> str:
        """The function whose call ends at an index."""
        opening = _opening(self.found, closing) if closing >= 0 else -1
        return self.found[opening - 1] if opening > 0 else ""
