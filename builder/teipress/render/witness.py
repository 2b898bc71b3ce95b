"""The apparatus of a document → its text as each witness has it, with the readings of the others beneath.

Such a text is a reconstruction: where the apparatus is silent on a witness, the text of the edition stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup

from teipress import tei
from teipress.edition import TextFile, Variation
from teipress.errors import UsageError
from teipress.findings import did_you_mean
from teipress.render.apparatus import RenderedNote, lemma, letter, sigla
from teipress.render.book import Book
from teipress.render.collation import Collation
from teipress.render.readings import Column, Readings
from teipress.render.split import Leaf
from teipress.render.walker import Walker, as_in_text
from teipress.rules import Rule
from teipress.tei import Element

MOST = 12  # witnesses of a document whose texts a site has without being asked to
LARGEST = 1_500_000  # characters of all those texts together


@dataclass
class WitnessWalker(Walker):
    """Renders a document as one witness has it; `lost`: it has a gap where the walk is."""

    readings: Readings = field(kw_only=True)
    column: Column = field(kw_only=True)
    lost: bool = False

    def _string(self, characters: str) -> str:
        markup = super()._string(characters)
        return f'<span class="lost">{markup}</span>' if self.lost and not characters.isspace() else markup

    def _variation(self, element: Element, rule: Rule, params: dict[str, Any]) -> tuple[str, bool]:
        """The reading of the witness, or else of the text, and an entry with the others."""
        if rule.behaviour != "apparatus" or "text" not in rule.params:
            return super()._variation(element, rule, params)
        own, via = self.readings.of(element, self.column)
        change = self.readings.changes(element, self.column)
        if change is False or (change and own is None):
            self.lost = change
        first = [own] if own is not None else rule.first(element)
        texts = [self.element(e, as_in_text(self.vocabulary.rule(e, self.output))) for e in first]
        self.lost = self.lost if change is None else change
        label = self._entry(element, first, via)
        blocks = any(block for _, block in texts)
        silent = own is None and not self.lost and self._shown is None
        classes = "app silent" if silent else "app"
        module = self.templates.environment.get_template("base.jinja").module
        called = self.nouns[element.get(tei.XML_ID, "")].id if label else ""
        inside = Markup("".join(text for text, _ in texts))
        return str(module.place("div" if blocks else "span", classes, called, label, inside)), blocks  # type: ignore[attr-defined]

    def _entry(self, element: Element, first: Sequence[Element], via: str) -> str:
        """Put an entry with the other readings behind the text; its letter, "" if there is none."""
        others = [r for r in self.readings.readings(element) if r not in first]
        noun = self.nouns.get(element.get(tei.XML_ID, ""))
        if not others or self._shown is not None or self.lost or not isinstance(noun, Variation):
            return ""
        label = letter(self._calls)
        self._calls += 1
        state = self._shown, self._link
        self._shown, self._link = frozenset(first), False
        rendered = [self.element(r, as_in_text(self.vocabulary.rule(r, self.output))) for r in others]
        self._shown, self._link = state
        told = [
            (Markup("") if self.readings.is_omission(r) else Markup(markup.strip()), self._sigla(r))
            for r, (markup, _) in zip(others, rendered, strict=True)
        ]
        module = self.templates.environment.get_template("base.jinja").module
        cited = [s for r in first for s in self._sigla(r)]
        entry = module.entry(lemma(first), cited, told, self.href(noun.id), self.macros.by_name["witnesses"])  # type: ignore[attr-defined]
        blocks = any(block for _, block in rendered)
        self.notes.append(RenderedNote(f"{noun.id}-entry", label, entry, "apparatus", blocks))
        return label

    def _sigla(self, reading: Element) -> list[Any]:
        cited = f"{reading.get('wit', '')} {reading.get('source', '')}"
        return sigla(cited, self.edition, self.document.slug, self.href)


@dataclass(frozen=True, slots=True)
class Text:
    """The text of one witness: the paths of its pages, one for each leaf of the document."""

    column: Column
    paths: tuple[str, ...]


def check_wanted(tables: Sequence[Collation], setting: bool | tuple[str, ...] | None) -> None:
    """Raises UsageError for a witness that is asked for and that no apparatus names."""
    known = {name for table in tables for c in table.columns for name in (c.siglum, c.id)}
    for name in setting if isinstance(setting, tuple) else ():
        if name not in known:
            hint = did_you_mean(name, known) or "check the siglum"
            raise UsageError(f'the setting "witnesses" in [html] names "{name}", which no apparatus names; {hint}')


def wanted(table: Collation, setting: bool | tuple[str, ...] | None, declared: bool) -> list[Column]:
    """The witnesses whose texts a site has: those that the edition asks for, else all if they are few and short."""
    if all(v.element.get("from") or v.element.get("loc") for v in table.readings.places):
        return []  # the apparatus stands apart: no reading can take the place of another
    if isinstance(setting, tuple):
        return [c for c in table.columns if c.siglum in setting or c.id in setting]
    size = sum(len(tei.string(part)) for part in table.document.body) * len(table.columns)
    few = declared and len(table.columns) <= MOST and size <= LARGEST
    return table.columns if setting or (setting is None and few) else []


def render_text(
    book: Book, table: Collation, texts: Sequence[Text], number: int, leaves: Sequence[Leaf], shown: dict[str, Any]
) -> list[TextFile]:
    """The pages of one of the `texts`.

    Raises:
        Stopped: a template fails (V005).
    """
    text = texts[number]
    lost = table.readings.begins_lost(text.column)
    files: list[TextFile] = []
    for place, (leaf, path) in enumerate(zip(leaves, text.paths, strict=True)):
        around = book.around(leaf.document, leaf.elements)
        plain = book.walker(leaf.document, path, around)
        values = {f.name: getattr(plain, f.name) for f in fields(plain)}
        walker = WitnessWalker(**values, readings=table.readings, column=text.column, lost=lost)
        walker.attributes = replace(walker.attributes, again=True)
        markup = book.templates.call(path, lambda w=walker, e=leaf.elements: Markup("").join(map(w.markup, e)))  # type: ignore[misc]
        lost = walker.lost
        page = book.page(
            "witness.html",
            path,
            title=f"{leaf.document.short}: {text.column.siglum}",
            leaf=leaf,
            document=leaf.document,
            around=around,
            rtl=around.page_rtl,
            text=markup,
            notes=walker.notes,
            column=text.column,
            reading=f"{leaf.stem}.html",
            bases=[(t.column, t.paths[place]) for t in texts],
            table=table,
            number=place,
            previous=text.paths[place - 1] if place else "",
            following=text.paths[place + 1] if place + 1 < len(text.paths) else "",
            **shown,
        )
        files.append(TextFile(PurePosixPath(path), page))
    return files
