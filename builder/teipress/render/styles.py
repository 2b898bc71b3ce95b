"""A citation → its line in a bibliography, in the usual styles.

Written out here rather than with a CSL processor: citeproc-py brings a single style, all styles of the CSL project
weigh 30 MB, and two shapes (a document in an edition, an edition alone) need no more than this. The files for
reference managers hold the data for every other style.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from teipress.render.citation import Agent, Citation, parts

_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()


@dataclass(frozen=True, slots=True)
class Line:
    """A citation in one style."""

    style: str
    text: Markup


def lines(citation: Citation) -> list[Line]:
    """The citation in Chicago, MLA, APA and ISO 690 style, in this order."""
    return [Line(name, style(citation)) for name, style in _STYLES.items()]


def _chicago(c: Citation) -> Markup:
    """The bibliography of the Chicago Manual of Style, 18th edition."""
    who = _listed([c.authors[0].inverted, *(a.plain for a in c.authors[1:])]) if c.authors else ""
    edited = f"edited by {_listed(_plain(c.editors))}" if c.editors else ""
    if c.container:
        place = _comma(Markup("In {}").format(_slanted(c.container)), edited, c.locator)
        return _sentences(who, _quoted(c.title), place, _comma(c.publisher, c.year), c.url)
    return _sentences(who, _slanted(c.title), _capital(edited), _comma(c.publisher, c.year, c.locator), c.url)


def _mla(c: Citation) -> Markup:
    """The works cited of the MLA Handbook, 9th edition."""
    who = _mla_names(c.authors)
    edited = f"edited by {_listed(_plain(c.editors))}" if c.editors else ""
    issued = _day(c.issued)
    if c.container:
        place = _comma(_slanted(c.container), edited, c.publisher, issued, c.locator, c.url)
        return _sentences(who, _quoted(c.title), place)
    return _sentences(who, _slanted(c.title), _comma(_capital(edited), c.publisher, issued, c.locator, c.url))


def _apa(c: Citation) -> Markup:
    """The reference list of the APA Publication Manual, 7th edition."""
    label = "(Eds.)" if len(c.editors) > 1 else "(Ed.)"
    editors = f"{_listed([_apa_editor(a) for a in c.editors], ' & ')} {label}" if c.editors else ""
    lead = _listed([a.initials for a in c.authors], " & ") or ("" if c.container else editors)
    when = f"({c.year or 'n.d.'})"
    title = c.title if c.container else _slanted(c.title)
    opening = (f"{lead} {when}", title) if lead else (Markup("{} {}").format(title, when),)
    located = f" ({c.locator})" if c.locator else ""
    place = Markup("In {}{}").format(_comma(editors, _slanted(c.container)), located) if c.container else ""
    if not c.container and c.authors and editors:
        opening = (opening[0], Markup("{} ({})").format(title, editors.replace(" (", ", ").rstrip(")")))
    if not c.container:
        opening = (*opening[:-1], Markup("{}{}").format(opening[-1], located))
    published = f"(Original work published {parts(c.original)[0]})" if parts(c.original) else ""
    address = Markup(" ").join(filter(None, (escape(c.url), escape(published))))
    return _joined([*map(_ended, filter(None, (*opening, place, c.publisher))), address])


def _iso(c: Citation) -> Markup:
    """A reference by ISO 690:2021, as DIN ISO 690 has it."""
    who = "; ".join(_capitals(a) for a in c.authors)
    editors = f"{'; '.join(_capitals(a) for a in c.editors)} (ed.)" if c.editors else ""
    medium = Markup("{} [online]")
    published = _comma(c.publisher, c.issued, c.locator)
    available = f"Available from: {c.url}" if c.url else ""
    if c.container:
        place = _sentences(editors, medium.format(_slanted(c.container)))
        return _sentences(who, c.title, Markup("In: {}").format(place), published, available)
    return _sentences(who or editors, medium.format(_slanted(c.title)), editors if who else "", published, available)


_STYLES: dict[str, Callable[[Citation], Markup]] = {"Chicago": _chicago, "MLA": _mla, "APA": _apa, "ISO 690": _iso}


def _plain(agents: Sequence[Agent]) -> list[str]:
    """Names in the middle of a sentence: an article at the start loses its capital."""
    return ["the " + a.plain[4:] if a.plain.startswith("The ") else a.plain for a in agents]


def _mla_names(agents: Sequence[Agent]) -> str:
    if len(agents) > 2:
        return f"{agents[0].inverted}, et al"
    return _listed([a.inverted if n == 0 else a.plain for n, a in enumerate(agents)])


def _apa_editor(agent: Agent) -> str:
    family, comma, letters = agent.initials.partition(", ")
    return f"{letters} {family}" if comma and agent.family else agent.whole


def _capitals(agent: Agent) -> str:
    if not agent.family:
        return agent.whole.upper()
    return f"{agent.family.upper()} {agent.given}" if agent.fixed else f"{agent.family.upper()}, {agent.given}"


def _day(date: str) -> str:
    """``21 Nov. 2026``, as far as an ISO date states it."""
    numbers = parts(date)
    if not numbers or not 1 <= (numbers[1] if len(numbers) > 1 else 1) <= 12:
        return date
    words = [str(numbers[0]), *(_MONTHS[n - 1] for n in numbers[1:2]), *(str(n) for n in numbers[2:3])]
    return " ".join(reversed(words))


def _listed(names: Sequence[str], last: str = " and ") -> str:
    """``A``, ``A and B``, ``A, B, and C``."""
    if len(names) < 3:
        return last.join(names)
    return f"{', '.join(names[:-1])},{last}{names[-1]}"


def _quoted(title: str) -> Markup:
    """In quotation marks, the full stop inside of them."""
    inner = title.replace("“", "‘").replace("”", "’")
    return Markup("“{}”").format(_ended(inner))


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
