"""Links: what leads where, and that no link stands in a link."""

from html.parser import HTMLParser

import pytest

REGISTER = '<listPerson><person xml:id="abe"><persName>Abe</persName></person></listPerson>'
LINK = '<ref target="https://example.org/">{}</ref>'
NAME = '<persName ref="#abe">{}</persName>'


class Anchors(HTMLParser):
    """All links of a page, and those that stand in another."""

    def __init__(self, page):
        super().__init__()
        self.open, self.nested, self.targets = 0, [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            if self.open:
                self.nested.append(dict(attrs))
            self.open += 1
            self.targets.append(dict(attrs).get("href"))

    def handle_endtag(self, tag):
        self.open -= tag == "a"


@pytest.mark.parametrize("outer", [LINK, NAME, '<hi><ref target="#p">{}</ref></hi>'])
@pytest.mark.parametrize(
    "inner",
    [
        NAME.format("Abe"),
        "a<note>canary</note>",
        '<pb n="2"/>',
        '<gap reason="redacted"/>',
        '<gap reason="redacted" ana="#p"/>',
        '<stamp corresp="#p">X</stamp>',
        '<ptr target="#p"/>',
        "<seg>" + NAME.format("Abe") + "</seg>",
    ],
)
def test_no_link_stands_in_a_link(site, outer, inner):
    page = site(f'<p xml:id="p">x {outer.format("y " + inner)}</p>', register=REGISTER)["t.html"]
    assert Anchors(page).nested == []


@pytest.mark.parametrize("outer", [LINK, NAME])
def test_a_note_in_a_link_is_printed_and_its_way_back_leads_somewhere(site, outer):
    page = site(f"<p>{outer.format('y<note>canary</note>')}</p>", register=REGISTER)["t.html"]
    assert page.count("canary") == 1
    back = next(t for t in Anchors(page).targets if t and t.endswith("-call"))
    assert f'id="{back[1:]}"' in page


def test_after_a_link_the_next_one_is_a_link_again(site):
    body = f"<p>{LINK.format('a ' + NAME.format('b'))} {NAME.format('c')}</p>"
    page = site(body, register=REGISTER)["t.html"]
    assert page.count('class="persName" href=') == 1


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java&#9;script:alert(1)",
        "java&#10;script:alert(1)",
        "&#32;javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org/x",
        "http&#9;:javascript",
    ],
)
@pytest.mark.parametrize(
    "element", ['<ref target="{}">x</ref>', '<ptr target="{}"/>', '<persName ref="{}">x</persName>']
)
def test_no_address_gets_out_that_a_browser_might_run_or_that_leads_to_this_machine(site, target, element):
    page = site(f"<p>{element.format(target)}</p>")["t.html"]
    for href in Anchors(page).targets:
        assert href is not None
        bare = "".join(c for c in href if c > " ").lower()
        assert not bare.startswith(("javascript:", "vbscript:", "data:", "file:", "//"))


@pytest.mark.parametrize(
    "target", ["https://example.org/a?b=1&amp;c=2#d", "http://example.org/", "mailto:a@example.org"]
)
def test_an_address_on_the_web_is_a_link(site, target):
    page = site(f'<p><ref target="{target}">x</ref></p>')["t.html"]
    assert target.replace("&amp;", "&") in Anchors(page).targets


def test_every_link_has_something_to_click_on(site):
    """A pointer has no content of its own; neither has a name whose whole text is a note."""
    page = site('<p xml:id="p"><ptr target="https://example.org/"/> <ptr target="#p"/></p>')["t.html"]
    assert 'href="https://example.org/"></a>' not in page
    assert 'href="#p"></a>' not in page


def test_a_redaction_and_its_entry_lead_to_each_other(site):
    pages = site('<p>x <gap xml:id="g" reason="redacted"/></p>')
    assert any(t and t.startswith("redactions.html#") for t in Anchors(pages["t.html"]).targets)
    assert "t.html#g" in Anchors(pages["redactions.html"]).targets


def test_an_entry_of_the_index_leads_to_every_place_that_names_it(site):
    name = NAME.format("A")
    body = f'<pb n="1"/><p>{name} {name}</p><pb n="2"/><p>x</p><pb n="3"/><p>{name}</p>'
    targets = Anchors(site(body, register=REGISTER)["persons.html"]).targets
    assert [t for t in targets if t and t.startswith("t.html#")] == [f"t.html#name-{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize("target", ["http://[x", "http://a^b/", "https://e.org:99999/"])
def test_what_is_no_address_is_plain_text(site, target):
    page = site(f'<p><ref target="{target}">canary</ref></p>')["t.html"]
    assert "canary" in page
    assert target not in page
