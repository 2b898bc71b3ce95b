"""A register of invented persons, places and bodies, and texts read as flows, for the tests of names."""

from __future__ import annotations

import re
from pathlib import Path

from teipress.encode.names.recognition import Named, names
from teipress.encode.names.register import Register, load_register
from teipress.encode.nodes import MARK, Flow, Node, Span, flow, mark
from teipress.encode.profile import Profile
from teipress.encode.transcription import Transcription

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>R</title>
<respStmt xml:id="ed1"><resp>Editor</resp><name>E. Editor</name></respStmt></titleStmt></fileDesc>
<encodingDesc><classDecl><taxonomy><category xml:id="x9Z"><catDesc><term>9Z</term> kept back</catDesc></category>
<category xml:id="plain"><catDesc>(q)(1)</catDesc></category></taxonomy></classDecl></encodingDesc>
<profileDesc><particDesc>{header}</particDesc></profileDesc></teiHeader><standOff>{body}</standOff></TEI>"""

PERSONS = """<listPerson>
<person xml:id="karlov-yurii">
  <persName type="main" xml:lang="ru-Latn"><forename>Yuriy</forename> <surname>Karlov</surname></persName>
  <persName type="native" xml:lang="ru">Юрий Семёнович Карлов</persName>
  <occupation>Foreign minister of Ruritania</occupation></person>
<person xml:id="moriyama-shintaro">
  <persName type="main" xml:lang="ja-Latn"><surname>Moriyama</surname> <forename>Shintarō</forename></persName>
  <persName type="native" xml:lang="ja"><surname>森山</surname><forename>慎太郎</forename></persName>
  <occupation>Prime minister of Zenda</occupation></person>
<person xml:id="zhou-lan"><persName type="main" xml:lang="zh-Latn"><surname>Zhou</surname> <forename>Lan</forename>
  </persName><persName type="native" xml:lang="zh"><surname>周</surname><forename>岚</forename></persName></person>
<person xml:id="hope-margaret"><persName><forename>Margaret</forename> <surname>Hope</surname></persName></person>
<person xml:id="smith-michael"><persName><forename>Michael B.</forename> <surname>Smith</surname></persName>
  <occupation>Ambassador in Ruritania</occupation></person>
<person xml:id="smith-paula"><persName><forename>Paula</forename> <surname>Smith</surname></persName>
  <occupation>Physicist</occupation></person>
<person xml:id="berg-otto"><persName><forename>Otto</forename> <nameLink>von</nameLink> <surname>Berg</surname>
  </persName><persName type="nick">Otti Berg</persName></person>
<person xml:id="oneill-sean"><persName><forename>Seán</forename> <surname>O’Neill</surname></persName></person>
<person xml:id="martin-eric"><persName><forename>Eric</forename> <surname>Martin</surname></persName></person>
</listPerson>"""

PLACES = """<listPlace>
<place xml:id="strelsau"><placeName type="main">Strelsau</placeName><placeName xml:lang="ru">Стрельзау</placeName>
</place><place xml:id="zenda"><placeName>Zenda</placeName><placeName xml:lang="ja">全田</placeName></place>
<place xml:id="north-coast"><placeName>North Coast</placeName></place>
<place xml:id="capital"><placeName>Hentzau, D.R.</placeName></place>
<place xml:id="ru"><placeName>RU</placeName><placeName>Ruritania</placeName></place>
</listPlace>
<listOrg><org xml:id="orz"><orgName>Office of Ruritanian Analysis</orgName><orgName>ORZ</orgName></org>
<org xml:id="uni"><orgName>Strelsau University</orgName></org></listOrg>"""


def write(path: Path, body: str = PERSONS + PLACES, header: str = "<p/>") -> Path:
    path.write_text(TEI.format(body=body, header=header), "utf-8")
    return path


def register(folder: Path, body: str = PERSONS + PLACES) -> Register:
    return load_register([write(folder / "register.xml", body)])


def flows(text: str, lineated: bool = False, name: str = "p") -> list[Flow]:
    """One flow for each paragraph; asterisks and underscores are marks."""
    marks = [mark(m.start(), m.end()) for m in re.finditer(r"\*+|_+", text)]
    read, at = [], 0
    for paragraph in re.split(r"(\n\s*\n)", text):
        if paragraph.strip():
            lines = [(at + m.start(), at + m.end()) for m in re.finditer(r"[^\n]+", paragraph)]
            hidden = {i for mark in marks if mark.name == MARK for i in range(*mark.range)}
            read.append(flow(text, Node(name, lines, lineated=lineated), hidden))
        at += len(paragraph)
    return read


def named(
    text: str,
    register: Register,
    profile: Profile | None = None,
    taken: tuple[Span, ...] = (),
    lineated: bool = False,
    name: str = "p",
) -> Named:
    transcription = Transcription(text, "letter.txt")
    return names(flows(text, lineated, name), register, profile or Profile(), taken, transcription)


def told(text: str, found: Named) -> list[str]:
    """Every span as "name ref cert: characters"."""
    said = []
    for span in found.spans:
        reference = dict(span.attributes).get("ref", "-")
        said.append(f"{span.name} {reference} {span.cert}: {text[span.start : span.end]}".replace("\n", "|"))
    return said
