"""A citation → its line in a bibliography, in the usual styles.

Written out here rather than with a CSL processor: citeproc-py brings a single style, all styles of the CSL project
weigh 30 MB, and two shapes (a document in an edition, an edition alone) need no more than this. The files for
reference managers hold the data for every other style.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from teipress.edition import Agent
from teipress.phrases import ENGLISH, Phrases
from teipress.render.citation import Citation, parts

_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()


@dataclass(frozen=True, slots=True)
class Line:
    """A citation in one style."""

    style: str
    text: Markup


def lines(citation: Citation, phrases: Phrases | None = None) -> list[Line]:
    """The citation in Chicago, MLA, APA and ISO 690 style, in this order, with the words of a language.

    The styles are those of English manuals; in other languages their order and marks are kept, quotation marks are not.
    """
    return [Line(name, style(citation, phrases or Phrases())) for name, style in _STYLES.items()]


def _chicago(c: Citation, said: Phrases) -> Markup:
    """The bibliography of the Chicago Manual of Style, 18th edition."""
    who = said.listed([c.authors[0].inverted, *(a.plain for a in c.authors[1:])]) if c.authors else ""
    edited = _edited(c, said)
    if c.container:
        place = _comma(_set(said.gettext("In %(title)s"), title=_slanted(c.container)), edited, c.locator)
        return _sentences(who, _quoted(c.title, said), place, _comma(c.publisher, c.year), c.url)
    return _sentences(who, _slanted(c.title), _capital(edited), _comma(c.publisher, c.year, c.locator), c.url)


def _mla(c: Citation, said: Phrases) -> Markup:
    """The works cited of the MLA Handbook, 9th edition."""
    who = _mla_names(c.authors, said)
    edited = _edited(c, said)
    issued = _day(c.issued, said)
    if c.container:
        rest = _comma(_slanted(c.container), edited, c.publisher, issued, c.locator, c.url)
        return _sentences(who, _quoted(c.title, said), rest)
    return _sentences(who, _slanted(c.title), _comma(_capital(edited), c.publisher, issued, c.locator, c.url))


def _apa(c: Citation, said: Phrases) -> Markup:
    """The reference list of the APA Publication Manual, 7th edition."""
    label = said.ngettext("(Ed.)", "(Eds.)", len(c.editors))
    editors = f"{_ampersand([_apa_editor(a) for a in c.editors])} {label}" if c.editors else ""
    lead = _ampersand([a.initials for a in c.authors]) or ("" if c.container else editors)
    undated = said.gettext("n.d.")
    when = f"({c.year or undated})"
    title = c.title if c.container else _slanted(c.title)
    opening = (f"{lead} {when}", title) if lead else (Markup("{} {}").format(title, when),)
    located = f" ({c.locator})" if c.locator else ""
    held = Markup("{}{}").format(_comma(editors, _slanted(c.container)), located)
    place = _set(said.gettext("In %(title)s"), title=held) if c.container else ""
    if not c.container and c.authors and editors:
        opening = (opening[0], Markup("{} ({})").format(title, editors.replace(" (", ", ").rstrip(")")))
    if not c.container:
        opening = (*opening[:-1], Markup("{}{}").format(opening[-1], located))
    first = parts(c.original)
    published = said.gettext("(Original work published %(year)s)", year=first[0]) if first else ""
    address = Markup(" ").join(filter(None, (escape(c.url), escape(published))))
    return _joined([*map(_ended, filter(None, (*opening, place, c.publisher))), address])


def _iso(c: Citation, said: Phrases) -> Markup:
    """A reference by ISO 690:2021, as DIN ISO 690 has it."""
    who = "; ".join(_capitals(a) for a in c.authors)
    label = said.gettext("(ed.)")
    editors = f"{'; '.join(_capitals(a) for a in c.editors)} {label}" if c.editors else ""
    medium = said.gettext("%(title)s [online]")
    published = _comma(c.publisher, c.issued, c.locator)
    available = said.gettext("Available from: %(address)s", address=c.url) if c.url else ""
    if c.container:
        held = _sentences(editors, _set(medium, title=_slanted(c.container)))
        place = _set(said.gettext("In: %(title)s"), title=held)
        return _sentences(who, c.title, place, published, available)
    whole = _set(medium, title=_slanted(c.title))
    return _sentences(who or editors, whole, editors if who else "", published, available)


_STYLES: dict[str, Callable[[Citation, Phrases], Markup]] = {
    "Chicago": _chicago,
    "MLA": _mla,
    "APA": _apa,
    "ISO 690": _iso,
}


def _plain(agents: Sequence[Agent], said: Phrases) -> list[str]:
    """Names in the middle of a sentence, where English takes the capital of an article at their start."""
    lowers = said.language == ENGLISH
    return ["the " + a.plain[4:] if lowers and a.plain.startswith("The ") else a.plain for a in agents]


def _edited(c: Citation, said: Phrases) -> str:
    return said.gettext("edited by %(names)s", names=said.listed(_plain(c.editors, said))) if c.editors else ""


def _mla_names(agents: Sequence[Agent], said: Phrases) -> str:
    if len(agents) > 2:
        return said.gettext("%(name)s, et al", name=agents[0].inverted)
    return said.listed([a.inverted if n == 0 else a.plain for n, a in enumerate(agents)])


def _apa_editor(agent: Agent) -> str:
    family, comma, letters = agent.initials.partition(", ")
    return f"{letters} {family}" if comma and agent.family else agent.whole


def _capitals(agent: Agent) -> str:
    if not agent.family:
        return agent.whole.upper()
    return f"{agent.family.upper()} {agent.given}" if agent.fixed else f"{agent.family.upper()}, {agent.given}"


def _day(date: str, said: Phrases) -> str:
    """``21 Nov. 2026``, as far as an ISO date states it; months are shortened only where the manual says how."""
    if said.language != ENGLISH:
        return said.date(date)
    numbers = parts(date)
    if not numbers or not 1 <= (numbers[1] if len(numbers) > 1 else 1) <= 12:
        return date
    words = [str(numbers[0]), *(_MONTHS[n - 1] for n in numbers[1:2]), *(str(n) for n in numbers[2:3])]
    return " ".join(reversed(words))


def _ampersand(names: Sequence[str]) -> str:
    """``A``, ``A & B``, ``A, B, & C``."""
    if len(names) < 3:
        return " & ".join(names)
    return f"{', '.join(names[:-1])}, & {names[-1]}"


def _quoted(title: str, said: Phrases) -> Markup:
    """In quotation marks, in English the full stop inside of them."""
    if said.language == ENGLISH:
        title = _ended(title.replace("“", "‘").replace("”", "’"))
    return _set(said.gettext("“%(title)s”"), title=title)


def _set(message: str, **values: str) -> Markup:
    """A phrase with its placeholders filled with markup."""
    return escape(message) % values


def _slanted(title: str) -> Markup:
    return Markup("<i>{}</i>").format(title)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _comma(*pieces: str) -> Markup:
    return Markup(", ").join(filter(None, pieces))


def _sentences(*pieces: str) -> Markup:
    """The pieces that there are, each ended by a full stop; an address by none."""
    return _joined([piece if _is_address(piece) else _ended(piece) for piece in pieces if piece])


def _joined(pieces: Sequence[str]) -> Markup:
    return Markup(" ").join(filter(None, pieces))


def _is_address(piece: str) -> bool:
    return piece.rpartition(" ")[2].startswith(("http://", "https://"))


def _ended(piece: str) -> Markup:
    """With a full stop, unless it has a mark of its own at its end."""
    bare = Markup(piece).striptags() if isinstance(piece, Markup) else piece
    ends = bare.endswith((".", "?", "!", ".”", "?”", "!”", "…"))
    return escape(piece) if ends else escape(piece) + "."
