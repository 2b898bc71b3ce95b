"""Language tags as TEI files have them → tags that HTML, reading systems and catalogues accept (BCP 47)."""

from __future__ import annotations

import re

# ISO 639-1 to the bibliographic codes of ISO 639-2, which catalogues take
BIBLIOGRAPHIC = dict(
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
# the languages that have another code of three letters in their own tongue (ISO 639-2, terminological)
_TERMINOLOGICAL = dict(
    pair.split("=")
    for pair in (
        "bod=bo ces=cs cym=cy deu=de ell=el eus=eu fas=fa fra=fr hye=hy isl=is kat=ka mkd=mk mri=mi msa=ms mya=my "
        "nld=nl ron=ro slk=sk sqi=sq zho=zh"
    ).split()
)
# three-letter codes that BCP 47 does not know because there are two letters for the same language
SHORTER = {code: letters for letters, code in BIBLIOGRAPHIC.items()} | _TERMINOLOGICAL
TWO_LETTERS = frozenset(BIBLIOGRAPHIC) | {"in", "iw", "ji", "jw", "mo", "sh"}  # the latter are no longer used
_PRIMARY = re.compile(r"[a-z]{2,3}$")
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
