"""What to do about an audit: its findings by impact, each with the words in question and the repair, ready to copy."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from citecheck.model import Archived, Audit, Claim, Finding, Level, Link, Snapshot, Visit
from citecheck.reporter.certainty import certainty
from citecheck.reporter.credit_lines import proposal
from citecheck.reporter.day import Day, days_of
from citecheck.reporter.findings import RULES
from citecheck.reporter.rules import RulePage, page
from citecheck.reporter.totals import visits_by_url

_Days = Mapping[tuple[str, date | None], Sequence[tuple[int, Day]]]
"""By source and date: the days, with the lines where their updates begin, ascending."""

_ABOUT_CREDITS = ("missing-credits", "cited-not-credited")


class Quote(NamedTuple):
    """Verbatim words of the text, with the part in question apart."""

    before: str
    words: str
    after: str


class Action(NamedTuple):
    finding: Finding
    message: str
    """The finding's, without the repair where that is shown apart."""
    day: Day | None
    quote: Quote | None
    repair: str | None
    """The credit line as it should read, or the URL that should stand there."""
    visit: Visit | None
    snapshot: Snapshot | None
    archived: Archived | None
    """What public archives hold of it, where they were asked."""
    further: tuple[Finding, ...]
    """The same link in other places."""
    id: str
    """Unique among the actions of the audit."""
    anchors: tuple[str, ...]
    """The ids of what it is about in the text, first place first: a claim, an update, `credit-` and an update."""
    certainty: str
    """ "sure: the sentence names it"; empty where a rule does not weigh."""


class ActionGroup(NamedTuple):
    """All that one rule found, at one level."""

    page: RulePage
    level: Level
    actions: tuple[Action, ...]
    is_cut: bool
    number: int
    """Of findings: more than there are actions where a link stands in several places, or the list was cut."""


def action_groups(audit: Audit, most: int = 500) -> tuple[ActionGroup, ...]:
    """The findings by level, then by the rules' order of impact; at most so many actions in all, worst first."""
    days = _days(audit)
    found: dict[tuple[Level, str], list[Finding]] = {}
    for finding in audit.findings:
        found.setdefault((finding.level, finding.rule), []).append(finding)
    visits = visits_by_url(audit)
    groups: list[ActionGroup] = []
    for level in Level:
        for rule in RULES:
            of_rule = found.get((level, rule.id))
            if of_rule:
                left = most - sum(len(group.actions) for group in groups)
                actions = tuple(_actions(of_rule, left, days, visits, audit))
                is_cut = sum(1 + len(action.further) for action in actions) < len(of_rule)
                groups.append(ActionGroup(page(rule.id), level, actions, is_cut, len(of_rule)))
    return tuple(groups)


def _actions(
    findings: Iterable[Finding],
    most: int,
    days: _Days,
    visits: Mapping[str, Visit],
    audit: Audit,
) -> Iterable[Action]:
    by_target: dict[str | int, list[Finding]] = {}
    for number, finding in enumerate(findings):
        by_target.setdefault(finding.target if finding.target and _is_on_link(finding) else number, []).append(finding)
    for number, (first, *further) in enumerate(islice(by_target.values(), most), 1):
        day = _day_of(first, days)
        repair = proposal(day) if day and first.rule in _ABOUT_CREDITS and first.level is not Level.NOTE else None
        message = first.message.removesuffix(f": “{repair}”") if repair else first.message
        visit = visits.get(first.target or "")
        if visit and first.rule in ("moved-link", "dead-link"):
            repair = visit.verdict.suggestion
            message = message.removesuffix(f"; link to {repair}") if repair else message
        yield Action(
            finding=first,
            message=message,
            day=day,
            quote=_quote(first, day),
            repair=repair,
            visit=visit,
            snapshot=audit.snapshots.get(first.target or ""),
            archived=audit.archived.get(first.target or ""),
            further=tuple(further),
            id=f"finding-{first.rule}-{first.level.value}-{number}",
            anchors=tuple(dict.fromkeys(_anchor(each, _day_of(each, days)) for each in (first, *further))),
            certainty=certainty(first, day),
        )


def _is_on_link(finding: Finding) -> bool:
    return next(rule.is_on_links for rule in RULES if rule.id == finding.rule)


def _days(audit: Audit) -> _Days:
    found: dict[tuple[str, date | None], list[tuple[int, Day]]] = {}
    for day in days_of(audit):
        for update in day.updates:
            found.setdefault((day.document.source, update.date), []).append((update.line, day))
    return {place: sorted(begun, key=itemgetter(0)) for place, begun in found.items()}


def _day_of(finding: Finding, days: _Days) -> Day | None:
    """The day whose update begins last before the finding's line; credit lines stand inside their update."""
    begun = days.get((finding.source, finding.date), ())
    index = bisect_right(begun, finding.line or 0, key=itemgetter(0))
    return begun[index - 1][1] if index else None


def _quote(finding: Finding, day: Day | None) -> Quote | None:
    """The sentence, or the credit line, that a finding is about."""
    if day is None or finding.line is None or finding.column is None:
        return None
    if day.credit:
        for credit in day.credit.credits:
            if (credit.line, credit.column) == (finding.line, finding.column):
                return _parted(day.credit.text, " ".join(credit.text.split()))
    for update in day.updates:
        for claim in update.claims:
            for each in claim.attributions:
                if (each.line, each.column) == (finding.line, finding.column):
                    return _parted(claim.text, " ".join(each.text.split()))
            if (claim.line, claim.column) == (finding.line, finding.column) and not finding.target:
                return Quote("", claim.text, "")
    link = _link_at(finding, day)
    laid = _claim_of(link, day) if link else None
    return Quote(laid.text, "", "") if laid is not None else None


def _anchor(finding: Finding, day: Day | None) -> str:
    """The id of the place in the text that a finding is about; empty where the text has none."""
    if day is None or finding.line is None:
        return ""
    if finding.column is None:
        return next((update.id for update in day.updates if update.line == finding.line), "")
    place = (finding.line, finding.column)
    for update in day.updates:
        if any((credit.line, credit.column) == place for credit in update.credits):
            return f"credit-{update.id}"
        for claim in update.claims:
            if not finding.target and (
                (claim.line, claim.column) == place
                or any((each.line, each.column) == place for each in claim.attributions)
            ):
                return claim.id
    link = _link_at(finding, day)
    return (link.claim or "") if link else ""


def _link_at(finding: Finding, day: Day) -> Link | None:
    place = (finding.column, finding.target)
    here = day.document.links_by_line.get(finding.line, ())
    return next((link for link in here if (link.column, link.target) == place), None)


def _claim_of(link: Link, day: Day) -> Claim | None:
    return next((claim for update in day.updates for claim in update.claims if claim.id == link.claim), None)


def _parted(text: str, words: str) -> Quote:
    before, found, after = text.partition(words)
    return Quote(before, found, after)
