"""The rules of the encoder: their names, and what the header of the TEI file says of each that was at work.

Design opinion: a rule that only reads what the transcription marks (emphasis, headings, lists) has no name here; it
decides nothing. Every rule that infers has one, and a profile can turn it off.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule does, as a sentence for the encoding description. `on` unless a profile says otherwise."""

    summary: str
    on: bool = True


RULES: dict[str, Rule] = {
    # redactions and the furniture of released documents
    "redaction-brackets": Rule("“[redacted]” and the like in brackets are gaps."),
    "redaction-blocks": Rule("Runs of black squares are gaps."),
    "redaction-prose": Rule(
        "Notes in brackets that something was not declassified are gaps of the amount that they give."
    ),
    "redaction-space": Rule("Wide white space with an exemption code beside it is a gap."),
    "exemption-codes": Rule(
        "Exemption codes of United States orders and of the FOIA are stamps that point to a taxonomy."
    ),
    "stamp-ties": Rule("A stamp belongs to the gap on its own or on an adjacent line, and to none otherwise."),
    "control-numbers": Rule("Numbers of documents and releases, and remarks on duplicates, are identifiers."),
    "classification": Rule("Lines of classification, caveats and control are stamps of their own."),
    "letterhead": Rule("Short lines before the text with an office, an address or a date are a letterhead."),
    "dates": Rule("Dates are encoded with their calendar form."),
    "distribution": Rule("What follows “Distribution:” is a list of numbered copies with persons and offices."),
    # pages
    "form-feeds": Rule("A form feed ends a page."),
    "ruled-pages": Rule("A ruled line that cuts a sentence ends a page."),
    "page-numbers": Rule("A line with nothing but a number in sequence is a page number."),
    "running-heads": Rule("A short line that comes back at the top or foot of pages is a running head."),
    "cut-sentences": Rule("A blank line that cuts a sentence ends a page; the paragraph goes on behind it."),
    "cut-contents": Rule("A blank line between entries of one chapter in a table of contents ends a page."),
    # structure
    "title-page": Rule("Short lines at the beginning that name a title, an author or an imprint are a title page."),
    "contents": Rule("A table of contents is a list, nested by its numbering and layout."),
    "plain-headings": Rule("A short line by itself with a number or in capitals, or before prose, is a heading."),
    "divisions": Rule("Headings open divisions, nested by their numbering where they have one."),
    "inline-lists": Rule("An enumeration inside a sentence is a list in the line."),
    "footnotes": Rule("Numbered lines at the foot are notes, at the place of the number in the text."),
    "quotations": Rule("Paragraphs that are set in as a whole are quotations."),
    "signatures": Rule("A closing formula and the name under it are a signature."),
    "foreign": Rule("Words that the profile lists are of another language."),
    # names
    "persons": Rule("Names of persons in the register point to it, by their forms, initials, titles and surnames."),
    "places": Rule("Names of places in the register point to it."),
    "organisations": Rule("Names of bodies in the register point to it."),
    "unregistered-names": Rule("Names that look like persons and are in no register are names without a pointer."),
    # characters
    "hyphens": Rule("A hyphen at the end of a line with the rest of the word on the next is a break in a word."),
    "suspects": Rule("What may be an error of the OCR is told and left as it is."),
}
