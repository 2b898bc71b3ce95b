"""The index of the search: what is in it, and that the same passages give the same bytes."""

import gzip
import json

import pytest

from teipress.edition import Passage
from teipress.errors import ToolError
from teipress.package import pagefind
from teipress.package.settled import _decode, _encode

PERSONS = ("Abe Shintarō", "Example, Ada", "Gromyko, Andrey", "Nakasone Yasuhiro", "Zola")


def passages():
    for number in range(30):
        language, text = [("en", f"The lamp burned {number} nights"), ("ja", "灯台守は東京都にいた")][number % 2]
        named = PERSONS[: number % 6]
        yield Passage("log.html", f"p{number}", "Log", str(number), number, language, text, True, "1931", named)


def index(folder):
    pagefind.write_index(passages(), folder)
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return index(tmp_path_factory.mktemp("index"))


def test_each_language_has_an_index_and_only_what_a_search_loads(built):
    assert {name.split("/")[1] for name in built} == {"en", "ja"}
    assert {n for n in built if n.count("/") == 2 and "pf_meta" not in n} == {
        *(
            f"pagefind/{lang}/{f}"
            for lang in ("en", "ja")
            for f in ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
        ),
        "pagefind/en/wasm.en.pagefind",
        "pagefind/ja/wasm.unknown.pagefind",
    }


def test_the_same_passages_give_the_same_bytes(built, tmp_path):
    """Without `settled`, five values of a filter would come in another order in 119 of 120 runs."""
    assert index(tmp_path) == built


def test_every_file_that_the_index_names_is_there(built):
    entry = json.loads(built["pagefind/en/pagefind-entry.json"])
    name = entry["languages"]["en"]["hash"]
    meta, _ = _decode(gzip.decompress(built[f"pagefind/en/pagefind.{name}.pf_meta"])[12:], 0)
    named = {f"index/{c[2]}.pf_index" for c in meta[2]} | {f"filter/{f[1]}.pf_filter" for f in meta[3]}
    named |= {f"fragment/{p[0]}.pf_fragment" for p in meta[1]}
    assert {f"pagefind/en/{n}" for n in named} == {
        n for n in built if n.startswith("pagefind/en/") and n.count("/") == 3
    }


def test_a_character_that_is_a_word_stands_apart():
    assert pagefind.spaced("灯台の light, 光。") == "灯 台 の light, 光 。"
    assert pagefind.spaced("Маяк in 1931") == "Маяк in 1931"


@pytest.mark.parametrize(
    "value", [0, 23, 24, 255, 256, 70_000, 1 << 33, "", "灯台" * 200, [], [[1, "a"], [2, ["b"] * 30]]]
)
def test_cbor_there_and_back(value):
    assert _decode(_encode(value), 0) == (value, len(_encode(value)))


def test_what_no_index_holds_is_refused():
    with pytest.raises(ValueError, match="type 7"):
        _decode(b"\xf5", 0)


def test_a_program_that_breaks_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: "/bin/true")
    with pytest.raises(ToolError, match="Pagefind broke"):
        pagefind.write_index(passages(), tmp_path)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: "/nowhere")
    with pytest.raises(ToolError, match="cannot be started"):
        pagefind.write_index(passages(), tmp_path)
