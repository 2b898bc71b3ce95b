"""Elements that are not drawn but written out: formulas as MathML, examples of markup as their source."""

from __future__ import annotations

import re

from teipress import tei
from teipress.tei import Element

_CONTROL = re.compile("[\x7f-\x9f]")
_MATHML = f"{{{tei.MATHML}}}"
# what may go into a page of MathML 3 (chapter 3, presentation); of everything else only the text does
_ELEMENTS = frozenset(
    "semantics annotation mrow mi mn mo mtext mspace ms mfrac msqrt mroot mstyle merror mpadded mphantom mfenced "
    "menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mlabeledtr mtr "
    "mtd".split()
)
_ATTRIBUTES = frozenset(
    "accent accentunder align bevelled close columnalign columnlines columnspacing columnspan denomalign depth dir "
    "display displaystyle encoding fence form frame height largeop linethickness lspace mathvariant maxsize minsize "
    "movablelimits notation numalign open rowalign rowlines rowspacing rowspan rspace scriptlevel separator separators "
    "stretchy symmetric voffset width".split()
)


def formula(math: Element) -> str:
    """What stands in a ``math`` element, as MathML; text in other namespaces is kept as text."""
    return "".join(_math(part) for part in tei.content(math))


def _math(part: str | Element) -> str:
    if isinstance(part, str):
        return text_as_markup(part)
    inside = "".join(_math(p) for p in tei.content(part))
    name = tei.local(part)
    if not str(part.tag).startswith(_MATHML) or name not in _ELEMENTS:
        return inside
    return f"<{name}{math_attributes(part)}>{inside}</{name}>"


def math_attributes(element: Element) -> str:
    """The attributes of a MathML element that may go into a page."""
    pairs = ((str(k), str(v)) for k, v in element.attrib.items())
    return "".join(f' {name}="{text_as_markup(value)}"' for name, value in pairs if name in _ATTRIBUTES)


def source_of(example: Element) -> str:
    """The source of what stands in an element: its text as it is, its tags marked as generated."""
    return "".join(_source(part) for part in tei.content(example))


def _source(part: str | Element) -> str:
    if isinstance(part, str):
        return text_as_markup(part)
    name = tei.local(part)
    attributes = "".join(f' {_name(str(k))}="{v}"' for k, v in part.attrib.items())
    inside = "".join(_source(p) for p in tei.content(part))
    if not inside:
        return _tag(f"<{name}{attributes}/>")
    return _tag(f"<{name}{attributes}>") + inside + _tag(f"</{name}>")


def _name(attribute: str) -> str:
    """``xml:id`` from its Clark name; other namespaces by their local name."""
    return attribute.replace(f"{{{tei.XML}}}", "xml:").rpartition("}")[2]


def _tag(source: str) -> str:
    return f'<span class="tag" data-generated="">{text_as_markup(source)}</span>'


def text_as_markup(characters: str) -> str:
    """Text with the characters escaped that mean something in HTML and XML, quotation marks too.

    A control character, which no page can hold (HTML Living Standard, 13.2.3.5), becomes U+FFFD; U+0085 is a space.
    """
    if "\x7f" in characters or (not characters.isascii() and _CONTROL.search(characters)):
        characters = _CONTROL.sub("\ufffd", characters.replace("\x85", " "))
    if "&" in characters:
        characters = characters.replace("&", "&amp;")
    if "<" in characters or ">" in characters:
        characters = characters.replace("<", "&lt;").replace(">", "&gt;")
    return characters.replace('"', "&#34;") if '"' in characters else characters
