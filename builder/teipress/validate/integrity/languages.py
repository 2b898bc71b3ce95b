"""A tree → findings on what xml:lang says: tags that are none, and letters of another script than the language's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from teipress import tei
from teipress.edition import Source
from teipress.findings import Finding
from teipress.languages import SHORTER, TWO_LETTERS
from teipress.tei import Element
from teipress.validate.integrity.places import at, often

# RFC 5646, 2.1, without what was grandfathered; a language has 2 or 3 letters, since longer ones were never assigned
_TAG = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*"
    r"(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?|x(?:-[a-z\d]{1,8})+|i-[a-z]+)",
    re.IGNORECASE,
)
# what is often written for a language that has a shorter or another code
_MEANT = SHORTER | {
    "jp": "ja", "cz": "cs", "gr": "el", "dk": "da", "iw": "he", "ji": "yi", "in": "id", "jw": "jv", "mo": "ro",
    "english": "en", "german": "de", "french": "fr", "latin": "la", "greek": "grc", "italian": "it",
    "spanish": "es", "russian": "ru",
}  # fmt: skip

_LETTERS = {
    "Latn": re.compile("[A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f\u1e00-\u1eff]+"),
    "Grek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]+"),
    "Cyrl": re.compile("[\u0400-\u052f]+"),
    "Hebr": re.compile("[\u05d0-\u05ea]+"),
    "Arab": re.compile("[\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefe]+"),
    "Hani": re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+"),
}
_SCRIPTS = {
    **dict.fromkeys(
        "af ca cs da de en es et eu fi fr ga hr hu is it la lt lv nl no pl pt ro sl sv tr vi".split(), "Latn"
    ),
    **dict.fromkeys(("el", "grc"), "Grek"),
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "cu", "chu"), "Cyrl"),
    **dict.fromkeys(("he", "hbo", "yi"), "Hebr"),
    **dict.fromkeys(("ar", "fa", "ur"), "Arab"),
    **dict.fromkeys(("zh", "ja", "ko", "lzh"), "Hani"),
}  # languages that are written in one script as a rule
_BEYOND = re.compile("[^\x00-\x7f]+")
_NO_LETTERS = bytes(b for b in range(128) if not chr(b).isalpha())
_ENOUGH = 10  # letters that can tell something
_NEARLY_ALL = 0.9  # of them


def check(source: Source) -> list[Finding]:
    """T002 for each tag that is none, T003 for each language that stands over letters of another script."""
    stating: dict[str, list[Element]] = defaultdict(list)
    for element in tei.selected(source.root, "//*[@xml:lang]"):
        stating[element.get(tei.XML_LANG, "")].append(element)
    wrong = [found for tag, elements in stating.items() for found in _tag(tag, elements)]
    return wrong + list(_scripts(source.root, stating)) + _unsaid(source.root)


def _tag(tag: str, elements: list[Element]) -> Iterator[Finding]:
    """A tag is empty where a text is in no language or an unknown one (XML 1.0, 2.12)."""
    language = re.split("[-_]", tag.lower())[0]
    if not tag or (_TAG.fullmatch(tag) and language not in _MEANT and (len(language) != 2 or language in TWO_LETTERS)):
        return
    hint = (
        f'write "{_better(tag)}"'
        if _better(tag) != tag
        else "the registry of language subtags of the IANA has them all"
    )
    yield at(elements[0], "T002", f'xml:lang "{tag}" is no language tag of BCP 47{often(len(elements))}', hint)


def _better(tag: str) -> str:
    """The tag that is likely meant, or the same."""
    language, *rest = re.split("[-_]", tag)
    better = "-".join([_MEANT.get(language.lower(), language), *rest])
    return better if _TAG.fullmatch(better) else tag


def _scripts(root: Element, stating: dict[str, list[Element]]) -> Iterator[Finding]:
    own = _own_letters(e for elements in stating.values() for e in elements)
    for tag, elements in stating.items():
        expected = _SCRIPTS.get(tag.lower().partition("-")[0])
        if expected is None or re.search("-(?:[a-z]{4}(?:-|$)|x-)", tag.lower()):
            continue  # a language of many scripts, or a tag that says more of the script
        strange = [(e, s) for e in elements if (s := _other(own[e], expected))]
        if strange:
            element, script = strange[0]
            words = tei.line_of_text(element)
            quoted = words if len(words) <= 40 else words[:40].rsplit(" ", 1)[0] + " …"
            message = f'"{quoted}" is not in the script of xml:lang "{tag}"{often(len(strange))}'
            hint = (
                f'write "{tag}-{script}" if it is romanised' if script == "Latn" else "state the language that it is in"
            )
            yield at(element, "T003", message, hint)


def _own_letters(elements: Iterator[Element]) -> dict[Element, Counter[str]]:
    """The letters of each script in elements that state a language, without those of elements inside them that do."""
    counts = {e: _count(tei.string(e)) for e in elements}
    own = {e: Counter(c) for e, c in counts.items()}
    for element, count in counts.items():
        parent = element.getparent()
        outer = None if parent is None else tei.states_language(parent)
        if outer in own:
            own[outer].subtract(count)
    return own


def _count(text: str) -> Counter[str]:
    # most letters are plain Latin ones, which are counted in bytes; the others are few
    beyond = "".join(_BEYOND.findall(text))
    found = {script: sum(map(len, letters.findall(beyond))) for script, letters in _LETTERS.items()}
    found["Latn"] += len(text.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    return Counter({script: count for script, count in found.items() if count})


def _other(letters: Counter[str], expected: str) -> str:
    """The script that nearly all letters are in, if it is not the one expected."""
    if not letters or letters.total() < _ENOUGH:
        return ""
    script, times = letters.most_common(1)[0]
    return script if script != expected and times >= _NEARLY_ALL * letters.total() else ""


def _unsaid(root: Element) -> list[Finding]:
    """T004 where the header names the one language of the text, and the text does not say it."""
    findings = []
    for text in tei.elements(root, "text"):
        document = text.getparent()
        if document is None or tei.local(document) != "TEI" or tei.language(text):
            continue
        named = [i for e in tei.elements(document, "language") if (i := e.get("ident"))]
        if len(named) == 1:
            message = f'the header says that the text is in "{named[0]}", and the text itself says nothing'
            findings.append(at(text, "T004", message, f'write <text xml:lang="{_better(named[0])}">'))
    return findings
