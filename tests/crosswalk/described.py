"""TEI files → descriptions, for the tests of crosswalks."""

from __future__ import annotations

from pathlib import Path

from teipress.config import Settings, settings_for
from teipress.edition import Description, Edition
from teipress.model import model
from teipress.read import read

HERE = Path(__file__).parent
FULL = HERE / "full.xml"  # a header that says everything
BARE = Description("urn:uuid:9c1f7c2e-3b0a-5d0e-8f2a-0d8f3d1a2b3c", "Of Tides")


def modelled(path: Path) -> Edition:
    """The edition of a folder, or of a file alone."""
    settings = settings_for(path) if path.is_dir() else Settings(path.stem, path.parent, path)
    return model(read(settings.source, settings.folder)[0], settings)
