"""A kept page so changed that everything in it is asked of the replay, and nothing of the network."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from citecheck.patterns import regex

Where = Callable[[str], str]
"""From an absolute URL to the replay's address for it."""

_ATTRIBUTES = ("href", "src", "poster", "data", "action", "background", "cite", "formaction", "longdesc")
_CSS_URL = regex(r"(url\(\s*)([\"']?)(.*?)\2(\s*\))|(@import\s+)([\"'])(.*?)\6", re.IGNORECASE | re.DOTALL)
_SRCSET = regex(r"([^\s,]\S*?)(,?)(?=[\s,]|$)")
_WIDTH = regex(r"[\d.]+[wxh]")
_NEEDED = (
    ("img[src], input[type=image][src]", "src"),
    ("video[poster]", "poster"),
    ("link[rel~=stylesheet][href], link[rel~=icon][href]", "href"),
    ("body[background]", "background"),
)
_OWN = regex(r"\s*(?:#|data:|about:|blob:|mailto:|tel:|javascript:)", re.IGNORECASE)


def page(markup: str, base: str, where: Where, banner: str) -> str:
    """The page with the addresses of links, pictures and style sheets led into the replay, and the banner on top."""
    tree = LexborHTMLParser(markup)
    stated = tree.css_first("base[href]")
    if stated is not None:
        base = urljoin(base, stated.attributes.get("href") or "")
    for node in tree.css("base, meta[http-equiv=refresh], meta[http-equiv=Content-Security-Policy]"):
        node.decompose()

    def led(url: str) -> str:
        return _led(url, base, where)

    # One attribute after another: a list of selectors gives a node once for each that fits it.
    for name in _ATTRIBUTES:
        for node in tree.css(f"[{name}]"):
            node.attrs[name] = led(node.attributes.get(name) or "")
    for name in ("srcset", "imagesrcset"):
        for node in tree.css(f"[{name}]"):
            node.attrs[name] = _SRCSET.sub(lambda match: _candidate(match, led), node.attributes.get(name) or "")
    for node in tree.css("[style]"):
        node.attrs["style"] = style(node.attributes.get("style") or "", base, where)
    for name in ("integrity", "nonce", "ping"):
        for node in tree.css(f"[{name}]"):
            del node.attrs[name]
    html = tree.html or ""
    html = re.sub(
        r"(<style\b[^>]*>)(.*?)(</style)",
        lambda match: match[1] + style(match[2], base, where) + match[3],
        html,
        flags=re.IGNORECASE | re.DOTALL,
    )
    return re.sub(r"<body\b[^>]*>", lambda match: match[0] + banner, html, count=1, flags=re.IGNORECASE)


def requisites(markup: str, base: str) -> list[str]:
    """The addresses of what a page needs to look as it did: pictures and style sheets; no scripts, no frames."""
    tree = LexborHTMLParser(markup)
    stated = tree.css_first("base[href]")
    if stated is not None:
        base = urljoin(base, stated.attributes.get("href") or "")
    found: list[str] = []
    for selector, name in _NEEDED:
        found += (node.attributes.get(name) or "" for node in tree.css(selector))
    for node in tree.css("img[srcset], source[srcset]"):
        words = _SRCSET.findall(node.attributes.get("srcset") or "")
        found += (word for word, _ in words if not _WIDTH.fullmatch(word))
    sheets = (node.text() for node in tree.css("style"))
    inline = (node.attributes.get("style") or "" for node in tree.css("[style]"))
    absolute = [_absolute(url, base) for url in found if url.strip() and not _OWN.match(url)]
    return list(
        dict.fromkeys([*filter(None, absolute), *(url for css in (*sheets, *inline) for url in needed(css, base))])
    )


def needed(css: str, base: str) -> list[str]:
    """The addresses of what a style sheet needs: further sheets, pictures, fonts."""
    found: list[str] = []

    def note(url: str) -> str:
        found.append(url)
        return url

    style(css, base, note)
    return list(dict.fromkeys(found))


def style(css: str, base: str, where: Where) -> str:
    """A style sheet with its addresses led into the replay."""

    def led(match: re.Match[str]) -> str:
        if match[5]:
            return f"{match[5]}{match[6]}{_led(match[7], base, where)}{match[6]}"
        return f"{match[1]}{match[2]}{_led(match[3], base, where)}{match[2]}{match[4]}"

    return _CSS_URL.sub(led, css)


def _candidate(match: re.Match[str], led: Callable[[str], str]) -> str:
    """One word of a srcset: an address, or the width or density behind it."""
    word, comma = match[1], match[2]
    return match[0] if _WIDTH.fullmatch(word) else f"{led(word)}{comma}"


def _led(url: str, base: str, where: Where) -> str:
    absolute = None if _OWN.match(url) or not url.strip() else _absolute(url, base)
    return where(absolute) if absolute else url


def _absolute(url: str, base: str) -> str | None:
    """The address that can be asked for, or None when there is none."""
    try:
        absolute = urljoin(base, url.strip())
    except ValueError:
        return None
    return absolute if absolute.startswith(("http://", "https://")) else None
