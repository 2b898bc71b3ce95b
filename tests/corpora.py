"""The corpora: other people's TEI below the folder that TEIPRESS_CORPORA names; each file is built once."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from teipress.config import settings_for
from teipress.errors import Stopped
from teipress.pipeline import Report, build
from validators import Fault

VARIABLE = "TEIPRESS_CORPORA"
REFUSED = {"testrend.xml": "X001"}  # what must be refused, and how: it is not well-formed, and meant to be
LARGEST_PRINTED = 150_000  # bytes; a larger file takes longer to print, but prints nothing of another kind
ALIKE = 10  # of so many files that are pages of one manuscript, one is printed

# What Nu finds in a page because it is so in the TEI: the file, and a word of the message.
FAULTS_OF_SOURCES = {
    ("testplace", "“he-Hebr”"),  # xml:lang="he-Hebr", where the script goes without saying
}


@dataclass(frozen=True)
class Showpiece:
    """A file that becomes a whole edition, with all that a site can have; `word` is one of those it must find."""

    name: str
    file: str
    word: str
    html: str = ""

    def write_edition(self, folder: Path) -> Path:
        """A folder with an edition.toml and a copy of the file."""
        edition = folder / self.name
        edition.mkdir(parents=True)
        shutil.copy(Path(os.environ[VARIABLE]) / self.file, edition / "edition.xml")
        settings = f'name = "{self.name}"\nformats = ["html"]\n\n[html]\nurl = "https://example.org/{self.name}/"\n'
        (edition / "edition.toml").write_text(settings + self.html, "utf-8")
        return edition


SHOWPIECES = (  # six kinds of edition, in six languages
    Showpiece("play", "rusdracor/griboyedov-gore-ot-uma.xml", "карету"),
    Showpiece("apparatus", "calpurnius-ldlt/editio.xml", "fibula"),
    Showpiece("volume", "frus/frus1918Russiav03.xml", "locomotives"),
    Showpiece("treatise", "sarit/ratnakirti-nibandhavali.xml", "pratibandho"),
    Showpiece("periodical", "haqaiq/oclc_644997575-i_3.TEIP5.xml", "شهامته"),  # from right to left
    Showpiece(
        "letters", "copadocs/kfb_03713_e_so-einschreibeheft_ca1909-1910.xml", "Landshut", 'also = "diplomatic"\n'
    ),
)


def files() -> list[Path]:
    """Every TEI file, in a fixed order; none if the variable is not set."""
    top = os.environ.get(VARIABLE)
    return sorted(p for p in Path(top).rglob("*.xml") if p.is_file()) if top else []


def spread() -> list[Path]:
    """The files whose PDF is made in the tests: all that are small, and some of the pages of a manuscript."""
    small = [p for p in files() if p.stat().st_size <= LARGEST_PRINTED and p.name not in REFUSED]
    alike = [p for p in small if p.parent.name == p.stem.rpartition("-")[0]]
    return [p for p in small if p not in alike or p in alike[::ALIKE]]


def is_of_source(fault: Fault) -> bool:
    """Whether a fault of a page on a shelf is known to be one of the TEI."""
    return any(fault.file.stem == page and word in fault.message for page, word in FAULTS_OF_SOURCES)


@dataclass
class Shelf:
    """What is built of the corpora, below the folder `top`: once, when it is first asked for."""

    top: Path
    formats: tuple[str, ...] = ("html", "epub")
    reports: dict[Path, Report] = field(default_factory=dict)

    def built(self, path: Path) -> Report:
        """The report of a file's build; of a file that is refused it has the findings and no artifacts."""
        if path not in self.reports:
            out = self.top / str(len(self.reports)) / path.stem
            try:
                self.reports[path] = build(settings_for(path), out, self.formats)
            except Stopped as stopped:
                self.reports[path] = Report(path.stem, out, list(stopped.findings))
        return self.reports[path]

    def artifacts(self, kind: str) -> list[Path]:
        """The EPUBs ("epub") or the pages ("html") of every file that was built, in a fixed order."""
        outs = [report.out for report in self.reports.values() if report.out]
        return sorted(path for out in outs for path in out.glob(f"{kind}/*.{kind}"))
