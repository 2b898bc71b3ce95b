"""What an encoding says in English words, how much is missing and why → the same in the language of the interface.

TEI states both in attributes, which no xml:lang covers: "2 lines", "at least 3 words", "illegible". What is no amount,
or has a unit or a reason that is not listed here, is the encoder's own and stays as it is.
"""

from __future__ import annotations

import re

from teipress.phrases import Phrases, phrase, plural

_AMOUNT = re.compile(r"(at least |at most )?(\d+|one)(?: to (\d+))? (\w+)")
_UNITS = {
    "line": plural("%(amount)s line", "%(amount)s lines"),
    "word": plural("%(amount)s word", "%(amount)s words"),
    "letter": plural("%(amount)s letter", "%(amount)s letters"),
    "character": plural("%(amount)s character", "%(amount)s characters"),
    "char": plural("%(amount)s character", "%(amount)s characters"),
    "page": plural("%(amount)s page", "%(amount)s pages"),
    "leaf": plural("%(amount)s leaf", "%(amount)s leaves"),
    "leave": plural("%(amount)s leaf", "%(amount)s leaves"),
    "column": plural("%(amount)s column", "%(amount)s columns"),
    "verse": plural("%(amount)s verse", "%(amount)s verses"),
    "stanza": plural("%(amount)s stanza", "%(amount)s stanzas"),
    "sentence": plural("%(amount)s sentence", "%(amount)s sentences"),
    "paragraph": plural("%(amount)s paragraph", "%(amount)s paragraphs"),
    "span": plural("%(amount)s passage", "%(amount)s passages"),
}
_BOUNDS = {"at least ": phrase("at least %(amount)s"), "at most ": phrase("at most %(amount)s")}
_REASONS = frozenset(
    (
        phrase("redacted"),
        phrase("withheld"),
        phrase("illegible"),
        phrase("unclear"),
        phrase("inaudible"),
        phrase("missing"),
        phrase("absent"),
        phrase("lost"),
        phrase("omitted"),
        phrase("cancelled"),
        phrase("deleted"),
        phrase("damage"),
        phrase("damaged"),
        phrase("duplicate"),
        phrase("foreign"),
        phrase("sampling"),
        phrase("binding"),
    )
)


def amount(phrases: Phrases, said: str) -> str:
    """``2 lines`` → ``2 Zeilen``; in English what is said stays as it is."""
    found = _AMOUNT.fullmatch(" ".join(said.split()))
    if found is None or phrases.english:
        return said
    bound, low, high, unit = found.groups()
    forms = _UNITS.get(unit) or _UNITS.get(unit.removesuffix("s"))
    if forms is None:
        return said
    number = int(high or (1 if low == "one" else low))
    counted = phrases.gettext("%(low)s to %(high)s", low=low, high=high) if high else str(number)
    words = phrases.ngettext(*forms, number, amount=counted)
    return phrases.gettext(_BOUNDS[bound], amount=words) if bound else words


def missing(phrases: Phrases, said: str, reason: str) -> str:
    """``2 lines``, ``redacted`` → ``2 lines redacted``, ``2 Zeilen geschwärzt``; "" if nothing is known of either."""
    why = phrases.gettext(reason) if reason in _REASONS else reason
    if said and why:
        return phrases.gettext("%(amount)s %(reason)s", amount=amount(phrases, said), reason=why)
    return amount(phrases, said) or why
