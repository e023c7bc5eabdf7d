from datetime import UTC, datetime

import pytest

from citecheck.archive.archive_links import ArchiveLink, plain, raw, recognise

NEW_YEAR = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        (
            "https://web.archive.org/web/20200101000000/https://quay.example/a?b=1&c=http://x/#d",
            ArchiveLink("Wayback Machine", "https://quay.example/a?b=1&c=http://x/#d", NEW_YEAR),
        ),
        ("http://archive.org/web/2020/quay.example", ArchiveLink("Wayback Machine", "http://quay.example", NEW_YEAR)),
        (
            "https://web.archive.org/web/20200101000000id_/http:/quay.example/",
            ArchiveLink("Wayback Machine", "http://quay.example/", NEW_YEAR),
        ),
        ("https://web.archive.org/web/*/http://quay.example/", None),
        ("https://archive.org/details/quay", None),
        ("https://archive.ph/AbC12", ArchiveLink("archive.today")),
        (
            "https://archive.is/20200101/http://quay.example/",
            ArchiveLink("archive.today", "http://quay.example/", NEW_YEAR),
        ),
        (
            "https://archive.today/2020.01.01-000000/https://quay.example/",
            ArchiveLink("archive.today", "https://quay.example/", NEW_YEAR),
        ),
        ("https://perma.cc/W6PY-UZ99", ArchiveLink("perma.cc")),
        ("https://perma.cc/about", None),
        (
            "https://arquivo.pt/wayback/20200101000000/http://quay.example/",
            ArchiveLink("arquivo.pt", "http://quay.example/", NEW_YEAR),
        ),
        (
            "https://wayback.archive-it.org/all/20200101000000/http://quay.example/",
            ArchiveLink("Archive-It", "http://quay.example/", NEW_YEAR),
        ),
        ("https://ghostarchive.org/archive/abc", ArchiveLink("Ghostarchive")),
        (
            "https://megalodon.jp/2020-0101-0000-00/quay.example/a",
            ArchiveLink("Megalodon", "http://quay.example/a", NEW_YEAR),
        ),
        ("https://quay.example/web/20200101000000/http://x.example/", None),
        ("quay.example", None),
        (
            "https://web.archive.org/web/20209901000000/http://quay.example/",
            ArchiveLink("Wayback Machine", "http://quay.example/"),
        ),
    ],
)
def test_a_link_into_an_archive_tells_which_of_what_and_when(url: str, link: ArchiveLink | None) -> None:
    assert recognise(url) == link


def test_further_archives_are_known_by_their_base() -> None:
    assert recognise("http://127.0.0.1:81/web/2020/http://a.example/", ["http://127.0.0.1:81"]) == ArchiveLink(
        "Wayback Machine", "http://a.example/", NEW_YEAR
    )


def test_the_bytes_and_the_page_have_their_addresses() -> None:
    page = "https://web.archive.org/web/20200101000000/http://quay.example/20190101000000/x"
    assert raw(page) == "https://web.archive.org/web/20200101000000id_/http://quay.example/20190101000000/x"
    assert raw(raw(page)) == raw(page)
    assert plain(raw(page)) == page
