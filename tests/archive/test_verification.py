from pathlib import Path

import pytest
from isal import igzip

from citecheck.archive.records import records
from citecheck.archive.verification import Fault, Verification
from tests.archive.test_archive_over_runs import PAGE, page, run
from tests.archive.warc_samples import exchange, visit

FIRST = "snapshots.warc.gz"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "kept"
    run(folder, page(1), visit(exchange(body=PAGE)), text_of=lambda exchange: "text")
    run(folder, visit(exchange("http://ferry-times.example/copy", body=PAGE)))
    return folder


def faults(folder: Path) -> list[Fault]:
    return list(Verification(folder).faults())


def test_a_sound_archive_has_no_fault(folder: Path) -> None:
    verification = Verification(folder)
    assert list(verification.faults()) == []
    assert (verification.files, verification.records) == (2, 10)


def test_a_flipped_byte_is_named_with_file_and_offset_and_what_follows_is_read(folder: Path) -> None:
    data = bytearray((folder / FIRST).read_bytes())
    second = list(records(folder / FIRST))[1]
    data[second.offset + second.size_bytes // 2] ^= 0xFF
    (folder / FIRST).write_bytes(data)
    verification = Verification(folder)
    found = list(verification.faults())
    assert [(fault.file, fault.offset) for fault in found] == [(FIRST, second.offset), ("index.cdxj", None)]
    assert verification.records == 9


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        (b"quay is open", b"quay is shut", ["warc-block-digest", "warc-payload-digest"]),
        (b"HTTP/1.1 200", b"HTTP/1.1 201", ["warc-block-digest"]),
    ],
)
def test_a_changed_record_has_wrong_digests(folder: Path, before: bytes, after: bytes, field: list[str]) -> None:
    whole = list(records(folder / FIRST))
    members = []
    for record in whole:
        head = "".join(f"{name}: {value}\r\n" for name, value in record.fields.items()).encode()
        block = (
            record.block.replace(before, after)
            if record.kind == "response" and b"quay" in record.block
            else record.block
        )
        members.append(igzip.compress(b"WARC/1.1\r\n" + head + b"\r\n" + block + b"\r\n\r\n", 2, mtime=0))
    (folder / FIRST).write_bytes(b"".join(members))
    found = [fault for fault in faults(folder) if fault.file == FIRST and "digest" in fault.what]
    assert [fault.what.split()[0] for fault in found] == field
    assert found[0].what.endswith("(http://harbour-gazette.example/quay)")


def test_a_line_that_points_nowhere_and_a_record_not_indexed_are_named(folder: Path) -> None:
    path = folder / "index.cdxj"
    path.write_bytes(path.read_bytes().replace(b'"offset":"', b'"offset":"9', 1) + b"nonsense\n")
    found = faults(folder)
    assert [fault.what for fault in found if fault.offset is not None] == ["not in the index"]
    assert any("points at no whole record" in fault.what for fault in found)
    assert any("is no entry" in fault.what for fault in found)


def test_a_revisit_without_its_payload_is_named(folder: Path) -> None:
    (folder / FIRST).unlink()
    assert any("refers to a payload that the folder does not hold" in fault.what for fault in faults(folder)) is False
    for path in folder.glob("index*"):
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(line for line in lines if b"ferry" in line))
    [fault] = faults(folder)
    assert fault.what == "refers to a payload that the folder does not hold (http://ferry-times.example/copy)"


def test_a_file_left_open_is_named(folder: Path) -> None:
    (folder / FIRST).rename(folder / f"{FIRST}.open")
    assert (f"{FIRST}.open", "not closed: a run is writing it, or was killed; save again") in [
        (fault.file, fault.what) for fault in faults(folder)
    ]
