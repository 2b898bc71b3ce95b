"""A PDF → the text on its pages, and how much of what it must show is there.

On paper text does not come in reading order: notes stand at the foot, heads and folios between two halves of a
sentence. So the text is followed as a reader follows it: as far as it goes on, then to the place where it goes on.
Each printed character serves once. What a page adds of its own is of no account here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import accumulate, groupby
from pathlib import Path
from unicodedata import bidirectional

from teipress.errors import ToolError
from teipress.verify.expected import Expected, Run
from teipress.verify.fidelity import Account, Loss, fold

_BREAK = "\x02"  # how PDFium reads a hyphen at the end of a line, of the source's own or of the layout's
_HYPHENS = {ord("\u2010"): None, ord("\ufffe"): _BREAK}
# how many characters recognise a place, and how far from the last one they do; a whole short run, where it is near,
# before a few letters that begin other words, too (a lemma and its readings begin alike)
_PIECES = ((40, None), (20, None), (12, None), (6, 4_000))
_NEAR = 600
_OVER = 12_000  # characters at the foot of pages between the halves of a word that is cut at the end of one
_LEAST = 3  # characters; a shorter run would be taken for any letter that is near, and is left for a second look
_LOOSE = 6  # characters; fewer may be taken one by one
_INTERRUPTED = 20  # characters; a longer run is not taken in parts, of which none has less than the least
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")  # brackets as they are read back in such surroundings
_BRACKETS = frozenset("()[]{}⟨⟩")  # which the book puts around what an editor expands or supplies
_LEFTWARD = ("R", "AL", "NSM")  # letters from right to left, and the marks on them (Unicode Standard Annex 9)


def read_printed(path: Path) -> str:
    """The text of all pages, folded, in the order in which it was painted.

    Raises:
        ToolError: the PDF cannot be read.
    """
    import pikepdf  # these are slow to import, and needed for PDFs only
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(_undirected(path))
        pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
        document.close()
    except (pypdfium2.PdfiumError, pikepdf.PdfError, OSError) as error:
        raise ToolError(f"{path}: cannot be read back: {error}") from None
    return fold("\n".join(pages).translate(_HYPHENS))


def _undirected(path: Path) -> Path | bytes:
    """A PDF that does not say that its pages follow each other from right to left.

    PDFium would read each line in that direction, and the words of those in Latin letters backwards.
    """
    import pikepdf

    with pikepdf.open(path) as pdf:
        if "/Direction" not in pdf.Root.get("/ViewerPreferences", {}):
            return path
        del pdf.Root.ViewerPreferences.Direction
        copy = BytesIO()
        pdf.save(copy)
        return copy.getvalue()


def follow(expected: Mapping[tuple[str, str], Expected], printed: str) -> list[Account]:
    """An account for each place, in the order in which a book prints them."""
    reader = _Reader(printed)
    accounts = [_account(place, what, reader) for place, what in expected.items()]
    for look_again in (_whole, _in_parts, _by_letter):  # the whole first, or letters would be taken out of words
        for account in accounts:
            account.missing = look_again(account.missing, reader)
            account.found = account.expected - sum(len(loss.text) for loss in account.missing)
    return accounts


def _account(place: tuple[str, str], expected: Expected, reader: _Reader) -> Account:
    account = Account(*place, "pdf", omitted=dict(expected.omitted), unchosen=dict(expected.unchosen))
    pieces = [(fold(run.text.translate(_HYPHENS)), run) for run in expected.runs]
    text = "".join(piece for piece, _ in pieces)
    owners: list[Run] = [run for piece, run in pieces for _ in piece]
    ends = [end for end, piece in zip(accumulate(len(p) for p, _ in pieces), pieces, strict=True) for _ in piece[0]]
    lost = reader.read(text, ends)
    for _, group in groupby(enumerate(lost), key=lambda pair: (pair[1] - pair[0], id(owners[pair[1]]))):
        places = [index for _, index in group]
        account.missing.append(Loss("".join(text[i] for i in places), owners[places[0]], lost[places[0]]))
    account.expected, account.found = len(text), len(text) - len(lost)
    return account


def _whole(missing: Sequence[Loss], reader: _Reader) -> list[Loss]:
    """What is still missing when runs are taken that stand elsewhere, passed by while the reader was not there."""
    return [loss for loss in missing if len(loss.text) < 2 or not _take(loss.text, reader)]


def _in_parts(missing: Sequence[Loss], reader: _Reader) -> list[Loss]:
    """What is still missing when a word is taken in parts near where it should stand.

    Calls of notes, brackets and page numbers are printed between them.
    """
    return [replace(loss, text=text) for loss in missing if (text := reader.take_parts(loss.text, loss.place))]


def _by_letter(missing: Sequence[Loss], reader: _Reader) -> list[Loss]:
    """What is still missing when short runs, and text from right to left, are taken letter by letter.

    The order in which the latter is read back depends on its surroundings: where it is not found as it stands in
    the source, only the number of its characters is proven.
    """
    left: list[Loss] = []
    for loss in missing:
        loose = len(loss.text) < _LOOSE or any(bidirectional(c) in _LEFTWARD for c in loss.text)
        lost = "".join(c for c in loss.text if not _take(c, reader)) if loose else loss.text
        if lost:
            left.append(replace(loss, text=lost))
    return left


def _take(piece: str, reader: _Reader) -> bool:
    return reader.take(piece) or reader.take(piece.translate(_MIRRORED))


class _Reader:
    """Reads on in a printed text, remembering what has been read."""

    def __init__(self, printed: str) -> None:
        parts = printed.split(_BREAK)
        printed = "".join(parts)
        self.hyphens = set(accumulate(map(len, parts[:-1])))  # places just before which a line ended with a hyphen
        self.printed = printed
        self.taken = bytearray(len(printed))
        self.place = 0

    def read(self, text: str, ends: Sequence[int]) -> dict[int, int]:
        """The indexes of the characters of `text` that are not printed, and where they should be.

        `ends` says where the run of each character ends.
        """
        lost: dict[int, int] = {}
        index = 0
        while index < len(text):
            start = self._find(text, index, ends[index])
            if start is None:
                lost[index] = self.place
                index += 1
                continue
            index, self.place, passed = self._agree(text, index, start, len(text))
            self.taken[start : self.place] = b"\x01" * (self.place - start)
            for place in passed:
                self.taken[place] = 0
        return lost

    def take(self, piece: str) -> bool:
        """Read a piece wherever it stands; whether it does."""
        found = self._free(piece, 0, len(self.printed))
        if found is not None:
            self.taken[found : found + len(piece)] = b"\x01" * len(piece)
        return found is not None

    def take_parts(self, piece: str, place: int) -> str:
        """Read the parts of a short piece around a place, the longest first part first; what is left of it."""
        if len(piece) > _INTERRUPTED:
            return piece
        start, end = max(0, place - _NEAR), place + _NEAR
        lost = ""
        while piece:
            for size in range(len(piece), _LEAST - 1, -1):
                if (found := self._free(piece[:size], start, end)) is not None:
                    self.taken[found : found + size] = b"\x01" * size
                    end = max(end, found + _OVER if found + size in self.hyphens else 0)
                    break
            else:
                size, lost = 1, lost + piece[0]
            piece = piece[size:]
        return lost

    def _agree(self, text: str, index: int, start: int, end: int) -> tuple[int, int, list[int]]:
        """Up to where in both the texts agree from here on, at most to the index `end`, and what was passed by.

        A hyphen at the end of a line may be the source's own; a bracket in a word may be one that the book adds.
        """
        printed, taken, at = self.printed, self.taken, start
        passed: list[int] = []
        while index < end and at < len(printed):
            if text[index] == printed[at] and not taken[at]:
                at += 1
            elif printed[at] in _BRACKETS and text[index : index + 1] == printed[at + 1 : at + 2] and not taken[at + 1]:
                passed.append(at)
                at += 2
            elif text[index] != "-" or at not in self.hyphens:
                break
            index += 1
        return index, at, passed

    def _find(self, text: str, index: int, end_of_run: int) -> int | None:
        """Where the text goes on: here, else nearby, else anywhere."""
        here = self.place
        following = min(index + 2, len(text))
        if self._agree(text, index, here, following)[0] == following:
            return here
        rest = end_of_run - index
        pieces = (*_PIECES[:-1], (rest, _NEAR), _PIECES[-1]) if rest >= _LEAST else _PIECES
        for size, far in pieces:
            start, end = (0, len(self.printed)) if far is None else (max(0, here - far), here + far)
            piece = text[index : index + size]
            found = self._free(piece, max(start, here), end)
            if found is None:
                found = self._free(piece, start, end)
            if found is not None:
                return found
        return None

    def _free(self, piece: str, start: int, end: int) -> int | None:
        """The first place of a piece that has not been read yet."""
        while (found := self.printed.find(piece, start, end)) >= 0:
            if not any(self.taken[found : found + len(piece)]):
                return found
            start = found + 1
        return None
