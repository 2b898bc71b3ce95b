"""What the profile knows and what the rules did → the teiHeader (TEI P5, chapter 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from teipress import __version__, tei
from teipress.encode.profile import Profile
from teipress.encode.rules import RULES
from teipress.phrases import Phrases
from teipress.tei import Element

make = tei.make


def header(
    profile: Profile, title: str, languages: Mapping[str, str], decisions: Counter[str], classes: Sequence[Element]
) -> Element:
    """The header of one document.

    `languages` maps tags (BCP 47) to their names, the document's first; `decisions` counts what each rule decided;
    `classes` are the taxonomies of exemption codes.
    """
    facts = profile.header
    return make(
        "teiHeader",
        {},
        [
            make("fileDesc", {}, [_titles(profile, title), _publication(facts), _source(profile, title)]),
            _encoding(profile, decisions, classes),
            _profile_desc(facts, languages),
        ],
    )


def _titles(profile: Profile, title: str) -> Element:
    facts = profile.header
    content = [make("title", {"type": "main"}, [facts.get("title", title)])]
    content += [make("title", {"type": "sub"}, [facts["subtitle"]])] if "subtitle" in facts else []
    content += [make(name, {}, [facts[name]]) for name in ("author", "editor") if name in facts]
    work = "Encoding of the transcription by rules; no editor has answered for it yet"
    content.append(
        make(
            "respStmt", {"xml:id": f"{profile.id}-encoder"}, [make("resp", {}, [work]), make("name", {}, ["teipress"])]
        )
    )
    if not profile.authority:
        withheld = [make("resp", {}, ["Withheld parts of the text"]), make("name", {}, ["Not named in the profile"])]
        content.append(make("respStmt", {"xml:id": f"{profile.id}-authority"}, withheld))
    return make("titleStmt", {}, content)


def _publication(facts: Mapping[str, str]) -> Element:
    """Who publishes it, when, and what readers may do with it. Without a licence nothing is promised."""
    if "publisher" not in facts:
        return make("publicationStmt", {}, [make("p", {}, ["Not published."])])
    content = [make("publisher", {}, [facts["publisher"]])]
    content += [make("date", {"when": facts["date"]}, [Phrases().date(facts["date"])])] if "date" in facts else []
    said = [make("p", {}, [facts["availability"]])] if "availability" in facts else []
    if licence := facts.get("licence"):
        granted = make("licence", {"target": licence}, said or [make("p", {}, [licence])])
        content.append(make("availability", {"status": "free"}, [granted]))
    elif said:
        content.append(make("availability", {"status": "restricted"}, said))
    return make("publicationStmt", {}, content)


def _source(profile: Profile, title: str) -> Element:
    facts = profile.header
    parts: list[str | Element] = []

    def add(name: str, key: str, default: str = "", attributes: Mapping[str, str] | None = None) -> None:
        if value := facts.get(key, default):
            parts.extend([", "] if parts else [])
            parts.append(make(name, attributes, [value]))

    add("author", "source-author", facts.get("author", ""))
    add("title", "source-title", facts.get("title", title))
    add("title", "source-series", "", {"level": "s"})
    add("pubPlace", "source-place")
    add("publisher", "source-publisher")
    date = facts.get("source-date", "")
    add("date", "source-date", "", {"when": date} if date else None)
    add("idno", "number")
    return make("sourceDesc", {}, [make("bibl", {"xml:id": f"{profile.id}-source"}, parts)])


def _encoding(profile: Profile, decisions: Counter[str], classes: Sequence[Element]) -> Element:
    application = make(
        "application", {"ident": "teipress", "version": __version__}, [make("label", {}, ["teipress encode"])]
    )
    project = "Encoded from a transcription; every word of it stands here in its order."
    if profile.header.get("note"):
        project += " " + profile.header["note"]
    made = [make("projectDesc", {}, [make("p", {}, [project])])]
    made.append(make("editorialDecl", {"xml:id": f"{profile.id}-editorial"}, list(_declared(profile, decisions))))
    made += [make("classDecl", {}, classes)] if classes else []
    made.append(make("appInfo", {}, [application]))
    return make("encodingDesc", {}, made)


def _declared(profile: Profile, decisions: Counter[str]) -> Iterable[Element]:
    """What each rule decided, how often, and which rules were off."""
    yield make(
        "p",
        {},
        [
            f"What a rule decided points to #{profile.id}-encoder with @resp and says with @cert how sure it is; @resp"
            " of a gap is the authority that withheld the text. Each paragraph below is a rule with the number of its"
            " decisions."
        ],
    )
    for name, rule in RULES.items():
        if decisions[name]:
            yield make("p", {"n": name}, [f"{rule.summary} ({decisions[name]})"])
    if decisions["profile"]:
        yield make("p", {"n": "profile"}, [f"Pages that the editor set in the profile. ({decisions['profile']})"])
    if off := sorted(profile.off):
        yield make("p", {"n": "off"}, [f"Rules that were off: {', '.join(off)}."])


def _profile_desc(facts: Mapping[str, str], languages: Mapping[str, str]) -> Element:
    content: list[Element] = []
    if date := facts.get("source-date"):
        content.append(make("creation", {}, [make("date", {"when": date}, [Phrases().date(date)])]))
    used = [make("language", {"ident": tag}, [name]) for tag, name in languages.items()]
    content.append(make("langUsage", {}, used))
    return make("profileDesc", {}, content)
