"""A folder of Jinja templates → macros and pages; what fails in them → findings.

Templates come from the edition first, then from teipress: for each format its own folder before the shared one.
They are sandboxed and get nouns and safe markup, never a tree, so a template can show an edition but not reach
outside it.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import jinja2
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from teipress.errors import Stopped
from teipress.findings import finding
from teipress.phrases import Phrases
from teipress.resources import resource

FOLDERS = {"html": "site", "epub": "epub", "pdf": "pdf", "deposit": "deposit"}
BEHAVIOURS_FILE = "behaviours.jinja"

_JINJA = str(Path(jinja2.__file__).parent)

Macro = Callable[..., Markup]
Result = TypeVar("Result")


class Templates:
    """The templates of one output format."""

    def __init__(
        self,
        output: str,
        own: Path | None = None,
        values: Mapping[str, Any] | None = None,
        phrases: Phrases | None = None,
    ) -> None:
        """`output` is a key of `FOLDERS`; `own` the edition's templates folder; `values` what every template sees.

        What templates say goes by `phrases`, English without them.
        """
        roots = ([own] if own else []) + [resource("templates")]
        names = (FOLDERS[output], "shared")
        self._compiled: dict[str, jinja2.Template] = {}
        self.folders = [folder for root in roots for name in names if (folder := root / name).is_dir()]
        self.environment = SandboxedEnvironment(
            loader=jinja2.FileSystemLoader([str(f) for f in self.folders]),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.i18n"],
        )
        said = phrases or Phrases()
        self.environment.install_gettext_callables(  # type: ignore[attr-defined]
            said.gettext, said.ngettext, newstyle=True, pgettext=said.pgettext, npgettext=said.npgettext
        )
        self.environment.globals.update(values or {})

    def page(self, name: str, **values: Any) -> str:
        """A whole file from the template `name`.

        Raises:
            Stopped: the template fails (V005).
        """
        return self.call(name, lambda: self.environment.get_template(name).render(values))

    def behaviours(self) -> dict[str, Macro]:
        """The macro for each behaviour: those of the shared folder, each overridden where a folder has its own."""
        macros: dict[str, Macro] = {}
        for folder in reversed(self.folders):
            path = folder / BEHAVIOURS_FILE
            if path.is_file():
                macros.update(self.call(str(path), partial(self._macros, path)))
        return macros

    def _macros(self, path: Path) -> dict[str, Macro]:
        code = self.environment.compile(path.read_text(encoding="utf-8"), path.name, str(path))
        template = jinja2.Template.from_code(self.environment, code, self.environment.make_globals(None))
        self._compiled[str(path)] = template
        module = template.make_module()
        return {name: macro for name, macro in vars(module).items() if callable(macro) and not name.startswith("_")}

    def file(self, name: str) -> str:
        """A file that is no template, for example a style sheet."""
        path = next((p for folder in self.folders if (p := folder / name).is_file()), None)
        return path.read_text(encoding="utf-8") if path else ""

    def call(self, name: str, run: Callable[[], Result]) -> Result:
        """Run something that may fail in a template, with a finding instead of a traceback."""
        try:
            return run()
        except Stopped:
            raise
        except Exception as error:  # whatever a template's author writes can raise anything
            place = self._place(error, name)
            if place is None:
                raise
            hint = "mend the template, or take it out to use the one that teipress brings"
            raise Stopped([finding("V005", f"the template fails: {_cause(error)}", *place, hint)]) from error

    def _place(self, error: Exception, name: str) -> tuple[str, int] | None:
        """The file and line of a template that an error comes from; None if it is a fault of our own."""
        if isinstance(error, jinja2.TemplateSyntaxError):
            return str(error.filename or name), error.lineno
        folders = (*(str(f) for f in self.folders), *self._compiled)
        stack = traceback.extract_tb(error.__traceback__)
        frames = [f for f in stack if f.filename.startswith(folders)]
        if frames:
            file, line = frames[-1].filename, frames[-1].lineno or 0
            # Jinja rewrites the lines of a rendered template, not those of a macro that is called from outside
            return file, self._compiled[file].get_corresponding_lineno(line) if file in self._compiled else line
        if isinstance(error, jinja2.TemplateNotFound):
            return str(error.name or name), 0
        return (name, 0) if any(f.filename.startswith(_JINJA) for f in stack) else None


def _cause(error: Exception) -> str:
    """What went wrong, in one line."""
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no template {error.name}"
    return " ".join(str(error).split()) or type(error).__name__
