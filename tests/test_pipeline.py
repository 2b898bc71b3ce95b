"""The whole way: the default edition from its folder to its output, the same every time."""

import json
import os
import re
import subprocess
import sys

import pytest
from lxml import etree

from teipress import pipeline, tei
from teipress.config import FORMATS, settings_for
from teipress.edition import Document, Edition, Header
from teipress.errors import Stopped, UsageError
from teipress.findings import Finding, Severity
from teipress.pipeline import build
from teipress.verify.expected import Run
from teipress.verify.fidelity import Account, Loss
from validators import NEEDED, epub_faults, page_faults

FAST = ("html", "epub")

# other surroundings that must not show in what is built
SURROUNDINGS = {
    "time zone": {"TZ": "Pacific/Kiritimati"},
    "language": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "order of sets": {"PYTHONHASHSEED": "4711"},
}


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def differing(one, other):
    return [name for name in sorted(one.keys() | other.keys()) if one.get(name) != other.get(name)]


@pytest.fixture(autouse=True)
def no_epoch(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture(scope="module")
def no_fonts():
    """Without fc-list no fonts are found: cutting them down takes longer than all the rest of a site."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("teipress.package.fonts.available", tuple)
        yield {"PATH": ""}


@pytest.fixture(scope="module")
def built(default_edition, tmp_path_factory, no_fonts):
    """The default edition as site and EPUB."""
    out = tmp_path_factory.mktemp("pipeline") / "out"
    report = build(settings_for(default_edition), out, FAST)
    assert not report.failed
    return out


def test_the_output_has_the_files_of_the_design(built):
    name = "japan-ussr"
    assert {p.name for p in built.iterdir()} == {"html", "epub", "manifest.json", "report.json"}
    assert (built / "html/index.html").is_file()
    assert {p.name for p in (built / "epub").iterdir()} == {name, f"{name}.epub"}
    assert (built / f"epub/{name}/mimetype").read_bytes() == b"application/epub+zip"
    assert (built / f"epub/{name}/META-INF/container.xml").is_file()


def test_the_manifest_names_every_file(built):
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    assert {f["path"] for f in manifest["files"]} == tree(built).keys() - {"manifest.json"}
    assert re.fullmatch(r"teipress \d+\.\d+\S*", manifest["generator"])


def test_the_report_counts_what_the_sources_hold(built, default_edition):
    report = json.loads((built / "report.json").read_text(encoding="utf-8"))
    assert report["edition"] == "japan-ussr"
    assert [d["id"] for d in report["documents"]] == ["monograph", "paper", "memo"]
    for document in report["documents"]:
        source = (default_edition / f"{document['id']}.xml").read_text(encoding="utf-8")
        source = re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL)
        assert document["pages"] == len(re.findall(r"<pb\b", source))
    register = (default_edition / "persons.xml").read_text(encoding="utf-8")
    assert report["persons"] == len(re.findall(r"<(?:person|org|personGrp)\b[^>]*xml:id", register))


def test_no_path_of_this_machine_and_no_date_of_today_gets_out(built, default_edition):
    from datetime import UTC, datetime

    machine = str(default_edition.parent.parent).encode()
    today = datetime.now(UTC).date().isoformat().encode()
    source = b"".join(p.read_bytes() for p in default_edition.rglob("*.xml"))
    for name, data in tree(built).items():
        assert machine not in data, name
        assert today in source or today not in data, name


def test_built_twice_into_different_folders_it_is_the_same(built, default_edition, tmp_path, no_fonts):
    again = tmp_path / "a folder with spaces" / "ō"
    build(settings_for(default_edition), again, FAST)
    assert differing(tree(built), tree(again)) == []


def rebuild(default_edition, tmp_path, surroundings, *formats):
    """The output of a build in another process with other surroundings and another working folder."""
    options = [o for f in formats for o in ("-f", f)]
    command = [sys.executable, "-m", "teipress", "build", str(default_edition), "-o", "out", "-q", *options]
    environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"} | surroundings
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return tree(tmp_path / "out")


def test_other_surroundings_do_not_show(built, default_edition, tmp_path, no_fonts):
    """All at once, because each costs a second; test_reproducible.py changes more of them."""
    surroundings = no_fonts | {k: v for s in SURROUNDINGS.values() for k, v in s.items()}
    assert differing(tree(built), rebuild(default_edition, tmp_path, surroundings, *FAST)) == []


@pytest.fixture(scope="module")
def printed(default_edition, tmp_path_factory):
    """The default edition with its PDF, built in a process of its own."""
    return rebuild(default_edition, tmp_path_factory.mktemp("printed"), {}, *FORMATS)


@pytest.mark.slow
def test_other_surroundings_do_not_show_in_the_pdf_either(printed, default_edition, tmp_path):
    """Even where Python is kept from using UTF-8; test_reproducible.py changes much more."""
    assert "pdf/japan-ussr.pdf" in printed
    assert differing(printed, rebuild(default_edition, tmp_path, SURROUNDINGS["language"], *FORMATS)) == []


def test_a_given_moment_is_the_date_of_what_is_built(write_tei, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "981173106")
    build(settings_for(write_tei()), tmp_path / "out", ["epub"])
    package = (tmp_path / "out/epub/text/EPUB/package.opf").read_text(encoding="utf-8")
    assert "2001-02-03T04:05:06Z" in package


@pytest.mark.parametrize(
    ("changed", "of_document", "date", "moment"),
    [
        ("2002-03-04", "", "2001-02-03", "2002-03-04T00:00"),
        ("2002-03-04", "2003-04-05", "2001-02-03", "2003-04-05T00:00"),
        ("2002-03", "2002-02-28", "2001", "2002-03-01T00:00"),
        ("2002", "", "2005", "2002-01-01T00:00"),
        ("2002-03-04T23:30:00-05:00", "", "", "2002-03-05T04:30"),
        ("in spring", "last year", "2001-02-03", "2001-02-03T00:00"),
        ("", "", "2001", "2001-01-01T00:00"),
        ("", "", "", "1980-01-01T00:00"),
    ],
)
def test_what_is_built_has_the_date_of_the_last_change(tmp_path, changed, of_document, date, moment):
    document = Document("one", Header("One", changed=of_document), "en", ())
    edition = Edition("tiny", tmp_path, Header("Tiny", date=date, changed=changed), "en", (document,))
    assert pipeline.moment_of(edition).isoformat() == f"{moment}:00+00:00"


@pytest.mark.parametrize("epoch", ["yesterday", "1e400", "99999999999999999999"])
def test_a_moment_that_is_none_is_refused(write_tei, tmp_path, monkeypatch, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        build(settings_for(write_tei()), tmp_path / "out", ["html"])
    assert not (tmp_path / "out").exists()


@pytest.fixture
def tiny(write_edition, tmp_path, no_fonts):
    """A tiny edition that has been built once: its folder and its output."""
    folder, out = write_edition(), tmp_path / "out"
    report = build(settings_for(folder), out, ["html"])
    assert [str(f) for f in report.findings] == []
    return folder, out


def spoil(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_error_that_validation_finds_leaves_the_last_output(tiny):
    folder, out = tiny
    before = tree(out)
    spoil(folder / "first.xml", "#ada", "#nobody")
    report = build(settings_for(folder), out, ["html"])
    assert report.failed
    assert report.artifacts == []
    assert tree(out) == before


def test_a_template_that_fails_leaves_the_last_output(tiny):
    folder, out = tiny
    before = tree(out)
    (folder / "templates/site").mkdir(parents=True)
    (folder / "templates/site/index.html").write_text("{{ nobody }}")
    with pytest.raises(Stopped) as caught:
        build(settings_for(folder), out, ["html"])
    assert [f.code for f in caught.value.findings] == ["V005"]
    assert tree(out) == before


def test_an_error_that_verification_finds_leaves_the_last_output(tiny, monkeypatch):
    folder, out = tiny
    before = tree(out)
    wrong = Finding("L001", Severity.ERROR, "a link leads nowhere", "html/index.html", 1)
    monkeypatch.setattr("teipress.pipeline.verify_folder", lambda stage: [wrong])
    with pytest.raises(Stopped) as caught:
        build(settings_for(folder), out, ["html"])
    assert wrong in caught.value.findings
    assert tree(out) == before


def test_a_file_that_is_no_xml_any_more_leaves_the_last_output(tiny):
    folder, out = tiny
    before = tree(out)
    (folder / "edition.xml").write_text("<TEI")
    with pytest.raises(Stopped):
        build(settings_for(folder), out, ["html"])
    assert tree(out) == before


def test_formats_that_are_not_asked_for_are_gone_from_the_output(tiny):
    folder, out = tiny
    build(settings_for(folder), out, ["epub"])
    assert not (out / "html").exists()
    assert (out / "epub").is_dir()


def test_a_lone_file_is_built_whatever_its_faults(write_tei, tmp_path):
    path = write_tei('<p>x <persName ref="#nobody">canary</persName></p><nonsense>y</nonsense>')
    report = build(settings_for(path), tmp_path / "out", ["html"])
    assert not report.failed
    assert "canary" in (tmp_path / "out/html/text.html").read_text(encoding="utf-8")


def test_an_audience_that_the_edition_does_not_know_is_refused(tiny):
    folder, out = tiny
    with pytest.raises(UsageError, match="nobody"):
        build(settings_for(folder), out, ["html"], audience="nobody")


def test_a_step_at_a_time_is_told(tiny):
    folder, out = tiny
    steps = []
    build(settings_for(folder), out, ["html", "epub"], say=steps.append)
    words = " ".join(steps)
    assert [words.index(w) for w in ("Reading", "Validating", "Modelling", "Making", "Verifying")] == sorted(
        words.index(w) for w in ("Reading", "Validating", "Modelling", "Making", "Verifying")
    )


@pytest.mark.slow
def test_the_validators_have_nothing_to_say_about_the_default_edition(built, require_tool, require_module):
    require_tool("java")
    for package in NEEDED:
        require_module(package)
    assert [str(fault) for fault in epub_faults([built / "epub/japan-ussr.epub"])] == []
    assert [str(fault) for fault in page_faults(sorted(built.glob("html/**/*.html")))] == []


# The PDF, read back by another engine


class Book:
    """A PDF as another engine reads it: the lines of each page, and where its bookmarks lead."""

    def __init__(self, path):
        import pypdfium2

        document = pypdfium2.PdfDocument(path)
        texts = [page.get_textpage().get_text_range() for page in document]
        self.pages = [[" ".join(x.split()) for x in text.splitlines() if x.strip()] for text in texts]
        self.bookmarks = [(b.get_title(), b.get_dest().get_index()) for b in document.get_toc()]
        document.close()

    def folio(self, number):
        """The number at the foot of a page: outside, so at the end on a right page and at the start on a left one."""
        foot = self.pages[number][-1] if self.pages[number] else ""
        pattern = r"(?:.* )?(\d+|[ivxl]+)" if number % 2 == 0 else r"(\d+|[ivxl]+)(?: .*)?"
        return m[1] if (m := re.fullmatch(pattern, foot)) else ""

    def part(self, title):
        """The pages of a part, from the one that it heads to the next part's, without their feet."""
        first = next(n for n, lines in enumerate(self.pages) if lines[:1] == [title])
        last = next((n for n in range(first + 1, len(self.pages)) if not self.pages[n]), len(self.pages))
        return "\n".join(line for lines in self.pages[first:last] for line in lines[:-1])


def letters(text):
    """Letters and digits only: how a line is broken, spaced, hyphenated or set in capitals is of no account."""
    return "".join(c for c in text.casefold() if c.isalnum())


@pytest.fixture(scope="module")
def book(printed, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "japan-ussr.pdf"
    path.write_bytes(printed["pdf/japan-ussr.pdf"])
    return Book(path)


@pytest.mark.slow
def test_folios_run_on_and_left_and_right_pages_alternate(book):
    first = next(n for n in range(len(book.pages)) if book.folio(n) == "1")
    assert first % 2 == 0, "the text begins on a right page"
    numbers = [(n, int(book.folio(n))) for n in range(first, len(book.pages)) if book.folio(n)]
    assert [f for _, f in numbers] == [n - first + 1 for n, _ in numbers]
    bare = [n for n in range(first, len(book.pages)) if not book.folio(n)]
    told = [n for n in bare if book.pages[n]]
    assert len(book.pages) % 2 == 0, "the last leaf has two sides"
    assert told == [len(book.pages) - 2], "only blank pages and the colophon, on the last right one, have no number"


@pytest.mark.slow
def test_the_contents_give_the_page_on_which_each_heading_stands(book):
    contents = letters(book.part("Contents"))
    checked = 0
    first = dict(reversed(book.bookmarks))  # an appendix has sections named after the documents
    for title, page in first.items():
        heading = letters(title)
        if len(heading) > 5 and heading in contents and title != "Contents":
            assert f"{heading}{book.folio(page)}" in contents, title
            assert heading in letters(" ".join(book.pages[page])), title
            checked += 1
    assert checked > 20


def references(entry):
    """The pages that stand at the end of an index entry, ranges written out."""
    match = re.search(r"(?:^|\s)(\d+(?:–\d+)?(?:, \d+(?:–\d+)?)*)$", " ".join(entry.split()).replace("– ", "–"))
    found = []
    for part in match[1].split(", ") if match else []:
        low, _, high = part.partition("–")
        found += range(int(low), int(high or low) + 1)
    return found


@pytest.mark.slow
def test_the_index_gives_the_pages_on_which_each_person_is_named(book, default_edition):
    from teipress import tei
    from teipress.model import model
    from teipress.read import read

    settings = settings_for(default_edition)
    edition = model(read(settings.source, settings.folder)[0], settings)
    elements = {e.get(tei.XML_ID): e for d in edition.documents for part in d.body for e in tei.elements(part)}
    pages = {book.folio(n): letters(" ".join(lines)) for n, lines in enumerate(book.pages)}
    index, checked = book.part("Index of persons"), 0
    names = {p: r"(?m)^" + re.escape(p.filed).replace(r"\ ", r"\s") + r"(?= ·|$)" for p in edition.persons}
    starts, place = [], 0  # in the order of the index: a line may begin with the name of another entry
    for person, name in names.items():
        place = re.compile(name).search(index, place).start()
        starts.append((place, person))
    for (start, person), (end, _) in zip(starts, [*starts[1:], (len(index), None)], strict=True):
        forms = {letters(tei.text(elements[m.id], skip=("note",))) for m in person.mentions}
        found = references(index[start:end])
        assert bool(found) == bool(forms), person.filed
        for folio in found:
            assert any(form in pages[str(folio)] for form in forms), (person.filed, folio)
            checked += 1
    assert checked > 50


@pytest.mark.slow
def test_every_script_of_the_edition_is_set(book, default_edition):
    """Each word in Japanese, Cyrillic or with a macron in the register is in the PDF as text."""
    register = (default_edition / "persons.xml").read_text(encoding="utf-8")
    words = set(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]{2,}|[А-Яа-яё]{4,}|\w*[āēīōūĀĒĪŌŪ]\w*", register))
    assert len(words) > 20
    text = letters(" ".join(line for lines in book.pages for line in lines))
    assert [w for w in sorted(words) if letters(w) not in text] == []
    assert "\ufffd" not in text


@pytest.mark.slow
def test_the_running_foot_tells_the_part_that_the_page_belongs_to(book):
    """Left the edition, where nobody wrote the part, right the part or its section."""
    titles = ("Index of persons", "Index of places", "Redactions", "About this edition")
    for title in titles:
        start = next(n for n, lines in enumerate(book.pages) if lines[:1] == [title])
        for number in range(start + 1, len(book.pages)):
            if not book.folio(number) or book.pages[number][0] in titles:
                break
            if number % 2:
                assert "Japan and the Soviet Union, 1982–1998" in book.pages[number][-1]
            elif title.startswith("Index"):  # the others have sections
                assert title in book.pages[number][-1]


def test_the_report_tells_each_loss_with_its_place() -> None:
    element = etree.fromstring("<div>\n<p>lost</p></div>")[0]
    tei.set_file(element, "letters/one.xml")
    account = Account("document", "one", "pdf", 10, 6, [Loss("lost", Run("lost", element))], ["odd"])
    told = pipeline._fidelity(account)
    assert told["missing"] == [{"text": "lost", "file": "one.xml", "line": 2, "path": "div/p"}]
    assert told["extra"] == ["odd"]


def test_settings_may_name_documents_and_witnesses_that_an_audience_does_not_see(write_edition, tmp_path):
    """Archivists read side by side what the public does not get, by the same edition.toml."""
    shut, witness = ' ana="#secret"', '<witness xml:id="w{0}"{1}><abbr type="siglum">{0}</abbr></witness>'
    described = f"<sourceDesc><listWit>{witness.format('A', '')}{witness.format('B', shut)}</listWit>"
    app = '<app><lem wit="#wA">a</lem><rdg wit="#wB">b</rdg></app>'

    def text(name, body, ana="", source="<sourceDesc><p>None.</p>"):
        head = f"<fileDesc><titleStmt><title>{name}</title></titleStmt><publicationStmt><p>None.</p></publicationStmt>"
        header = f"<teiHeader>{head}{source}</sourceDesc></fileDesc></teiHeader>"
        return f'<TEI xmlns="{tei.TEI}" xml:id="{name}"{ana}>{header}<text><body>{body}</body></text></TEI>'

    include = "".join(f'<xi:include href="{name}.xml"/>' for name in ("first", "second", "third"))
    root = (write_edition() / "edition.xml").read_text("utf-8")
    files = {
        "edition.xml": re.sub(r"(?s)<xi:include.*(?=</teiCorpus>)", include, root),
        "first.xml": text("first", f'<p xml:id="p">x {app}</p>', source=described),
        "second.xml": text("second", '<p corresp="first.xml#p">c</p>', shut),
        "third.xml": text("third", f'<p corresp="first.xml#p"{shut}>d</p>'),
    }
    toml = 'formats = ["html"]\n[html]\nsearch = false\nwitnesses = ["A", "B"]\nparallel = {}\n[access.public]\n'
    toml += 'withhold = ["#secret"]\n[access.archivists]\nwithhold = []\n'
    settings = settings_for(write_edition(files, toml.format('[["first", "second"], ["first", "third"]]')))
    seen = {}
    for audience in ("public", "archivists"):
        assert not build(settings, tmp_path / audience, ["html"], audience).failed
        assert pipeline.prove(tmp_path / audience, settings, audience) == []
        seen[audience] = {p.name for p in (tmp_path / audience / "html").glob("[pw]*-*.html")}
    assert seen["public"] == {"witness-first-wA.html"}
    assert seen["archivists"] == {
        "parallel-first-second.html", "parallel-first-third.html", "witness-first-wA.html", "witness-first-wB.html",
    }  # fmt: skip
    misspelt = settings_for(write_edition(files, toml.format('[["first", "secnod"]]')))
    with pytest.raises(UsageError, match="no document of the edition"):
        build(misspelt, tmp_path / "public", ["html"])
