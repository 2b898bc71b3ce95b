"""Language tags as TEI files have them → tags that HTML and reading systems accept (BCP 47), and their direction."""

from __future__ import annotations

import re

_RIGHT_TO_LEFT = frozenset({"ar", "he", "syr", "yi", "fa", "ur", "arc", "ckb", "dv", "ps", "sd", "ug"})
_RTL_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "syre", "syrj", "syrn"})
# three-letter codes (ISO 639-2) that BCP 47 does not know because there are two letters for the same language
_SHORT = dict(
    pair.split("=")
    for pair in (
        "afr=af ara=ar arm=hy baq=eu bel=be ben=bn bos=bs bre=br bul=bg cat=ca ces=cs chi=zh cor=kw cym=cy "
        "cze=cs dan=da deu=de dut=nl ell=el eng=en epo=eo est=et eus=eu fao=fo fas=fa fin=fi fra=fr fre=fr "
        "fry=fy geo=ka ger=de gla=gd gle=ga glg=gl gre=el heb=he hin=hi hrv=hr hun=hu hye=hy ice=is ind=id "
        "isl=is ita=it jpn=ja kan=kn kat=ka kor=ko kur=ku lat=la lav=lv lit=lt ltz=lb mac=mk mal=ml mar=mr "
        "may=ms mkd=mk mlt=mt msa=ms nld=nl nno=nn nob=nb nor=no oci=oc pan=pa per=fa pol=pl por=pt roh=rm "
        "ron=ro rum=ro rus=ru san=sa slk=sk slo=sk slv=sl spa=es sqi=sq srp=sr swe=sv tam=ta tel=te tha=th "
        "tib=bo bod=bo tur=tr ukr=uk urd=ur vie=vi wel=cy yid=yi zho=zh"
    ).split()
)
_PRIMARY = re.compile(r"[a-z]{2,3}$")
_SUBTAG = re.compile(r"(?:[a-z]{4}|[a-z]{2}|\d{3}|x)$")  # script, region, private use
_SCRIPTS = frozenset(
    "arab armn beng bopo cans cher copt cyrl deva egyp ethi geor goth grek gujr guru hang hani hans hant "
    "hebr hira hrkt ital jpan kana khmr knda kore laoo latf latn linb lina mlym mong mymr nkoo ogam orkh "
    "orya osma phnx runr samr sinh syrc syre syrj syrn taml telu tfng thaa thai tibt ugar xpeo xsux zyyy "
    "zinh".split()
)


def html_language(written: str) -> str:
    """The language tag to print for ``xml:lang``; what is no tag is cut to its language, or left out.

    ``slv`` becomes ``sl``; ``el-grc`` says ancient Greek where the tag is ``grc``; ``sr-Cryl`` is a slip for a script.
    """
    subtags = written.replace("_", "-").split("-")
    primary = subtags[0].lower()
    primary = _SHORT.get(primary, primary)
    if len(subtags) > 1 and re.fullmatch(r"[a-z]{3}", subtags[1]):
        primary, subtags = _SHORT.get(subtags[1], subtags[1]), [subtags[1], *subtags[2:]]
    if primary == "x" and len(subtags) > 1:
        return written
    if not _PRIMARY.match(primary):
        return ""
    kept = [primary]
    for position, subtag in enumerate(subtags[1:], 1):
        known = _SUBTAG.match(subtag.lower()) and (len(subtag) != 4 or subtag.lower() in _SCRIPTS)
        if subtag.lower() == "x":
            return "-".join([*kept, *subtags[position:]]) if len(subtags) > position + 1 else "-".join(kept)
        if not known:
            break
        kept.append(subtag)
    return "-".join(kept)


def right_to_left(language: str) -> bool:
    """Whether a language tag (BCP 47) names a script that is written from right to left."""
    parts = language.lower().split("-")
    scripts = [p for p in parts[1:] if len(p) == 4 and p.isalpha()]
    return scripts[0] in _RTL_SCRIPTS if scripts else parts[0] in _RIGHT_TO_LEFT
