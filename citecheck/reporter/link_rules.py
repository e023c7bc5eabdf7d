"""The rules on links: one function a rule, from an audit to its findings, one finding for every place of the link."""

import re
from collections.abc import Callable, Iterator

from citecheck.model import Audit, CopyState, Document, Finding, Level, Link, Status, Visit
from citecheck.patterns import regex
from citecheck.reporter.wording import verdict_words

_CREDENTIALS = regex(r"[a-z][a-z0-9+.-]*://[^/?#\s]*@", re.IGNORECASE)
_UNUSED = frozenset((Status.DEAD, Status.SKIPPED))


def dead_link(audit: Audit, level: Level) -> Iterator[Finding]:
    yield from _with_status(audit, Status.DEAD, "dead-link", level, _gone)


def invalid_url(audit: Audit, level: Level) -> Iterator[Finding]:
    yield from _with_status(audit, Status.INVALID, "invalid-url", level, _unaskable)


def failing_link(audit: Audit, level: Level) -> Iterator[Finding]:
    yield from _with_status(
        audit,
        Status.FAILING,
        "failing-link",
        level,
        lambda visit: f"broken now: {verdict_words(visit)}; it may recover, check again before changing it",
    )


def blocked_link(audit: Audit, level: Level) -> Iterator[Finding]:
    yield from _with_status(
        audit,
        Status.BLOCKED,
        "blocked-link",
        level,
        lambda visit: f"turns programs away: {verdict_words(visit)}; open it in a browser to be sure",
    )


def moved_link(audit: Audit, level: Level) -> Iterator[Finding]:
    yield from _with_status(audit, Status.MOVED, "moved-link", level, _moved)


def missing_fragment(audit: Audit, level: Level) -> Iterator[Finding]:
    """The page opens, and the place within it that the link points to is not there."""
    for visit, document, link in _places(audit, lambda visit: bool(visit.missing_fragments)):
        fragment = link.url.partition("#")[2]
        if fragment in visit.missing_fragments:
            kind = "text" if ":~:" in fragment else "place"
            if link.url.startswith("#"):
                message = f"this text has no such {kind}: #{fragment}; link to what is there now"
            else:
                message = (
                    f"the page opens, but has no such {kind}: #{fragment}; link to the page, or to what is there now"
                )
            yield _at(document, link, "missing-fragment", level, message)


def insecure_link(audit: Audit, level: Level) -> Iterator[Finding]:
    for visit, document, link in _places(audit, lambda visit: visit.verdict.status not in _UNUSED):
        if _CREDENTIALS.match(link.url):
            message = "shows a user's name or password to every reader; take it out of the URL"
            yield _at(document, link, "insecure-link", level, message)
            continue
        if any(each.is_unverified for each in visit.exchanges):
            message = "opened without a look at the server's certificate, as `insecure_tls` is set: it may be anybody's"
            yield _at(document, link, "insecure-link", level, message)
            continue
        if visit.verdict.status is not Status.ALIVE or not visit.target.url.startswith("http://"):
            continue
        if (visit.final_url or "").startswith("https://"):
            message = "plain http, though the server leads on to https; link to https at once"
        else:
            message = "plain http: whoever is between can read and change the page; try https"
        yield _at(document, link, "insecure-link", level, message)


def unarchived_link(audit: Audit, level: Level) -> Iterator[Finding]:
    """Only where the run archived at all: a liveness check archives nothing and has nothing to complain of."""
    if not audit.snapshots:
        return
    for visit, document, link in _places(audit, lambda visit: True):
        url, held = visit.target.url, audit.archived.get(visit.target.url)
        if (held and held.copies) or url.startswith("file:"):
            continue
        if visit.verdict.status in (Status.ALIVE, Status.MOVED) and url not in audit.snapshots:
            yield _at(
                document, link, "unarchived-link", level, "opens, but no copy was kept; archive it while it lives"
            )
        elif visit.verdict.status is Status.DEAD and held and held.state is CopyState.NONE:
            yield _at(
                document, link, "unarchived-link", level, "gone, and no archive that was asked has a copy; cite another"
            )


def duplicate_link(audit: Audit, level: Level) -> Iterator[Finding]:
    """The same page twice in one update; one link wrapped over two lines is one, and a local file may have many."""
    for document in audit.documents:
        first: dict[tuple[str, str], Link] = {}
        for link in document.links:
            if link.update is None or link.repeats or link.origin == "img" or link.target.startswith("file:"):
                continue
            before = first.setdefault((link.update, link.target), link)
            if before is not link:
                message = f"the same page is linked on line {before.line} of this update; once may do"
                yield _at(document, link, "duplicate-link", level, message)


def _unaskable(visit: Visit) -> str:
    meant = visit.verdict.suggestion
    way_out = f"perhaps {meant} was meant" if meant else "correct the URL"
    return f"cannot be requested as written: {verdict_words(visit)}; {way_out}"


def _gone(visit: Visit) -> str:
    way_out = f"link to {visit.verdict.suggestion}" if visit.verdict.suggestion else "replace it or link to a copy"
    return f"gone for a reader: {verdict_words(visit)}; {way_out}"


def _moved(visit: Visit) -> str:
    return f"moved for good; link to {visit.verdict.suggestion or visit.final_url or 'the new address'}"


def _with_status(
    audit: Audit, status: Status, rule: str, level: Level, message: Callable[[Visit], str]
) -> Iterator[Finding]:
    for visit, document, link in _places(audit, lambda visit: visit.verdict.status is status):
        yield _at(document, link, rule, level, message(visit))


def _places(audit: Audit, concerns: Callable[[Visit], bool]) -> Iterator[tuple[Visit, Document, Link]]:
    places = audit.occurrences
    for visit in filter(concerns, audit.visits):
        for document, link in places[visit.target.url]:
            yield visit, document, link


def _at(document: Document, link: Link, rule: str, level: Level, message: str) -> Finding:
    return Finding(
        rule=rule,
        level=level,
        message=message,
        source=document.source,
        line=link.line,
        column=link.column,
        end_column=link.end_column,
        target=link.target,
        date=document.date_of(link),
        outlet=link.outlet,
    )
