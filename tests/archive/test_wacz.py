import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from citecheck.archive import wacz
from citecheck.errors import ArchiveError
from citecheck.model import Status
from tests.archive.test_archive_over_runs import run
from tests.archive.warc_samples import NOON, exchange, visit


def packed(tmp_path: Path) -> tuple[int, Path]:
    folder, target = tmp_path / "kept", tmp_path / "kept.wacz"
    gone = visit(exchange("http://gone.example/", body=b"gone"), status=Status.DEAD)
    run(folder, visit(exchange(body=b"<title>The quay</title>")), gone, text_of=lambda exchange: "text")
    run(folder, visit(exchange("http://bare.example/", body=b"<p>no title")))
    return wacz.export(folder, target, made_at=NOON, software="citecheck/0"), target


def test_the_package_holds_files_index_and_pages_as_the_format_has_them(tmp_path: Path) -> None:
    count, target = packed(tmp_path)
    with zipfile.ZipFile(target) as package:
        names = {info.filename: info.compress_type for info in package.infolist()}
        pages = [json.loads(line) for line in package.read("pages/pages.jsonl").splitlines()]
        description = json.loads(package.read("datapackage.json"))
        digest = json.loads(package.read("datapackage-digest.json"))
        contents = {name: package.read(name) for name in names}
    assert names == dict.fromkeys(
        (
            "archive/snapshots.warc.gz",
            "archive/snapshots-0002.warc.gz",
            "indexes/index.cdxj",
            "pages/pages.jsonl",
            "datapackage.json",
            "datapackage-digest.json",
        ),
        zipfile.ZIP_STORED,
    )
    assert (count, pages) == (
        2,
        [
            {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"},
            {
                "id": "page-0",
                "url": "http://bare.example/",
                "ts": "2031-04-09T12:00:00Z",
                "title": "http://bare.example/",
            },
            {
                "id": "page-2",
                "url": "http://harbour-gazette.example/quay",
                "ts": "2031-04-09T12:00:00Z",
                "title": "The quay",
            },
        ],
    )
    assert description == {
        "profile": "data-package",
        "created": "2031-04-09T12:00:00Z",
        "wacz_version": "1.1.1",
        "software": "citecheck/0",
        "resources": [
            {
                "name": name.partition("/")[2],
                "path": name,
                "hash": f"sha256:{hashlib.sha256(contents[name]).hexdigest()}",
                "bytes": len(contents[name]),
            }
            for name in names
            if "/" in name
        ],
    }
    assert digest == {
        "path": "datapackage.json",
        "hash": f"sha256:{hashlib.sha256(contents['datapackage.json']).hexdigest()}",
    }
    assert contents["indexes/index.cdxj"].splitlines() == sorted(contents["indexes/index.cdxj"].splitlines())
    assert contents["archive/snapshots.warc.gz"] == (tmp_path / "kept" / "snapshots.warc.gz").read_bytes()


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    run(tmp_path / "kept", visit(exchange()))
    with pytest.raises(ArchiveError, match=r"nowhere/x\.wacz: cannot be written: No such file or directory"):
        wacz.export(tmp_path / "kept", tmp_path / "nowhere" / "x.wacz", made_at=NOON, software="x")
