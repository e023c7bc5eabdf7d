"""The rules on claims and days: what has no source, rests on one, names another than it links, or is out of order.

One function a rule, from an audit to its findings. Each says what was seen and what would settle it.
"""

import difflib
from collections.abc import Iterator

from citecheck.model import (
    Attribution,
    AttributionKind,
    Audit,
    Certainty,
    Credit,
    Finding,
    Level,
    LinksKept,
    Update,
    UpdateKind,
)
from citecheck.reporter.day import Day, days_of, out_of_order
from citecheck.reporter.sourcing import body_claims, has_source, is_citation, names_outlet
from citecheck.reporter.weights import STAKE_MEANS, Stake, stake, state_label
from citecheck.reporter.wording import count, day_words, first_words, listed, shortened, times


def unsourced_update(audit: Audit, level: Level) -> Iterator[Finding]:
    for day in days_of(audit):
        if day.credit:
            continue
        linked = day.document.links_by_update
        for update in day.updates:
            claims = body_claims([update])
            if update.kind not in (UpdateKind.UPDATE, UpdateKind.ANALYSIS) or not claims or update.id in linked:
                continue
            if any(has_source(claim) for claim in claims):
                continue
            lost = "" if day.sourcing.links is LinksKept.KEPT else " (this copy may have lost its links)"
            yield Finding(
                rule="unsourced-update",
                level=level,
                message=f"{_no_source(len(claims))}, and there is no link{lost} nor credit line; name the source",
                source=day.document.source,
                line=update.line,
                date=update.date,
            )


def unsourced_claim(audit: Audit, level: Level) -> Iterator[Finding]:
    """What puts most at stake first: the dead and hurt, accusations, numbers, then the rest."""
    found: dict[Stake, list[Finding]] = {each: [] for each in Stake}
    for document in audit.documents:
        for update in document.updates:
            for claim in body_claims([update]):
                if has_source(claim) or claim.links:
                    continue
                weight = stake(claim.text)
                what = f"a claim {STAKE_MEANS[weight]}".rstrip()
                found[weight].append(
                    Finding(
                        rule="unsourced-claim",
                        level=level,
                        message=f"{what}, and no source is named or linked: “{shortened(claim.text)}”; name one",
                        source=document.source,
                        line=claim.line,
                        column=claim.column,
                        date=update.date,
                    )
                )
    for of_stake in found.values():
        yield from of_stake


def single_source_day(audit: Audit, level: Level) -> Iterator[Finding]:
    for day in days_of(audit):
        used = [use for use in day.others() if use.is_credited or use.cited or use.linked]
        if not day.is_section or len(used) != 1 or not used[0].cited or day.sourcing.claims.total < 2:
            continue
        (use,) = used
        message = (
            f"{day.name} rests on {use.outlet} alone, cited {times(use.cited)} in "
            f"{count(day.sourcing.claims.total, 'sentence')}; a second source would carry it better"
        )
        _, attribution = next(day.citations(use.outlet))
        yield day.at_attribution(attribution, "single-source-day", level, message)


def outlet_mismatch(audit: Audit, level: Level) -> Iterator[Finding]:
    """Only where the link surely or likely belongs to the sentence, and never for a link to the publisher's own pages.

    Two outlets of one house by the registry are a note, whatever the level of the rule.
    """
    for day in days_of(audit):
        links = day.document.links_by_id
        for claim in body_claims(day.updates):
            said = [each for each in claim.attributions if names_outlet(each) and is_citation(each) and each.outlet]
            laid = [links[each] for each in claim.links if each in links and links[each].outlet]
            names = tuple(dict.fromkeys(each.name for each in said))
            if not said or any(link.outlet in names for link in laid):
                continue
            for link in laid:
                if link.confidence in (None, Certainty.LOW) or link.outlet == day.document.publisher:
                    continue
                its = "its link" if link.confidence is Certainty.HIGH else "what is likely its link"
                kin = next((name for name in names if day.families.are_kin(name, link.outlet or "")), None)
                if kin:
                    message = (
                        f"the sentence names {kin}, and {its} goes to {link.outlet} of the same house; "
                        "right as it is, unless it matters whose report it was"
                    )
                    yield day.at_link(link, "outlet-mismatch", Level.NOTE, message, link.outlet)
                elif not any(day.families.are_kin(name, other.outlet or "") for name in names for other in laid):
                    message = (
                        f"the sentence names {listed(names)}, but {its} goes to {link.outlet}; "
                        "name the outlet that is linked, or link the one that is named"
                    )
                    yield day.at_link(link, "outlet-mismatch", level, message, link.outlet)


def unknown_outlet(audit: Audit, level: Level) -> Iterator[Finding]:
    """Once a name and document, where it stands first."""
    for document in audit.documents:
        places: dict[str, list[tuple[Attribution | Credit, Update]]] = {}
        for update in document.updates:
            named: list[Attribution | Credit] = [
                *(each for claim in update.claims for each in claim.attributions),
                *update.credits,
            ]
            for each in sorted(named, key=lambda each: (each.line, each.column)):
                if each.outlet is None and each.kind is AttributionKind.OUTLET:
                    places.setdefault(each.text, []).append((each, update))
        known = {name: outlet.name for outlet in document.outlets for name in (outlet.name, *outlet.aliases)}
        for name, ((first, update), *more) in places.items():
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.75)
            hint = f"; did you mean {known[near[0]]}?" if near else "; confirm it and add it to your outlets"
            often = f", {times(len(more) + 1)}" if more else ""
            yield Finding(
                rule="unknown-outlet",
                level=level,
                message=f"“{name}” is named as an outlet{often}, but no registry knows it{hint}",
                source=document.source,
                line=first.line,
                column=first.column,
                end_column=first.column + len(name),
                date=update.date,
                outlet=name,
            )


def date_order(audit: Audit, level: Level) -> Iterator[Finding]:
    for day in out_of_order(audit):
        dated = [other for other in audit.sourcing if other.document == day.document.source and other.date]
        place = dated.index(day.sourcing)
        around = [dated[at].date for at in (place - 1, place + 1) if 0 <= at < len(dated)]
        between = "between" if len(around) == 2 else "next to"
        yield day.at_heading(
            "date-order",
            level,
            f"{day.name} stands {between} {listed(day_words(each) for each in around)}; move it, or check its date",
        )


def undated_update(audit: Audit, level: Level) -> Iterator[Finding]:
    for document in audit.documents:
        for update in document.updates:
            if update.kind in (UpdateKind.UPDATE, UpdateKind.ANALYSIS) and update.date is None:
                named = f"“{shortened(update.heading, 60)}”" if update.heading else "this section"
                yield Finding(
                    rule="undated-update",
                    level=level,
                    message=f"no date could be told for {named}; write day, month and year in its heading",
                    source=document.source,
                    line=update.line,
                )


def uneven_label(audit: Audit, level: Level) -> Iterator[Finding]:
    """Once an outlet and document, where the first day begins to cite it without the label."""
    by_document: dict[str, list[Day]] = {}
    for day in days_of(audit):
        by_document.setdefault(day.document.source, []).append(day)
    for days in by_document.values():
        for outlet in dict.fromkeys(use.outlet for day in days for use in day.others() if use.cited):
            with_label: dict[str, Attribution] = {}
            without: list[tuple[Day, Attribution]] = []
            for day in days:
                cited = [said for _, said in day.citations(outlet) if is_citation(said)]
                labelled = next((said for said in cited if state_label(said.qualifiers)), None)
                if labelled:
                    with_label[day.name] = labelled
                elif cited:
                    without.append((day, min(cited, key=lambda said: said.line)))
            if with_label and without:
                label = state_label(next(iter(with_label.values())).qualifiers)
                so = first_words([f"{name} (line {said.line})" for name, said in with_label.items()], 6)
                not_so = first_words([f"{day.name} (line {said.line})" for day, said in without], 6)
                message = f"{outlet} is called “{label}” on {so}, but not on {not_so}; label it alike on every day"
                first, said = without[0]
                yield first.at_attribution(said, "uneven-label", level, message)


def _no_source(sentences: int) -> str:
    if sentences == 1:
        return "the one sentence names no source"
    return f"none of the {sentences} sentences names a source"
