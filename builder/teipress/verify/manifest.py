"""manifest.json and the files beside it → findings: every file is listed, and is what the list says (E002)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from teipress.findings import Finding, finding

NAME = "manifest.json"


def check_manifest(folder: Path) -> list[Finding]:
    """E002 for each file that is missing, changed or not listed; nothing where there is no manifest yet."""
    path = folder / NAME
    if not path.is_file():
        return []
    try:
        listed = {entry["path"]: entry["sha256"] for entry in json.loads(path.read_text(encoding="utf-8"))["files"]}
    except (ValueError, KeyError, TypeError) as error:
        return [finding("E002", f"the manifest cannot be read: {error}", NAME, 0, "build the edition again")]
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    found = {name: p for name, p in found.items() if name != NAME and not name.startswith(".")}
    findings = [finding("E002", "is listed in the manifest but not there", name) for name in listed.keys() - found]
    findings += [finding("E002", "is not listed in the manifest", name) for name in found.keys() - listed]
    for name in listed.keys() & found.keys():
        if hashlib.sha256(found[name].read_bytes()).hexdigest() != listed[name]:
            findings.append(finding("E002", "has changed since it was built", name))
    return sorted(findings, key=lambda f: f.file)
