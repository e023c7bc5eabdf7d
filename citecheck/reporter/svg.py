"""Pictures as inline SVG: marks and labels, escaped; colours and type come from the page's style by class."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from citecheck.reporter.sinks import plain

WIDTH = 400
"""Of every picture, in its own units: near the pixels it gets in a column of the page."""
_CHARACTER = 7.2
"""The width of a character of a label, about."""


class Picture(NamedTuple):
    title: str
    svg: str
    words: str
    """What it shows, in a sentence."""
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The same as a table."""


def drawing(height: float, label: str, marks: Iterable[str]) -> str:
    """The whole picture; `label` is what a reader hears who does not see it."""
    return (
        f'<svg class="picture" viewBox="0 0 {WIDTH} {_number(height)}" role="img" '
        f'aria-label="{escape(plain(label))}">{"".join(marks)}</svg>'
    )


def bar(x: float, y: float, width: float, height: float, kind: str) -> str:
    return (
        f'<rect class="{kind}" x="{_number(x)}" y="{_number(y)}" width="{_number(max(0.0, width))}" '
        f'height="{_number(max(0.0, height))}"/>'
    )


def dot(x: float, y: float, radius: float, kind: str) -> str:
    return f'<circle class="{kind}" cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"/>'


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path class="axis" d="M{_number(x1)} {_number(y1)}L{_number(x2)} {_number(y2)}"/>'


def words(x: float, y: float, text: str, *, anchor: str = "start", kind: str = "label") -> str:
    return f'<text class="{kind}" x="{_number(x)}" y="{_number(y)}" text-anchor="{anchor}">{escape(plain(text))}</text>'


def fitting(text: str, width: float) -> str:
    """The text cut to what `width` holds."""
    most = max(3, int(width / _CHARACTER))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
