import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from citecheck.errors import ExtractError, UsageError
from citecheck.extractor import sources
from citecheck.model import Source
from citecheck.settings import LimitSettings

LIMITS = LimitSettings()


def test_a_folder_gives_its_texts_sorted_and_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.markdown", "picture.png", ".secret.txt", "deep/d.TXT", ".git/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert sources.find([str(tmp_path)]) == [
        str(tmp_path / name) for name in ("a.md", "b.txt", "c.markdown", "deep/d.TXT")
    ]


def test_files_keep_their_order_and_come_once(tmp_path: Path) -> None:
    one, two = tmp_path / "one.log", tmp_path / "two.txt"
    one.touch()
    two.touch()
    read = Source("given", b"text")
    assert sources.find([str(two), str(one), "-", read, str(two)]) == [str(two), str(one), "-", read]


def test_a_missing_name_is_a_usage_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        sources.find(["no-such.txt"])
    assert str(caught.value) == "no-such.txt: there is no such file or folder; check the spelling"
    assert caught.value.about == "no-such.txt"


def test_load_reads_the_bytes_and_tells_the_kind_by_the_name(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"caf\xc3\xa9")
    assert sources.load(str(path), LIMITS) == Source(str(path), b"caf\xc3\xa9", "text/markdown")


def test_standard_input_is_read_to_its_end_and_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"abc")))
    assert sources.load("-", LIMITS) == Source("-", b"abc")
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"abcd")))
    with pytest.raises(ExtractError, match=r"^-: larger than 3 bytes; split it, or raise limits.source_bytes$"):
        sources.load("-", LimitSettings(source_bytes=3))


@pytest.mark.parametrize("data", [b"\x7fELF\x02\x01\x01\x00\x00", b"text\0text", bytes(range(1, 9)) * 10])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "thing"
    path.write_bytes(data)
    with pytest.raises(ExtractError) as caught:
        sources.load(str(path), LIMITS)
    assert str(caught.value) == f"{path}: is not a text (binary data); name the text it was made from"


def test_utf_16_with_its_mark_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "wide.txt"
    path.write_bytes("hello".encode("utf-16"))
    assert sources.load(str(path), LIMITS).data == "hello".encode("utf-16")


def test_a_file_that_cannot_be_opened_is_an_extract_error(tmp_path: Path) -> None:
    path = tmp_path / "gone.txt"
    path.symlink_to(tmp_path / "nowhere")
    assert sources.find([str(path)]) == [str(path)]
    with pytest.raises(ExtractError, match=r"gone.txt: cannot be read: no such file or directory$"):
        sources.load(str(path), LIMITS)


def test_a_file_without_permission_is_an_extract_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)  # root, as whom containers run tests, may open every file
    with pytest.raises(ExtractError) as caught:
        sources.load("locked.txt", LIMITS)
    assert (str(caught.value), caught.value.about) == ("locked.txt: cannot be read: permission denied", "locked.txt")


def test_read_loads_one_source_after_another(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a")
    given = Source("given", b"text")
    assert list(sources.read([given, str(path)], LIMITS)) == [given, Source(str(path), b"a", "text/plain")]
