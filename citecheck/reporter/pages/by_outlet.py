"""A text by outlet: each outlet with its days, the sentences that name it and the links that lead to it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from citecheck.model import Attribution, Claim, OutletUse
from citecheck.reporter.day import Day
from citecheck.reporter.matrix import GAP_MEANS, Column, Gap, Matrix, gap_of
from citecheck.reporter.pages.shown import ShownLink
from citecheck.reporter.wording import count, listed, times

_MOST_MENTIONS = 100
"""Of one outlet on one day."""


class OutletDay(NamedTuple):
    day: Day
    anchor: str
    use: OutletUse
    gap: Gap
    words: str
    """ "credited, cited twice"."""
    mentions: tuple[tuple[Claim, Attribution], ...]
    links: tuple[ShownLink, ...]


class OutletView(NamedTuple):
    column: Column
    words: str
    """ "credited on 3 days, cited 5 times, linked once"."""
    days: tuple[OutletDay, ...]


def by_outlet(matrix: Matrix, links: Mapping[str, ShownLink]) -> tuple[OutletView, ...]:
    """The outlets of a matrix in its order, most used first."""
    return tuple(_view(matrix, column, links) for column in matrix.columns)


def _view(matrix: Matrix, column: Column, links: Mapping[str, ShownLink]) -> OutletView:
    days = tuple(
        _day(row.day, f"day-{number}", use, links)
        for number, row in enumerate(matrix.rows, 1)
        for use in row.day.sourcing.outlets
        if use.outlet == column.outlet
    )
    return OutletView(column, _sum(each.use for each in days), days)


def _day(day: Day, anchor: str, use: OutletUse, links: Mapping[str, ShownLink]) -> OutletDay:
    gap = gap_of(day, use)
    seen = [
        "credited" if use.is_credited else "",
        f"cited {times(use.cited)}" if use.cited else "",
        f"mentioned {times(use.mentioned)}" if use.mentioned else "",
        f"linked {times(use.linked)}" if use.linked else "",
    ]
    words = GAP_MEANS[gap] if gap in (Gap.UNNAMED, Gap.UNNAMED_LINKED, Gap.LINKED_ONLY) else listed(filter(None, seen))
    if gap is Gap.UNCREDITED:
        words += ", not credited"
    mentions: dict[str, tuple[Claim, Attribution]] = {}
    for claim, said in day.citations(use.outlet):
        mentions.setdefault(claim.id, (claim, said))
    ordered = sorted(mentions.values(), key=lambda pair: (pair[0].line, pair[0].column))
    return OutletDay(
        day,
        anchor,
        use,
        gap,
        words,
        tuple(ordered[:_MOST_MENTIONS]),
        tuple(links[each] for each in use.links if each in links),
    )


def _sum(uses: Iterable[OutletUse]) -> str:
    all_ = list(uses)
    credited = sum(use.is_credited for use in all_)
    cited, linked = sum(use.cited for use in all_), sum(use.linked for use in all_)
    return listed(
        filter(
            None,
            (
                f"credited on {count(credited, 'day')}" if credited else "never credited",
                f"cited {times(cited)}" if cited else "never cited",
                f"linked {times(linked)}" if linked else "",
            ),
        )
    )
