"""A description → the records that catalogues and repositories read, each in its own format, by file name.

A record says what the teiHeaders say and nothing else, and is the same in every build. Where a format demands what a
header does not state, there is no record of it; `teipress.crosswalk.wanted` says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable

from teipress.crosswalk.csl import csl_json
from teipress.crosswalk.datacite import datacite_json, datacite_xml
from teipress.crosswalk.dc import dublin_core, qualified
from teipress.crosswalk.marc import marc_record
from teipress.crosswalk.mods import mods_record
from teipress.crosswalk.onix import onix_message
from teipress.edition import Description

Crosswalk = Callable[[Description], bytes]
CROSSWALKS: dict[str, Crosswalk] = {
    "csl.json": csl_json,
    "datacite.json": datacite_json,
    "datacite.xml": datacite_xml,
    "dc.xml": dublin_core,
    "dcterms.xml": qualified,
    "marc.xml": marc_record,
    "mods.xml": mods_record,
    "onix.xml": onix_message,
}


def records(description: Description) -> dict[str, bytes]:
    """The records of a description by file name, those left out that would not be valid."""
    made = {name: crosswalk(description) for name, crosswalk in CROSSWALKS.items()}
    return {name: record for name, record in made.items() if record}
