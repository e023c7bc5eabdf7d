from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.archive import index
from citecheck.archive.cdxj import Entry, parse_stamp, stamp
from citecheck.archive.index import Index
from citecheck.errors import ArchiveError
from tests.archive.warc_samples import NOON

QUAY = "http://harbour-gazette.example/quay"


def entry(url: str = QUAY, days: int = 0, **rest: object) -> Entry:
    values: dict[str, object] = {
        "captured_at": NOON.replace(microsecond=0) + timedelta(days=days),
        "digest": f"sha1:{url}{days}",
        "mime": "text/html",
        "status": 200,
        "filename": "snapshots.warc.gz",
        "offset": days,
        "size_bytes": 9,
    }
    return Entry(url=url, **{**values, **rest})  # type: ignore[arg-type]  # test values by name


def lines(*entries: Entry) -> list[bytes]:
    return [each.line() for each in entries]


def test_captures_of_a_url_are_found_over_all_files_in_order_of_time(tmp_path: Path) -> None:
    found = Index(tmp_path)
    found.add(lines(entry(days=2), entry("http://harbour-gazette.example/quays"), entry(days=0)), "")
    found.add(lines(entry("http://a.example/"), entry(days=1)), "0002")
    found.add(lines(entry("https://WWW.harbour-gazette.example/quay/", days=3)), "0003")
    assert [each.offset for each in found.captures(QUAY)] == [0, 1, 2, 3]
    assert found.captures("http://harbour-gazette.example/qua") == []


def test_an_entry_reads_back_from_its_line() -> None:
    wanted = entry(status=404, verdict="dead soft-404")
    assert Entry.parse(wanted.line()) == wanted


def test_the_nearest_page_is_no_error_and_no_redirect(tmp_path: Path) -> None:
    found = Index(tmp_path)
    pages = (entry(days=0), entry(days=10), entry(days=3, status=404), entry(days=4, verdict="blocked bot-wall"))
    found.add(lines(*pages, entry(days=5, status=301)), "")
    assert found.nearest(QUAY, NOON + timedelta(days=4)) == pages[0]
    assert found.nearest(QUAY, NOON + timedelta(days=6)) == pages[1]
    assert found.nearest(QUAY) == pages[1]
    assert found.nearest("http://nowhere.example/") is None


def test_the_same_lines_added_again_change_nothing(tmp_path: Path) -> None:
    found = Index(tmp_path)
    for _ in range(2):
        found.add(lines(entry(days=1), entry(days=0)), "")
    for _ in range(2):
        found.add(lines(entry(days=2)), "0002")
    assert [each.offset for each in found.entries()] == [0, 1, 2]
    found.compact()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["index.cdxj"]
    assert (tmp_path / "index.cdxj").read_bytes().count(b"\n") == 3


def test_many_files_leave_few_segments_and_write_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written_bytes = 0
    write = index._write

    def counted(path: Path, lines: object) -> None:
        nonlocal written_bytes
        write(path, lines)  # type: ignore[arg-type]  # passed through as it came
        written_bytes += path.stat().st_size

    monkeypatch.setattr(index, "_write", counted)
    found = Index(tmp_path)
    for number in range(1, 65):
        found.add(lines(entry(f"http://a.example/{number:03}")), f"{number:04}")
    assert len(found.segments()) <= 7
    assert len(list(found.entries())) == 64
    size_bytes = sum(path.stat().st_size for path in found.segments())
    assert written_bytes <= 8 * size_bytes


@given(urls=st.lists(st.text(st.sampled_from("abc/."), min_size=1, max_size=6), max_size=30), cut=st.integers(0, 30))
def test_every_line_is_found_again(tmp_path_factory: pytest.TempPathFactory, urls: list[str], cut: int) -> None:
    found = Index(tmp_path_factory.mktemp("index"))
    entries = [entry(f"http://a.example/{url}", number) for number, url in enumerate(urls)]
    found.add(lines(*entries[:cut]), "")
    found.add(lines(*entries[cut:]), "0002")
    assert sorted(found.entries()) == sorted(entries)
    for each in entries:
        assert each in found.captures(each.url)


def test_a_thousand_segments_are_searched_without_reading_them(tmp_path: Path) -> None:
    for number in range(1000):
        (tmp_path / f"index-{number:04}.cdxj").write_bytes(
            b"".join(sorted(entry(f"http://a.example/{number}/{each}").line() + b"\n" for each in range(20)))
        )
    assert [each.url for each in Index(tmp_path).captures("http://a.example/577/13")] == ["http://a.example/577/13"]


@pytest.mark.parametrize(
    ("digits", "moment"),
    [
        ("2031", datetime(2031, 1, 1, tzinfo=UTC)),
        ("20310409", datetime(2031, 4, 9, tzinfo=UTC)),
        ("20310409123456", datetime(2031, 4, 9, 12, 34, 56, tzinfo=UTC)),
    ],
)
def test_a_timestamp_may_be_short(digits: str, moment: datetime) -> None:
    assert parse_stamp(digits) == moment
    assert stamp(moment).startswith(digits)


@pytest.mark.parametrize("digits", ["", "203", "20311309", "2031040912345678", "２０３１", "-2031"])
def test_what_is_no_timestamp_is_refused(digits: str) -> None:
    with pytest.raises(ValueError):
        parse_stamp(digits)


@pytest.mark.parametrize("line", [b"garbage", b"zz 20201116000000 {", b"zz 2020 []", b"zz \xff {}"])
def test_a_line_that_is_no_entry_is_told_and_no_accident(tmp_path: Path, line: bytes) -> None:
    found = Index(tmp_path)
    found.add([*lines(entry()), line], "")
    said = f"{tmp_path}: the index has a line that is no entry; `citecheck archive verify` names it"
    for read in (lambda: list(found.entries()), found.payloads):
        with pytest.raises(ArchiveError) as caught:
            read()
        assert str(caught.value) == said
