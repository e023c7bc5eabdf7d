"""Web pages as sources, over real loopback HTTP."""

import gzip
from collections.abc import Iterator

import pytest

from citecheck import webpages
from citecheck.errors import ExtractError
from citecheck.model import Source
from citecheck.reading import extract
from citecheck.settings import FetchSettings, Settings
from tests.web.loopback import Handler, Loopback

PAGE = "<html lang=fr><p>Pluie à Lyon, selon <a href='https://a.example/x'>Le Merle</a>, mardi soir.".encode("latin-1")


class _Site(Handler):
    def do_GET(self) -> None:
        status = 301 if self.path == "/old" else 404 if self.path == "/gone" else 200
        kind = {"Content-Type": "text/html; charset=ISO-8859-1", "Content-Encoding": "gzip"}
        self.answer(status, gzip.compress(PAGE), Location="/page", **kind)


@pytest.fixture
def site() -> Iterator[str]:
    with Loopback(_Site) as server:
        yield server.origin


SETTINGS = Settings(fetch=FetchSettings(allow_private=True))


def test_a_page_is_got_with_where_it_was_found_and_how_it_is_written(site: str) -> None:
    found = webpages.fetching(SETTINGS)(f"{site}/old")
    assert found == Source(
        f"{site}/old", found.data, "text/html; charset=ISO-8859-1", address=f"{site}/page", encoding="iso-8859-1"
    )
    assert gzip.decompress(found.data) == PAGE


def test_a_page_is_extracted_as_a_source(site: str) -> None:
    documents, unread = extract([f"{site}/page", f"{site}/gone"], SETTINGS)
    assert [(each.source, each.language, each.updates[0].claims[0].text) for each in documents] == [
        (f"{site}/page", "fr", "Pluie à Lyon, selon Le Merle, mardi soir.")
    ]
    assert unread == (f"{site}/gone: cannot be read: dead, http-404; check the address",)


def test_the_guard_and_offline_hold_for_sources_too(site: str) -> None:
    with pytest.raises(
        ExtractError, match=r"/page: cannot be read: skipped, private-address; fetch.allow_private allows it$"
    ):
        webpages.fetching(Settings())(f"{site}/page")
    with pytest.raises(ExtractError, match=r"/page: not read: --offline makes no request; save it and name the file$"):
        webpages.fetching(Settings(offline=True))(f"{site}/page")


def test_a_page_that_is_cut_says_so(site: str) -> None:
    settings = Settings(fetch=FetchSettings(allow_private=True, body_cap_bytes=40))
    found = webpages.fetching(settings)(f"{site}/page")
    assert (len(found.data), found.notes) == (40, ("only its first 40 bytes were read (fetch.body_cap_bytes)",))
