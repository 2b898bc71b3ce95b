"""What a PDF says of itself → its metadata stream: XMP (ISO 16684-1) as PDF/A and PDF/UA have it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NAMES = {
    "rdf": _RDF,
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'.encode()
_END = b'\n<?xpacket end="r"?>'
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")  # what XMP takes for a date, of what stands in headers
_DEFAULT = "x-default"  # the language of a property that has one value only


@dataclass(frozen=True, slots=True)
class Record:
    """What a PDF says of itself. `language` is that of its pages (BCP 47), `moment` the date of the file.

    `date` is that of the publication; `leftward` says that pages follow each other from right to left.
    """

    title: str
    language: str
    moment: datetime
    creators: tuple[str, ...] = ()
    description: str = ""
    publisher: str = ""
    date: str = ""
    licence: str = ""
    licence_url: str = ""
    generator: str = "teipress"
    leftward: bool = False


def packet(record: Record, producer: str, part: int) -> bytes:
    """The metadata stream; `part` of ISO 19005 is claimed, and PDF/UA-1 with it, or neither if it is 0."""
    rdf = etree.Element(_name("rdf:RDF"), nsmap=_NAMES)
    about = etree.SubElement(rdf, _name("rdf:Description"), {_name("rdf:about"): ""})
    if part:
        _claim(about, part)
    _say(about, record)
    moment = record.moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    told = {
        "xmp:CreatorTool": record.generator,
        "xmp:CreateDate": moment,
        "xmp:ModifyDate": moment,
        "xmp:MetadataDate": moment,
        "pdf:Producer": producer,
        "xmpRights:WebStatement": record.licence_url,
    }
    for name, value in told.items():
        if value:
            etree.SubElement(about, _name(name)).text = value
    meta = etree.Element("{adobe:ns:meta/}xmpmeta", nsmap={"x": "adobe:ns:meta/"})
    meta.append(rdf)
    return _BEGIN + etree.tostring(meta, encoding="utf-8") + _END


def _say(about: Any, record: Record) -> None:
    """Dublin Core: who made what, and what may be done with it."""
    _values(about, "dc:format", "", ["application/pdf"])
    _values(about, "dc:title", "Alt", [record.title], _DEFAULT)
    _values(about, "dc:creator", "Seq", record.creators)
    _values(about, "dc:description", "Alt", [record.description], _DEFAULT)
    _values(about, "dc:publisher", "Bag", [record.publisher])
    _values(about, "dc:date", "Seq", [record.date] if _DATE.fullmatch(record.date) else [])
    _values(about, "dc:language", "Bag", [record.language])
    _values(about, "dc:rights", "Alt", [record.licence], _DEFAULT)


def _values(about: Any, name: str, kind: str, values: Any, language: str = "") -> None:
    """A property with one value, or with a list of them (`kind`: Alt, Bag or Seq); nothing where they are empty."""
    filled = [value for value in values if value]
    if not filled:
        return
    holder = etree.SubElement(about, _name(name))
    if not kind:
        holder.text = filled[0]
        return
    array = etree.SubElement(holder, _name(f"rdf:{kind}"))
    for value in filled:
        item = etree.SubElement(array, _name("rdf:li"))
        item.text = value
        if language:
            item.set("{http://www.w3.org/XML/1998/namespace}lang", language)


def _claim(about: Any, part: int) -> None:
    """Claim PDF/A of that part, level A, and PDF/UA-1, whose schema PDF/A wants described (ISO 19005-2, 6.6.2.3)."""
    for name, value in {"pdfaid:part": str(part), "pdfaid:conformance": "A", "pdfuaid:part": "1"}.items():
        etree.SubElement(about, _name(name)).text = value
    schema = _resource(etree.SubElement(etree.SubElement(about, _name("pdfaExtension:schemas")), _name("rdf:Bag")))
    _fill(schema, "pdfaSchema", schema="PDF/UA identification", namespaceURI=_NAMES["pdfuaid"], prefix="pdfuaid")
    described = _resource(etree.SubElement(etree.SubElement(schema, _name("pdfaSchema:property")), _name("rdf:Seq")))
    text = "Part of ISO 14289 that the file conforms to"
    _fill(described, "pdfaProperty", name="part", valueType="Integer", category="internal", description=text)


def _resource(array: Any) -> Any:
    return etree.SubElement(array, _name("rdf:li"), {_name("rdf:parseType"): "Resource"})


def _fill(element: Any, schema_prefix: str, /, **values: str) -> None:
    for name, value in values.items():
        etree.SubElement(element, _name(f"{schema_prefix}:{name}")).text = value


def _name(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"
