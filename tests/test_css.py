"""CSS by encoders: what is plain passes, what could load, cover or hide anything does not."""

from __future__ import annotations

import pytest

from teipress.css import contrasting, declarations

PLAIN = [
    "font-style: italic",
    "font-weight: 700",
    "color: rgb(10, 20, 30)",
    "color: #c00",
    "border: solid green 2pt",
    "text-decoration: underline wavy",
    "text-indent: -1.5em",
    "margin: 0 auto 2em",
    'font-family: "Old Face", serif',
    "border-top: none",
    "vertical-align: 20%",
]
UNSAFE = [
    "background: url(https://example.org/x.png)",
    "background-color: url(x)",
    "color: expression(alert(1))",
    "position: fixed",
    "display: none",
    "visibility: hidden",
    "color: transparent",
    "opacity: 0",
    "font-size: 0",
    "font-size: 0.01pt",
    "line-height: 0",
    "text-indent: -9999px",
    "margin-left: -100%; margin-left: -2000%",
    "margin-left: 500in",
    "width: 1px",
    "padding: 1vw",
    "text-transform: uppercase",
    "behavior: url(x.htc)",
    "-moz-binding: url(x)",
    "content: attr(data-x)",
    "font-family: }",
    "color: var(--x)",
    "ident-0.0 = no indent",
    "@import url(x)",
    "color: red } body { color: blue",
    "color: #0000",
    "color: rgba(0, 0, 0, 0)",
    "color: white",
    "color: #eee",
    "background-color: black",
    "display: table-column",
    "display: contents",
    "letter-spacing: -1em",
    "text-indent: -10em",
    "margin: -10em",
]


@pytest.mark.parametrize("css", PLAIN)
def test_plain_declarations_pass_as_they_are(css: str) -> None:
    assert (declarations(css).safe, declarations(css).refused) == (css, ())


@pytest.mark.parametrize("css", UNSAFE)
def test_what_could_load_cover_or_hide_is_refused_and_named(css: str) -> None:
    found = declarations(css)
    assert found.refused
    assert not any(word in found.safe for word in ("url", "blue", "white", "black", "2000", "}", "{", "(", "@"))


def test_one_bad_declaration_does_not_spoil_the_others() -> None:
    found = declarations("color: red; position: fixed; ; font-style: italic !important")
    assert found.safe == "color: red; font-style: italic"
    assert found.refused == ("position: fixed",)


@pytest.mark.parametrize(
    ("written", "readable"),
    [
        ("color: black", "color: black"),
        ("color: #00f; margin: 1em", "color: #00f; margin: 1em"),
        ("color: red; font-weight: bold", "color: #e60000; font-weight: bold"),
        ("color: gray", "color: #737373"),
        ("color: blue; background-color: #999", "color: #0000a6; background-color: #999"),
        ("color: inherit", "color: inherit"),
        ("margin: 1em", "margin: 1em"),
        ("", ""),
    ],
)
def test_letters_are_as_dark_as_they_have_to_be_to_be_read(written: str, readable: str) -> None:
    assert contrasting(written) == readable
