import gzip
import io
import os
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from citecheck import extractor
from citecheck.errors import ExtractError, UsageError
from citecheck.extractor import sources
from citecheck.model import Source
from citecheck.settings import LimitSettings, ReadAs, Settings, SourceSettings

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
    assert list(sources.read([given, str(path)], Settings())) == [given, Source(str(path), b"a", "text/plain")]


def _tree(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def test_what_git_ignores_is_left_out(tmp_path: Path) -> None:
    _tree(
        tmp_path, "a.md", "build/b.md", "docs/c.md", "docs/draft.md", "docs/keep-draft.md", "docs/sub/deep/e.md", "x.md"
    )
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("# not these\nbuild/\n/x.md\n**/deep/**\n")
    (tmp_path / "docs" / ".gitignore").write_text("*draft.md\n!keep-draft.md\n")
    found = [str(each).removeprefix(f"{tmp_path}/") for each in sources.find([str(tmp_path)])]
    assert found == ["a.md", "docs/c.md", "docs/keep-draft.md"]
    below = [str(each).removeprefix(f"{tmp_path}/") for each in sources.find([str(tmp_path / "docs" / "sub")])]
    assert below == []


@pytest.mark.parametrize(
    ("pattern", "ignored"),
    [
        (r"\*.md", ["*.md"]),
        ("[[:digit:]].md", ["1.md"]),
        ("[!a-z].md", ["*.md", "1.md"]),
        ("[^]b].md", ["*.md", "1.md", "a.md", "deep/a.md"]),
        (r"[\*].md", ["*.md"]),
        ("a.md\\ ", []),
        ("a.md  ", ["a.md", "deep/a.md"]),
        ("a.md\t", []),
        ("a.md\r\nb.md\r\n", ["a.md", "b.md", "deep/a.md"]),
        ("\ufeffa.md", ["a.md", "deep/a.md"]),
        ("a.md\x0bb.md", []),
        ("[a", []),
        ("a.md\\", []),
        ("/deep/**/a.md", ["deep/a.md"]),
        ("dee**/a.md", ["deep/a.md"]),
        ("/", []),
        ("*\n!a.md", ["*.md", "1.md", "b.md", "deep/a.md"]),
    ],
)
def test_a_pattern_is_read_as_git_reads_it(tmp_path: Path, pattern: str, ignored: list[str]) -> None:
    names = ["*.md", "1.md", "a.md", "b.md", "deep/a.md"]
    _tree(tmp_path, *names)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_bytes(pattern.encode())
    found = {str(each).removeprefix(f"{tmp_path}/") for each in sources.find([str(tmp_path)])}
    assert sorted(set(names) - found) == ignored


def test_hidden_files_come_when_asked_for(tmp_path: Path) -> None:
    _tree(tmp_path, ".hidden.md", ".folder/a.md", ".git/b.md", "c.md")
    found = sources.find([str(tmp_path)], SourceSettings(hidden=True))
    assert found == [str(tmp_path / name) for name in (".hidden.md", "c.md", ".folder/a.md")]


def test_globs_are_filled_in_and_one_that_matches_nothing_is_a_usage_error(tmp_path: Path) -> None:
    _tree(tmp_path, "a.md", "b.log", "deep/c.md")
    assert sources.find([f"{tmp_path}/**/*.md"]) == [f"{tmp_path}/a.md", f"{tmp_path}/deep/c.md"]
    assert sources.find([f"{tmp_path}/*.log"]) == [f"{tmp_path}/b.log"]
    with pytest.raises(UsageError, match=r"\*\.none: matches no file$"):
        sources.find([f"{tmp_path}/*.none"])


def test_a_list_file_names_sources(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("# ours\na.md\n\n https://a.example/ \n")
    assert sources.listed(str(tmp_path / "list")) == ["a.md", "https://a.example/"]
    with pytest.raises(UsageError, match=r"none: the list of sources cannot be read: no such file or directory$"):
        sources.listed(str(tmp_path / "none"))


def test_a_gzipped_file_may_have_several_members_and_says_when_it_breaks_off(tmp_path: Path) -> None:
    path = tmp_path / "a.md.gz"
    path.write_bytes(gzip.compress(b"# x\n") + gzip.compress(b"# y\n"))
    assert sources.load(str(path), LIMITS) == Source(str(path), b"# x\n# y\n", "text/markdown")
    path.write_bytes(gzip.compress(b"# x\n") + gzip.compress(b"# y\n")[:-4])
    note = "the gzipped file breaks off: what came before was read"
    assert sources.load(str(path), LIMITS) == Source(str(path), b"# x\n# y\n", "text/markdown", notes=(note,))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_list_file_may_be_written_as_editors_and_shells_write_it(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "list").write_bytes("bäche.md\r\n  # theirs\r\nb.md".encode(encoding))
    assert sources.listed(str(tmp_path / "list")) == ["bäche.md", "b.md"]


def test_other_addresses_than_those_of_the_web_are_told_apart_from_files() -> None:
    with pytest.raises(UsageError, match=r"^ftp://a.example/b: of web addresses only http and https are read; save it"):
        sources.find(["ftp://a.example/b"])


def test_a_type_can_be_forced(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("# x")
    assert sources.load(str(path), LIMITS, ReadAs.MARKDOWN).media == "text/markdown"


def test_what_is_gzipped_is_unpacked_within_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.md.gz"
    path.write_bytes(gzip.compress(b"# x"))
    assert sources.load(str(path), LIMITS) == Source(str(path), b"# x", "text/markdown")
    path.write_bytes(gzip.compress(b"x" * 1_000_000))
    with pytest.raises(ExtractError, match=r"larger than 1000 bytes"):
        sources.load(str(path), LimitSettings(source_bytes=1000))
    path.write_bytes(b"\x1f\x8b\x08broken")
    with pytest.raises(ExtractError, match=r"a.md.gz: cannot be unpacked"):
        sources.load(str(path), LIMITS)


WEB = {
    "https://a.example/robots.txt": b"User-agent: *\nSitemap: https://a.example/index.xml\n",
    "https://a.example/index.xml": b"<sitemapindex><sitemap><loc>https://a.example/s.xml.gz</loc></sitemap>"
    b"<sitemap><loc>https://a.example/index.xml</loc></sitemap></sitemapindex>",
    "https://a.example/s.xml.gz": gzip.compress(
        b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc> https://a.example/1 </loc></url>"
        b"<url><loc>https://a.example/gone</loc></url></urlset>"
    ),
    "https://a.example/1": b"<html><p>One",
}


def _fetch(url: str) -> Source:
    if url not in WEB:
        raise ExtractError(f"{url}: cannot be read: dead, http-404", about=url)
    return Source(url, WEB[url], "text/html", address=url)


def _opened(name: str | Source, settings: Settings | None = None) -> list[tuple[str, str]]:
    found = sources.opened(name, settings or Settings(), _fetch)
    return [("error", str(each)) if isinstance(each, ExtractError) else (each.name, each.media) for each in found]


def test_a_sitemap_found_from_robots_gives_its_pages_and_what_cannot_be_read() -> None:
    assert _opened("https://a.example/robots.txt") == [
        ("https://a.example/1", "text/html"),
        ("error", "https://a.example/gone: cannot be read: dead, http-404"),
    ]


def test_a_sitemap_is_read_within_its_limit() -> None:
    settings = Settings(sources=SourceSettings(pages=1))
    assert _opened("https://a.example/s.xml.gz", settings) == [
        ("https://a.example/1", "text/html"),
        ("error", "https://a.example/s.xml.gz: names 2 pages, of which 1 were read; raise sources.pages"),
    ]


@pytest.mark.parametrize("location", ["secret.txt", "/etc/hostname", "file:///etc/hostname"])
def test_a_sitemap_names_no_file_of_this_machine(location: str) -> None:
    Path("secret.txt").write_text("Rain fell.")
    for kind in ("urlset><url", "sitemapindex><sitemap"):
        parent, child = kind.split("><")
        data = f"<{parent}><{child}><loc>{location}</loc></{child}></{parent}>".encode()
        assert _opened(Source("map", data, "application/sitemap+xml")) == [
            ("error", f"map: names {location}, which is no web address")
        ]


def test_sitemaps_without_end_are_left_with_a_note() -> None:
    def fetch(url: str) -> Source:
        number = int(url.rpartition("/")[2])
        data = b"".join(b"<sitemap><loc>https://a.example/%d</loc></sitemap>" % (number * 2 + each) for each in (0, 1))
        return Source(url, b"<sitemapindex>" + data + b"</sitemapindex>", "application/sitemap+xml")

    found = list(sources.opened("https://a.example/1", Settings(), fetch))
    assert [str(each) for each in found] == [
        "https://a.example/1: 16 sitemaps were not read: they are named 3 sitemaps deep, or are more than 1000 "
        "(sources.pages)"
    ]


def test_a_feed_is_read_within_its_limit() -> None:
    feed = b"<rss><channel>" + b"<item><title>a</title></item>" * 3 + b"</channel></rss>"
    found = _opened(Source("feed", feed, "application/feed+xml"), Settings(sources=SourceSettings(pages=2)))
    assert found[2:] == [("error", "feed: has more than 2 entries, the first of which were read; raise sources.pages")]


def test_without_a_fetcher_a_web_page_is_an_error() -> None:
    assert [str(each) for each in sources.opened("https://a.example/1", Settings())] == [
        "https://a.example/1: a web page, and nothing here fetches one; save it and name the file"
    ]


@pytest.mark.parametrize(
    ("media", "feed"),
    [
        (
            "application/feed+xml",
            "<rss><channel><title>The Lark</title><item><title>A &amp; B</title><link>https://a.example/1</link>"
            "<pubDate>Tue, 05 Mar 2024 06:00:00 +0100</pubDate><description><![CDATA[<p>Rain <a href='https://b.example/'>fell</a>.]]>"
            "</description></item></channel></rss>",
        ),
        (
            "application/feed+xml",
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>The Lark</title><entry><title>A &amp; B</title>"
            "<link rel='alternate' href='https://a.example/1'/><published>2024-03-05</published><content type='html'>"
            "&lt;p&gt;Rain &lt;a href='https://b.example/'&gt;fell&lt;/a&gt;.</content></entry></feed>",
        ),
        (
            "application/feed+json",
            '{"title": "The Lark", "items": [{"title": "A & B", "url": "https://a.example/1", "date_published": '
            '"2024-03-05", "content_html": "<p>Rain <a href=\'https://b.example/\'>fell</a>."}, 7]}',
        ),
    ],
    ids=["rss", "atom", "json"],
)
def test_the_entries_of_a_feed_are_documents(media: str, feed: str) -> None:
    found = list(sources.opened(Source("feed", feed.encode(), media), Settings()))
    assert [each.name for each in found if isinstance(each, Source)] == ["https://a.example/1"]
    document = extractor.extract(found[0]) if isinstance(found[0], Source) else None
    assert document is not None
    assert (document.title, document.publisher, document.published) == ("A & B", "The Lark", date(2024, 3, 5))
    assert [(link.url, link.claim) for link in document.links if link.text] == [("https://b.example/", "c1")]
    assert document.notes == ("lines are those of the entry's own text, taken out of the feed feed",)


@pytest.mark.parametrize(
    "data",
    [b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>', b"<rss><channel>", b"<rss>\xff</rss>"],
    ids=["entities", "cut", "bytes"],
)
def test_hostile_feeds_are_refused_with_a_note(data: bytes) -> None:
    found = list(sources.opened(Source("feed", data, "application/feed+xml"), Settings()))
    assert [type(each) for each in found] == [ExtractError]
    assert str(found[0]).startswith("feed: ")


def test_a_pipe_is_read_only_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[a](b.md)", encoding="utf-8")
    os.mkfifo(tmp_path / "p.md")
    assert sources.find([str(tmp_path)]) == [str(tmp_path / "a.md")]
    assert sources.find([str(tmp_path / "*.md")]) == [str(tmp_path / "a.md")]
    assert sources.find([str(tmp_path / "p.md")]) == [str(tmp_path / "p.md")]
