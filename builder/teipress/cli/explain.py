"""``teipress explain``: the code of a finding → a page of help on it."""

from __future__ import annotations

import click

from teipress.cli.console import errors_as_lines
from teipress.errors import UsageError
from teipress.findings import CODES, did_you_mean
from teipress.resources import resource

_BUILDING = (
    "VFLEOMKB"  # letters of the codes that a build, a deposit or its check raises: they are not to be ruled away
)

_RULING = """\
To leave it out, with a reason that your colleagues will understand, write into edition.toml

    [[validate.ignore]]
    code = "{code}"
    reason = "…"

or, to have it told as an error, a warning or a note,

    [validate.severity]
    {code} = {{ severity = "note", reason = "…" }}
"""


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain CODE, such as R001: what it means, why it matters, a wrong and a right example.

    Without CODE, list all of them.
    """
    if code is None:
        for name, entry in CODES.items():
            click.echo(f"{name}  {entry.severity.value:8} {entry.title}")
        return
    with errors_as_lines():
        click.echo(page(code.upper()), nl=False)


def page(code: str) -> str:
    """The page of help on a code, as plain text.

    Raises:
        UsageError: there is no such code.
    """
    if code not in CODES:
        hint = did_you_mean(code, CODES) or "teipress explain alone lists all codes"
        raise UsageError(f'there is no finding "{code}"; {hint}')
    entry = CODES[code]
    text = (resource("help") / f"{code}.md").read_text("utf-8")
    ruling = "" if code[0] in _BUILDING else f"\n{_RULING.format(code=code)}"
    return f"{code}  {entry.severity.value}: {entry.title}\n\n{text}{ruling}"
