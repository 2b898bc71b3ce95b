"""A PDF as it was drawn, with what is known of the edition → the file that is published, in one of three profiles.

``archive`` is PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) in one file; ``source`` is PDF/A-3a (ISO 19005-3) and
PDF/UA-1 with the TEI attached; ``print`` claims nothing and is for the press. What an archive wants is set on the whole
file, for the drawing may come in parts: metadata, output intent, page labels, file identifier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from io import BytesIO
from itertools import count
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from teipress.edition import Edition
from teipress.numerals import roman, roman_value
from teipress.package.xmp import Record, packet

PARTS = {"archive": 2, "source": 3}  # of ISO 19005 that a profile claims
TEI = "application/tei+xml"
_HYPHEN, _SOFT_HYPHEN = b"> <2010>\n", b"> <00ad>\n"  # as the last part of a line of a ToUnicode map
_PRINTED = 4  # the flag of annotations that are printed (ISO 32000-1, table 165); PDF/A wants this and no other


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a PDF takes along."""

    name: str
    content: bytes
    description: str


@dataclass(frozen=True, slots=True)
class Publication:
    """What a PDF promises and says of itself.

    `labels` are those of its pages; `hyphens` says whether the text itself has the character U+2010.
    """

    record: Record
    profile: str
    labels: Sequence[str] = ()
    source: Attachment | None = None
    hyphens: bool = True


def record_of(edition: Edition, language: str, moment: datetime, generator: str, leftward: bool = False) -> Record:
    """What the PDF of an edition says of itself; `language` is that of its pages."""
    header = edition.header
    return Record(
        title=header.title or edition.name,
        language=language,
        moment=moment,
        creators=header.authors or header.editors,
        description=header.subtitle,
        publisher=header.publisher,
        date=header.date,
        licence=header.licence,
        licence_url=header.licence_url,
        generator=generator,
        leftward=leftward,
    )


def finish(pdf: Pdf, publication: Publication) -> None:
    """Give a PDF all that its profile claims and that is not in the drawing."""
    record, profile, labels = publication.record, publication.profile, publication.labels
    part = PARTS.get(profile, 0)
    _tell(pdf, record, part)
    _settle_objects(pdf, soft=not publication.hyphens, claimed=bool(part))
    if labels:
        pdf.Root.PageLabels = Dictionary(Nums=Array(number_tree(labels)))
    if part:
        pdf.Root.OutputIntents = Array([_output_intent(pdf)])
    if publication.source is not None and profile == "source":
        _attach(pdf, publication.source, record.moment)


def save(pdf: Pdf, path: Path, least: str = "1.7", exactly: str = "") -> None:
    """Write a PDF, of a version of at least one or exactly one: the same one gives the same bytes.

    Raises:
        OSError: the place cannot be written to.
    """
    made = BytesIO()  # where it writes to a disk that is full, QPDF ends the process
    # not linearised: that has two ends of file, as has a file that was appended to after it was written
    packed = pikepdf.ObjectStreamMode.generate
    pdf.save(made, min_version=least, force_version=exactly, deterministic_id=True, object_stream_mode=packed)
    path.write_bytes(made.getbuffer())


def number_tree(labels: Sequence[str]) -> list[int | Dictionary]:
    """Labels of pages as a number tree (ISO 32000-1, 12.4.2): numbers that go on are told once."""
    found: list[int | Dictionary] = []
    style, number, before = "", 0, ""
    for index, label in enumerate(labels):
        number += 1
        if label != (_numeral(style, number) if style else before):
            style, number = _style(label)
            found += [index, Dictionary(S=Name(f"/{style}"), St=number) if style else Dictionary(P=String(label))]
        before = label
    return found


def _style(label: str) -> tuple[str, int]:
    """The numbering style of a label, and its number; of another than a number none."""
    styles = {"D": int(label) if label.isascii() and label.isdecimal() else 0, "r": roman_value(label)}
    return next(((s, n) for s, n in styles.items() if n and _numeral(s, n) == label), ("", 0))


def _numeral(style: str, number: int) -> str:
    return roman(number) if style == "r" else str(number)


def _tell(pdf: Pdf, record: Record, part: int) -> None:
    """Say what the document is: for programs that read metadata, and for readers of the screen."""
    moment = record.moment.strftime("D:%Y%m%d%H%M%SZ")
    info = {
        "/Title": record.title,
        "/Author": ", ".join(record.creators),
        "/Subject": record.description,
        "/Creator": record.generator,
        "/Producer": str(pdf.docinfo.get("/Producer", record.generator)),
        "/CreationDate": moment,
        "/ModDate": moment,
    }
    producer = info["/Producer"]
    pdf.trailer.Info = pdf.make_indirect(Dictionary({key: String(value) for key, value in info.items() if value}))
    metadata = pdf.make_stream(packet(record, producer, part))
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    root = pdf.Root
    root.Metadata = metadata
    root.Lang = String(record.language or "und")
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if record.leftward:
        root.ViewerPreferences.Direction = Name.R2L
    if "/Outlines" in root:
        root.PageMode = Name.UseOutlines


def _settle_objects(pdf: Pdf, soft: bool, claimed: bool) -> None:
    """Annotations are printed, images are shown as they are, and tags with a name are found by it.

    `soft`: hyphens that only divide a word are read as such, so that it is heard as one (ISO 32000-1, 14.8.2.2.3).
    `claimed`: images in the colours of a press become such as the output intent describes (ISO 19005-2, 6.2.4.3).
    """
    named: dict[bytes, pikepdf.Object] = {}
    for item in pdf.objects:
        if not isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            continue
        if item.get("/Subtype") == Name.Image:
            item.Interpolate = False
            if claimed and isinstance(item, pikepdf.Stream) and item.get("/ColorSpace") == Name.DeviceCMYK:
                _make_rgb(item)
        elif item.get("/Type") == Name.Annot:
            item.F = _PRINTED
        elif soft and item.get("/Type") == Name.Font and "/ToUnicode" in item:
            mapping = item.ToUnicode.read_bytes()
            if _HYPHEN in mapping:
                item.ToUnicode.write(mapping.replace(_HYPHEN, _SOFT_HYPHEN))
        elif item.get("/Type") == Name.StructElem and "/ID" in item:
            named[_unique(item, named)] = item
    if named and "/StructTreeRoot" in pdf.Root:
        names = [part for key in sorted(named) for part in (String(key), named[key])]
        limits = Array([names[0], names[-2]])
        leaf = pdf.make_indirect(Dictionary(Names=Array(names), Limits=limits))
        pdf.Root.StructTreeRoot.IDTree = Dictionary(Kids=Array([leaf]))


def _make_rgb(image: pikepdf.Stream) -> None:
    """Turn an image into one of three colours, in place."""
    made = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    for key in ("/Decode", "/DecodeParms", "/Filter"):
        if key in image:
            del image[key]
    image.write(made.tobytes())
    image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8


def _unique(element: pikepdf.Object, known: dict[bytes, pikepdf.Object]) -> bytes:
    """The identifier of a tag, changed if another has it (ISO 14289-1, 7.9)."""
    own = bytes(element.ID)
    name = own
    for number in count(2):
        if name not in known:
            break
        name = own + b"-" + str(number).encode()
    if name != own:
        element.ID = String(name)
    return name


def _output_intent(pdf: Pdf) -> Dictionary:
    """The colours that the numbers in the file mean: sRGB (IEC 61966-2-1)."""
    profile = pdf.make_stream((files("weasyprint.pdf") / "sRGB2014.icc").read_bytes())
    profile.N, profile.Alternate = 3, Name.DeviceRGB
    name = String("sRGB2014")
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=name,
        Info=name,
        RegistryName=String("http://www.color.org"),
        DestOutputProfile=profile,
    )


def _attach(pdf: Pdf, attachment: Attachment, moment: datetime) -> None:
    """Attach a file as the source of the document (ISO 19005-3, 6.8 and annex E), with the date of the PDF."""
    date = moment.strftime("D:%Y%m%d%H%M%SZ")
    spec = pikepdf.AttachedFileSpec(
        pdf,
        attachment.content,
        description=attachment.description,
        filename=attachment.name,
        mime_type=TEI,
        creation_date=date,
        mod_date=date,
    )
    spec.obj.AFRelationship = Name.Source
    pdf.attachments[attachment.name] = spec
    pdf.Root.AF = Array([pdf.make_indirect(spec.obj)])
