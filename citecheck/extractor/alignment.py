"""The links of a page's list, laid to the sentences of that page, in order.

The list names the links in the order of the text, so an assignment that keeps the order and fits best as a whole is
found by dynamic programming: a link that fits nowhere keeps its place in the order and gets no sentence.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from citecheck.extractor.likeness import Likeness
from citecheck.model import Certainty

_LEAST = 1.2
"""A likeness below this is chance."""
_SHARED = 0.6
"""What a second link on one sentence costs: mostly each sentence has its own."""
_MOST_BETWEEN = 4
"""Of a link that fits nowhere no more sentences than these may be the one."""
_SURE, _LIKELY = 2.5, 1.8
_CLEAR = 0.7
_MOST_STRAYS, _STRAY_SHARE = 1, 0.25
"""More links that surely belong elsewhere, in number and as a share, and the list does not keep the text's order."""
MOST_CELLS = 1_000_000
"""Links times passages of one page beyond which nothing is laid: no printed page has as many."""


class Listed(NamedTuple):
    """A link of a list, with the words beside it."""

    url: str
    label: str = ""


class Laid(NamedTuple):
    """Where a link was laid: the index of its passage, and of its section where that alone is certain."""

    passage: int | None = None
    section: int | None = None
    confidence: Certainty | None = None


def align(links: Sequence[Listed], sections: Sequence[int], likeness: Likeness) -> list[Laid]:
    """For each link of one page, in the list's order, its passage; `sections` has each passage's section.

    Two equal links in a row are one, wrapped over two lines, and are laid as one.
    """
    if not sections or len(links) * len(sections) > MOST_CELLS:
        only = sections[0] if sections and sections[0] == sections[-1] else None
        return [Laid(section=only)] * len(links)
    unique = [link for index, link in enumerate(links) if not index or links[index - 1] != link]
    scores = [likeness.scores(*link) for link in unique]
    chosen = _best_in_order(scores, len(sections))
    strays = _strays(chosen, scores)
    if _MOST_STRAYS < len(strays) > _STRAY_SHARE * len(unique):
        laid = [_alone(row, sections) for row in scores]
    else:
        laid = [
            _alone(row, sections) if index in strays else _laid(index, chosen, scores, sections)
            for index, row in enumerate(scores)
        ]
        for run in _unlaid(laid):
            _lay_between(run, laid, unique, sections, scores, likeness)
    place = -1
    result: list[Laid] = []
    for index, link in enumerate(links):
        place += not index or links[index - 1] != link
        result.append(laid[place])
    return result


def _unlaid(laid: Sequence[Laid]) -> Iterator[range]:
    """The runs of links that fit no sentence."""
    start = 0
    for index in range(len(laid) + 1):
        if index == len(laid) or laid[index].passage is not None:
            if index > start:
                yield range(start, index)
            start = index + 1


def _lay_between(
    run: range,
    laid: list[Laid],
    links: Sequence[Listed],
    sections: Sequence[int],
    scores: Sequence[Sequence[float]],
    likeness: Likeness,
) -> None:
    """Lay links that fit nowhere to the sentences that stand between those of their neighbours, never surely.

    Only where no more than a few sentences can be meant: at an end of the list those next to its neighbour.
    """
    before = laid[run.start - 1].passage if run.start else None
    after = laid[run.stop].passage if run.stop < len(laid) else None
    reach = _MOST_BETWEEN * len(run)
    last = after if after is not None else min(len(sections), (-1 if before is None else before) + 1 + reach)
    first = before + 1 if before is not None else max(0, last - reach)
    if not len(run) <= last - first <= reach:
        return
    between = range(first, last)
    rows = []
    for link in run:
        guesses = likeness.guesses(links[link].url)
        rows.append([2 * _LEAST + min(scores[link][each], _LEAST) + guesses[each] for each in between])
    for link, chosen in zip(run, _best_in_order(rows, len(between)), strict=True):
        if chosen is not None:
            laid[link] = Laid(between[chosen], sections[between[chosen]], Certainty.LOW)


def beneath(links: Sequence[Listed], sections: Sequence[int], likeness: Likeness) -> list[Laid]:
    """For each link beside a paragraph the likeliest of its sentences, the last where none is likelier."""
    result: list[Laid] = []
    for link in links:
        scores = likeness.scores(*link)
        best = max(range(len(scores)), key=lambda each: (scores[each], each))
        if len(scores) == 1:
            certainty = Certainty.HIGH if scores[0] >= _LEAST else Certainty.MEDIUM
        else:
            certainty = _certainty(scores[best], scores[:best] + scores[best + 1 :])
        result.append(Laid(best, sections[best], certainty))
    return result


def _strays(chosen: Sequence[int | None], scores: Sequence[Sequence[float]]) -> set[int]:
    """The links that would surely be laid elsewhere but for the order."""
    found: set[int] = set()
    for index, row in enumerate(scores):
        best = max(range(len(row)), key=row.__getitem__)
        if chosen[index] != best and _certainty(row[best], [*row[:best], *row[best + 1 :]]) is Certainty.HIGH:
            found.add(index)
    return found


def _alone(row: Sequence[float], sections: Sequence[int]) -> Laid:
    """Where a link is laid by its likeness alone: never surely."""
    best = max(range(len(row)), key=row.__getitem__)
    if row[best] < _LEAST:
        return Laid(section=sections[0] if sections[0] == sections[-1] else None)
    certainty = _certainty(row[best], [*row[:best], *row[best + 1 :]])
    return Laid(best, sections[best], Certainty.MEDIUM if certainty is Certainty.HIGH else certainty)


def _certainty(score: float, others: Iterable[float]) -> Certainty:
    margin = score - max(others, default=0.0)
    if score >= _SURE and margin >= _CLEAR:
        return Certainty.HIGH
    return Certainty.MEDIUM if score >= _LIKELY and margin > 0 else Certainty.LOW


def _best_in_order(scores: Sequence[Sequence[float]], count: int) -> list[int | None]:
    """The passage of each link, never before that of the link above it, so that the scores add up to the most."""
    # best[i]: the most that the links so far reach with the last laid one on passage i; place `count` is none yet.
    best = [float("-inf")] * count + [0.0]
    steps: list[list[int]] = []
    for row in scores:
        came_from = [-1] * count
        ahead, ahead_from = best[count], count
        updated = list(best)
        for passage in range(count):
            same = best[passage] - _SHARED
            if row[passage] >= _LEAST:
                before, source = (same, passage) if same > ahead else (ahead, ahead_from)
                if before + row[passage] > updated[passage]:
                    updated[passage] = before + row[passage]
                    came_from[passage] = source
            if best[passage] > ahead:
                ahead, ahead_from = best[passage], passage
        best = updated
        steps.append(came_from)
    state = max(range(count + 1), key=lambda place: (best[place], -place))
    chosen: list[int | None] = []
    for came_from in reversed(steps):
        if state < count and came_from[state] >= 0:
            chosen.append(state)
            state = came_from[state]
        else:
            chosen.append(None)
    return chosen[::-1]


def _laid(index: int, chosen: Sequence[int | None], scores: Sequence[Sequence[float]], sections: Sequence[int]) -> Laid:
    first = next((each for each in reversed(chosen[:index]) if each is not None), 0)
    last = next((each for each in chosen[index + 1 :] if each is not None), len(sections) - 1)
    passage = chosen[index]
    if passage is None:
        return Laid(section=sections[first] if sections[first] == sections[last] else None)
    others = (scores[index][each] for each in range(first, last + 1) if each != passage)
    return Laid(passage, sections[passage], _certainty(scores[index][passage], others))
