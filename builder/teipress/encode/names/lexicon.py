"""What the recognition of names knows of words: titles, parts of bodies' names, usual forenames. Data only.

English first, since the encoder was made for released documents of the United States; then German, French, Russian.
"""

from __future__ import annotations

# titles that make a name of the capitalised words after them
HONORIFICS = frozenset(
    "mr mrs ms miss mister dr doctor prof professor sir lord lady dame madam madame mme mlle monsieur herr herrn frau "
    "hon honorable honourable rev reverend fr rabbi sheikh comrade monsignor mgr ing dipl".split()
)
# offices and ranks that stand before a name; those of WEAK are ordinary words as well
OFFICES = frozenset(
    "minister premier president chairman chairwoman chairperson chancellor ambassador secretary senator "
    "congressman congresswoman representative governor mayor commander captain colonel lieutenant sergeant "
    "corporal admiral general major marshal brigadier commodore academician counselor counsellor consul envoy "
    "judge justice king queen prince princess emperor empress pope archbishop bishop cardinal director chief "
    "commissioner attaché attache delegate spokesman spokeswoman undersecretary shah tsar sultan imam ayatollah "
    "archduke duke count baron sen rep gov gen lt col maj capt cmdr cdr adm amb sgt brig pres sec dir min cpt ltc "
    "mgen präsident kanzler bundeskanzler aussenminister außenminister botschafter staatssekretär oberst graf "
    "freiherr président ministre ambassadeur chancelier général colonel".split()
)
WEAK = frozenset(
    "general major chief director secretary representative count delegate justice king queen prince duke baron "
    "spokesman captain cardinal lady lord hon fr min sec dir count marshal judge commander governor pope miss".split()
)
# what may stand before an office or between two of them
QUALIFIERS = frozenset(
    "the right prime foreign deputy vice assistant associate under acting first second third chief party general "
    "cabinet defense defence finance interior trade agriculture special lieutenant major rear brigadier fleet "
    "field crown executive press attorney supreme most assistent staff premier permanent minister secretary".split()
)
ABBREVIATED = frozenset(
    "mr mrs ms dr prof hon rev fr sen rep gov gen lt col maj capt cmdr cdr adm amb sgt brig pres sec dir min st "
    "mme mlle mgr г т гн тов проф ген акад".split()
)
# offices that are titles even when they are written small
SMALL = frozenset("minister premier president chairman chancellor ambassador senator professor".split())
# in the nominative: the cases are made from these; "г-н" and "премьер-министр" are two words with a hyphen
RUSSIAN_OFFICES = tuple(
    "гн господин госпожа товарищ тов президент премьер министр посол генерал маршал председатель секретарь "
    "академик профессор канцлер полковник адмирал директор доктор императрица император королева король".split()
)
RUSSIAN_QUALIFIERS = tuple(
    "генеральный первый государственный верховный вице замминистра заместитель иностранных внутренних дел обороны "
    "финансов".split()
)
RUSSIAN_SHORT = frozenset("г т гн гна гну гном гне гжа гжи гже гжу гжой".split())  # г. Иванов, г-жа Иванова

# after a name, in the scripts without spaces
IDEOGRAPHIC_TITLES = tuple(
    "内閣総理大臣 総理大臣 外務大臣 大蔵大臣 防衛庁長官 官房長官 国家主席 国務長官 総書記 書記長 大統領 "
    "総理 首相 外相 蔵相 農相 防衛相 通産相 議長 主席 大使 公使 領事 参事官 長官 次官 大臣 委員長 委員 "
    "理事長 理事 総裁 副総裁 教授 博士 先生 議員 知事 市長 社長 会長 局長 部長 課長 院長 所長 将軍 元帥 "
    "大将 大佐 同志 夫人 さん 氏 様 君 总书记 总理 外长 部长 主任 代表 위원장 대통령 총리 장관 대사 교수 "
    "씨".split()
)
IDEOGRAPHIC_COURTESIES = ("さん", "氏")  # whoever stands before these is a person
SUFFIXES = frozenset("san sama sensei shi kun".split())  # "Kimura-san"

# words that make a place before them the beginning of a body's name: "Japan Branch", "Moscow State University"
BODIES = frozenset(
    "division branch office desk embassy department ministry agency bureau section staff group committee "
    "commission council board institute institution center centre university college academy school library "
    "museum foundation society association union federation league corporation company bank airlines airways "
    "railway railways post times news press herald tribune journal review quarterly daily station consulate "
    "mission directorate army navy fleet force forces command guard police representative party congress "
    "parliament diet assembly court conference church hotel airport prize club program project directorate "
    "service services affairs task analysis".split()
) - {"union"}
# … and such words before "of": "Bank of Japan", "Sea of Japan"
BODIES_OF = frozenset(
    "bank university embassy institute ministry department bureau church college academy consulate office "
    "republic kingdom sea gulf bay strait straits isle isles archbishop bishop legislature museum times".split()
)
# things called after persons, in whose names nobody is meant
NAMESAKES = frozenset(
    "institute center centre university college academy school library museum foundation street avenue boulevard "
    "road square airport bridge hotel prize award hall building hospital park memorial church brothers company "
    "corporation county city island islands bay lake river mountain mountains strait sea".split()
)
# capitalised words after a surname that are no given name
FOLLOWERS = frozenset(
    "administration government cabinet doctrine plan visit era regime leadership line policy proposal initiative "
    "years faction letter memorandum report committee commission speech statement".split()
)
# words that a title in title case may have in small letters
SMALL_IN_TITLES = frozenset(
    "a an and as at but by for from in into nor of off on onto or over per so than the to toward towards under up upon "
    "via vs versus with within without und der die das des von et de la le les du d l и в на с о по за к s".split()
)
# words that a sentence may begin with, and others that are no names wherever they stand
STOP = frozenset(
    "a an and as at but by for from had has have he her his how however i if in is it its like may more most my "
    "no nor not now of on once one only or our over per she should since so some such than that the their then "
    "there these they this those though through thus to under until upon was we were what when where whether "
    "which while who whom whose why will with without would yet you your both all also although after again "
    "against among any are because been before between can could did do does due during each either even every "
    "here indeed instead into just later many meanwhile moreover much must near neither never new next "
    "nonetheless nothing old other perhaps said same several still today tomorrow toward towards true unless "
    "unlike us vs versus via yesterday january february march april june july august september october november "
    "december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday "
    "sunday mon tue wed thu fri sat sun soviet soviets russian russians japanese chinese american americans "
    "british french german germans korean koreans european europeans asian western eastern northern southern "
    "north south east west central international national part chapter section appendix annex table figure page "
    "volume no nos number note notes article draft copy copies secret confidential unclassified top subject date "
    "original distribution summary introduction conclusion contents enclosure attachment memorandum letter "
    "telegram cable report dear sincerely yours respectfully ref world war cold peace treaty agreement act order "
    "committee der die das und in im von den mit auf le la les des du et dans и в на с по о от за из к у не но а "
    "как что это".split()
)
# forenames that are no ordinary English words and no places
FORENAMES = frozenset(
    "aaron adam adolf adrian akira alan albert alec alex alexander alexei alfred alice allan allen amanda andré "
    "andrea andreas andrei andrew andrey andy angela ann anna anne annie anthony antonio arnold arthur barbara "
    "barry benjamin bernard betty bob bobby boris brian bruce carl carlos carol caroline catherine charles chris "
    "christina christine christopher clara claude colin craig cynthia daniel david deborah dennis diana dmitri "
    "dmitry dmitriy dolores donald dorothy douglas edgar edith edmund eduard edward edwin elena eleanor eliot "
    "elizabeth ellen emily emma eric erich ernest ernst ethel eugene evelyn felix fernando françois frances "
    "francis franklin franz fred frederick friedrich fritz gary geoffrey george gerald gerard gilbert giovanni "
    "gordon gregory günter gustav hans harold harry harvey heinrich heinz helen helga helmut henri henry herbert "
    "herman hermann hiroshi horst howard hubert hugh hugo ian igor ingrid irene isaac ivan jacob jacques jakob "
    "james jane janet jason jean jeffrey jennifer jerome jerry jim jimmy joan joe johann johannes john jonathan "
    "jorge josef joseph joshua juan judith julia julian julius jürgen karen karl katherine kathleen keith ken "
    "kenichi kenji kenneth kevin klaus konrad konstantin kurt larry laura laurence lawrence leo leon leonard "
    "leonid leroy lewis linda lisa louis louise lucy ludwig luis luther magnus makoto manfred marcel margaret "
    "maria marie marilyn mario marshall martha martin mary matthew maurice max melvin michael michel miguel "
    "mikhail mohammed monica nancy natalia nathan neil nicholas nicolas nikita nikolai nikolay nina norman oleg "
    "olga oliver oscar oskar otto pablo pamela patricia patrick paul pavel pedro peter philip phillip pierre "
    "pyotr rachel ralph raymond rebecca reinhard rené richard robert roberto roger roland ronald rosemary roy "
    "rudolf rupert russell ruth sam samuel sandra sarah sean sergei sergey sharon sheila shintaro shirley sidney "
    "siegfried simon sophie stanley stefan stephen steve steven stewart stuart susan sylvia takeshi takeo tatiana "
    "ted theodor theodore thomas timothy toby tom tommy tony toshio ulrich ursula valentin vasily vera vernon "
    "viktor vincent vladimir walter warren werner wilhelm william willy winston wolfgang yasuhiro yegor yevgeny "
    "yoshio yuri yuriy yurii zbigniew".split()
) - {"martin"}
# words of the languages in which every noun has a capital
GERMAN = frozenset("und der die das nicht ist".split())
# surnames that are ordinary words or forenames; a word that stands in small letters in the same text is ordinary, too
ORDINARY = frozenset(
    "martin kelly brooks hope young brown white green black gray grey king knight major marshall price rice stone "
    "wood woods field fields hill hills lake rivers banks church house long short small little good best power "
    "powers case cross day fish fox bush ball bell bond carter cook cooper fisher gates grant hall hunt hunter "
    "lane law lord love mason miller page park parks parker post reed sharp smart snow speaker street strong "
    "summers swift taylor turner underwood wall ward waters weaver wells west winter wise workman abe may mark "
    "frank rich will".split()
)
# honours and letters before initials that are no initials: U.S. Navy, D.C. Circuit
ACRONYMS = frozenset("us uk un dc eo po ny su la ad bc am pm ussr usa nw ne sw se ph ie eg ca va md".split())
PARTICLES = frozenset("von van de der den di da du del della la le bin ibn al el ter zu".split())
