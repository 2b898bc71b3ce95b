"""manifest.json: every file with its type, size and hash."""

import hashlib
import json

from teipress.package.manifest import write_manifest


def listed(folder):
    write_manifest(folder, "teipress 0", "tiny")
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_every_file_is_listed_with_what_it_is(tmp_path):
    for name in ("html/b.html", "html/a.HTML", "epub/x/mimetype", "epub/x.epub", "pdf/x.pdf", "html/odd.xyz"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    manifest = listed(tmp_path)
    assert (manifest["generator"], manifest["edition"]) == ("teipress 0", "tiny")
    assert [f["path"] for f in manifest["files"]] == sorted(f["path"] for f in manifest["files"])
    for entry in manifest["files"]:
        data = (tmp_path / entry["path"]).read_bytes()
        assert (entry["size"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    types = {f["path"]: f["type"] for f in manifest["files"]}
    assert types == {
        "epub/x.epub": "application/epub+zip",
        "epub/x/mimetype": "text/plain",
        "html/a.HTML": "text/html",
        "html/b.html": "text/html",
        "html/odd.xyz": "application/octet-stream",
        "pdf/x.pdf": "application/pdf",
    }


def test_the_manifest_does_not_list_itself(tmp_path):
    (tmp_path / "a.html").write_text("a")
    assert listed(tmp_path) == listed(tmp_path)
