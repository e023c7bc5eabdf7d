"""HTML: self-contained pages, readable without scripts, from a file, in light, dark and print."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from citecheck.model import Audit
from citecheck.reporter.matrix import GAP_MEANS, Gap
from citecheck.reporter.medium import Medium
from citecheck.reporter.pages import document, index
from citecheck.reporter.pages.annotation import CARRIED_MEANS, Carried
from citecheck.reporter.silencing import untold
from citecheck.reporter.sinks import href, plain
from citecheck.reporter.wording import (
    CERTAINTY_MEANS,
    LINKS_MEAN,
    STATUS_MEANS,
    count,
    day_words,
    listed,
    reason_words,
    shortened,
    verdict_words,
)

if TYPE_CHECKING:
    from jinja2 import Environment


def render(audit: Audit, medium: Medium) -> Iterator[str]:
    """One page: that of the one text, or the index over several without their own pages."""
    return _index(audit, {}) if len(audit.documents) > 1 else _document(audit, None)


def pages(audit: Audit, name: str) -> Iterator[tuple[str, Iterable[str]]]:
    """Each page's file name and pieces: `name` first, then, of an audit of several texts, a page a text."""
    if len(audit.documents) <= 1 or not audit.sourcing:
        yield name, render(audit, Medium())
        return
    hrefs = index.hrefs(audit, name)
    yield name, _index(audit, hrefs)
    for part in index.parts(audit):
        yield hrefs[part.documents[0].source], _document(part, f"../{name}")


def _index(audit: Audit, hrefs: Mapping[str, str]) -> Iterator[str]:
    return _environment().get_template("index.html.j2").generate(index.view(audit, hrefs))


def _document(audit: Audit, home: str | None) -> Iterator[str]:
    # A page of one text is small: put together it is written faster than piece by piece.
    yield _environment().get_template("document.html.j2").render(document.view(audit, home))


@cache
def _environment() -> "Environment":
    import jinja2
    from markupsafe import Markup

    from citecheck.reporter.pages import marks

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("citecheck.reporter"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Every string that is put out passes here, before it is escaped; what a macro made has passed already.
        finalize=lambda value: plain(value) if type(value) is str else value,
    )
    style, script = _asset("style.css"), _asset("script.js")
    environment.globals.update(
        Gap=Gap,
        GAP_MEANS=GAP_MEANS,
        Carried=Carried,
        CARRIED_MEANS=CARRIED_MEANS,
        LINKS_MEAN=LINKS_MEAN,
        STATUS_MEANS=STATUS_MEANS,
        CERTAINTY_MEANS=CERTAINTY_MEANS,
        STYLE=Markup(style),  # noqa: S704 - our own file
        STYLE_HASH=_hash(style),
        SCRIPT=Markup(script),  # noqa: S704 - our own file
        SCRIPT_HASH=_hash(script),
        shape=marks.shape,
        status_tag=marks.status_tag,
        link_row=marks.link_row,
        note_actions=marks.note_actions,
        made=Markup,  # what svg.py and rows.py made, escaped there
    )
    filters: Mapping[str, Callable[..., Any]] = {
        "href": href,
        "count": count,
        "listed": listed,
        "shortened": shortened,
        "untold": untold,
        "day_words": day_words,
        "reason_words": reason_words,
        "verdict_words": verdict_words,
    }
    environment.filters.update(filters)
    return environment


def _hash(text: str) -> str:
    """For the page's own content security policy: nothing but this text is heeded."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _asset(name: str) -> str:
    return resources.files("citecheck.reporter").joinpath("templates", name).read_text(encoding="utf-8")
