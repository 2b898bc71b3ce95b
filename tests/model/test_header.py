"""The facts of a header."""

import pytest


def head(edition, statement="", rest=""):
    description = f"<fileDesc><titleStmt>{statement}</titleStmt>{rest}</fileDesc>"
    return edition(f"<TEI><teiHeader>{description}</teiHeader><text><body><p/></body></text></TEI>").documents[0].header


@pytest.mark.parametrize(
    ("titles", "title", "subtitle"),
    [
        ("<title>A</title>", "A", ""),
        ('<title type="main">A</title><title type="sub">B</title>', "A", "B"),
        ('<title type="sub">B</title><title type="main">A</title>', "A", "B"),
        ('<title type="sub">B</title>', "B", ""),
        ("<title>A\n   <hi>long</hi>\tone<note>not this</note></title>", "A long one", ""),
        ("<title/><title>A</title>", "A", ""),
        ("<title>A, </title>", "A", ""),
    ],
)
def test_the_title_is_the_main_one_as_one_line(edition, titles, title, subtitle):
    found = head(edition, titles)
    assert (found.title, found.subtitle) == (title, subtitle)


def test_authors_and_editors_come_in_their_order(edition):
    found = head(edition, "<title>A</title><author>B</author><editor>D</editor><author>C</author><author/>")
    assert found.authors == ("B", "C")
    assert found.editors == ("D",)


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ('<persName xml:lang="ru">Б</persName> <persName xml:lang="en">B</persName> <idno>Q1</idno>', "Б"),
        ("<persName>B</persName> and <persName>C</persName>", "B and C"),
        ('<persName xml:lang="en">B</persName>, <persName xml:lang="en">C</persName>', "B, C"),
        ("B, <email>b@example.org</email>", "B"),
        ("<idno>Q1</idno>", "Q1"),
    ],
)
def test_a_name_is_given_once_and_without_what_stands_beside_it(edition, author, name):
    assert head(edition, f"<title>A</title><author>{author}</author>").authors == (name,)


def test_authors_of_the_source_are_not_those_of_the_file(edition):
    rest = "<sourceDesc><bibl><author>Somebody</author><title>Other</title></bibl></sourceDesc>"
    assert head(edition, "<title>A</title>", rest).authors == ()


def test_publisher_date_and_licence_are_those_of_the_publication(edition):
    rest = (
        '<publicationStmt><publisher>Press</publisher><date when="2020-01-02">2 January</date><availability>'
        '<licence target="https://example.org/by">Free</licence></availability></publicationStmt>'
        '<sourceDesc><bibl><publisher>Old Press</publisher><date when="1984">1984</date></bibl></sourceDesc>'
    )
    found = head(edition, "<title>A</title>", rest)
    assert (found.publisher, found.date, found.licence) == ("Press", "2020-01-02", "Free")
    assert (found.licence_url, found.source_date) == ("https://example.org/by", "1984")


def test_the_last_change_counts_in_whatever_order_they_stand(edition):
    changes = "".join(f'<change when="{w}"/>' for w in ("2020-05-01", "2024-01-01", "2021-12-31"))
    header = f"<fileDesc><titleStmt><title>A</title></titleStmt></fileDesc><revisionDesc>{changes}</revisionDesc>"
    found = edition(f"<TEI><teiHeader>{header}</teiHeader><text><body/></text></TEI>")
    assert found.header.changed == "2024-01-01"


def test_without_a_title_the_first_heading_serves_and_then_the_name_of_the_file(edition):
    headed = edition("<TEI><teiHeader/><text><body><head>Talks<note>n</note></head></body></text></TEI>")
    bare = edition("<TEI><teiHeader/><text><body><p>x</p></body></text></TEI>")
    assert headed.documents[0].title == "Talks"
    assert bare.documents[0].title == "file"
