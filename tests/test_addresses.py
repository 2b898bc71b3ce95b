"""Addresses: what a link may lead to, and how it is written."""

import pytest

from teipress.addresses import web_address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        ("http://münchen.de/straße", "http://münchen.de/straße"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("http://127.0.0.1/", "http://127.0.0.1/"),
        ("http://a.b:/x", "http://a.b:/x"),
        ("http://a.b/%", "http://a.b/%25"),
        ("http://a.b/%C3%BC", "http://a.b/%C3%BC"),
        ("http://a.b/[x]{y}|^`\\?<z>#q#r", "http://a.b/%5Bx%5D%7By%7D%7C%5E%60%5C?%3Cz%3E#q%23r"),
        ("http://a.b?“x”", "http://a.b?%E2%80%9Cx%E2%80%9D"),
        ("doi:10.1000/<x>", "doi:10.1000/%3Cx%3E"),
        ("mailto:a@b%", "mailto:a@b%25"),
        ("urn:isbn:1", "urn:isbn:1"),
    ],
)
def test_an_address_is_written_as_html_takes_it(written, address):
    assert web_address(written) == address


HOSTS = (
    "",
    "/x",
    "[x",
    "a]b/",
    "a^b/",
    "e.org:99999/",
    "e.org:x/",
    "u:p@e.org/",
    "a..b/",
    "xn--zz/",
    f"{'a' * 64}.org/",
)
NUMBERS = ("999.1.1.1/", "a.1/", "0x7f.1/", "[1]/")
OTHERS = ("http:", "http:x%zz", "http:/x", "mailto:", "javascript:x", "file:///x", "a.html", "x")


@pytest.mark.parametrize("written", [*(f"http://{host}" for host in HOSTS + NUMBERS), *OTHERS])
def test_what_is_no_address_is_none(written):
    assert web_address(written) == ""
