"""Addresses of the web as TEI files have them → those that HTML accepts (RFC 3986, WHATWG URL)."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urlsplit

SCHEMES = ("http:", "https:", "mailto:", "urn:", "doi:")
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")
_UNSAFE = re.compile(r"[^\w\-.~!$&'()*+,;=:@/?#%]|%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"(?P<name>[\w\-.]+|\[(?P<six>[0-9A-Fa-f:.]+)\])(?P<port>:\d*)?")
_NUMERIC = re.compile(r"(?:\d+|0x[0-9a-f]*)\.?\Z", re.ASCII | re.IGNORECASE)  # how the name of no host ends


def web_address(written: str) -> str:
    """An address that a link may lead to, "" for what is none; characters that it cannot have are percent-encoded."""
    address = _CONTROL.sub("", written)
    scheme, colon, rest = address.partition(":")
    if not rest or f"{scheme.lower()}{colon}" not in SCHEMES:
        return ""
    if not scheme.lower().startswith("http"):
        return f"{scheme}:{_quoted(rest)}"
    try:
        place = urlsplit(address).netloc
        sane = _is_host(place)
    except ValueError:  # UnicodeError and AddressValueError are such
        return ""
    return f"{scheme}://{place}{_quoted(rest.removeprefix('//' + place))}" if sane else ""


def _is_host(place: str) -> bool:
    """Whether a link can lead to this host and port. May raise ValueError, which means no."""
    found = _HOST.fullmatch(place)
    if found is None or int((found["port"] or ":0")[1:] or 0) > 65535:
        return False
    if found["six"]:
        return IPv6Address(found["six"]) is not None
    name = found["name"]
    if _NUMERIC.match(name.removesuffix(".").rpartition(".")[2]):
        return IPv4Address(name) is not None
    return bool(name.encode("idna").decode("idna"))


def _quoted(rest: str) -> str:
    """What follows the host, with what no address can hold percent-encoded, also a second number sign."""
    before, mark, fragment = rest.partition("#")
    encoded = (_UNSAFE.sub(lambda m: quote(m[0], safe=""), part) for part in (before, fragment.replace("#", "%23")))
    return mark.join(encoded) if mark else next(encoded)
