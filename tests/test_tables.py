"""The least breadth of a table: its longest words, column by column; which columns are figures; the mended grid."""

import pytest
from lxml import etree

from teipress import tei
from teipress.tables import breadth, figures, fit, is_head


@pytest.mark.parametrize(
    ("rows", "characters"),
    [
        ("", 0),
        ("<row><cell>year</cell></row>", 6),
        ("<row><cell>a long day</cell><cell>b</cell></row><row><cell>x</cell><cell>three</cell></row>", 4 + 5 + 4),
        ("<row><cell cols='2'>everything</cell></row><row><cell>a</cell><cell>bb</cell></row>", 1 + 2 + 4),
        ("<row><cell>Pro-and/contra</cell></row>", 6 + 2),
        ("<row><cell>a<note>a very longwindednote</note></cell></row>", 3),
        ("<row><cell>a<table><row><cell>bb</cell><cell>bb</cell></row></table></cell></row>", 8 + 2),
        (f"<row><cell>{'x' * 90}</cell></row>", 42),
        ("<row><cell cols='many'>ab</cell><cell cols='-3'>c</cell></row>", 3 + 4),
    ],
)
def test_the_longest_words_of_the_columns_count(rows, characters):
    assert breadth(etree.fromstring(f'<table xmlns="{tei.TEI}">{rows}</table>')) == characters


def test_a_cell_that_reaches_over_more_columns_than_can_be_costs_no_memory():
    table = etree.fromstring(f'<table xmlns="{tei.TEI}"><row><cell cols="999999999">x</cell></row></table>')
    assert breadth(table) == 2 * 100


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ("<row><cell cols='2' rows='2'>a</cell></row>", [{}]),
        (
            "<row><cell cols='2000'/><cell/></row><row><cell/><cell cols='1000'/></row>",
            [{"cols": "2"}, {}, {}, {"cols": "2"}],
        ),
        ("<row><cell rows='2'/><cell/></row><row><cell cols='3'/></row>", [{"rows": "2"}, {}, {}]),
        ("<row><cell/><cell rows='2'/></row><row><cell cols='2'/><cell/></row>", [{}, {"rows": "2"}, {}, {}]),
        (f"<row><cell cols='{'9' * 5000}' rows='٣'/></row>", [{}]),
        ("<head>x</head><row><cell rows='3'/></row><row/>", [{"rows": "2"}]),
    ],
)
def test_no_cell_reaches_over_what_is_not_there(rows, kept):
    table = etree.fromstring(f'<table xmlns="{tei.TEI}">{rows}</table>')
    fit(table)
    assert [dict(cell.attrib) for cell in tei.elements(table, "cell")] == kept


def table_of(rows):
    return etree.fromstring(f'<table xmlns="{tei.TEI}">{rows}</table>')


@pytest.mark.parametrize(
    ("cells", "are"),
    [
        ("12|7", True),
        ("£1,204.75|12½", True),
        ("-3|–|+4 %", True),
        ("12||7", True),
        ("12|", False),
        ("6700 fl|30 kr.", True),
        ("12|twelve", False),
        ("12", False),
        ("|", False),
        ("1. first|2. second", False),
        ("12<note>not sure</note>|7", True),
    ],
)
def test_a_column_of_figures_has_two_numbers_and_nothing_else(cells, are):
    rows = "".join(f"<row><cell>name</cell><cell>{cell}</cell></row>" for cell in cells.split("|"))
    table = table_of(f'<row role="label"><cell>Name</cell><cell>Amount</cell></row>{rows}')
    column = [row[1] for row in table]
    assert [figures(cell) for cell in column] == [are] * len(column)
    assert not any(figures(row[0]) for row in table)


def test_cells_from_above_push_figures_to_the_right():
    table = table_of("<row><cell rows='2'>a</cell><cell>1</cell></row><row><cell>2</cell></row>")
    assert [figures(cell) for cell in table.iter(tei.tei("cell"))] == [False, True, True]
    assert table[0][0].get("rows") == "2"


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        ("<row role='label'><cell>a</cell></row>", True),
        ("<row><cell role='label'>a</cell><cell role='label'>b</cell></row>", True),
        ("<row><cell role='label'>a</cell><cell>b</cell></row>", False),
        ("<row role='label'><cell rows='2'>a</cell></row>", False),
        ("<row role='label'/>", False),
    ],
)
def test_a_head_is_a_row_of_labels(row, is_one):
    assert is_head(table_of(row)[0]) is is_one
