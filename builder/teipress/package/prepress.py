"""A PDF for readers → the same for a printing house: in ink, cut and marked, without what only a screen has.

Every page gets its three boxes (ISO 32000-2, 14.11.2): what is left after cutting (TrimBox), that and the bleed
(BleedBox), and the sheet with the marks (MediaBox). A page that lies on its side is turned, so that all are alike. With
a profile of the press the file says that it is PDF/X-4 (ISO 15930-7), and for which press.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Page, Pdf, PdfError, PdfImage, Stream, String

from teipress.errors import UsageError
from teipress.findings import Finding, finding
from teipress.lengths import POINT
from teipress.package.inks import ink
from teipress.package.profiles import save
from teipress.press import SLUG, Press

_MM = 1 / POINT  # points
_MARK, _APART = 5, 0.8  # millimetres: how long a mark is, and how far it keeps from the bleed
_FEWEST = 3  # millimetres between the cut and the nearest mark, even without bleed
_LINE = 0.25  # points
_QUALITY = 95  # of a photograph that is written again
_SCREEN = ("/Annots", "/StructParents", "/Tabs", "/CropBox", "/ArtBox")


def prepress(path: Path, press: Press, folds: Sequence[float] = ()) -> list[Finding]:
    """Change a PDF in place. `folds` are marked as well: millimetres from the left edge of the cut sheet.

    O012 for an image that cannot be changed.

    Raises:
        UsageError: the profile of the press cannot be used.
    """
    with Pdf.open(path) as pdf:
        rubric = tuple(part / 100 for part in press.rubric) if press.rubric else None
        ink(pdf, rubric)
        findings = _print_images(pdf, press, path.name)
        upright = _is_upright(pdf.pages[0])
        marks = _registration(pdf) if press.marks else None
        for page in pdf.pages:
            _sheet(pdf, page, press, marks, folds, turned=upright and not _is_upright(page))
        for key in ("/StructTreeRoot", "/MarkInfo", "/OutputIntents"):
            if key in pdf.Root:
                del pdf.Root[key]
        if press.icc:
            _intend(pdf, press.icc)
        pdf.docinfo[Name.Trapped] = Name("/False")
        pdf.remove_unreferenced_resources()
        least, exactly = ("", "1.6") if press.icc else ("1.6", "")  # PDF/X-4 is made of PDF 1.6
        save(pdf, path, least, exactly)
    return findings


def _is_upright(page: Page) -> bool:
    left, bottom, right, top = _box(page)
    return top - bottom >= right - left


def _box(page: Page) -> list[float]:
    return [float(n) for n in page.trimbox]


def _sheet(pdf: Pdf, page: Page, press: Press, marks: Any, folds: Sequence[float], turned: bool) -> None:
    """The boxes of a page, and its marks; nothing of the page itself reaches beyond the bleed."""
    left, bottom, right, top = _box(page)
    matrix = ""
    if turned:  # its head to the left: what was above is left
        matrix = f"0 1 -1 0 {top + bottom:.4f} 0 cm"
        left, bottom, right, top = bottom, left, top, right
    trim = (left, bottom, right, top)
    bleed = _grown(trim, press.bleed * _MM)
    sheet = _grown(bleed, SLUG * _MM) if marks is not None else bleed
    for key in _SCREEN:
        if key in page.obj:
            del page.obj[key]
    page.obj.TrimBox, page.obj.BleedBox, page.obj.MediaBox = _array(trim), _array(bleed), _array(sheet)
    left, bottom, right, top = bleed
    clip = f"q {left:.4f} {bottom:.4f} {right - left:.4f} {top - bottom:.4f} re W n {matrix}\n"
    drawn = _marks(trim, max(press.bleed, _FEWEST) * _MM, folds) if marks is not None else ""
    content = clip.encode() + page.obj.Contents.read_bytes() + b"\nQ\n" + drawn.encode()
    page.obj.Contents = pdf.make_stream(content)
    if marks is not None:
        resources = page.obj.Resources
        if "/ColorSpace" not in resources:
            resources.ColorSpace = Dictionary()
        resources.ColorSpace["/Marks"] = marks


def _grown(box: Sequence[float], by: float) -> tuple[float, ...]:
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def _array(box: Sequence[float]) -> Array:
    return Array([round(n, 4) for n in box])


def _registration(pdf: Pdf) -> Any:
    """The ink of marks: that of every plate (ISO 32000-2, 8.6.6.4)."""
    domain, black = Array([0, 1]), Array([0, 0, 0, 1])
    to_black = Dictionary(FunctionType=2, Domain=domain, C0=Array([0, 0, 0, 0]), C1=black, N=1)
    return pdf.make_indirect(Array([Name.Separation, Name.All, Name.DeviceCMYK, to_black]))


def _marks(trim: Sequence[float], away: float, folds: Sequence[float]) -> str:
    """Two lines at each corner where it is cut, and a dashed one above and below each fold."""
    left, bottom, right, top = trim
    near, far = away + _APART * _MM, away + (_APART + _MARK) * _MM
    lines: list[str] = []
    for x, out in ((left, -1), (right, 1)):
        lines += [f"{x + out * near:.4f} {y:.4f} m {x + out * far:.4f} {y:.4f} l S" for y in (bottom, top)]
    for y, out in ((bottom, -1), (top, 1)):
        lines += [f"{x:.4f} {y + out * near:.4f} m {x:.4f} {y + out * far:.4f} l S" for x in (left, right)]
    if folds:
        lines.append("[2 1.5] 0 d")
    for x in (left + fold * _MM for fold in folds):
        lines += [f"{x:.4f} {y + o * near:.4f} m {x:.4f} {y + o * far:.4f} l S" for y, o in ((bottom, -1), (top, 1))]
    return "\n".join([f"q /Marks CS 1 SCN {_LINE} w", *lines, "Q"])


def _print_images(pdf: Pdf, press: Press, name: str) -> list[Finding]:
    findings: list[Finding] = []
    for image in [o for o in pdf.objects if isinstance(o, Stream) and o.get("/Subtype") == Name.Image]:
        try:
            _print_image(image, press)
        except (ValueError, OSError, NotImplementedError, PdfError) as error:
            size = f"{image.get('/Width')} × {image.get('/Height')} pixels"
            message = f"an image of {size} stays in the colours of a screen: it cannot be read ({error})"
            findings.append(finding("O012", message, name, 0, "save it anew as PNG or JPEG"))
    return findings


def _print_image(image: Any, press: Press) -> None:
    """An image in grey, one of two values in one bit; in colour if that is wanted and the press's profile is known."""
    space, colour = image.get("/ColorSpace"), press.images == "colour"
    if image.get("/ImageMask") or space == Name.DeviceGray or (colour and space == Name.DeviceCMYK):
        return
    picture = PdfImage(image).as_pil_image()
    if not colour or _is_grey(picture):
        _replace(image, _one_bit(picture.convert("L")))
    elif press.icc:
        _replace(image, _separated(picture, press.icc))


def _replace(image: Any, picture: Any) -> None:
    """Another picture of the same size in the place of one; photographs stay compressed as such."""
    buffer, spaces = BytesIO(), {"L": Name.DeviceGray, "1": Name.DeviceGray, "CMYK": Name.DeviceCMYK}
    if "/DCTDecode" in str(image.get("/Filter")) and picture.mode == "L":
        picture.save(buffer, "JPEG", quality=_QUALITY)
        image.write(buffer.getvalue(), filter=Name.DCTDecode)
    else:
        image.write(picture.tobytes())
    image.ColorSpace = spaces[picture.mode]
    image.BitsPerComponent = 1 if picture.mode == "1" else 8
    for key in ("/Decode", "/DecodeParms"):
        if key in image:
            del image[key]


def _is_grey(picture: Any) -> bool:
    bands = [band.tobytes() for band in picture.convert("RGB").split()]
    return len(set(bands)) == 1


def _one_bit(picture: Any) -> Any:
    """A drawing of black and white needs no more than one bit, and is printed without a screen then."""
    return picture if any(picture.histogram()[1:255]) else picture.point(lambda v: 255 * (v > 127), mode="1")


def _separated(picture: Any, profile: Path) -> Any:
    from PIL import ImageCms

    screen = ImageCms.createProfile("sRGB")
    try:
        return ImageCms.profileToProfile(picture.convert("RGB"), screen, str(profile), outputMode="CMYK")
    except ImageCms.PyCMSError as error:
        raise UsageError(
            f"{profile}: no colours can be separated with this profile ({error}); ask for another"
        ) from None


def _intend(pdf: Pdf, icc: Path) -> None:
    """PDF/X-4: the profile goes along, and the metadata say so."""
    data = icc.read_bytes()
    profile = pdf.make_stream(data, N=4)
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, DestOutputProfile=profile)
    intent.OutputConditionIdentifier = intent.Info = String(icc.stem)
    pdf.Root.OutputIntents = Array([intent])
    title = str(pdf.docinfo.get("/Title", icc.stem))
    with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
        meta.load_from_docinfo(pdf.docinfo)
        meta["pdfxid:GTS_PDFXVersion"] = "PDF/X-4"
        meta["pdf:Trapped"] = "False"
        meta["xmp:MetadataDate"] = meta.get("xmp:ModifyDate", meta.get("xmp:CreateDate", "1980-01-01T00:00:00Z"))
        meta["xmpMM:DocumentID"] = f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, title)}"
        meta["xmpMM:VersionID"] = "1"
        meta["xmpMM:RenditionClass"] = "default"
