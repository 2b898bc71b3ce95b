"""An open PDF → what it lacks: its fonts, what their characters are, and what its metadata claim it to have.

A claim is a part of PDF/A (ISO 19005), or PDF/UA-1 (ISO 14289-1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name, Pdf

_CLAIM = re.compile(rb"(pdfaid|pdfuaid):(part|conformance)\s*(?:>|=\s*[\"'])\s*(\w+)")
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def faults(pdf: Pdf) -> Iterator[str]:
    """What a PDF lacks, in words."""
    if pdf.is_encrypted:
        yield "is encrypted"
    yield from _programs(pdf)
    yield from _fonts(pdf)
    yield from _claims(pdf)


def _programs(pdf: Pdf) -> Iterator[str]:
    root = pdf.Root
    actions = [root.get("/OpenAction"), *(a for page in pdf.pages for a in page.get("/Annots", []))]
    scripts = any(isinstance(a, pikepdf.Dictionary) and _is_script(a) for a in actions)
    if scripts or "/JavaScript" in _within(root, "/Names") or "/AA" in root:
        yield "runs a program when it is read"


def _is_script(action: pikepdf.Dictionary) -> bool:
    return action.get("/S") == Name.JavaScript or _within(action, "/A").get("/S") == Name.JavaScript


def _fonts(pdf: Pdf) -> Iterator[str]:
    """Fonts that the file does not carry, or whose characters cannot be read."""
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != Name.Font:
            continue
        name = str(item.get("/BaseFont", "/unnamed")).removeprefix("/")
        if item.get("/Subtype") != Name.Type0:  # one that is part of such a font, or made of drawings
            if item.get("/Subtype") != Name.Type3 and not any(
                key in _within(item, "/FontDescriptor") for key in _FONT_FILES
            ):
                yield f"does not carry the font {name}"
        elif "/ToUnicode" not in item:
            yield f"does not say what the characters of the font {name} are"


def _within(item: Any, key: str) -> Any:
    """The dictionary of that name in another, empty if there is none."""
    found = item.get(key)
    return found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary()


def _claims(pdf: Pdf) -> Iterator[str]:
    """What is missing of what the metadata claim; a file without a claim owes nothing."""
    metadata = pdf.Root.get("/Metadata")
    packet = metadata.read_bytes() if isinstance(metadata, pikepdf.Stream) else b""
    claims = {(schema.decode(), key.decode()): value.decode() for schema, key, value in _CLAIM.findall(packet)}
    if not claims:
        return
    part = claims.get(("pdfaid", "part"), "")
    promised = {f"PDF/A-{part}{claims.get(('pdfaid', 'conformance'), '').lower()}"} if part else set()
    if ("pdfuaid", "part") in claims:
        promised.add("PDF/UA-1")
    for lack in (*_untold(pdf, packet), *(_unkept(pdf, part) if part else ())):
        yield f"claims {' and '.join(sorted(promised))}, but {lack}"


def _untold(pdf: Pdf, packet: bytes) -> Iterator[str]:
    """What both standards ask for."""
    root = pdf.Root
    if not _within(root, "/MarkInfo").get("/Marked") or "/StructTreeRoot" not in root:
        yield "has no tags"
    if not str(root.get("/Lang", "")):
        yield "states no language"
    if b"dc:title" not in packet or not _within(root, "/ViewerPreferences").get("/DisplayDocTitle"):
        yield "shows no title"


def _unkept(pdf: Pdf, part: str) -> Iterator[str]:
    """What PDF/A asks for besides."""
    root = pdf.Root
    intents = [i for i in root.get("/OutputIntents", []) if i.get("/S") == Name.GTS_PDFA1]
    if not any("/DestOutputProfile" in intent for intent in intents):
        yield "does not say what its colours are"
    if "/ID" not in pdf.trailer:
        yield "has no identifier"
    names = _within(root, "/Names")
    attached = "/EmbeddedFiles" in names
    if attached and part != "3":
        yield "has files attached"
    elif attached and len(root.get("/AF", [])) != len(pdf.attachments):
        yield "does not say what its attached files are"
