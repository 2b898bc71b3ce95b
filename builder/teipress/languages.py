"""The codes of languages that there are (ISO 639-1 and 639-2), as BCP 47 takes them."""

from __future__ import annotations

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
