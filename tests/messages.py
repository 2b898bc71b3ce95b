"""What the interface says: all phrases of the templates, the code and the vocabulary; and what templates say besides.

`python tests/messages.py de` prints the entries that templates/locale/de.po lacks, ready to be translated.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

PROJECT = Path(__file__).resolve().parent.parent
TEMPLATES = PROJECT / "templates"
LOCALE = TEMPLATES / "locale"
LANGUAGES = ("de", "fr", "ja")
CODE = PROJECT / "builder" / "teipress"
KEYWORDS = {**DEFAULT_KEYWORDS, "phrase": None, "plural": (1, 2), "said": None}
CALLS = ("_", "gettext", "ngettext", "pgettext", "npgettext")
WORD = re.compile(r"[^\W\d_]{2}")
PLACEHOLDER = re.compile(r"%\(\w+\)s")

Key: TypeAlias = tuple[str, str | tuple[str, ...]]  # the context, and the phrase, with its plural if it has one


def environment() -> Environment:
    return Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True, autoescape=True)


def templates() -> list[Path]:
    return sorted(p for p in TEMPLATES.rglob("*") if p.is_file() and p.suffix not in (".po", ".toml"))


@cache
def phrases() -> dict[Key, list[str]]:
    """Every phrase with the places that it stands at, as file:line."""
    found: dict[Key, list[str]] = {}
    for key, place in (*_of_templates(), *_of_code(), *_of_vocabulary()):
        found.setdefault(key, []).append(place)
    return found


def _of_templates() -> Iterator[tuple[Key, str]]:
    for path in templates():
        for line, call, said in environment().extract_translations(path.read_text("utf-8"), CALLS):
            texts = (said,) if isinstance(said, str) else tuple(s for s in said if isinstance(s, str))
            context = texts[0] if call in ("pgettext", "npgettext") else ""
            texts = texts[1:] if context else texts
            yield (context, texts[0] if len(texts) == 1 else texts), f"{path.relative_to(PROJECT)}:{line}"


def _of_code() -> Iterator[tuple[Key, str]]:
    for path in (CODE / "edition.py", CODE / "vocabulary.py", *sorted((CODE / "render").rglob("*.py"))):
        for line, said, _, context in extract_from_file("python", path, keywords=KEYWORDS):
            yield (context or "", said), f"{path.relative_to(PROJECT)}:{line}"


def _of_vocabulary() -> Iterator[tuple[Key, str]]:
    path = TEMPLATES / "vocabulary.toml"
    for element, rules in tomllib.loads(path.read_text("utf-8")).items():
        for rule in rules:
            for name in ("before", "after"):
                if WORD.search(rule.get(name, "")):
                    yield ("", rule[name]), f"{path.relative_to(PROJECT)}:{element}"


def catalogue(language: str) -> Catalog:
    if not (LOCALE / f"{language}.po").is_file():
        return Catalog(language)  # a new one
    with (LOCALE / f"{language}.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def lacking(language: str) -> dict[Key, list[str]]:
    """The phrases that a catalogue has no translation of, with their places."""
    known = {key(m.context, m.id): m for m in catalogue(language) if m.id}
    return {k: places for k, places in phrases().items() if k not in known or not _is_whole(known[k].string)}


def key(context: str | None, said: str | list[str] | tuple[str, ...]) -> Key:
    return context or "", said if isinstance(said, str) else tuple(said)


def _is_whole(translated: str | tuple[str, ...]) -> bool:
    return bool(translated) and (isinstance(translated, str) or all(translated))


# what templates say besides phrases

SEEN = re.compile(r"""\b(?:aria-label|aria-description|title|alt|placeholder|label)\s*=\s*"([^"]*)\"""")
TAG = re.compile(r"<[^<>]*>")
ATTRIBUTE = re.compile(r'[\w:-]+="[^"]*"|#[\w-]+')  # outside of a tag: what a macro prints into one
UNSEEN = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
QUOTED = re.compile(r"""(?<![\w\\])(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1""")
COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
SENTENCE = re.compile(r"^[^\W\d_]*[A-Z][a-z]+$|[^\W\d_]{2,}[,.:;!?]? [^\W\d_]")  # a word with a capital; two words
TOKENS = {"kind"}  # blocks that name a kind of page, for style sheets and reading systems
MARKUP = {".html", ".xhtml", ".jinja", ".svg"}


def literals(path: Path) -> Iterator[str]:
    """The words of a template that readers see or hear and that stand in no call of a translation."""
    tree = environment().parse(path.read_text("utf-8"))
    for block in tree.find_all(nodes.Block):
        if block.name in TOKENS:
            block.body = []
    text = "".join(_written(n) for output in tree.find_all(nodes.Output) for n in output.nodes)
    if path.suffix in MARKUP:
        bare = UNSEEN.sub("", text)
        yield from (found for found in SEEN.findall(bare) if WORD.search(found))
        yield from (" ".join(t.split()) for t in TAG.split(bare) if WORD.search(ATTRIBUTE.sub("", t)))
    elif path.suffix == ".js":
        yield from (m[2] for m in QUOTED.finditer(COMMENT.sub("", text)) if SENTENCE.search(m[2]))
    elif path.suffix == ".css":
        yield from (m[1] for m in re.finditer(r'content:[^;}]*?"([^"]*)"', text) if WORD.search(m[1]))
    yield from (c for c in _constants(tree) if SENTENCE.search(c))


def _written(node: nodes.Node) -> str:
    """What an expression prints as far as it stands in the template."""
    if isinstance(node, nodes.TemplateData):
        return node.data
    if isinstance(node, nodes.Const):
        return str(node.value)
    if isinstance(node, nodes.CondExpr):
        return _written(node.expr1) + (" " + _written(node.expr2) if node.expr2 else "")
    if isinstance(node, (nodes.Or, nodes.And)):
        return _written(node.left) + " " + _written(node.right)
    if isinstance(node, nodes.Concat):
        return "".join(map(_written, node.nodes))
    if isinstance(node, nodes.Filter) and node.node is not None:
        return _written(node.node)
    return "\x00"


def _constants(node: nodes.Node) -> Iterator[str]:
    """The strings of a template outside of translations, wherever they stand."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in CALLS:
        for value in node.kwargs:
            yield from _constants(value)
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    for child in node.iter_child_nodes():
        yield from _constants(child)


def _print_lacking(language: str) -> None:
    made = Catalog(language, charset="utf-8")
    for (context, said), places in lacking(language).items():
        lines = [(file, int(line) if line.isdigit() else 1) for file, _, line in (p.partition(":") for p in places)]
        made.add(said, context=context or None, locations=lines)
    if not (LOCALE / f"{language}.po").is_file():
        head = f"Language: {language}", "Content-Type: text/plain; charset=utf-8", f"Plural-Forms: {made.plural_forms}"
        print('msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in head), "", sep="\n", flush=True)
    write_po(sys.stdout.buffer, made, omit_header=True, width=0)


if __name__ == "__main__":
    _print_lacking(sys.argv[1])
