"""A kept page so changed that everything in it is asked of the replay, and nothing of the network."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

Where = Callable[[str], str]
"""From an absolute URL to the replay's address for it."""

_ATTRIBUTES = ("href", "src", "poster", "data", "action", "background", "cite", "formaction", "longdesc")
_CSS_URL = re.compile(r"(url\(\s*)([\"']?)(.*?)\2(\s*\))|(@import\s+)([\"'])(.*?)\6", re.IGNORECASE | re.DOTALL)
_SRCSET = re.compile(r"([^\s,]\S*?)(,?)(?=[\s,]|$)")
_OWN = re.compile(r"\s*(?:#|data:|about:|blob:|mailto:|tel:|javascript:)", re.IGNORECASE)


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
    return match[0] if re.fullmatch(r"[\d.]+[wxh]", word) else f"{led(word)}{comma}"


def _led(url: str, base: str, where: Where) -> str:
    if _OWN.match(url) or not url.strip():
        return url
    try:
        absolute = urljoin(base, url.strip())
    except ValueError:
        return url
    return where(absolute) if absolute.startswith(("http://", "https://")) else url
