"""The wheel: whole in itself, and with nothing in it that is not the program."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

WriteEdition = Callable[..., Path]


@pytest.fixture(scope="module")
def wheel(project: Path, require_module: Callable[[str], None], tmp_path_factory: pytest.TempPathFactory) -> Path:
    require_module("build")
    require_module("hatchling")
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(project)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    (found,) = out.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a fresh environment that has the wheel, and the libraries of the one that runs the tests."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, symlinks=True, with_pip=False)
    python = folder / "bin" / "python"
    command = [sys.executable, "-m", "pip", f"--python={python}", "install", "--no-deps", "--no-index", str(wheel)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run([python, "-c", where], capture_output=True, text=True, check=True).stdout.strip()
    # a path alone: the editable install of the checkout is a .pth file, which is not read in a folder added this way
    (Path(site) / "libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    return folder / "bin" / "teipress"


def test_the_wheel_holds_the_program_its_templates_and_its_schema_and_no_more(project: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {n for n in archive.namelist() if not n.endswith("/")}
    own = {n for n in names if ".dist-info/" not in n}
    expected = {f"teipress/{p.relative_to(project / 'builder' / 'teipress').as_posix()}" for p in sources(project)}
    for folder in ("templates", "schema"):
        paths = [p for p in (project / folder).rglob("*") if p.is_file()]
        expected |= {f"teipress/{p.relative_to(project).as_posix()}" for p in paths}
    assert own == expected
    assert [n for n in names if n.endswith("LICENSE")]


def sources(project: Path) -> list[Path]:
    every = (project / "builder" / "teipress").rglob("*")
    return [p for p in every if p.is_file() and "__pycache__" not in p.parts]


def test_the_installed_program_builds_an_edition_from_anywhere(
    installed: Path, write_edition: WriteEdition, tmp_path: Path, project: Path
) -> None:
    write_edition(toml='formats = ["html", "epub"]\n[validate]\nschema = "teipress"\n')
    where = "from teipress.resources import resource; print(resource('templates'), resource('schema'), sep='\\n')"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    options = {"cwd": tmp_path, "env": environment, "capture_output": True, "text": True}
    found = subprocess.run([installed.parent / "python", "-c", where], check=True, **options).stdout.splitlines()
    assert [Path(f).is_relative_to(installed.parents[1]) for f in found] == [True, True]
    result = subprocess.run([installed, "build", "tiny"], **options)
    assert (result.returncode, "no findings" in result.stdout) == (0, True), result.stderr
    assert str(project) not in result.stdout + result.stderr
    assert (tmp_path / "output" / "tiny" / "html" / "index.html").is_file()
    assert (tmp_path / "output" / "tiny" / "epub" / "tiny.epub").is_file()
