"""Language tags as TEI files have them → tags that HTML and reading systems accept (BCP 47), and their direction."""

from __future__ import annotations

import re

from teipress.languages import SHORTER, TWO_LETTERS

_RIGHT_TO_LEFT = frozenset({"ar", "he", "syr", "yi", "fa", "ur", "arc", "ckb", "dv", "ps", "sd", "ug"})
_RTL_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "syre", "syrj", "syrn"})
_PRIMARY = re.compile(r"[a-z]{2,3}$")
# the blocks of Hebrew, Arabic, Syriac and their kin; letters in them, and all other letters
_LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_FROM_RIGHT = re.compile(rf"(?=[{_LEFTWARD}])[^\W\d_]")
_FROM_LEFT = re.compile(rf"(?![{_LEFTWARD}])[^\W\d_]")
_SAMPLE = 20_000  # letters that say enough of a whole book
_SCRIPTS = frozenset(
    "arab armn beng bopo cans cher copt cyrl deva egyp ethi geor goth grek gujr guru hang hani hans hant "
    "hebr hira hrkt ital jpan kana khmr knda kore laoo latf latn linb lina mlym mong mymr nkoo ogam orkh "
    "orya osma phnx runr samr sinh syrc syre syrj syrn taml telu tfng thaa thai tibt ugar xpeo xsux zyyy "
    "zinh".split()
)
# the regions that there are (ISO 3166-1, UN M.49), those that tags of the past may have included
_REGIONS = frozenset(
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by "
    "bz ca cc cd cf cg ch ci ck cl cm cn co cp cr cu cv cw cx cy cz de dg dj dk dm do dz ea ec ee eg eh er es et eu "
    "fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu ic id ie il im in "
    "io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg "
    "mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl "
    "pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz ta tc td "
    "tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw dd su yu "
    "001 002 003 005 009 011 013 014 015 017 018 019 021 029 030 034 035 039 053 054 057 061 142 143 145 150 151 154 "
    "155 202 419".split()
)
_LEAST, _MOST = 2, 8  # letters of a private subtag, as checkers take it


def html_language(written: str) -> str:
    """The language tag to print for ``xml:lang``; what is no tag is cut to its language, or becomes a private one.

    ``slv`` becomes ``sl``; ``el-grc`` says ancient Greek where the tag is ``grc``; ``sr-Cryl`` is a slip for a script;
    ``mp``, which no registry knows, becomes ``und-x-mp``: undetermined, and not the language of the text around it.
    """
    subtags = written.replace("_", "-").split("-")
    primary = subtags[0].lower()
    primary = SHORTER.get(primary, primary)
    if primary != "x" and len(subtags) > 1 and re.fullmatch(r"[a-z]{3}", subtags[1]):
        primary, subtags = SHORTER.get(subtags[1], subtags[1]), [subtags[1], *subtags[2:]]
    if primary == "x" and len(subtags) > 1:
        own = _own(subtags[1:])
        return "-".join(["x", *own]) if own else _private("".join(subtags[1:]))
    if not _PRIMARY.match(primary) or (len(primary) == 2 and primary not in TWO_LETTERS):
        return _private(written)
    return "-".join([primary, *_script_and_region(subtags[1:])])


def _script_and_region(subtags: list[str]) -> list[str]:
    """At most one script, one region and what is private, as far as the subtags of a tag come in that order."""
    kept: list[str] = []
    rooms = [_SCRIPTS, _REGIONS]
    for position, written in enumerate(subtags):
        if written.lower() == "x":
            own = _own(subtags[position + 1 :])
            return [*kept, "x", *own] if own else kept
        subtag = "GB" if written.lower() == "uk" else written
        while rooms and subtag.lower() not in rooms[0]:
            rooms.pop(0)
        if not rooms:
            break
        rooms.pop(0)
        kept.append(subtag)
    return kept


def _own(subtags: list[str]) -> list[str]:
    """Private subtags as checkers take them: those of one letter are left out, long ones are cut."""
    whole = [subtag for subtag in subtags if subtag.isascii() and subtag.isalnum()]
    return [subtag[:_MOST] for subtag in whole if len(subtag) >= _LEAST]


def _private(written: str) -> str:
    """A tag of private use for what is no language tag, "" if there is nothing to say (BCP 47, 2.2.7)."""
    pieces = re.findall(r"[a-z0-9]+", written.lower())
    own = _own(pieces)
    return "-".join(["und", "x", *own]) if own else "und" if pieces else ""


def right_to_left(language: str, text: str = "") -> bool:
    """Whether text in a language (BCP 47) is written from right to left.

    A script in the tag decides. Else the language does, unless all letters of the text run the other way: a word
    of Arabic in Latin letters, or of a language that is written in either script.
    """
    parts = language.lower().split("-")
    scripts = [p for p in parts[1 : parts.index("x") if "x" in parts else None] if len(p) == 4 and p.isalpha()]
    if scripts:
        return scripts[0] in _RTL_SCRIPTS
    if parts[0] in _RIGHT_TO_LEFT:
        return _FROM_RIGHT.search(text) is not None or _FROM_LEFT.search(text) is None
    return not text.isascii() and _FROM_LEFT.search(text) is None and _FROM_RIGHT.search(text) is not None


def mostly_right_to_left(text: str, language: str = "") -> bool:
    """Whether most letters of a text run from right to left; where it has none, whether its language does."""
    sample = text[:: len(text) // _SAMPLE + 1]  # evenly from all of it: its front may be in another language
    left, right = len(_FROM_LEFT.findall(sample)), len(_FROM_RIGHT.findall(sample))
    return right > left if left or right else right_to_left(language)
