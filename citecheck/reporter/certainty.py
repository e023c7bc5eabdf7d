"""How sure a finding of the sourcing rules is, in words and with the reason; never a bare score."""

from citecheck.model import Certainty, Finding, LinksKept, Strength
from citecheck.reporter.day import Day
from citecheck.reporter.sourcing import is_citation
from citecheck.reporter.wording import CERTAINTY_MEANS

_LOST = {
    LinksKept.LOST: "this copy kept no links of the day",
    LinksKept.PARTLY: "some pages of this copy show no links",
}


def certainty(finding: Finding, day: Day | None) -> str:
    """ "sure: every sentence and link of the day is at hand"; empty for rules whose verdict says it already."""
    if day is None:
        return ""
    kept = day.sourcing.links
    match finding.rule:
        case "credited-not-cited":
            if kept is LinksKept.KEPT:
                return "sure: no sentence and no link of the day shows it"
            return f"likely: no sentence names it, but whether it was linked nobody can tell, as {_LOST[kept]}"
        case "cited-not-credited":
            return _cited(finding, day)
        case "missing-credits":
            return "sure: no line of the day reads as a credit line"
        case "credited-not-linked":
            return "sure: the day’s links are all at hand, and none leads there"
        case "single-source-day" | "unsourced-update" | "unsourced-claim":
            if kept is LinksKept.KEPT:
                return "sure: the day’s links are all at hand"
            return f"likely: the words name no other, but {_LOST[kept]}"
        case "outlet-mismatch":
            link = next(iter(day.document.links_by_line.get(finding.line, ())), None)
            if link and (link.origin == "footnote" or link.confidence is not Certainty.HIGH):
                word = CERTAINTY_MEANS[link.confidence or Certainty.MEDIUM]
                return f"{word}: laid to the sentence by its place and the words of its URL"
            return "sure: the link stands in the sentence"
        case "uneven-label" | "date-order":
            return "sure: the words stand in the text"
        case "unknown-outlet":
            return "cannot tell: the words call it an outlet, but no registry knows the name"
        case _:
            return ""


def _cited(finding: Finding, day: Day) -> str:
    if finding.target:
        return "cannot tell: a link alone does not say whether its reporting was used"
    said = next((each for _, each in day.citations(finding.outlet or "") if is_citation(each)), None)
    if said and said.strength is Strength.ANAPHORA:
        return f"likely: “{said.text}” is taken for {finding.outlet}"
    return "sure: a sentence names it, and the credit line is at hand"
