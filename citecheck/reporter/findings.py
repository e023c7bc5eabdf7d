"""The rules that citecheck knows, in order of impact, and what an audit's findings are under given levels."""

import difflib
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from citecheck.errors import SettingsError
from citecheck.model import Audit, Finding, Level
from citecheck.reporter import claim_rules, credit_rules, link_rules, run_rules
from citecheck.reporter.silencing import parted
from citecheck.reporter.sourcing import map_document
from citecheck.settings import RuleLevel


class Rule(NamedTuple):
    """One thing that can be wrong; `id` is for ever."""

    id: str
    level: RuleLevel
    """Unless the settings say otherwise."""
    is_on_links: bool
    """It is about links alone; the others are about sourcing."""
    look: Callable[[Audit, Level], Iterator[Finding]]


RULES: tuple[Rule, ...] = (
    Rule("dead-link", RuleLevel.ERROR, True, link_rules.dead_link),
    Rule("invalid-url", RuleLevel.ERROR, True, link_rules.invalid_url),
    Rule("expired-exclude", RuleLevel.ERROR, True, run_rules.expired_exclude),
    Rule("failing-link", RuleLevel.WARNING, True, link_rules.failing_link),
    Rule("missing-credits", RuleLevel.WARNING, False, credit_rules.missing_credits),
    Rule("cited-not-credited", RuleLevel.WARNING, False, credit_rules.cited_not_credited),
    Rule("credited-not-cited", RuleLevel.WARNING, False, credit_rules.credited_not_cited),
    Rule("missing-fragment", RuleLevel.WARNING, True, link_rules.missing_fragment),
    Rule("moved-link", RuleLevel.WARNING, True, link_rules.moved_link),
    Rule("outlet-mismatch", RuleLevel.NOTE, False, claim_rules.outlet_mismatch),
    Rule("unsourced-update", RuleLevel.NOTE, False, claim_rules.unsourced_update),
    Rule("unsourced-claim", RuleLevel.OFF, False, claim_rules.unsourced_claim),
    Rule("single-source-day", RuleLevel.NOTE, False, claim_rules.single_source_day),
    Rule("credited-not-linked", RuleLevel.NOTE, False, credit_rules.credited_not_linked),
    Rule("uneven-label", RuleLevel.NOTE, False, claim_rules.uneven_label),
    Rule("unknown-outlet", RuleLevel.NOTE, False, claim_rules.unknown_outlet),
    Rule("date-order", RuleLevel.NOTE, False, claim_rules.date_order),
    Rule("undated-update", RuleLevel.NOTE, False, claim_rules.undated_update),
    Rule("blocked-link", RuleLevel.NOTE, True, link_rules.blocked_link),
    Rule("unarchived-link", RuleLevel.NOTE, True, link_rules.unarchived_link),
    Rule("insecure-link", RuleLevel.NOTE, True, link_rules.insecure_link),
    Rule("duplicate-link", RuleLevel.NOTE, True, link_rules.duplicate_link),
)


def find(
    audit: Audit, levels: Mapping[str, RuleLevel] | None = None, *, links_only: bool = False
) -> tuple[Finding, ...]:
    """Everything that the rules find in an audit that has its sourcing map, by rule, then by place.

    `levels` overrides a rule's own level. Raises SettingsError for a rule id that does not exist.
    """
    levels = levels or {}
    ids = [rule.id for rule in RULES]
    for unknown in sorted(levels.keys() - set(ids)):
        near = difflib.get_close_matches(unknown, ids, n=1)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        raise SettingsError(f"settings: `rules.{unknown}`: there is no such rule{hint}", about=unknown)
    found: list[Finding] = []
    for rule in RULES:
        level = levels.get(rule.id, rule.level)
        if level is not RuleLevel.OFF and (rule.is_on_links or not links_only):
            found.extend(rule.look(audit, Level(level.value)))
    return tuple(found)


def with_findings(audit: Audit, levels: Mapping[str, RuleLevel], *, liveness_only: bool = False) -> Audit:
    """The audit with its sourcing map and findings; of a mere liveness check, with the findings on links alone."""
    if liveness_only:
        mapped = replace(audit, sourcing=())
        told, silenced = parted(find(mapped, levels, links_only=True), audit.documents)
        return replace(mapped, findings=told, silenced=silenced)
    days = tuple(day for document in audit.documents for day in map_document(document))
    mapped = replace(audit, sourcing=days)
    told, silenced = parted(find(mapped, levels), audit.documents)
    return replace(mapped, findings=told, silenced=silenced)
