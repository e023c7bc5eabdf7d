from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from citecheck.cli.archive import command
from tests.archive.test_archive_over_runs import PAGE, run
from tests.archive.warc_samples import exchange, visit

QUAY = "http://harbour-gazette.example/quay"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    folder = tmp_path / "work" / "reports" / "blog" / "20310409T120000Z"
    run(folder, visit(exchange(body=b"<title>The quay</title>" + PAGE)))
    return folder


def ran(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_the_captures_of_a_url_are_listed_from_the_newest_audit(kept: Path) -> None:
    result = ran("list", QUAY)
    assert (result.exit_code, result.stderr) == (0, "citecheck: the newest audit's: reports/blog/20310409T120000Z\n")
    when, status, size, place, url = result.stdout.rstrip("\n").split("\t")
    assert (when, status, url) == ("2031-04-09T12:00:00Z", "200", QUAY)
    assert place.startswith("snapshots.warc.gz:") and int(size)


def test_a_url_that_was_not_kept_is_nothing(kept: Path) -> None:
    result = ran("list", "http://nowhere.example/", "--folder", str(kept))
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == f"citecheck: nothing was kept of http://nowhere.example/ in {kept}\n"


def test_a_sound_archive_is_said_to_be(kept: Path) -> None:
    result = ran("verify", "--folder", str(kept))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"citecheck: 3 records in 1 files of {kept}: every digest is right\n"


def test_a_fault_is_told_with_file_and_offset(kept: Path) -> None:
    data = (kept / "snapshots.warc.gz").read_bytes()
    (kept / "snapshots.warc.gz").write_bytes(data[:-3])
    result = ran("verify", "--folder", str(kept))
    assert result.exit_code == 1
    [line] = result.stdout.splitlines()
    assert line.startswith(f"{kept}/snapshots.warc.gz:") and line.endswith(": the file ends within the record")


def test_an_export_is_never_written_over(kept: Path) -> None:
    assert ran("export", "--folder", str(kept)).stdout == "20310409T120000Z.wacz: 1 page\n"
    result = ran("export", "--folder", str(kept))
    assert str(result.exception) == "20310409T120000Z.wacz: exists already; name another file with --out"


def test_no_archive_at_all_is_said(tmp_path: Path) -> None:
    assert str(ran("list").exception) == "archive: there is no archive yet; name one with --folder"
