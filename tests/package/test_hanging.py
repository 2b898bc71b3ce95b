"""Lines that are spread over their measure."""

import pytest
import weasyprint

from teipress.package.hanging import hanging

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("words", "spread"), [("aaa bbb ccc ddd", True), ("aaa bbb", False)])
def test_a_line_that_would_gape_stays_short(words, spread):
    style = "width: 10em; font: 10px monospace; text-align: justify"
    with hanging():
        html = f'<p style="{style}">{words} {"x" * 15}</p>'
        page = weasyprint.HTML(string=html).render().pages[0]._page_box
    texts = [box for box in page.descendants() if type(box).__name__ == "TextBox"]
    assert (texts[0].justification_spacing > 0) == spread
