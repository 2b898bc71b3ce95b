"""What a description says in words → the codes that catalogues want: of languages, dates, licences and titles.

Every function answers with nothing where there is no code: none is guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from typing import NamedTuple

from teipress.phrases import ISO_DATE

# ISO 639-1 to the bibliographic codes of ISO 639-2, which MARC and ONIX take
_BIBLIOGRAPHIC = dict(
    pair.split("=")
    for pair in (
        "aa=aar ab=abk ae=ave af=afr ak=aka am=amh an=arg ar=ara as=asm av=ava ay=aym az=aze ba=bak be=bel bg=bul "
        "bh=bih bi=bis bm=bam bn=ben bo=tib br=bre bs=bos ca=cat ce=che ch=cha co=cos cr=cre cs=cze cu=chu cv=chv "
        "cy=wel da=dan de=ger dv=div dz=dzo ee=ewe el=gre en=eng eo=epo es=spa et=est eu=baq fa=per ff=ful fi=fin "
        "fj=fij fo=fao fr=fre fy=fry ga=gle gd=gla gl=glg gn=grn gu=guj gv=glv ha=hau he=heb hi=hin ho=hmo hr=hrv "
        "ht=hat hu=hun hy=arm hz=her ia=ina id=ind ie=ile ig=ibo ii=iii ik=ipk io=ido is=ice it=ita iu=iku ja=jpn "
        "jv=jav ka=geo kg=kon ki=kik kj=kua kk=kaz kl=kal km=khm kn=kan ko=kor kr=kau ks=kas ku=kur kv=kom kw=cor "
        "ky=kir la=lat lb=ltz lg=lug li=lim ln=lin lo=lao lt=lit lu=lub lv=lav mg=mlg mh=mah mi=mao mk=mac ml=mal "
        "mn=mon mr=mar ms=may mt=mlt my=bur na=nau nb=nob nd=nde ne=nep ng=ndo nl=dut nn=nno no=nor nr=nbl nv=nav "
        "ny=nya oc=oci oj=oji om=orm or=ori os=oss pa=pan pi=pli pl=pol ps=pus pt=por qu=que rm=roh rn=run ro=rum "
        "ru=rus rw=kin sa=san sc=srd sd=snd se=sme sg=sag si=sin sk=slo sl=slv sm=smo sn=sna so=som sq=alb sr=srp "
        "ss=ssw st=sot su=sun sv=swe sw=swa ta=tam te=tel tg=tgk th=tha ti=tir tk=tuk tl=tgl tn=tsn to=ton tr=tur "
        "ts=tso tt=tat tw=twi ty=tah ug=uig uk=ukr ur=urd uz=uzb ve=ven vi=vie vo=vol wa=wln wo=wol xh=xho yi=yid "
        "yo=yor za=zha zh=chi zu=zul"
    ).split()
)
# those of ISO 639-2 that have no two letters
_OTHERS = frozenset(
    "ace ach ada ady afh ain akk ale alt ang anp apa arc arn arp arw ast awa bal ban bas bej bem bho bik bin bla bra "
    "bua bug byn cad car ceb chb chg chk chm chn cho chp chr chy cop crh csb dak dar del den dgr din doi dsb dua dum "
    "dyu efi egy eka elx enm ewo fan fat fil fon frm fro frr frs fur gaa gay gba gez gil gmh goh gon gor got grb grc "
    "gsw gwi hai haw hil hit hmn hsb hup iba ilo inh jbo jpr jrb kaa kab kac kam kaw kbd kha kho kmb kok kos kpe krc "
    "krl kru kum kut lad lah lam lez lol loz lua lui lun luo lus mad mag mai mak man mas mdf mdr men mga mic min mnc "
    "mni moh mos mus mwl mwr myv nap nds new nia niu nog non nso nwc nym nyn nyo nzi osa ota pag pal pam pap pau peo "
    "phn pon pro raj rap rar rom rup sad sah sam sas sat scn sco sel sga shn sid sma smj smn sms snk sog srn srr suk "
    "sus sux syc syr tem ter tet tig tiv tkl tlh tli tmh tog tpi tsi tum tvl tyv udm uga umb vai vot wal war was xal "
    "yao yap zap zbl zen zun zza".split()
)
_ARTICLES = {
    "en": "the a an",
    "de": "der die das ein eine",
    "fr": "le la les l' l’ un une",
    "es": "el la los las un una",
    "it": "il lo la i gli le l' l’ un uno una un' un’",
    "pt": "o a os as um uma",
    "nl": "de het een 't ’t",
    "sv": "den det de en ett",
    "da": "den det de en et",
    "hu": "a az",
    "yi": "דער די דאָס דאס אַ אַן",
}
_YEAR = re.compile(r"(?<![\d.-])(\d{4})(?!\d)")
_TIME = re.compile(r"T[\d:.]+(Z|[+-]\d\d:?\d\d)?$")
_CC = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses/(by(?:-nc)?(?:-nd|-sa)?)|publicdomain/(zero|mark))/(\d\.\d)"
    r"(?:/([a-z]{2}))?(?:/|$)"
)


class Licence(NamedTuple):
    """A Creative Commons licence: its short name, its SPDX identifier and its address."""

    name: str
    spdx: str
    url: str


def language_code(tag: str) -> str:
    """The code of ISO 639-2 (bibliographic) for a language tag (BCP 47)."""
    primary = tag.split("-")[0].lower()
    return _BIBLIOGRAPHIC.get(primary, primary if primary in _OTHERS else "")


def language_codes(tags: Iterable[str]) -> tuple[str, ...]:
    """The codes of ISO 639-2 for language tags, each once."""
    return tuple(dict.fromkeys(code for tag in tags if (code := language_code(tag))))


def day(date: str) -> str:
    """A date as year, month and day as far as ISO 8601 states them, without the time; of any other form nothing.

    Nor of a day or a month that no calendar has.
    """
    cut = _TIME.sub("", date)
    return cut if ISO_DATE.fullmatch(cut) and _is_dated(*map(int, cut.lstrip("-").split("-"))) else ""


def _is_dated(year: int, month: int = 1, day: int = 1) -> bool:
    """Whether there is such a day, in a calendar that repeats itself after 400 years."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(2000 + year % 400, month)[1]


def years(date: str) -> tuple[str, ...]:
    """The years that a date names: one, or the first and the last of a span; of years before Christ none."""
    found = _YEAR.findall(re.sub(r"(?<=\d{4})\s*[-–/]\s*(?=\d{4}(?!\d))", " ", day(date)[:4] or date))
    return tuple(found) if len(found) < 3 else ()


def year(date: str) -> str:
    """The one year that a date names, if it names one alone."""
    found = years(date)
    return found[0] if len(found) == 1 else ""


def last_change(changes: Iterable[tuple[str, str, str]]) -> str:
    """The latest day on which something was changed, if any states a whole day."""
    days = (day(change[0]) for change in changes)
    return max((d for d in days if len(d) == len("2000-01-01")), default="")


def nonfiling(title: str, language: str) -> int:
    """How many characters of a title a catalogue does not file by: an article in its language, and the space behind."""
    word, space, _ = title.partition(" ")
    articles = _ARTICLES.get(language.split("-")[0].lower(), "").split()
    if space and word.lower() in articles:
        return len(word) + 1
    return next((len(a) for a in articles if a.endswith(("'", "’")) and title.lower().startswith(a)), 0)


def creative_commons(url: str) -> Licence | None:
    """Which Creative Commons licence an address is that of; None for any other address."""
    found = _CC.match(url)
    if found is None:
        return None
    terms, public, version, country = found.groups()
    ported = f" {country.upper()}" if country else ""
    address = found[0].rstrip("/") + "/"
    if terms:
        spdx = f"CC-{terms.upper()}-{version}" + (f"-{country.upper()}" if country else "")
        return Licence(f"CC {terms.upper()} {version}{ported}", "" if country else spdx, address)
    name = {"zero": ("CC0 ", "CC0-"), "mark": ("Public Domain Mark ", "CC-PDM-")}[public]
    return Licence(name[0] + version, name[1] + version, address)
