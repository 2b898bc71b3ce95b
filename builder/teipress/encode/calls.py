"""Notes that stand at the foot of a page or at the end → the same notes at their calls, and an anchor where they stood.

The anchor's identifier is that of the note with "-place" behind it; by it the transcript knows where the note belongs.
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
