"""What is in a deposit → its README in plain text, in the language that readers of the edition are spoken to in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from teipress.edition import Description
from teipress.phrases import Phrases, phrase
from teipress.render.templates import Templates

_COMMAND = "teipress deposit --check DIR"
_BREAK = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_LISTED = 50  # files of one role
_MORE = phrase("… and %(number)s more, which %(record)s lists")
_LINE = 78  # columns; what is broken into lines of so many is read in any program
_WIDE, _CLOSING = r"\u3000-\u9fff\uff00-\uffef", "、。,.:;)」』ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
# a line ends at a space that is no protected one, or behind a character of Chinese or Japanese with what follows it
_WORD = re.compile(rf"[^\S\u00a0\u202f]+|[{_WIDE}][{_CLOSING}]*|(?:[^\s{_WIDE}]|[\u00a0\u202f])+")
# what the files of each role are (deposit.holding.Role), in the order that the README tells them
SAID = {
    "deposited": phrase("The TEI as its editors keep it, byte for byte, with the images that it shows."),
    "published": phrase("The TEI as it is published: of each document what readers may see of it, without comments."),
    "pdf": phrase("The book, as PDF/A, and what goes with it."),
    "epub": phrase("The edition as EPUB 3, for reading systems."),
    "site": phrase("The site, in one file: unzip it, and open index.html."),
    "metadata": phrase("What a catalogue says of it, in several formats."),
    "schema": phrase("The rules that the TEI was checked against."),
    "settings": phrase("Settings and templates: what a new build asks for besides the TEI."),
    "report": phrase("What was found in checking and building, and what became of every character."),
}
_CHANGED = {
    "new": phrase("%(title)s: is new"),
    "gone": phrase("%(title)s: is gone"),
    "renamed": phrase("%(title)s: has another identifier"),
    "text": phrase("%(title)s: its text has changed"),
    "header": phrase("%(title)s: its header has changed"),
    "header and text": phrase("%(title)s: header and text have changed"),
    "changed": phrase("%(title)s: has changed"),
}
WITHHELD = phrase(
    "The TEI as its editors keep it, its settings and templates: they may tell what those whom this is for may not see."
)
EQUIPMENT = phrase(
    "Fonts and colour profiles that the edition brings along: their licences may not let others have them. "
    "A new build asks for them."
)
RESTRICTED = phrase("The text of “%(title)s”, whose availability is restricted.")


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as the README lists it: its path, its size for people, and what it is (a key of `SAID`)."""

    path: str
    size: str
    role: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a README tells of a deposit.

    `withheld`: what editors keep by hand is left out; `equipped`: so are fonts and colour profiles. `restricted` are
    titles of documents without their text. `changes` are pairs of a title or path and what became of it (a key of
    `_CHANGED`) since the deposit of the date `since`.
    """

    files: Sequence[Listed]
    record: str
    programs: Sequence[str]
    public: bool = True
    withheld: bool = False
    equipped: bool = False
    restricted: Sequence[str] = ()
    since: str = ""
    changes: Sequence[tuple[str, str]] = ()


def render_readme(said: Description, contents: Contents, phrases: Phrases, own: Path | None = None) -> str:
    """The README of a deposit. `own` is the edition's templates folder.

    Raises:
        Stopped: the template fails (V005).
    """
    text = Templates("deposit", own, phrases=phrases).page(
        "README.txt",
        title=said.whole_title,
        about=list(_about(said, phrases)),
        public=contents.public,
        groups=list(_groups(contents, phrases)),
        left_out=list(_left_out(contents, phrases)),
        since=phrases.date(contents.since),
        changes=[phrases.gettext(_CHANGED[what], title=title) for title, what in contents.changes],
        record=contents.record,
        command=_COMMAND,
        programs=", ".join(contents.programs),
        wrapped=wrapped,
        width=width,
    )
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub("\n{3,}", "\n\n", lines) + "\n"


def _about(said: Description, phrases: Phrases) -> Iterable[str]:
    """Who made it, where and when it was published, what it is called by, and under which licence."""
    yield ", ".join(agent.plain for agent in said.agents if agent.role in ("aut", "edt"))
    yield ", ".join(filter(None, (said.publisher, said.place, phrases.date(said.date))))
    yield ""
    numbers = [said.identifier, *(f"{kind} {number}" for kind, number in said.numbers)]
    yield phrases.gettext("Identifier: %(identifier)s", identifier=", ".join(numbers))
    licence = " ".join(filter(None, (said.licence or said.rights, said.licence_url)))
    yield phrases.gettext("Licence: %(licence)s", licence=licence) if licence else ""


def _groups(contents: Contents, phrases: Phrases) -> Iterable[dict[str, object]]:
    """The files of each role; of so many that nobody reads their names, for example images, only the first."""
    for role, words in SAID.items():
        own = [file for file in contents.files if file.role == role]
        left = len(own) - _LISTED
        more = phrases.gettext(_MORE, number=left, record=contents.record) if left > 0 else ""
        if own:
            yield {"said": phrases.gettext(words), "files": own[:_LISTED], "more": more}


def _left_out(contents: Contents, phrases: Phrases) -> Iterable[str]:
    if contents.withheld:
        yield phrases.gettext(WITHHELD)
    if contents.equipped:
        yield phrases.gettext(EQUIPMENT)
    for title in contents.restricted:
        yield phrases.gettext(RESTRICTED, title=title)


def width(text: str) -> int:
    """How many columns a line takes up: characters of Chinese and Japanese take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)


def wrapped(text: str, indent: int = 0) -> str:
    """The same text in lines of at most 78 columns, as far as its words let it, each indented by some."""
    lines, line = [], ""
    for word in _WORD.findall(_BREAK.sub(" ", text)):
        if line and indent + width(line) + width(word.rstrip()) > _LINE:
            lines.append(line.rstrip(" "))
            line = ""
        line += word if line or word.strip() else ""
    return "\n".join(" " * indent + one for one in [*lines, line.rstrip(" ")])
