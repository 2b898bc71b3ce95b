"""What is replaced in WeasyPrint while a layout or a PDF is made (`teipress.package`) is put back, whatever happens."""

import pytest
import weasyprint.document
import weasyprint.layout.inline
import weasyprint.layout.page
import weasyprint.pdf
from weasyprint.pdf.fonts import Font

from teipress.errors import ToolError
from teipress.package.bands import bands
from teipress.package.hanging import hanging
from teipress.package.parted import write
from teipress.package.pdf import lay_out, write_pdf
from teipress.package.tags import spaces

REPLACED = (
    (weasyprint.document, "LayoutContext"),
    (weasyprint.layout.page, "block_level_layout"),
    (weasyprint.layout.inline, "justify_line"),
    (weasyprint.layout.inline, "split_first_line"),
    (weasyprint.layout.inline, "split_text_box"),
    (weasyprint.layout.inline, "remove_last_whitespace"),
    (weasyprint.pdf, "Stream"),
    (weasyprint.pdf, "add_tags"),
    (weasyprint.pdf, "build_fonts_dictionary"),
    (weasyprint.pdf, "resolve_links"),
    (Font, "get_unused_glyph_id"),
)
HTML = "<html lang=en><title>A page</title><p>Words, and a line of them."


def engine():
    """The engine as it is now."""
    return [getattr(place, name) for place, name in REPLACED]


def breaks(*_, **__):
    raise ValueError("broken on purpose")


def test_nothing_is_left_of_a_layout_that_breaks(tmp_path, monkeypatch):
    usual = engine()
    monkeypatch.setattr(weasyprint.HTML, "render", breaks)
    with pytest.raises(ToolError, match="WeasyPrint broke on this book: ValueError: broken on purpose"):
        lay_out(HTML, "", tmp_path, (), "x.pdf")
    assert engine() == usual


@pytest.mark.parametrize("written", [write_pdf, lambda layout, target: write(layout, target, ())])
def test_nothing_is_left_of_a_pdf_that_cannot_be_written(tmp_path, monkeypatch, written):
    layout = lay_out(HTML, "", tmp_path, (), "x.pdf")
    usual = engine()
    monkeypatch.setattr(layout.document, "write_pdf", breaks)
    with pytest.raises(ToolError, match=r"x\.pdf: WeasyPrint broke"):
        written(layout, tmp_path / "x.pdf")
    assert engine() == usual


def test_a_layout_in_a_layout_leaves_the_outer_as_it_was():
    usual = engine()
    with bands(), hanging(), spaces():
        outer = engine()
        with bands(("x",)), hanging(), spaces():
            assert engine()[:6] != outer[:6]
        assert engine() == outer
        assert all(now is not before for now, before in zip(outer[:6], usual[:6], strict=True))
    assert engine() == usual
