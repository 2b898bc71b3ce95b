"""A citation → what programs read: BibTeX, RIS and CSL-JSON, each as a file of the site, and COinS in a page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from urllib.parse import urlencode

from teipress.edition import Agent, TextFile
from teipress.render.citation import Citation, parts

FOLDER = "cite"
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "{}&%$#_"},
}


def cite_files(slug: str, citation: Citation) -> list[TextFile]:
    """The files that reference managers import, below ``cite/``."""
    return [TextFile(PurePosixPath(f"{FOLDER}/{slug}.{end}"), make(citation)) for end, make in _FILES.items()]


def bibtex(citation: Citation) -> str:
    """An entry of BibTeX, UTF-8; dates also as biblatex has them. The title keeps its capitals."""
    fields = {
        "author": _bibtex_names(citation.authors),
        "title": f"{{{_tex(citation.title)}}}",
        "booktitle": f"{{{_tex(citation.container)}}}" if citation.container else "",
        "editor": _bibtex_names(citation.editors),
        "publisher": f"{{{_tex(citation.publisher)}}}" if citation.publisher else "",
        "edition": _tex(citation.version),
        "year": _tex(citation.year),
        "date": citation.issued if parts(citation.issued) else "",
        "origdate": citation.original if parts(citation.original) else "",
        "language": citation.language,
        "url": citation.url,
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    key = re.sub(r"[^A-Za-z0-9.:-]+", "-", citation.id)
    return f"@{'incollection' if citation.container else 'book'}{{{key},\n{body}}}\n"


def ris(citation: Citation) -> str:
    """A record of RIS, UTF-8, lines ended as its specification has them."""
    numbers = parts(citation.issued)
    rows = [
        ("TY", "CHAP" if citation.container else "BOOK"),
        ("ID", citation.id),
        *(("AU", _ris_name(a)) for a in citation.authors),
        ("TI", citation.title),
        ("T2", citation.container),
        *(("ED", _ris_name(a)) for a in citation.editors),
        ("PB", citation.publisher),
        ("ET", citation.version),
        ("PY", citation.year if numbers else ""),
        ("DA", "/".join(f"{n:02}" for n in numbers)),
        ("OP", citation.original),
        ("LA", citation.language),
        ("UR", citation.url),
    ]
    filled = "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in rows if value)
    return f"{filled}ER  - \r\n"


def csl_json(citation: Citation) -> str:
    """A list of one item of CSL-JSON."""
    return json.dumps([citation.csl], ensure_ascii=False, indent=2) + "\n"


def coins(citation: Citation) -> str:
    """The context object of COinS (Z39.88-2004, key/encoded-value format for books), for a ``title`` attribute."""
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", "bookitem" if citation.container else "book"),
        ("rft.atitle" if citation.container else "rft.btitle", citation.title),
        ("rft.btitle", citation.container),
        *_coins_names(citation.authors),
        ("rft.pub", citation.publisher),
        ("rft.date", citation.issued if parts(citation.issued) else citation.year),
        ("rft.language", citation.language),
        ("rft_id", citation.url),
    ]
    return urlencode([(key, value) for key, value in pairs if value])


def _coins_names(agents: Iterable[Agent]) -> list[tuple[str, str]]:
    names = [("rft.au", agent.inverted) for agent in agents]
    first = next(iter(agents), None)
    return [("rft.aulast", first.family), ("rft.aufirst", first.given), *names] if first and first.family else names


def _bibtex_names(agents: Iterable[Agent]) -> str:
    """``Example, Ada and {The Editors}``: a name that is not told apart is kept whole by braces."""
    names = (f"{_tex(a.family)}, {_tex(a.given)}" if a.family else f"{{{_tex(a.whole)}}}" for a in agents)
    return " and ".join(names)


def _ris_name(agent: Agent) -> str:
    return f"{agent.family}, {agent.given}" if agent.family else agent.whole


def _tex(characters: str) -> str:
    return "".join(_SPECIAL.get(c, c) for c in characters)


_FILES: dict[str, Callable[[Citation], str]] = {"bib": bibtex, "ris": ris, "csl.json": csl_json}
