"""The floors of builder/teipress hold: an import only ever points down, stages do not know each other, no circles."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = "teipress"
FLOORS = (
    frozenset(
        {
            "",
            "addresses",
            "css",
            "edition",
            "facsimile",
            "isbn",
            "lengths",
            "licences",
            "tei",
            "parser",
            "numerals",
            "tables",
            "findings",
            "errors",
            "resources",
            "phrases",
            "sizes",
            "spreads",
        }
    ),  # "" is the package's own __init__
    frozenset({"vocabulary", "rules", "rulings", "config", "crosswalk", "languages", "paper", "press", "scripts"}),
    frozenset({"encode", "read", "validate", "model", "render", "package", "verify", "deposit"}),
    frozenset(
        {
            "pipeline",
            "presswork",
            "printing",
            "publications",
            "gathering",
            "assembling",
            "depositing",
            "rechecking",
        }
    ),
    frozenset({"cli", "__main__"}),
)
STAGES = FLOORS[2]
# libraries that one part of the package keeps to itself, or two: what makes files, and what reads them
OWNED = {
    "click": ("cli",),
    "elementpath": ("validate",),
    "weasyprint": ("package",),
    "pydyf": ("package",),
    "pyphen": ("package",),
    "pikepdf": ("package", "verify"),
    "pypdfium2": ("verify",),
    "fontTools": ("package",),
    "PIL": ("model", "package"),
    "iiif_prezi3": ("render",),
    "jinja2": ("render",),
    "pagefind_bin": ("package",),
    "pyuca": ("model",),
    "babel": ("phrases",),
}


@dataclass(frozen=True)
class Import:
    """`importer` asks for `target` (both dotted) in some line."""

    importer: str
    target: str
    line: int

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.target}"


def modules(root: Path) -> dict[str, Path]:
    """Every module of a package by its dotted name; a package is named after its folder."""
    found = {}
    for path in sorted(root.rglob("*.py")):
        parts = [root.name, *path.relative_to(root).with_suffix("").parts]
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(name: str, path: Path, known: dict[str, Path]) -> Iterator[Import]:
    """Every import of a module, wherever it stands: late ones and those for type checkers as well."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from (Import(name, alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*above, *filter(None, [node.module])])
            for alias in node.names:
                module = f"{source}.{alias.name}"
                yield Import(name, module if module in known else source, node.lineno)


def part(module: str) -> str:
    """What a module belongs to: "read", "render", "cli" …"""
    return [*module.split("."), ""][1]


def floor(module: str) -> int:
    return next((n for n, parts in enumerate(FLOORS) if part(module) in parts), -1)


def breaches(root: Path) -> list[str]:
    """Everything in a package that the design does not allow."""
    known = modules(root)
    every = [i for name, path in known.items() for i in imports(name, path, known)]
    found = [f"{name} belongs to no floor" for name in known if floor(name) < 0]
    for i in every:
        library = i.target.split(".")[0]
        if part(i.importer) not in OWNED.get(library, (part(i.importer),)):
            found.append(f"{i}, which only {' and '.join(OWNED[library])} may")
        elif library == root.name and floor(i.target) > floor(i.importer):
            found.append(f"{i}, which stands above it")
        elif (
            library == root.name and part(i.importer) != part(i.target) and {part(i.importer), part(i.target)} <= STAGES
        ):
            found.append(f"{i}, another stage")
    found += [f"a circle: {' → '.join(circle)}" for circle in circles(every, known)]
    return found + [f"{n}:{line} uses tail" for n, path in known.items() if part(n) != "tei" for line in tails(path)]


def circles(every: list[Import], known: dict[str, Path]) -> Iterator[list[str]]:
    """The imports that lead back to where they came from, each circle told once."""
    arrows: dict[str, set[str]] = {name: set() for name in known}
    for i in every:
        if i.target in known:
            arrows[i.importer].add(i.target)
    done: set[str] = set()

    def follow(module: str, way: list[str]) -> Iterator[list[str]]:
        if module in way:
            yield [*way[way.index(module) :], module]
        elif module not in done:
            for target in sorted(arrows[module]):
                yield from follow(target, [*way, module])
            done.add(module)

    for name in known:
        yield from follow(name, [])


def tails(path: Path) -> Iterator[int]:
    """The lines that touch the text after an element as lxml keeps it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
        named = isinstance(node, ast.Attribute) and node.attr == "tail"
        called = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("getattr", "setattr", "hasattr")
            and any(isinstance(a, ast.Constant) and a.value == "tail" for a in node.args)
        )
        if named or called:
            yield node.lineno


def test_the_package_keeps_to_its_floors(project: Path) -> None:
    assert breaches(project / "builder" / PACKAGE) == []


def test_every_stage_is_reached_from_the_pipeline_or_the_command_line(project: Path) -> None:
    known = modules(project / "builder" / PACKAGE)
    used = {part(i.target) for n, p in known.items() if floor(n) > 2 for i in imports(n, p, known)}
    assert {part(n) for n in known} & STAGES <= used


# The test is proven by small packages that break each rule

SOUND = {
    "__init__.py": "__version__ = '1'",
    "tei.py": "def after(e):\n    return e.tail",
    "edition.py": "from teipress import __version__, tei",
    "config.py": "from .edition import x",
    "read.py": "import teipress.tei as tei\nfrom teipress.config import Settings",
    "render/__init__.py": "from teipress.render import site",
    "render/site.py": "from . import page\nfrom .page import y",
    "render/page.py": "from .. import tei\nfrom ..edition import x",
    "package/pdf.py": "def engine():\n    import weasyprint\n    from fontTools import subset",
    "pipeline.py": "from teipress.read import read\nfrom teipress.render.site import render",
    "cli/__init__.py": "import click\nfrom teipress import pipeline",
    "__main__.py": "from teipress.cli import main",
}
BREACHES = {
    "an upward arrow": ({"edition.py": "from teipress.config import x"}, "edition:1 imports teipress.config, which"),
    "an upward arrow by the package's own name": ({"read.py": "import teipress.pipeline"}, "which stands above"),
    "a late upward arrow": ({"tei.py": "def f():\n    from teipress import read"}, "teipress.tei:2 imports"),
    "an upward arrow for types only": (
        {"read.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from teipress.cli import main"},
        "teipress.read:3 imports teipress.cli, which stands above",
    ),
    "a relative upward arrow": ({"render/page.py": "from .. import pipeline"}, "imports teipress.pipeline, which"),
    "a relative upward arrow to a name": ({"render/page.py": "from ..pipeline import x"}, "imports teipress.pipeline"),
    "one stage using another": ({"render/page.py": "from teipress.read import read"}, "another stage"),
    "one stage using another's part": ({"read.py": "from teipress.render import page"}, "another stage"),
    "a circle inside a stage": ({"render/page.py": "from teipress.render import site"}, "a circle: "),
    "a circle through a late import": (
        {"tei.py": "def f():\n    from teipress.edition import x"},
        "a circle: teipress.edition → teipress.tei → teipress.edition",
    ),
    "a module that imports itself": ({"tei.py": "import teipress.tei"}, "teipress.tei → teipress.tei"),
    "click outside the command line": ({"pipeline.py": "import click"}, "which only cli may"),
    "a late click": ({"errors.py": "def f():\n    from click.exceptions import Exit"}, "which only cli may"),
    "WeasyPrint outside packaging": ({"render/page.py": "from weasyprint import HTML"}, "which only package may"),
    "pikepdf in another stage": ({"render/page.py": "import pikepdf"}, "which only package and verify may"),
    "fontTools outside packaging": ({"cli/doctor.py": "import fontTools.subset"}, "which only package may"),
    "tail outside tei": ({"read.py": "def f(e):\n    e.tail = None"}, "teipress.read:2 uses tail"),
    "tail by its name": ({"read.py": "def f(e):\n    return getattr(e, 'tail', '')"}, "teipress.read:2 uses tail"),
    "a module on no floor": ({"utils.py": ""}, "teipress.utils belongs to no floor"),
}


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def test_a_sound_package_breaks_no_rule(tmp_path: Path) -> None:
    assert breaches(write(tmp_path / PACKAGE, SOUND)) == []


@pytest.mark.parametrize("breach", BREACHES)
def test_each_breach_is_noticed(tmp_path: Path, breach: str) -> None:
    files, expected = BREACHES[breach]
    found = breaches(write(tmp_path / PACKAGE, {**SOUND, **files}))
    assert [f for f in found if expected in f], found
