"""Findings: what validation and verification return, and the one table of their codes."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is. Only errors change the exit status."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell the editor: a code of `CODES`, a place, a cause and, where there is one, a remedy.

    `file` is relative to the folder the command was called in where possible; `line` is 1-based, 0 if unknown.
    """

    code: str
    severity: Severity
    message: str
    file: str = ""
    line: int = 0
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: " if self.file else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.severity} {self.code} {self.message}{hint}"


@dataclass(frozen=True, slots=True)
class Code:
    """The meaning of a finding code and the severity it has unless a rule says otherwise."""

    severity: Severity
    title: str


CODES: dict[str, Code] = {
    # X: reading XML
    "X001": Code(Severity.ERROR, "not well-formed XML"),
    "X002": Code(Severity.ERROR, "not a TEI document"),
    "X003": Code(Severity.WARNING, "an included file is missing"),
    "X004": Code(Severity.WARNING, "an inclusion that leaves the edition's folder"),
    "X005": Code(Severity.WARNING, "an inclusion that cannot be carried out"),
    "X006": Code(Severity.WARNING, "an entity reference, which is never expanded"),
    "X007": Code(Severity.WARNING, "a control character, which no page can hold"),
    # G: the grammar
    "G001": Code(Severity.ERROR, "an element that cannot stand here"),
    "G002": Code(Severity.ERROR, "the schema itself is broken"),
    "G003": Code(Severity.ERROR, "an element that the schema does not know"),
    "G004": Code(Severity.ERROR, "an element that is missing"),
    "G005": Code(Severity.ERROR, "an attribute that is not allowed"),
    "G006": Code(Severity.ERROR, "an attribute that is missing"),
    "G007": Code(Severity.ERROR, "a value that the schema does not allow"),
    "G008": Code(Severity.ERROR, "text where none may be"),
    "G009": Code(Severity.ERROR, "a root that the schema does not begin with"),
    # S: rules of a Schematron schema
    "S001": Code(Severity.ERROR, "a rule of the schema is not kept"),
    # R: references
    "R001": Code(Severity.ERROR, "a name points to nobody in the register"),
    "R002": Code(Severity.WARNING, "a pointer leads nowhere"),
    "R003": Code(Severity.ERROR, "a redaction points to no known exemption"),
    "R004": Code(Severity.ERROR, "an identifier is used twice"),
    "R005": Code(Severity.ERROR, "a stamp leads to no redaction"),
    "R006": Code(Severity.WARNING, "an identifier that is no XML name"),
    "R007": Code(Severity.WARNING, "a pointer leads to a file that is not there"),
    "R008": Code(Severity.WARNING, "a name points to the wrong kind of entry"),
    "R009": Code(Severity.NOTE, "an image of a page that cannot be shown"),
    # P: pagination
    "P001": Code(Severity.ERROR, "page numbers do not run on"),
    "P002": Code(Severity.ERROR, "an inferred page break does not say who inferred it"),
    "P003": Code(Severity.ERROR, "a page break belongs to no source that a header describes"),
    "P004": Code(Severity.WARNING, "page breaks without a statement on pagination"),
    "P005": Code(Severity.WARNING, "a page number stands twice"),
    "P006": Code(Severity.WARNING, "a page number out of order"),
    "P007": Code(Severity.WARNING, "a page number written unlike those around it"),
    # W: withheld text
    "W001": Code(Severity.ERROR, "a redaction without an authority"),
    "W002": Code(Severity.NOTE, "an amount that does not say of what"),
    "W003": Code(Severity.NOTE, "a unit that is spelt in another way elsewhere"),
    # N: persons, places and their names
    "N001": Code(Severity.NOTE, "entries of a register that nothing points to"),
    "N002": Code(Severity.NOTE, "two persons of the same name"),
    "N003": Code(Severity.NOTE, "a name of the register that points to nobody"),
    # A: the apparatus
    "A001": Code(Severity.WARNING, "a reading cites what is no witness"),
    "A002": Code(Severity.NOTE, "a witness that no reading cites"),
    "A003": Code(Severity.WARNING, "a siglum that stands for two witnesses"),
    # H: the header
    "H001": Code(Severity.NOTE, "the header lacks what a deposit asks for"),
    "H002": Code(Severity.WARNING, "words of a template that nobody replaced"),
    "H003": Code(Severity.WARNING, "an ISBN that is none"),
    # T: the text: its languages, and what it says of itself
    "T001": Code(Severity.NOTE, "words in brackets that may be a gap"),
    "T002": Code(Severity.WARNING, "a language tag that is none"),
    "T003": Code(Severity.NOTE, "a text in another script than its language"),
    "T004": Code(Severity.NOTE, "a text that does not say its language"),
    # U: characters
    "U001": Code(Severity.WARNING, "characters of private use"),
    "U002": Code(Severity.NOTE, "a letter in two forms that look alike"),
    "U003": Code(Severity.WARNING, "a letter of another script inside a word"),
    "U004": Code(Severity.NOTE, "a character that cannot be seen"),
    "U005": Code(Severity.WARNING, "text that was read in the wrong encoding"),
    # C: configuration: what edition.toml and the files say of validation
    "C001": Code(Severity.WARNING, "an ignore that matches nothing"),
    "C002": Code(Severity.NOTE, "a schema that a file names, and that is not used"),
    "C003": Code(Severity.WARNING, "a schema that a file names, and that is missing"),
    "C004": Code(Severity.NOTE, "a file whose grammar is not checked, for want of a schema"),
    # D: decisions of the encoder
    "D001": Code(Severity.NOTE, "what may be an error of the OCR"),
    "D002": Code(Severity.WARNING, "a surname that several persons have"),
    "D003": Code(Severity.NOTE, "names that no register has"),
    "D004": Code(Severity.NOTE, "a code or redaction that is not understood"),
    "D005": Code(Severity.ERROR, "words would be lost in encoding"),
    "D006": Code(Severity.WARNING, "a profile for another state of the transcription"),
    "D007": Code(Severity.NOTE, "a note that nothing in the text calls"),
    # M: metadata that a library or a repository asks for when an edition is deposited
    "M001": Code(Severity.WARNING, "a deposit without a title"),
    "M002": Code(Severity.WARNING, "a deposit without a publication date"),
    "M003": Code(Severity.WARNING, "a deposit without a publisher"),
    "M004": Code(Severity.WARNING, "a deposit without a language"),
    "M005": Code(Severity.WARNING, "a deposit that does not say what it may be used for"),
    "M006": Code(Severity.WARNING, "a deposit without an author or an editor"),
    "M007": Code(Severity.WARNING, "a deposit without an ISBN"),
    "M008": Code(Severity.WARNING, "a deposit without a DOI"),
    "M009": Code(Severity.WARNING, "a deposit without an abstract"),
    # V: vocabulary and templates
    "V001": Code(Severity.WARNING, "an element without a rule; its text is shown, marked with its name"),
    "V002": Code(Severity.ERROR, "a rule whose XPath is broken"),
    "V003": Code(Severity.ERROR, "a rule with an unknown behaviour"),
    "V004": Code(Severity.ERROR, "a vocabulary file that cannot be used"),
    "V005": Code(Severity.ERROR, "a template that fails"),
    "V006": Code(Severity.NOTE, "a rendition that is not used"),
    # F: fidelity: every character of the source in every output
    "F001": Code(Severity.ERROR, "characters of the source are missing in an output"),
    "F002": Code(Severity.ERROR, "an output shows what its source does not have"),
    # L: links in what was built
    "L001": Code(Severity.ERROR, "a link in the output leads nowhere"),
    "L002": Code(Severity.ERROR, "an identifier occurs twice in one output file"),
    "L003": Code(Severity.ERROR, "an output file asks for something from another host"),
    # E: conformance of what was built
    "E001": Code(Severity.ERROR, "the EPUB container is broken"),
    "E002": Code(Severity.ERROR, "an output file does not match the manifest"),
    "E003": Code(Severity.ERROR, "the PDF is broken"),
    "E004": Code(Severity.ERROR, "the PDF is not what it says it is"),
    # B: back from the archive: a package that is read again
    "B001": Code(Severity.ERROR, "a file of a package is missing"),
    "B002": Code(Severity.ERROR, "a file whose checksum does not hold"),
    "B003": Code(Severity.ERROR, "a file that the package does not list"),
    "B004": Code(Severity.ERROR, "a file that was renamed"),
    "B005": Code(Severity.ERROR, "a folder that is no package of a known kind"),
    "B006": Code(Severity.ERROR, "a package that breaks a rule of its kind"),
    "B007": Code(Severity.ERROR, "a package of a version that is not known"),
    "B008": Code(Severity.ERROR, "a path that leads out of the package"),
    "B009": Code(Severity.ERROR, "a record of a package that its schema does not accept"),
    "B010": Code(Severity.WARNING, "a document of a package that its schema does not accept"),
    "B011": Code(Severity.WARNING, "a file that no checksum covers"),
    "B012": Code(Severity.NOTE, "records that were not validated, for want of a schema"),
    # K: what is kept: deposits
    "K001": Code(Severity.WARNING, "a document whose text may not go to everybody, and is left out of a deposit"),
    "K002": Code(Severity.NOTE, "files that hold more than the audience of a deposit may see, and are left out of it"),
    "K003": Code(Severity.ERROR, "an edition of which nothing may go to everybody"),
    "K004": Code(Severity.NOTE, "an entry of a register that only withheld text names"),
    # O: outlook: fonts and layout
    "O001": Code(Severity.WARNING, "a character that no font here draws"),
    "O002": Code(Severity.WARNING, "page references did not settle"),
    "O003": Code(Severity.WARNING, "the PDF engine complained"),
    "O004": Code(Severity.NOTE, "a site without a search, for want of its engine"),
    "O005": Code(Severity.NOTE, "images of pages that cannot be enlarged, for want of a viewer"),
    "O006": Code(Severity.NOTE, "a site without IIIF manifests, for want of what makes them"),
    # from here on: the printed book; a number that is missing was given up, and is not given again
    "O010": Code(Severity.WARNING, "a font that cannot be used"),
    "O011": Code(Severity.WARNING, "an image that is too coarse for print"),
    "O012": Code(Severity.NOTE, "an image in colour in a book that is printed in black"),
    "O013": Code(Severity.NOTE, "a cover without its abstract, for want of room"),
    "O015": Code(Severity.WARNING, "facing pages that do not stay side by side"),
}


def finding(code: str, message: str, file: str = "", line: int = 0, hint: str = "") -> Finding:
    """A finding with the severity that the table gives its code."""
    return Finding(code, CODES[code].severity, message, file, line, hint)


def softened(findings: Iterable[Finding]) -> list[Finding]:
    """The same findings with errors as warnings: for files that promised no rule of ours."""
    return [replace(f, severity=Severity.WARNING) if f.severity is Severity.ERROR else f for f in findings]


def did_you_mean(word: str, known: Iterable[str], wrap: str = "{}") -> str:
    """A hint naming the known word that is closest to `word`, or nothing."""
    matches = suggestions(word, known)
    return f'did you mean "{wrap.format(matches[0])}"?' if matches else ""


def suggestions(word: str, known: Iterable[str]) -> list[str]:
    """Up to three known words that `word` may stand for: those that begin like it or contain it, then the closest."""
    candidates = sorted(set(known))
    lowered = word.lower()
    prefixed = [k for k in candidates if k.lower().startswith(lowered)] if len(word) > 2 else []
    inside = [k for k in candidates if len(word) > 3 and lowered in k.lower()]
    close = difflib.get_close_matches(word, candidates, n=3, cutoff=0.6)
    return list(dict.fromkeys(prefixed + close + inside))[:3]
