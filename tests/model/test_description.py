"""What a catalogue says of an edition: everything from the headers, in all the shapes that they have."""

import pytest

from teipress.edition import Agent, Subject

TITLE = "<titleStmt><title>Of Tides</title></titleStmt>"


@pytest.fixture
def described(edition):
    """``described(file="<titleStmt>…", profile="<langUsage>…")`` is the description of a document with that header."""

    def describe(file=TITLE, profile="", more="", language="", stand_off="", text="", **settings):
        head = f"<fileDesc>{file}</fileDesc><profileDesc>{profile}</profileDesc>{more}"
        tag = f'<TEI xml:lang="{language}">' if language else "<TEI>"
        spoken = f'<text xml:lang="{text}">' if text else "<text>"
        written = f"{spoken}<body><head>A heading</head></body></text>"
        whole = f"{tag}<teiHeader>{head}</teiHeader><standOff>{stand_off}</standOff>{written}</TEI>"
        return edition(whole, **settings).description

    return describe


def published(inner):
    return f"{TITLE}<publicationStmt>{inner}</publicationStmt>"


def test_a_header_that_says_nothing_makes_a_description_that_says_nothing(described):
    empty = described("<titleStmt><title/></titleStmt>")
    assert empty.title == ""  # neither the heading of the text nor the name of the file
    assert empty.identifier.startswith("urn:uuid:")
    assert [getattr(empty, f) for f in ("agents", "publisher", "date", "languages", "numbers", "rights", "source")] == [
        *((), "", "", (), (), "", "")
    ]


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ('<title type="sub">S</title><title type="main">M</title>', "M: S"),
        ('<title type="sub">S</title><title>M</title>', "M: S"),
        ('<title type="short">S</title><title type="complete">C</title>', "C"),
        ('<title type="series"/><title type="statement">Of Tides, &amp;c.</title>', "Of Tides, &c."),
    ],
)
def test_the_title_is_that_of_the_whole(described, titles, expected):
    assert described(f"<titleStmt>{titles}</titleStmt>").whole_title == expected


@pytest.mark.parametrize(
    ("names", "publisher"),
    [
        ("<orgName>A</orgName> <orgName xml:lang='en'>B</orgName><email>x</email>", "A, B"),
        ("<orgName>A</orgName> of <orgName>B</orgName>", "A of B"),
        ("The <orgName>A</orgName> <orgName>B</orgName>", "The A B"),
        ("<orgName>A</orgName> <orgName>B</orgName> <hi>at work</hi>", "A B at work"),
        ("<orgName xml:lang='de'>A</orgName> <orgName xml:lang='en'>B</orgName>", "A"),
    ],
)
def test_several_names_of_a_publisher_do_not_run_together(described, names, publisher):
    assert described(published(f"<publisher>{names}</publisher>")).publisher == publisher


def test_an_address_is_no_part_of_a_publisher(described):
    assert described(published("<publisher>Press <ref>https://example.org</ref></publisher>")).publisher == "Press"


def test_the_identifier_stays_and_is_another_one_for_another_edition(described):
    assert described().identifier == described().identifier != described(name="other").identifier


def test_a_document_alone_is_the_edition_itself(described):
    whole = described()
    (part,) = whole.parts
    assert (part.slug, part.identifier, part.title) == ("file", whole.identifier, "Of Tides")


CORPUS = """<teiCorpus><teiHeader><fileDesc><titleStmt><title>Harbour</title><editor>Ada Quill</editor></titleStmt>
<publicationStmt><publisher>Tide Press</publisher><date when="2024"/>
<availability status="free"><p>For all.</p></availability></publicationStmt></fileDesc></teiHeader>
<TEI xml:id="one" xml:lang="de"><teiHeader><fileDesc><titleStmt><title>One</title><author>Bo</author></titleStmt>
<publicationStmt><publisher>Reed</publisher><availability status="restricted"><p>For few.</p></availability>
</publicationStmt><sourceDesc><bibl><date when="1850"/></bibl></sourceDesc></fileDesc></teiHeader>
<text><body><p/></body></text></TEI>
<TEI xml:id="two"><teiHeader><fileDesc><titleStmt><title>Two</title><editor>Cy</editor></titleStmt></fileDesc>
</teiHeader><text><body><p/></body></text></TEI></teiCorpus>"""


def test_what_a_document_does_not_state_is_what_the_edition_states(edition):
    whole = edition(CORPUS).description
    one, two = whole.parts
    assert (whole.title, whole.languages, [p.slug for p in whole.parts]) == ("Harbour", ("de",), ["one", "two"])
    assert (one.publisher, one.date, one.status, one.rights) == ("Reed", "2024", "restricted", "For few.")
    assert (two.publisher, two.date, two.status, two.rights) == ("Tide Press", "2024", "free", "For all.")
    assert (one.original, whole.original) == ("1850", "")  # an edition of several sources has no date of one
    assert [a.whole for a in one.agents] == ["Bo", "Ada Quill"]
    assert [a.whole for a in two.agents] == ["Cy"]
    assert len({whole.identifier, one.identifier, two.identifier}) == 3


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<publisher>Tide Press</publisher><pubPlace>Amber</pubPlace>", ("Tide Press", "Amber", "")),
        ('<authority>The Board</authority><date when="2024-05">May</date>', ("The Board", "", "2024-05")),
        ("<distributor>Barge</distributor><date>spring</date>", ("Barge", "", "spring")),
        ("<p>Unpublished</p>", ("", "", "")),
    ],
)
def test_who_published_where_and_when(described, inner, expected):
    found = described(published(inner))
    assert (found.publisher, found.place, found.date) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ('<idno type="DOI">https://doi.org/10.5555/x.1</idno>', ("DOI", "10.5555/x.1")),
        ("<idno>doi:10.5555/x.1</idno>", ("DOI", "10.5555/x.1")),
        ('<idno type="ISBN-13">978-0-306-40615-7</idno>', ("ISBN", "978-0-306-40615-7")),
        ('<idno type="isbn-epub">ISBN 978-0-306-40615-7</idno>', ("ISBN epub", "978-0-306-40615-7")),
        ("<idno>ISBN 0-306-40615-2</idno>", ("ISBN", "0-306-40615-2")),
        ("<idno>https://example.org/1</idno>", ("URL", "https://example.org/1")),
        ('<idno type="oclc">12</idno>', ("OCLC", "12")),
        ('<idno type="STC">STC 1</idno>', ("STC", "STC 1")),
    ],
)
def test_numbers_are_told_apart_by_their_kinds(described, number, expected):
    assert described(published(number)).numbers == (expected,)


def test_of_the_numbers_of_a_series_only_the_issn_counts(described):
    series = '<seriesStmt><title>S</title><biblScope>3</biblScope><idno type="ISSN">ISSN 2049-3630</idno>'
    found = described(f'{TITLE}{series}<idno type="DOI">10.5555/s</idno></seriesStmt>')
    assert (found.series, found.volume, found.numbers) == ("S", "3", (("ISSN", "2049-3630"),))


@pytest.mark.parametrize(
    ("availability", "expected"),
    [
        (
            '<availability status="free"><licence target="https://example.org/l">Free.</licence></availability>',
            ("free", "https://example.org/l", "Free."),
        ),
        (
            "<availability><licence><p>One.</p><p>Two.</p></licence><p>Three.</p></availability>",
            ("", "", "One. Two. Three."),
        ),
        (
            '<availability><p>See <ref target="https://creativecommons.org/licenses/by/4.0/">this</ref></p></availability>',
            ("", "https://creativecommons.org/licenses/by/4.0/", "See this"),
        ),
        (
            '<availability status="restricted"><p>Ask <ref target="https://example.org/">us</ref></p></availability>',
            ("restricted", "", "Ask us"),
        ),
    ],
)
def test_what_may_be_done_with_the_text(described, availability, expected):
    found = described(published(availability))
    assert (found.status, found.licence_url, found.rights) == expected


def test_the_language_of_the_text_comes_first_and_others_are_tags(described):
    usage = '<langUsage><language ident="lat">Latin</language><language ident="en"/><language ident="mp"/></langUsage>'
    assert described(profile=usage, language="en").languages == ("en", "la")
    assert described(profile=usage).languages == ("la", "en")


def test_the_main_language_is_that_of_the_text_and_not_of_the_header(described):
    usage = '<langUsage><language ident="en"/></langUsage>'
    assert described(profile=usage, language="en", text="ar").languages == ("ar", "en")
    assert described(language="en", text="ar").parts[0].languages == ("ar",)


def test_subjects_come_from_keywords_classifications_and_categories(described):
    taxonomy = "<encodingDesc><classDecl><taxonomy><category xml:id='n'><catDesc>Notes</catDesc></category></taxonomy>"
    stated = """<textClass><keywords scheme="#lcsh"><term>Tides</term></keywords><keywords><list><item>Lamps</item>
        </list></keywords><classCode scheme="ddc">525</classCode><catRef scheme="#kinds" target="#n #gone"/>
        </textClass>"""
    assert described(profile=stated, more=f"{taxonomy}</classDecl></encodingDesc>").subjects == (
        Subject("Tides", "lcsh"),
        Subject("Lamps"),
        Subject("525", "ddc", code=True),
        Subject("Notes", "kinds"),
    )


@pytest.mark.parametrize(
    ("stated", "line"),
    [
        ("<p>Born digital.</p>", "Born digital."),
        ("<bibl><author>Ada</author>, <title>T</title>, 1850</bibl><p>Two</p>", "Ada, T, 1850; Two"),
        ("<listBibl><bibl>One.</bibl><bibl>Two.</bibl></listBibl>", "One. Two."),
        (
            "<biblStruct><monogr><author>Ada</author><title>T</title><imprint><pubPlace>A</pubPlace>"
            "<publisher>P</publisher><date>1850</date></imprint></monogr></biblStruct>",
            "Ada. T. A, P, 1850",
        ),
        (
            "<biblFull><titleStmt><title>T</title><author>Ada</author></titleStmt><publicationStmt>"
            "<publisher>P</publisher><date>1850</date></publicationStmt></biblFull>",
            "Ada. T. P, 1850",
        ),
        (
            "<msDesc><msIdentifier><settlement>Amber</settlement><repository>Archive</repository><idno>MS 4</idno>"
            "<altIdentifier><idno>Z</idno></altIdentifier></msIdentifier><head>Letters</head></msDesc>",
            "Amber, Archive, MS 4: Letters",
        ),
        ("<msDesc><physDesc><p>A carbon copy</p></physDesc></msDesc>", "A carbon copy"),
        (
            "<listWit><witness>First<listWit><witness>Inner</witness></listWit></witness><witness>Last</witness></listWit>",
            "First; Inner; Last",
        ),
        ("<listPerson><person><persName>Ada</persName></person></listPerson>", ""),
    ],
)
def test_the_source_is_a_line(described, stated, line):
    assert described(f"{TITLE}<sourceDesc>{stated}</sourceDesc>").source == line


@pytest.mark.parametrize(
    ("extent", "line"),
    [
        ("About 12 letters", "About 12 letters"),
        ('<measure unit="words">50</measure> <measure unit="pages">2</measure>', "50 words, 2 pages"),
        ('<measure unit="words">50 words</measure>', "50 words"),
    ],
)
def test_the_extent_is_a_line(described, extent, line):
    assert described(f"{TITLE}<extent>{extent}</extent>").extent == line


def test_revisions_are_told_from_the_oldest(described):
    responsible = (
        '<titleStmt><title>T</title><respStmt xml:id="aq"><resp>x</resp><name>Ada</name></respStmt></titleStmt>'
    )
    newest_first = """<revisionDesc><change when="2024-02-01" who="#aq">B</change><change when="2024-01-02">A2</change>
        <change when-iso="2024-01-02" who="#gone">A1</change></revisionDesc>"""
    assert described(responsible, more=newest_first).changes == (
        ("2024-01-02", "gone", "A1"),
        ("2024-01-02", "", "A2"),
        ("2024-02-01", "Ada", "B"),
    )
    old = "<change><date>late</date><name>Bo</name>: B</change><change><date>2019</date> A</change>"
    assert described(more=f"<revisionDesc>{old}</revisionDesc>").changes == (("2019", "", "A"), ("late", "Bo", "B"))


def test_a_name_among_the_words_of_a_change_is_one_of_them(described):
    change = "<change><date>2019</date><label>TCP</label>Letters of <persName>Ada</persName> added</change>"
    assert described(more=f"<revisionDesc>{change}</revisionDesc>").changes == (
        ("2019", "TCP", "Letters of Ada added"),
    )


def test_what_the_audience_may_not_see_is_not_described(described, edition):
    secret = '<note ana="#closed">secret</note>'
    head = f"<fileDesc><titleStmt><title>T</title><editor>Ada{secret}</editor></titleStmt><publicationStmt><p>x</p>"
    head += '</publicationStmt><sourceDesc><p>Archive <seg ana="#closed">secret</seg></p></sourceDesc></fileDesc>'
    head += '<encodingDesc><classDecl><taxonomy><category xml:id="closed"><catDesc>Closed</catDesc></category>'
    head += '</taxonomy></classDecl></encodingDesc><profileDesc><abstract><p ana="#closed">secret</p></abstract>'
    tei = f"<TEI><teiHeader>{head}</profileDesc></teiHeader><text><body><p>w</p></body></text></TEI>"
    found = edition(tei, withhold={"public": ("#closed",)}).description
    assert "secret" not in repr(found)
    assert "secret" in repr(edition(tei).description)


def named(inner):
    return f"<titleStmt><title>T</title>{inner}</titleStmt>"


def test_names_have_their_parts_and_their_roles(described):
    found = described(
        named(
            """<author><persName><forename>Ada</forename> <nameLink>van</nameLink> <surname>Quill</surname></persName>
            </author><author><persName><surname>Kimura</surname> <forename>Hiroshi</forename></persName></author>
            <editor role="translator">Bo</editor><funder><orgName>Fund</orgName></funder><principal>Cy</principal>"""
        )
    ).agents
    assert found == (
        Agent("Ada van Quill", "van Quill", "Ada"),
        Agent("Kimura Hiroshi", "Kimura", "Hiroshi", fixed=True),
        Agent("Bo", role="trl", stated="editor"),
        Agent("Fund", body=True, role="fnd", stated="funder"),
        Agent("Cy", role="rth", stated="principal"),
    )


@pytest.mark.parametrize(
    ("resp", "roles"),
    [
        ("<resp>TEI encoding by</resp>", ["mrk"]),
        ("<resp>Transcription and translation</resp>", ["trl", "trc"]),
        ("<resp>Edited by</resp>", ["edt"]),
        ("<resp>Metadata editor</resp>", ["dtm"]),
        ("<resp>Übersetzung</resp><resp>Auszeichnung</resp>", ["trl", "mrk"]),
        ('<resp ref="http://id.loc.gov/vocabulary/relators/pht">Bilder</resp>', ["pht"]),
        ("<resp>made the tea</resp>", ["ctb"]),
        ("", ["ctb"]),
    ],
)
def test_a_statement_of_responsibility_is_a_code_of_marc(described, resp, roles):
    found = described(named(f"<respStmt>{resp}<persName>Ada</persName></respStmt>")).agents
    assert [(a.whole, a.role, a.stated) for a in found] == [("Ada", role, "respStmt") for role in roles]


def test_several_names_are_several_people_unless_they_are_in_several_languages(described):
    both = "<editor><name>Ada</name><name>Bo</name></editor>"
    one = '<editor><persName>Ада</persName><persName xml:lang="en">Ada</persName><date>1850</date></editor>'
    assert [a.whole for a in described(named(both)).agents] == ["Ada", "Bo"]
    assert [a.whole for a in described(named(one)).agents] == ["Ада"]


@pytest.mark.parametrize(
    ("reference", "identifier"),
    [
        ('ref="https://orcid.org/0000-0002-1825-0097"', ("ORCID", "0000-0002-1825-0097")),
        ('ref="https://d-nb.info/gnd/118540238"', ("GND", "118540238")),
        ('ref="http://viaf.org/viaf/12345"', ("VIAF", "12345")),
        ('type="viaf" key="12345"', ("VIAF", "12345")),
        ('ref="https://isni.org/isni/000000012146438X"', ("ISNI", "000000012146438X")),
        ('ref="http://www.wikidata.org/entity/Q42"', ("Wikidata", "Q42")),
        ('ref="https://example.org/ada"', ("URI", "https://example.org/ada")),
    ],
)
def test_who_is_meant_is_known_by_the_authority_file(described, reference, identifier):
    assert described(named(f"<author><persName {reference}>Ada</persName></author>")).agents[0].identifiers == (
        identifier,
    )


def test_a_number_beside_a_name_is_no_part_of_it(described):
    (ada,) = described(named('<author>Ada <idno type="wikidata">Q42</idno></author>')).agents
    assert ada == Agent("Ada", identifiers=(("Wikidata", "Q42"),))


def test_the_register_says_what_the_header_does_not(described):
    register = """<listPerson><person xml:id="ada">
        <persName><forename>Ada</forename> <surname>Quill</surname></persName>
        <idno type="GND">118540238</idno><note>See <ref target="https://example.org/x">x</ref></note></person>
        <org xml:id="board"><orgName>The Board</orgName></org></listPerson>"""
    header = named(
        '<author><persName ref="#ada">A. Q.</persName></author><editor><name ref="#board">Board</name></editor>'
    )
    ada, board = described(header, stand_off=register).agents
    assert ada == Agent("Ada Quill", "Quill", "Ada", identifiers=(("GND", "118540238"),))
    assert board == Agent("Board", body=True, role="edt", stated="editor")
