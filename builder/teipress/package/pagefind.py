"""Passages → an index that a site's search page asks: Pagefind's, one for each language.

Each language has its own, because the words of a language are cut down to their stems by its own rules. Where words
are written without spaces (Chinese, Japanese, Thai …), each character counts as a word, and the search page asks for
the characters of a query in a row: so any part of a text is found, which dictionaries on both sides, that never agree
on where a word ends, cannot promise.
"""

from __future__ import annotations

import json
import re
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from teipress.edition import Passage
from teipress.errors import ToolError
from teipress.findings import Finding, finding
from teipress.package.settled import settled

FOLDER = "pagefind"
_UNUSED = frozenset(
    f"pagefind-{name}"
    for name in (
        "component-ui.css",
        "component-ui.js",
        "highlight.js",
        "modular-ui.css",
        "modular-ui.js",
        "ui.css",
        "ui.js",
    )
)  # interfaces of Pagefind's own
_ANY_LANGUAGE = "wasm.unknown.pagefind"
# scripts that write no spaces between words: CJK, Thai, Lao, Myanmar, Khmer; search.js has the same list
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff])"
)


def available() -> bool:
    """Whether Pagefind is installed; it has wheels for the usual systems only."""
    return find_spec("pagefind_bin") is not None


def missing() -> Finding:
    """O004: the site has no search but its index of words."""
    return finding(
        "O004", "Pagefind is missing: the site is searched by its index of words", hint="install pagefind_bin"
    )


def write_index(passages: Iterable[Passage], folder: Path) -> None:
    """Write an index for each language of some passages below `folder`.

    Raises:
        ToolError: Pagefind broke.
    """
    by_language: dict[str, list[Passage]] = {}
    for passage in passages:
        by_language.setdefault(passage.language, []).append(passage)
    with _service() as service:
        for language, found in by_language.items():
            for path, data in _index(service, language, found):
                target = folder / FOLDER / language / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)


def spaced(text: str) -> str:
    """A text with each character that is a word of its own set apart."""
    return " ".join(_UNSPACED.sub(r" \1 ", text).split())


def _index(service: _Service, language: str, passages: Sequence[Passage]) -> Iterator[tuple[str, bytes]]:
    """The files of one index that a search needs."""
    number = service.ask(type="NewIndex", config={})["index_id"]
    for passage in passages:
        service.ask(type="AddRecord", index_id=number, language=language, **_record(passage))
    files = service.ask(type="GetFiles", index_id=number)["files"]
    made = {f["path"]: b64decode(f["content"]) for f in files}
    service.ask(type="DeleteIndex", index_id=number)
    for path, data in settled(made).items():
        if path not in _UNUSED and (path != _ANY_LANGUAGE or f"wasm.{language}.pagefind" not in made):
            yield path, data


def _record(passage: Passage) -> dict[str, Any]:
    facets = {
        "document": [passage.document],
        "date": [passage.date] if passage.date else [],
        "person": passage.persons,
        "redaction": passage.redactions,
    }
    return {
        "url": passage.address,
        "content": spaced(passage.text),
        "meta": {"page" if passage.paged else "label": passage.label},
        "filters": {name: list(values) for name, values in facets.items() if values},
        "sort": {},
    }


class _Service:
    """A running Pagefind: it takes requests and gives answers, base64 of JSON with a comma after each."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._ahead = b""

    def ask(self, **payload: Any) -> dict[str, Any]:
        """The answer to one request; raises ToolError if there is none."""
        assert self._process.stdin is not None
        request = json.dumps({"message_id": 0, "payload": payload}).encode()
        try:
            self._process.stdin.write(b64encode(request) + b",")
            self._process.stdin.flush()
            answer: dict[str, Any] = json.loads(b64decode(self._answer()))["payload"]
        except (OSError, ValueError) as error:
            raise ToolError(f"Pagefind broke: {error}") from error
        if answer["type"] == "Error":
            raise ToolError(f"Pagefind broke: {answer['message']}")
        return answer

    def _answer(self) -> bytes:
        assert self._process.stdout is not None
        parts = [self._ahead]
        while b"," not in parts[-1]:
            data = self._process.stdout.read1(1 << 16)  # type: ignore[attr-defined]
            if not data:
                raise ValueError("it ended without an answer")
            parts.append(data)
        answer, _, self._ahead = b"".join(parts).partition(b",")
        return answer


@contextmanager
def _service() -> Iterator[_Service]:
    from pagefind_bin import get_executable

    try:
        command = [str(get_executable()), "--service"]
        pipe = subprocess.PIPE  # Ctrl-C is for us alone, hence a group of its own
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, process_group=0)
    except OSError as error:
        raise ToolError(f"Pagefind cannot be started: {error}") from error
    try:
        yield _Service(process)
    finally:
        process.terminate()
        with suppress(OSError):  # it may have ended with a request unread
            process.communicate()
