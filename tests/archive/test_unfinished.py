"""What a run that was cut short had archived, taken up by the next."""

import shutil
from pathlib import Path

from msgspec.structs import replace

from citecheck.archive import Unfinished, Writer
from citecheck.clock import Clock
from citecheck.model import Exchange, Visit
from tests.archive.warc_samples import NOON, exchange, read_back, visit

MOVED = exchange(
    "http://harbour-gazette.example/old",
    head=b"HTTP/1.1 301 Moved Permanently\r\nLocation: /quay\r\nX-Twice: a\r\nX-Twice:  b\r\n\r\n",
    headers=(("Location", "/quay"), ("X-Twice", "a"), ("X-Twice", "b")),
    http_status=301,
    body=b"moved",
)
LATER = NOON.replace(microsecond=250_001)


def killed(base: Path, *visits: Visit) -> Path:
    """The folder that a run leaves that wrote these and was killed."""
    running, left = base / "running", base / "left"
    with Writer(running, clock=Clock(now=lambda: NOON), software="citecheck/0 (test)", text_of=lambda _: "Text.") as it:
        for each in visits:
            it.write(each)
        shutil.copytree(running, left)
    assert [path.name for path in left.iterdir()] == ["snapshots.warc.gz.open"]
    return left


def whole(folder: Path, each: Visit) -> tuple[Exchange, ...] | None:
    found = Unfinished().whole(each.light(), folder)
    return found.exchanges if found else None


def test_a_visit_has_its_bytes_again_hop_by_hop(tmp_path: Path) -> None:
    page = exchange()
    left = killed(tmp_path, visit(MOVED, page))
    assert whole(left, visit(MOVED, page)) == (MOVED, page)


def test_a_page_that_was_written_as_another_ones_likeness_is_whole_too(tmp_path: Path) -> None:
    first, second = exchange(), exchange("http://ferry-times.example/copy")
    left = killed(tmp_path, visit(first), visit(second))
    assert whole(left, visit(second)) == (second,)
    assert [each.kind for each in read_back(left / "snapshots.warc.gz")].count("revisit") == 1


def test_of_two_captures_that_of_the_visits_moment_is_taken(tmp_path: Path) -> None:
    early, late = exchange(body=b"early"), replace(exchange(body=b"late"), started_at=LATER)
    left = killed(tmp_path, visit(early), visit(late))
    assert whole(left, visit(late)) == (late,)
    assert whole(left, visit(early)) == (early,)


def test_what_is_not_all_there_is_not_taken(tmp_path: Path) -> None:
    left = killed(tmp_path, visit(MOVED))
    assert whole(left, visit(MOVED, exchange())) is None
    assert whole(left, visit()) is None
    assert whole(left / "gone", visit(MOVED)) is None


def test_a_damaged_archive_gives_nothing(tmp_path: Path) -> None:
    left = killed(tmp_path, visit(MOVED))
    assert whole(left, visit(MOVED)) == (MOVED,)
    path = left / "snapshots.warc.gz"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    assert whole(left, visit(MOVED)) is None


def test_an_archive_that_its_run_still_writes_is_left_alone(tmp_path: Path) -> None:
    with Writer(tmp_path, clock=Clock(now=lambda: NOON), software="citecheck/0 (test)") as writer:
        writer.write(visit(MOVED))
        assert whole(tmp_path, visit(MOVED)) is None
    assert whole(tmp_path, visit(MOVED)) == (MOVED,)
