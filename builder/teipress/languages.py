"""Language tags as TEI files have them → tags that HTML, reading systems and catalogues accept (BCP 47)."""

from __future__ import annotations

import re

# three-letter codes (ISO 639-2) that BCP 47 does not know because there are two letters for the same language
SHORTER = dict(
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
# the two-letter codes that there are (ISO 639-1); browsers and checkers know no other
TWO_LETTERS = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw "
    "ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt "
    "my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm "
    "sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh "
    "zu".split()
)
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
