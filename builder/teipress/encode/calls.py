"""References inside a document → to where they lead: notes to their calls, tables of contents to their pages.

Where a note stood there is an anchor with its identifier and "-place" behind that; by it the transcript knows where the
note belongs.
"""

from __future__ import annotations

from teipress import tei
from teipress.tei import Element

PLACE = "-place"


def notes_to_calls(text: Element) -> None:
    """Move every note that has a call (``ref[@type="noteCall"]``) to stand behind it."""
    calls = {ref.get("target", "")[1:]: ref for ref in tei.elements(text, "ref") if ref.get("type") == "noteCall"}
    for note in list(tei.elements(text, "note")):
        name = note.get(tei.XML_ID, "")
        call = calls.get(name)
        if call is not None:
            tei.replace(note, tei.make("anchor", {"xml:id": name + PLACE}))
            tei.after(call, note)


def contents_to_pages(text: Element) -> None:
    """Let each page number in a table of contents point to the page of that number, if there is exactly one."""
    pages: dict[str, list[str]] = {}
    for page in tei.elements(text, "pb"):
        pages.setdefault(page.get("n", ""), []).append(page.get(tei.XML_ID, ""))
    for ref in tei.elements(text, "ref"):
        found = pages.get(tei.line_of_text(ref), []) if ref.get("type") == "page" else []
        if len(found) == 1:
            ref.set("target", f"#{found[0]}")
