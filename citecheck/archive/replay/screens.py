"""The replay's own screens: the list, the banner over a page, what is missing, and the comparison of two captures."""

from collections.abc import Iterable, Sequence
from html import escape

from citecheck.archive.cdxj import Entry, stamp
from citecheck.archive.replay.difference import Change, Sentence

_STYLE = """
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:64rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #8885;
overflow-wrap:anywhere;vertical-align:top}td:first-child{white-space:nowrap}del{background:#f002;color:inherit}
ins{background:#0a02;color:inherit;text-decoration:underline}.kept{opacity:.75}p{overflow-wrap:anywhere}
"""
_BANNER = (
    "all:initial;display:block;box-sizing:border-box;width:100%;padding:.5rem 1rem;background:#1b2733;color:#fff;"
    "font:14px/1.4 system-ui,sans-serif;overflow-wrap:anywhere;position:relative;z-index:2147483647"
)
_BANNER_LINK = "all:unset;color:#9cf;text-decoration:underline;cursor:pointer"


def page_path(entry: Entry) -> str:
    """The replay's address of a capture."""
    return f"/web/{stamp(entry.captured_at)}/{entry.url}"


def listing(entries: Iterable[Entry], folder: str) -> str:
    """Every page that the archive holds; of one with several captures, each."""
    pages = [entry for entry in entries if entry.is_page]
    rows = "".join(
        f"<tr><td>{_time(entry)}<td><a href='{escape(page_path(entry))}'>{escape(entry.url)}</a>"
        f"<td>{escape(entry.mime)}{_comparison(pages, number)}"
        for number, entry in enumerate(pages)
    )
    return _screen("What was kept", f"<p>{len(pages)} captures in {escape(folder)}.</p><table>{rows}</table>")


def banner(entry: Entry, captures: Sequence[Entry]) -> str:
    """Over a page: what it is, when it was kept, by which digest it can be proved."""
    pages = [each for each in captures if each.is_page]
    place = pages.index(entry) if entry in pages else 0
    other = pages[place - 1] if place else None
    link = f" · <a style='{_BANNER_LINK}' href='{escape(_diff_path(other, entry))}'>what changed</a>" if other else ""
    all_link = f"<a style='{_BANNER_LINK}' href='/'>all pages</a>"
    return (
        f"<div id='citecheck-banner' role='note' style='{_BANNER}'><b>Kept {_time(entry)}</b> · {escape(entry.url)} · "
        f"{escape(entry.digest)} · {all_link}{link}</div>"
    )


def missing(url: str) -> str:
    return _screen(
        "Not in this archive",
        f"<p>{escape(url)} was not kept here. Nothing was asked of the network.</p>"
        "<p><a href='/'>What was kept</a></p>",
    )


def damaged(url: str, why: str) -> str:
    return _screen("Cannot be shown", f"<p>{escape(url)}</p><p>{escape(why)}</p><p><a href='/'>What was kept</a></p>")


def comparison(before: Entry, after: Entry, changes: Iterable[Sentence]) -> str:
    """The sentences of two captures: what is gone struck out, what is new underlined."""
    tags = {Change.SAME: "p class='kept'", Change.GONE: "del", Change.NEW: "ins"}
    parts = []
    for change, text in changes:
        tag = tags[change]
        parts.append(f"<{tag}>{escape(text)}</p>" if change is Change.SAME else f"<p><{tag}>{escape(text)}</{tag}></p>")
    head = (
        f"<p>{escape(after.url)}</p><p><a href='{escape(page_path(before))}'>{_time(before)}</a> → "
        f"<a href='{escape(page_path(after))}'>{_time(after)}</a></p>"
    )
    return _screen("What changed", head + "".join(parts))


def _comparison(pages: Sequence[Entry], number: int) -> str:
    before = pages[number - 1] if number else None
    if before is None or before.url != pages[number].url:
        return "<td>"
    return f"<td><a href='{escape(_diff_path(before, pages[number]))}'>what changed</a>"


def _diff_path(before: Entry, after: Entry) -> str:
    return f"/diff/{stamp(before.captured_at)}/{stamp(after.captured_at)}/{after.url}"


def _time(entry: Entry) -> str:
    return f"{entry.captured_at:%Y-%m-%d %H:%M:%S} UTC"


def _screen(title: str, body: str) -> str:
    return (
        f"<!DOCTYPE html><html lang='en'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>{escape(title)}</title><style>{_STYLE}</style><h1>{escape(title)}</h1>{body}</html>"
    )
