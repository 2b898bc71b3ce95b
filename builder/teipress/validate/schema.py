"""A source, its settings and what was asked for → the schema to check it against, and why it is this one.

In this order: what the command asks for, what the file itself names (W3C "Associating Schemas with XML documents",
the processing instruction xml-model), what edition.toml names, and last the rules of teipress. These know a third of
TEI: of a file that uses more they would say, a thousand times, that there are no such elements. So no grammar is
checked then, and that is told. Nothing is fetched: a document must not decide where this machine connects to.

RELAX NG is read in its XML syntax only; of the kept converters from compact syntax, rnc2rng loses what an ``include``
overrides, which would make verdicts wrong unseen.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from teipress import tei
from teipress.config import Settings, inside
from teipress.edition import Source
from teipress.errors import UsageError
from teipress.findings import Finding, did_you_mean, finding
from teipress.resources import resource

OURS = "teipress"
_SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
_RELAXNG = "http://relaxng.org/ns/structure/1.0"
_PSEUDO = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_RELEASE = re.compile(r"TEI Edition:\s*(?:TEI\s+)?(P5\s+Version\s+[\w.-]*\w)", re.IGNORECASE)
_ELEMENT = re.compile(r'<element name="([^"]+)"')
_BEGINNING = 100_000  # bytes of a grammar in which it says what it was made from
_DOWNLOAD = "put a copy into the edition's folder, or name one with --schema"


@dataclass(frozen=True, slots=True)
class Schema:
    """What a source is checked against. `grammar` is RELAX NG; `constraints` are Schematron, alone or in a grammar.

    `name` is what people call it, `release` the TEI release it says it is made from, `reason` who chose it. If nobody
    did it is a `guess`: the rules of teipress, which the file has never promised to keep. `findings` tell of schemas
    that a file names in vain.
    """

    grammar: Path | None = None
    constraints: tuple[Path, ...] = ()
    name: str = ""
    release: str = ""
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    guess: bool = False


def choose(source: Source, settings: Settings, asked: str = "", in_any_case: bool = False) -> Schema:
    """The schema for a source. `asked` is a path, or "teipress" for the one that ships.

    Where nobody names a schema, the rules of teipress count if they know the elements of the source, or `in_any_case`.

    Raises:
        UsageError: what is asked for, or edition.toml names, is no RELAX NG file.
    """
    if asked:
        return _described(*_asked(asked), reason="--schema")
    named = _by_file(source)
    if named.grammar is not None or named.constraints:
        return named
    chosen = by_settings(settings)
    if chosen.grammar is None:
        reason = "the file names none" + (" that is at hand" if named.findings else "")
        unknown = [] if in_any_case else _unknown(source)
        chosen = _no_grammar(source, unknown, reason) if unknown else _described(*_ours(), reason)
        chosen = replace(chosen, guess=True)
    return replace(chosen, findings=(*(_instead(f, chosen) for f in named.findings), *chosen.findings))


def _unknown(source: Source) -> list[str]:
    """The elements of TEI in a source that the rules of teipress leave out; a name that TEI has not is a fault."""
    ours = set(_ELEMENT.findall(_ours()[0].read_text("utf-8")))
    vocabulary = tomllib.loads((resource("templates") / "vocabulary.toml").read_text("utf-8"))  # it has all of TEI
    names = {tei.local(e) for e in tei.elements(source.root) if tei.is_tei(e)}
    return sorted((names & vocabulary.keys()) - ours)


def _no_grammar(source: Source, unknown: list[str], reason: str) -> Schema:
    shown = ", ".join(f"<{name}>" for name in unknown[:3])
    more = f" and {len(unknown) - 3} more" if len(unknown) > 3 else ""
    message = f"no grammar is checked: {reason}, and the rules of teipress leave out {shown}{more}, which it has"
    hint = "name a grammar with --schema, or --schema teipress to hear what its rules would say"
    found = finding("C004", message, tei.file_of(source.root) or str(source.path), tei.line_of(source.root), hint)
    return Schema(name="none", reason=reason, findings=(found,))


def by_settings(settings: Settings) -> Schema:
    """The schema that edition.toml names, if it names one.

    Raises:
        UsageError: there is no such file in the edition's folder.
    """
    if not settings.schema:
        return Schema()
    if settings.schema == OURS:
        return _described(*_ours(), reason="edition.toml")
    toml = settings.folder / "edition.toml"
    return _described(*_with_constraints(_xml_syntax(inside(settings.folder, settings.schema, toml))), "edition.toml")


def _ours() -> tuple[Path, tuple[Path, ...]]:
    return resource("schema") / "teipress.rng", (resource("schema") / "teipress.sch",)


def _with_constraints(grammar: Path) -> tuple[Path, tuple[Path, ...]]:
    """A grammar, with the Schematron file that stands beside it under the same name, else the rules embedded in it."""
    beside = grammar.with_suffix(".sch")
    return grammar, (beside if beside.is_file() else grammar,)


def _described(grammar: Path, constraints: tuple[Path, ...], reason: str) -> Schema:
    return Schema(grammar, constraints, _name(grammar), release(grammar), reason)


def _name(path: Path) -> str:
    if path.parent == resource("schema"):
        return f"{path.name} of teipress"
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)


def release(grammar: Path) -> str:
    """The TEI release that a grammar says it was made from ("P5 Version 4.9.0a"), as TEI's own tools write it."""
    try:
        with grammar.open("rb") as file:
            match = _RELEASE.search(file.read(_BEGINNING).decode("utf-8", "replace"))
    except OSError:
        return ""
    return " ".join(match[1].split()) if match else ""


def _asked(asked: str) -> tuple[Path, tuple[Path, ...]]:
    """The files that --schema means. Raises UsageError."""
    path = Path(asked)
    if asked == OURS:
        return _ours()
    if urlsplit(asked).scheme in ("http", "https"):
        raise UsageError(f"--schema {asked}: nothing is fetched; download it and name the file")
    if not path.is_file():
        beside = [p.name for p in path.parent.glob("*.rng")] if path.parent.is_dir() else []
        hint = did_you_mean(path.name, [*beside, OURS]) or 'name a RELAX NG file, or "teipress" for the one that ships'
        raise UsageError(f"--schema {asked}: there is no such file; {hint}")
    return _with_constraints(_xml_syntax(path))


def _xml_syntax(path: Path) -> Path:
    """The same file; for compact syntax the grammar in XML beside it. Raises UsageError for any other language."""
    if path.suffix == ".rnc":
        if (beside := path.with_suffix(".rng")).is_file():
            return beside
        hint = f"convert it, for example with trang {path.name} {path.stem}.rng"
        raise UsageError(f"{path}: is in RELAX NG compact syntax; teipress reads the XML syntax, so {hint}")
    if path.suffix in (".odd", ".xsd", ".dtd", ".sch"):
        raise UsageError(f"{path}: is no RELAX NG grammar; name an .rng file")
    return path


# --- what a file names --------------------------------------------------------------------------------------------


def _by_file(source: Source) -> Schema:
    """The schema that a file's own xml-model instructions name, as far as it is at hand."""
    grammars: list[Path] = []
    constraints: list[Path] = []
    findings: list[Finding] = []
    for line, model in _models(source):
        kind = _kind(model)
        if not kind:
            continue
        found = _local(model["href"], kind, source, line)
        if isinstance(found, Finding):
            findings.append(found)
        else:
            (constraints if kind == _SCHEMATRON else grammars).append(found)
    told = tuple({f.message: f for f in reversed(findings)}.values())[::-1]  # one for a schema of two languages
    if not grammars:  # rules without a grammar are half a schema
        return Schema(findings=told)
    if grammars[0].parent == resource("schema") and not constraints:
        constraints.append(grammars[0].with_suffix(".sch"))
    described = _described(grammars[0], tuple(dict.fromkeys(constraints)), "xml-model")
    return replace(described, findings=tuple(_instead(f, described) for f in told))


def _models(source: Source) -> Iterator[tuple[int, dict[str, str]]]:
    """The pseudo-attributes of each xml-model instruction that has an href, in the order of the file, with its line."""
    before = list(source.root.itersiblings(etree.PI, preceding=True))
    for node in reversed(before):
        if isinstance(node, etree._ProcessingInstruction) and node.target == "xml-model":
            model = {m[1]: m[2] or m[3] or "" for m in _PSEUDO.finditer(node.text or "")}
            if model.get("href"):
                yield node.sourceline or 0, model


def _kind(model: dict[str, str]) -> str:
    """The language of a schema: what the instruction says, else what the name says; empty if neither is known."""
    stated = model.get("schematypens", "")
    if stated in (_RELAXNG, _SCHEMATRON):
        return stated
    suffix = Path(re.split("[?#]", model["href"])[0]).suffix
    return "" if stated else {".rng": _RELAXNG, ".rnc": _RELAXNG, ".sch": _SCHEMATRON}.get(suffix, "")


def _local(href: str, kind: str, source: Source, line: int) -> Path | Finding:
    """The file that an instruction means, or a finding that says why it is not used."""
    place = (tei.file_of(source.root) or str(source.path), line)
    try:
        url = urlsplit(href)
        path = source.path.parent / unquote(url.path)
        shipped = resource("schema") / path.name
        if shipped.suffix in (".rng", ".sch") and shipped.is_file():
            return shipped
        if url.scheme or url.netloc:
            return finding("C002", f"the schema {href} is not fetched", *place, _DOWNLOAD)
        near = path.resolve()
        if not any(near.is_relative_to(folder.resolve()) for folder in (source.folder, Path.cwd())):
            message = f"the schema {href} lies outside the folder of the file, and the one you are in"
            return finding("C002", message, *place, "call teipress from a folder above both, or name it with --schema")
        if not path.is_file():
            return finding("C003", f"the schema {href} does not exist", *place, "check the path, or take it out")
        return _xml_syntax(path) if kind == _RELAXNG else path
    except UsageError:
        return finding("C002", f"the schema {href} is not in the XML syntax of RELAX NG", *place, _DOWNLOAD)
    except (ValueError, OSError) as error:
        return finding("C002", f"the schema {href} is no address: {error}", *place, _DOWNLOAD)


def _instead(found: Finding, used: Schema) -> Finding:
    return replace(found, message=f"{found.message}; {used.name} is used instead")
