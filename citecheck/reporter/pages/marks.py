"""Small pieces of HTML that a page repeats by the hundred: a status with its shape, a link out, a way to a finding.

In Python, not in the template: a macro call costs three times as much (measured).
"""

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from citecheck.model import Status, Visit
from citecheck.reporter.actions import Action
from citecheck.reporter.sinks import href, plain, redacted
from citecheck.reporter.wording import shortened, verdict_words

_HOST_CHARS = 60
_URL_CHARS = 400


def shape(status: Status) -> Markup:
    """The sign of a status, which tells it without colour."""
    return _SHAPES[status]


def status_tag(visit: Visit | None) -> Markup:
    """The status in words and shape, its reason in the title; nothing for a link that was not visited."""
    return _tag(visit.verdict.status, verdict_words(visit)) if visit else Markup("")


def link_row(url: str, host: bool = False, label: str = "") -> Markup:
    """A link that leads out, by its URL, its host alone or a label; words, where it is none to follow."""
    safe = href(url)
    if not safe:
        return Markup(f"<code>{escape(plain(shortened(url, _URL_CHARS)))}</code>")  # noqa: S704 - escaped
    shown = redacted(url)  # whole: without its scheme a URL's password is no longer seen as one
    is_host = host and "://" in shown
    name = shortened(shown.split("/", 3)[2] or shown, _HOST_CHARS) if is_host else shortened(shown, _URL_CHARS)
    title, name = escape(plain(shortened(url, 300))), shortened(label, 120) or name
    return Markup(  # noqa: S704 - escaped
        f'<a href="{escape(safe)}" rel="noreferrer noopener" title="{title}">{escape(plain(name))}</a>'
    )


def note_actions(actions: Iterable[Action]) -> Markup:
    """The ways from a place in the text to what is to do about it."""
    return Markup(  # noqa: S704 - made of rule ids alone
        "".join(
            f' <a class="todo level-{each.level.value}" href="#{escape(id_)}">{escape(each.rule)}</a>'
            for each, id_ in ((action.finding, action.id) for action in actions)
        )
    )


@lru_cache(maxsize=512)
def _tag(status: Status, words: str) -> Markup:
    title = escape(plain(words))
    return Markup(  # noqa: S704 - escaped
        f'<span class="status ink-{status.value}" title="{title}">{shape(status)}{status.value}</span>'
    )


_SHAPES = {
    status: Markup(
        '<svg class="shape fill-{0}" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" focusable="false">'
        '<use href="#s-{0}"/></svg>'
    ).format(escape(status.value))
    for status in Status
}
