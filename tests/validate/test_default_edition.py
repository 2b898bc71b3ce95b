"""The edition that the project publishes: clean by its own rules, and true to the sources' facts."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from teipress import tei
from teipress.edition import Source
from teipress.read import read

RUN = 9  # consecutive words that nobody writes twice by chance
PROSE = 25  # words; a shorter paragraph of a source is a heading, a title or a line of a list
WORD = re.compile(r"[a-z0-9']+")
FACTS = ("\nCONTENTS", "\nOriginal - OEA")  # what follows in a source is a list of facts, not prose

DOCUMENTS = sorted((Path(__file__).resolve().parents[2] / "tei" / "japan-ussr").glob("*.xml"))


@pytest.fixture(scope="module")
def memo(default_edition: Path) -> Source:
    source, _ = read(default_edition / "memo.xml")
    return source


def test_the_default_edition_has_no_finding(run: Callable[..., Result], default_edition: Path) -> None:
    result = run("validate", default_edition)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "no findings" in result.stdout


@pytest.mark.slow  # each goes with the whole edition
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_each_of_its_files_has_no_finding_either(run: Callable[..., Result], path: Path) -> None:
    result = run("validate", path)
    assert (result.exit_code, result.stderr) == (0, "")


def test_the_memorandum_has_every_redaction_and_every_stamp(memo: Source) -> None:
    redacted = [g for g in tei.elements(memo.root, "gap") if g.get("reason") == "redacted"]
    stamps = [s for s in tei.elements(memo.root, "stamp") if tei.line_of_text(s) == "25X1"]
    assert (len(redacted), len(stamps)) == (19, 37)


def test_the_memorandum_has_as_many_redactions_and_stamps_as_its_source(
    memo: Source, require_data: Callable[[str], Path]
) -> None:
    texts = [p.read_text("utf-8") for p in sources(require_data)]
    text = next(t for t in texts if "25X1" in t)
    assert len([g for g in tei.elements(memo.root, "gap") if g.get("reason") == "redacted"]) == text.count("[redacted]")
    assert len([s for s in tei.elements(memo.root, "stamp") if tei.line_of_text(s) == "25X1"]) == text.count("25X1")


# No sentence of a source stands in the project


def sources(require_data: Callable[[str], Path]) -> list[Path]:
    found = sorted(require_data("TEIPRESS_SOURCES").glob("*.txt"))
    assert found
    return found


def prose(text: str) -> Iterator[list[str]]:
    """The words of each paragraph of a source that is prose."""
    end = min([len(text), *(i for mark in FACTS if (i := text.find(mark)) >= 0)])
    for paragraph in re.split(r"\n\s*\n", text[:end]):
        words = WORD.findall(paragraph.lower())
        figures = sum(any(c.isdigit() for c in word) for word in words)
        if len(words) >= PROSE and figures < len(words) / 5:  # an imprint with its address is mostly figures
            yield words


def runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def files(project: Path) -> Iterator[Path]:
    """Every file that is in the project or about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True).stdout
    yield from (path for name in listed.split("\0") if name and (path := project / name).is_file())


def quotations(paragraphs: list[list[str]], texts: dict[str, str]) -> list[str]:
    """Where a text has a run of words of a paragraph; markup is counted as a space, so that it hides nothing."""
    taken = set().union(*(runs(words) for words in paragraphs))
    found = []
    for name, text in texts.items():
        for version in (text, re.sub(r"<[^>]*>", " ", text)):
            common = runs(WORD.findall(version.lower())) & taken
            found += [f"{name}: {' '.join(run)}" for run in sorted(common)]
    return found


def test_no_sentence_of_a_source_stands_in_the_project(project: Path, require_data: Callable[[str], Path]) -> None:
    paragraphs = [words for path in sources(require_data) for words in prose(path.read_text("utf-8"))]
    assert len(paragraphs) > 50
    texts = {p.relative_to(project).as_posix(): p.read_text("utf-8", errors="ignore") for p in files(project)}
    assert len(texts) > 50
    assert quotations(paragraphs, texts) == []


def test_a_quotation_would_be_found_whatever_markup_is_in_it() -> None:
    sentence = "a press that prints what nobody wrote will one day be asked who had paid it for doing so and what for"
    paragraphs = list(prose(f"Heading\n\n{sentence}: {sentence}\n\nCONTENTS\n\n{'other words ' * 30}"))
    assert len(paragraphs) == 1
    marked = "It was a <hi>press</hi>, that\n prints (what <pb n='1'/> nobody wrote) will — One"
    assert len(quotations(paragraphs, {"a.xml": marked})) == 1
    assert quotations(paragraphs, {"a.xml": marked.replace("nobody", "somebody")}) == []
    assert quotations(paragraphs, {"a.xml": "other words " * 30}) == []
