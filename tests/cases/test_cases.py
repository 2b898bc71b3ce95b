"""Each file NAME.md beside this one: prose, then pairs of a TEI fragment (```xml) and its HTML on the site (```html).

The fragment stands in the body of a small document (one that begins with <text> is the whole text), whose register
knows the person `abe`, the place `moscow`, the agency `agency` and the exemption code `x1`; a picture `seal.png` lies
beside it. A file NAME-diplomatic.md shows the text in its diplomatic form, every other one as it is read. White space
counts as in a browser: beside the tag of a block not at all, elsewhere as one space. The names that paragraphs get, and
their links to themselves, are left out but in permalinks.md.
"""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml import etree
from lxml.html import fromstring

from teipress.config import FORMS, Settings
from teipress.model import model
from teipress.read import read
from teipress.render.site import render_site
from teipress.vocabulary import load_vocabulary

FENCE = re.compile(r"^```(xml|html)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TEXT = re.compile(r'<div class="body">\n(.*)\n</div>\s*(<section class="notes.*</section>)?\s*</article>', re.DOTALL)
PERMALINK = re.compile(r' id="par-\d+"|<a class="permalink"[^>]*></a>')
FRAME = '<div id="text-1" class="text"><div class="body">', "</div></div>"

BLOCKS = frozenset(
    "address article aside blockquote caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section table td th tr ul".split()
)

DOCUMENT = """<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>
<fileDesc><titleStmt><title>Cases</title></titleStmt>
<publicationStmt><publisher xml:id="agency">Agency</publisher></publicationStmt>
<sourceDesc><p/></sourceDesc></fileDesc>
<encodingDesc><classDecl><taxonomy><category xml:id="x1"><catDesc><term>X1</term></catDesc></category></taxonomy>
</classDecl></encodingDesc></teiHeader>
<standOff><listPerson><person xml:id="abe"><persName><surname>Abe</surname> <forename>Shintarō</forename></persName>
</person></listPerson><listPlace><place xml:id="moscow"><placeName>Moscow</placeName></place></listPlace></standOff>
<TEI xml:id="case"><teiHeader><fileDesc><titleStmt><title>Case</title></titleStmt></fileDesc></teiHeader>
{text}</TEI></teiCorpus>"""


def pairs():
    """Every pair of every file, named after the file and the line of its fragment."""
    for path in sorted(Path(__file__).parent.glob("*.md")):
        source = path.read_text(encoding="utf-8")
        fences = list(FENCE.finditer(source))
        assert [f[1] for f in fences] == ["xml", "html"] * (len(fences) // 2), f"{path.name}: fences come in pairs"
        for tei, html in zip(fences[::2], fences[1::2], strict=True):
            line = source.count("\n", 0, tei.start()) + 1
            form = "diplomatic" if path.stem.endswith("-diplomatic") else "reading"
            yield pytest.param(tei[2], html[2], form, id=f"{path.stem}-{line}")


PAIRS = list(pairs())
VOCABULARIES = {form: load_vocabulary(form=form) for form in FORMS}


@pytest.fixture
def shown(tmp_path):
    """A function: TEI fragment → what the site shows of it, the text and the notes called in it."""

    def render(fragment, form="reading"):
        vocabulary = VOCABULARIES[form]
        whole = fragment.startswith("<text")
        path = tmp_path / "case.xml"
        inner = fragment if whole else f"<text><body>{fragment}</body></text>"
        path.write_text(DOCUMENT.format(text=inner), encoding="utf-8")
        (tmp_path / "seal.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        settings = Settings("case", tmp_path, path)
        source, _ = read(path, tmp_path)
        (page,) = (f for f in render_site(model(source, settings), settings, vocabulary) if f.path.name == "case.html")
        found = TEXT.search(page.text)
        assert found, page.text
        body = found[1].replace('<span id="case"></span>', "").strip()  # where a link to the document leads
        if not whole:
            assert body.startswith(FRAME[0]), body
            assert body.endswith(FRAME[1]), body
            body = body.removeprefix(FRAME[0]).removesuffix(FRAME[1])
        return folded(body + (found[2] or ""))

    return render


def folded(markup):
    """White space as a browser sees it: none beside the tag of a block, elsewhere one space."""
    markup = re.sub(rf"\s*(</?(?:{'|'.join(BLOCKS)})\b[^>]*>)\s*", r"\1", markup)
    return re.sub(r"\s+", " ", markup).strip()


def legible(markup):
    """A line for each tag that opens a block, for people who compare."""
    return re.sub(rf"(?=<(?:{'|'.join(BLOCKS)})\b)", "\n", markup).strip()


@pytest.mark.parametrize(("fragment", "expected", "form"), PAIRS)
def test_a_fragment_becomes_this_markup(fragment, expected, form, shown, tmp_path, request):
    actual = shown(fragment, form)
    if not request.node.callspec.id.startswith("permalinks-"):
        actual = PERMALINK.sub("", actual)
    if actual != folded(expected):
        left = tmp_path / f"{request.node.callspec.id}.actual.html"
        left.write_text(legible(actual) + "\n", encoding="utf-8")
        pytest.fail(f"what came out instead is in {left}:\n{legible(actual)}", pytrace=False)


@pytest.mark.parametrize(("fragment", "expected", "form"), PAIRS)
def test_the_markup_that_a_case_expects_is_valid_html(fragment, expected, form):
    assert Nesting().faults_of(expected) == []


@pytest.mark.parametrize(("fragment", "expected", "form"), PAIRS)
def test_the_markup_that_a_case_expects_keeps_every_word(fragment, expected, form):
    tei = etree.fromstring(f"<x xmlns:xi='x'>{fragment}</x>", etree.XMLParser(resolve_entities=False))
    words = Counter(re.findall(r"\w+", " ".join(s for s in tei.itertext(etree.Element, etree.Entity))))
    html = fromstring(f"<div>{expected}</div>")
    kept = Counter(re.findall(r"\w+", " ".join([*html.itertext(), *html.xpath("//@title")])))
    assert words - kept == Counter()


FLOW = frozenset(
    "address article aside blockquote body caption dd details div figcaption figure footer header li main nav section "
    "td th".split()
)
# a parent that may hold only these, and a child that may stand only in these (HTML Living Standard, 4)
ONLY = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "tr": {"td", "th"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
}
HOME = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "caption": {"table"},
    "figcaption": {"figure"},
}
TRANSPARENT = frozenset({"a", "ins", "del"})  # may hold what their parent may hold
VOID = frozenset({"br", "img", "wbr", "hr"})


class Nesting(HTMLParser):
    """Finds tags that do not match, and elements that HTML does not allow where they stand."""

    def faults_of(self, markup):
        self.stack, self.faults, self.identifiers, self.children = ["body"], [], set(), [[]]
        self.feed(markup)
        self.close()
        return self.faults + [f"<{tag}> is not closed" for tag in self.stack[1:]]

    def handle_starttag(self, tag, attrs):
        self._open(tag, dict(attrs))
        if tag not in VOID:
            self.stack.append(tag)
            self.children.append([])

    def handle_startendtag(self, tag, attrs):
        if tag not in VOID:
            self.faults.append(f"<{tag}/> does not close itself in HTML")
        self._open(tag, dict(attrs))

    def handle_endtag(self, tag):
        if self.stack[-1] != tag:
            self.faults.append(f"</{tag}> closes <{self.stack[-1]}>")
            return
        self.stack.pop()
        self._close(tag, self.children.pop())

    def handle_data(self, data):
        if data.strip() and self.stack[-1] in ONLY:
            self.faults.append(f"text in <{self.stack[-1]}>")

    def _open(self, tag, attrs):
        parent = next(t for t in reversed(self.stack) if t not in TRANSPARENT)
        self.children[-1].append(tag)
        if tag in BLOCKS and tag not in HOME and parent not in FLOW | {"dl"}:
            self.faults.append(f"<{tag}> in <{parent}>")
        if parent in ONLY and tag not in ONLY[parent]:
            self.faults.append(f"<{tag}> in <{parent}>")
        if tag in HOME and parent not in HOME[tag]:
            self.faults.append(f"<{tag}> in <{parent}>")
        if tag == "a" and "a" in self.stack:
            self.faults.append("<a> in <a>")
        if "id" in attrs:
            if attrs["id"] in self.identifiers:
                self.faults.append(f"{attrs['id']} stands twice")
            self.identifiers.add(attrs["id"])

    def _close(self, tag, children):
        if tag == "table" and "caption" in children[1:]:
            self.faults.append("a caption that is not first in its table")
        if tag == "figure" and ("figcaption" in children[1:-1] or children.count("figcaption") > 1):
            self.faults.append("a figcaption that is not the only one, or neither first nor last")
        if tag in ("ul", "ol", "dl", "tr") and not children:
            self.faults.append(f"an empty <{tag}>")


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ("<p>a<div>b</div></p>", "<div> in <p>"),
        ("<a><span><a>x</a></span></a>", "<a> in <a>"),
        ("<ul><span>x</span></ul>", "<span> in <ul>"),
        ("<table>x<tr><td>y</td></tr></table>", "text in <table>"),
        ("<i id='a'>x</i><i id='a'>y</i>", "a stands twice"),
        ("<p>x", "<p> is not closed"),
    ],
)
def test_the_checker_of_the_expected_markup_sees(markup, fault):
    assert fault in Nesting().faults_of(markup)
