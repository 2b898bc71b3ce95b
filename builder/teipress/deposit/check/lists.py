"""What a package lists and what it has → findings: what is missing, changed, renamed, or listed nowhere.

A list of sums is read strictly: one digest and one path a line, hexadecimal digits all of one case. Nobody writes them
otherwise, and a flipped bit may.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from teipress.deposit.check.package import ALGORITHMS, RESTORE, Package
from teipress.findings import Finding

Sums = dict[str, dict[str, str]]  # by file, by algorithm: the digest that is listed
Lost = dict[tuple[str, str], list[str]]  # by algorithm and digest: the files that have it

_LINE = re.compile(r"([0-9a-fA-F]+)(?:[ \t]+\*?)([^ \t*].*)")
_ENDS = re.compile(r"\r\n|\r|\n")  # what ends a line; str.splitlines knows more, and a damaged byte may be one of those


def compare(package: Package, listed: Sums, present: Iterable[str]) -> Iterator[Finding]:
    """B001 to B004: the files that are listed against those that there are; `present` are those that ought to be."""
    here = {name: package.find(name) for name in listed}
    missing = {name: None for name, found in here.items() if not found}
    for name, found in here.items():
        if found and (wrong := _wrong(package, found, listed[name])):
            yield package.told("B002", f"is not what it was, by {_words(wrong)}", found, RESTORE)
    lost = _by_sum({name: listed[name] for name in reversed(missing)})
    algorithms = {algorithm for algorithm, _ in lost}
    for name in sorted(set(present) - set(here.values())):
        if before := _before(package.sums(name, algorithms), lost, missing, listed):
            del missing[before]
            yield package.told("B004", f'is listed as "{before}"', name, "give it that name again")
        else:
            yield package.told("B003", "is listed nowhere", name, "take it out, or find out who put it there")
    for name in missing:
        yield package.told("B001", "is listed, but not there", name, RESTORE)


def _before(sums: Mapping[str, str], lost: Lost, missing: Collection[str], listed: Sums) -> str:
    """The missing file that has all its sums from another, "" if there is none; nothing is tried a second time."""
    for found in (lost.get(item, []) for item in sums.items()):
        while found:
            name = found.pop()
            if name in missing and all(sums[a] == digest.lower() for a, digest in listed[name].items()):
                return name
    return ""


def _by_sum(listed: Sums) -> Lost:
    """The files that have a sum, by algorithm and digest."""
    found: Lost = {}
    for name, sums in listed.items():
        for algorithm, digest in sums.items():
            found.setdefault((algorithm, digest.lower()), []).append(name)
    return found


def _wrong(package: Package, name: str, listed: Mapping[str, str]) -> list[str]:
    """The algorithms by which a file is not what is listed."""
    sums = package.sums(name, listed)
    return [algorithm for algorithm, digest in listed.items() if sums[algorithm] != digest.lower()]


def _words(algorithms: Iterable[str]) -> str:
    return " and ".join(a.upper().replace("SHA", "SHA-") for a in sorted(algorithms))


def is_digest(text: str, algorithm: str) -> bool:
    """Whether a text is a digest of that length, its letters all small or all capital."""
    lengths = dict(zip(ALGORITHMS, (32, 40, 56, 64, 96, 128), strict=True))
    return bool(re.fullmatch(r"[0-9a-f]+|[0-9A-F]+", text)) and len(text) == lengths[algorithm]


def lines(text: str) -> list[str]:
    """The lines of a text, without the empty ones at its end."""
    return _ENDS.split(text.rstrip("\r\n")) if text.strip("\r\n") else []


def read_sums(
    package: Package,
    name: str,
    algorithm: str,
    listed: Sums,
    decode: Callable[[str], str] = str,
    encoding: str = "utf-8",
) -> Iterator[Finding]:
    """Add what a file lists to `listed`; what is wrong with the list itself is told (B006, B008)."""
    capital = 0
    try:
        text = package.read(name).decode(encoding)
    except (UnicodeDecodeError, LookupError):
        yield package.told("B006", f"is not written in {encoding}", name, RESTORE)
        return
    for number, line in enumerate(lines(text), 1):
        match = _LINE.fullmatch(line)
        path = decode(match[2]) if match else ""
        if not match or not is_digest(match[1], algorithm):
            yield package.told("B006", f"has a line that is no {_words([algorithm])} and path", name, RESTORE, number)
        elif leads_out(path):
            yield package.told(
                "B008", f'lists "{path}", which leads out of the package', name, "trust none of it", number
            )
        elif listed.get(path, {}).get(algorithm, match[1]) != match[1]:
            yield package.told("B006", f'lists "{path}" twice', name, RESTORE, number)
        else:
            capital += match[1] != match[1].lower()
            listed.setdefault(path.removeprefix("./"), {})[algorithm] = match[1]
    if 0 < capital < sum(1 for sums in listed.values() if sums.get(algorithm, "").upper() != sums.get(algorithm, "")):
        yield package.told("B006", "has capital letters in some digests, and small ones in others", name, RESTORE)


def leads_out(path: str) -> bool:
    """Whether a path of a list is absolute, climbs, or is of another system."""
    parts = PurePosixPath(path).parts
    return not parts or path.startswith(("/", "~", "\\")) or ".." in parts or "\0" in path or path[1:3] in (":\\", ":/")
