"""Bytes of a transcription → its characters, in lines. Nothing is repaired: what cannot be read is refused.

Everything in this stage is said in offsets into `Transcription.text`: no rule copies text or puts any in, so no
letter can get lost between the rules.
"""

from __future__ import annotations

import bisect
import codecs
import hashlib
import re
from dataclasses import dataclass, field

from teipress.errors import UsageError

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_TEXTUAL = frozenset(range(32, 256)) | {9, 10, 12, 13}
_NO_TEXT = frozenset("idna punycode undefined unicode_escape raw_unicode_escape".split())  # codecs for other things
NOT_XML = re.compile("[^\t\n\f\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2; \f becomes a pb


@dataclass(frozen=True, slots=True)
class Transcription:
    """What an OCR program or a typist wrote. `name` is the file's, for messages; `sha256` that of its bytes."""

    text: str
    name: str = ""
    sha256: str = ""
    starts: tuple[int, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        starts = [0, *(i + 1 for i, c in enumerate(self.text) if c == "\n")]
        object.__setattr__(self, "starts", tuple(starts))

    @property
    def lines(self) -> int:
        """How many lines there are; a line feed at the very end begins no further one."""
        return len(self.starts) - (1 if self.text.endswith("\n") else 0)

    def line_of(self, offset: int) -> int:
        """The number of the line, from 1, in which a character stands."""
        return bisect.bisect_right(self.starts, offset)

    def line(self, number: int) -> tuple[int, int]:
        """Where line `number` (from 1) starts and ends, without its line feed."""
        start = self.starts[number - 1]
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        return start, end


def transcription(content: bytes, name: str, encoding: str = "") -> Transcription:
    """Decode a file: UTF-8 unless a byte order mark or `encoding` says otherwise; line ends become line feeds.

    Raises:
        UsageError: the file is empty, binary, or not in its encoding; the message says which and where.
    """
    if not content.strip():
        raise UsageError(f"{name}: the file is empty; there is nothing to encode")
    chosen = encoding or next((e for mark, e in _MARKS.items() if content.startswith(mark)), "utf-8")
    if chosen == "utf-8" and (place := _binary(content)):
        raise UsageError(f"{name}: this is no text: {place}; save the transcription as plain text or Markdown")
    try:
        text = content.decode(_codec(chosen))
    except UnicodeDecodeError as error:
        raise UsageError(_undecodable(content, error, name, chosen)) from None
    except (LookupError, ValueError):
        hint = "common ones are utf-8, cp1252, shift_jis"
        raise UsageError(f'{name}: there is no encoding "{encoding}" for texts; {hint}') from None
    if not text.strip():
        raise UsageError(f"{name}: the file holds nothing but white space; there is nothing to encode")
    source = Transcription(text.replace("\r\n", "\n").replace("\r", "\n"), name, hashlib.sha256(content).hexdigest())
    if found := NOT_XML.search(source.text):
        place, character = f"{name}:{source.line_of(found.start())}", f"U+{ord(found[0]):04X}"
        hint = "delete it, or put in its place what stands on the page"
        raise UsageError(f"{place}: the character {character}, which no XML file can hold; {hint}")
    return source


def _codec(name: str) -> str:
    """The canonical name of an encoding of texts.

    Raises:
        LookupError: there is none, or it encodes something else.
    """
    codec = codecs.lookup(name).name
    if codec.replace("-", "_") in _NO_TEXT:
        raise LookupError(name)
    return codec


def _binary(content: bytes) -> str:
    """Where a byte stands that no text has, or nothing."""
    if content.startswith(b"%PDF"):
        return "it is a PDF"
    found = next((i for i, byte in enumerate(content) if byte not in _TEXTUAL), None)
    if found is None:
        return ""
    return f"byte 0x{content[found]:02X} at offset {found} (line {content.count(10, 0, found) + 1})"


def _undecodable(content: bytes, error: UnicodeDecodeError, name: str, encoding: str) -> str:
    """What to say of a byte that is not of the encoding, with the encoding that would fit, if one does."""
    line = content.count(10, 0, error.start) + 1
    column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
    place = f"{name}:{line}: not {encoding.upper()}: byte 0x{content[error.start]:02X} at column {column}"
    fitting = [e for e in ("shift_jis", "euc_jp", "koi8-r", "cp1251", "cp1252") if _plausible(content, e)]
    if not fitting:
        return f"{place}; save the file as UTF-8, or name its encoding with --encoding"
    return f"{place}; it may be {' or '.join(fitting[:2])}: name it with --encoding, or save the file as UTF-8"


def _plausible(content: bytes, encoding: str) -> bool:
    """Whether a file reads as letters in an encoding: what is not ASCII in it is mostly words and usual signs."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    others = [c for c in text if ord(c) > 127]
    if encoding == "cp1252":
        return sum(c in "‘’“”–—…•§©®°ÄÖÜäöüßàâçèéêëîïôùûüñáíóú" for c in others) >= 0.9 * len(others)
    if encoding in ("koi8-r", "cp1251"):
        cyrillic = [c for c in others if "\u0400" <= c <= "\u04ff"]
        latin = sum(c.isascii() and c.isalpha() for c in text)
        return (
            4 * len(cyrillic) > latin
            and len(cyrillic) > 0.8 * len(others)
            and sum(c.islower() for c in cyrillic) > 0.7 * len(cyrillic)
        )
    return sum("\u3040" <= c <= "\u30ff" or c in "。、「」" for c in others) > 0.3 * len(others)
