from collections import Counter
from pathlib import Path

import pytest

from citecheck.errors import SettingsError
from citecheck.extractor.folding import fold
from citecheck.extractor.outlets import Registry, registry
from citecheck.model import Outlet, OutletKind, Ownership


def seen(text: str, table: Registry | None = None) -> list[tuple[str, str]]:
    return [(text[each.start : each.end], each.outlet.name) for each in (table or registry()).find(text)]


def test_every_host_and_handle_has_one_owner_and_every_country_two_letters() -> None:
    outlets = registry().outlets
    domains = Counter(domain for each in outlets for domain in each.domains)
    handles = Counter(handle.lower() for each in outlets for handle in each.handles)
    assert [domain for domain, count in domains.items() if count > 1 or domain != domain.lower()] == []
    assert [handle for handle, count in handles.items() if count > 1 or handle.startswith("@")] == []
    assert [
        each.name for each in outlets if not (each.country and len(each.country) == 2 and each.country.isupper())
    ] == []
    assert len({each.name for each in outlets}) == len(outlets) >= 1500
    assert len({each.country for each in outlets}) >= 150


def test_a_spelling_of_several_outlets_is_marked_ambiguous_in_each() -> None:
    owners: dict[str, set[str]] = {}
    marked: dict[str, set[str]] = {}
    for each in registry().outlets:
        for name in (each.name, *each.aliases, *each.ambiguous):
            owners.setdefault(name, set()).add(each.name)
        for name in each.ambiguous:
            marked.setdefault(name, set()).add(each.name)
    assert {name: who for name, who in owners.items() if len(who) > 1 and marked.get(name) != who} == {}


def test_whoever_is_called_a_states_or_the_publics_has_a_source_for_it() -> None:
    told = {Ownership.STATE_RUN, Ownership.PUBLIC, Ownership.STATE_FUNDED}
    assert [each.name for each in registry().outlets if each.ownership in told and not each.ownership_source] == []
    assert sum(bool(each.ownership_source) for each in registry().outlets) >= 350
    idle = [each.name for each in registry().outlets if each.ownership_source and each.ownership is Ownership.UNKNOWN]
    assert idle == []


def test_every_parent_is_a_row() -> None:
    names = {each.name for each in registry().outlets}
    assert {each.parent for each in registry().outlets if each.parent} <= names
    table = registry()
    child = table.named("Azadliq Radiosu")
    assert child is not None
    assert [each.name for each in table.family(child)] == ["Azadliq Radiosu", "Radio Free Europe"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Open Caucasus media wrote it", [("Open Caucasus media", "Open Caucasus Media")]),
        ("Sky\nNews and Sky\u00a0News", [("Sky\nNews", "Sky News"), ("Sky\u00a0News", "Sky News")]),
        ("a Radio Free Europe/Radio Liberty film", [("Radio Free Europe/Radio Liberty", "Radio Free Europe")]),
        ("said News.Am.", [("News.Am", "News.Am")]),
        ("AFP’s desk, Reuters' desk", [("AFP", "AFP"), ("Reuters", "Reuters")]),
        ("the British BBC.Later he left", [("BBC", "BBC")]),
        ("BBC Newsroom staff", [("BBC", "BBC")]),
        ("_BBC and AFP_, x_BBC, AFP_en", [("BBC", "BBC"), ("AFP", "AFP")]),
        ("Tass, TASS and POLITICO", [("Tass", "TASS"), ("TASS", "TASS"), ("POLITICO", "Politico")]),
        ("the post office and the times we had", []),
        ("a ria, time and again, on the axios of", []),
        ("reuters.com, https://reuters.com/Reuters?BBC and x@Reuters", [("reuters.com", "Reuters")]),
        ("a BBC-run school, the pro-BBC crowd, BBCs", []),
        ("сообщает «Коммерсантъ»", [("Коммерсантъ", "Kommersant")]),
        ("İİİ TASS", [("TASS", "TASS")]),
        ("", []),
    ],
)
def test_names_are_found_whole_and_as_written(text: str, expected: list[tuple[str, str]]) -> None:
    assert seen(text) == expected


def test_an_ambiguous_spelling_carries_all_that_bear_it() -> None:
    (mention,) = registry().find("It was in the Globe")
    assert mention.is_ambiguous
    assert [mention.outlet.name, *(each.name for each in mention.others)] == ["The Boston Globe", "The Globe and Mail"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://uk.reuters.com/article/1", "Reuters"),
        ("https://news.sky.com/story", "Sky News"),
        ("https://sky.com/tv", None),
        ("https://notbbc.com/", None),
        ("www.azatutyun.am/a/1.html", "Radio Free Europe"),
        ("https://twitter.com/RFERL/status/1?s=20", "Radio Free Europe"),
        ("https://x.com/someone/status/1", None),
        ("https://www.youtube.com/c/SkyNews", "Sky News"),
        ("https://t.me/s/rianru/77", "RIA Novosti"),
        ("https://web.archive.org/web/20201101000000/https://oc-media.org/a", "Open Caucasus Media"),
        ("https://web.archive.org/web/2020id_/http:/tass.ru/b", "TASS"),
        ("https://archive.ph/abcde", None),
        ("http://[::1", None),
        ("mailto://desk@bbc.co.uk", None),
        ("", None),
    ],
)
def test_a_url_belongs_to_the_outlet_of_its_host_account_or_archived_page(url: str, expected: str | None) -> None:
    outlet = registry().of_url(url)
    assert (outlet.name if outlet else None) == expected


def test_names_are_looked_up_without_article_and_case() -> None:
    table = registry()
    found = {
        name: table.named(name) for name in ("washington post", "The Financial Times", "guardian", "abc", "Nobody")
    }
    assert {name: outlet.name if outlet else None for name, outlet in found.items()} == {
        "washington post": "The Washington Post",
        "The Financial Times": "Financial Times",
        "guardian": "The Guardian",
        "abc": None,
        "Nobody": None,
    }
    handle = table.of_handle("@eurasianet")
    assert handle is not None and handle.name == "Eurasianet"


def test_a_users_file_adds_rows_and_replaces_those_of_the_same_name(tmp_path: Path) -> None:
    mine = tmp_path / "ours.toml"
    mine.write_text(
        '[[outlet]]\nname = "The Quay Record"\nkind = "newspaper"\ndomains = ["quay.example"]\n'
        '[[outlet]]\nname = "Hetq"\nkind = "magazine"\ndomains = ["hetq.am"]\n',
        encoding="utf-8",
    )
    table = registry((str(mine),))
    assert table.of_url("https://www.quay.example/1") == Outlet(
        "The Quay Record", OutletKind.NEWSPAPER, domains=("quay.example",)
    )
    assert table.named("Hetq") == Outlet("Hetq", OutletKind.MAGAZINE, domains=("hetq.am",))
    assert registry().named("The Quay Record") is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[outlet]\n", "not valid TOML: Expected ']]' at the end of an array declaration (at line 1, column 9)"),
        ("[[outlets]]\n", "unknown table `outlets`; outlets are rows of `[[outlet]]`"),
        ("[outlet]\n", "`outlet` is one table; write `[[outlet]]` with two brackets"),
        ('[[outlet]]\nname = "A B C"\nkind = "blog"\n', "outlet 1 (A B C): Invalid enum value 'blog' - at `kind`"),
        (
            '[[outlet]]\nname = "A B C"\nkind = "site"\nhost = "a"\n',
            "outlet 1 (A B C): unknown key `host`; "
            "known are aliases, ambiguous, country, domains, handles, kind, name, ownership, ownership_source, parent",
        ),
        ('[[outlet]]\nname = " "\nkind = "site"\n', "outlet 1 ( ): an empty name"),
        (
            '[[outlet]]\nname = "Mine"\nkind = "site"\ndomains = ["bbc.com"]\n',
            "outlet Mine: domain `bbc.com` is BBC's too",
        ),
        (
            '[[outlet]]\nname = "Mine"\nkind = "site"\naliases = ["Reuters"]\n',
            "outlet Mine: name `Reuters` is Reuters's too; list it under `ambiguous` in both",
        ),
        ('[[outlet]]\nname = "Mine"\nkind = "site"\nparent = "Yours"\n', "outlet Mine: no outlet is named `Yours`"),
    ],
)
def test_a_wrong_file_is_told_in_one_line_with_file_and_row(tmp_path: Path, content: str, message: str) -> None:
    mine = tmp_path / "ours.toml"
    mine.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        registry((str(mine),))
    assert str(caught.value) == f"{mine}: {message}"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml: cannot be read: No such file or directory"):
        registry((str(tmp_path / "none.toml"),))


def test_folding_keeps_every_offset() -> None:
    assert fold("İ’s\u00a0ẞß\nX") == "İ's ßß x"


def test_a_spelling_of_a_users_row_is_no_longer_one_of_ours(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[outlet]]\nname = "VNA"\nkind = "wire"\n', encoding="utf-8")
    assert [each.outlet.name for each in registry().find("the VNA news agency")] == ["Vietnam News Agency"]
    [mention] = registry((str(own),)).find("the VNA news agency")
    assert (mention.outlet.name, mention.others, mention.is_ambiguous) == ("VNA", (), False)


@pytest.mark.parametrize(
    "url",
    [
        "https://www-bbc-co-uk.cdn.ampproject.org/c/s/www.bbc.co.uk/news/world-1",
        "https://www-bbc-co-uk.cdn.ampproject.org/v/www.bbc.co.uk/news/world-1",
        "https://www.google.com/amp/s/www.bbc.co.uk/news/amp/world-1",
    ],
)
def test_a_page_in_a_cache_of_amp_pages_is_its_publishers(url: str) -> None:
    found = registry().of_url(url)
    assert found and found.name == "BBC"
