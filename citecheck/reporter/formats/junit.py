"""JUnit XML: a suite a text, a case a link occurrence and one for every finding that is on no link.

Written for the Jenkins XSD (no `file`, no `line`, times with three decimals) and for GitLab, which shows the body of
a failure rather than its message.
"""

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from citecheck.model import Audit, Finding, Level, Link, Silenced, Status, Visit
from citecheck.reporter.formats.concise import place
from citecheck.reporter.medium import Medium
from citecheck.reporter.sinks import one_line, xml
from citecheck.reporter.totals import visits_by_url
from citecheck.reporter.wording import verdict_words

Place = tuple[str, int | None, int | None, str | None]


def render(audit: Audit, medium: Medium) -> str:
    """Findings of level error are failures; a target left out or not checked is skipped."""
    errors: dict[Place, list[Finding]] = {}
    for finding in audit.findings:
        if finding.level is Level.ERROR:
            errors.setdefault(_place(finding), []).append(finding)
    silenced = {_place(each.finding): each for each in audit.silenced if each.finding.level is Level.ERROR}
    visits = visits_by_url(audit)
    read = {document.source for document in audit.documents}
    root = ElementTree.Element("testsuites", name="citecheck")
    for document in audit.documents:
        suite = ElementTree.SubElement(root, "testsuite", name=xml(document.source))
        numbers: dict[str, int] = {}
        for link in document.links:
            if link.repeats is None and link.target in visits:
                numbers[link.url] = numbers.get(link.url, 0) + 1
                here = (document.source, link.line, link.column, link.target)
                case = _link_case(suite, document.source, link, numbers[link.url], visits[link.target])
                found = errors.pop(here, [])
                if found:
                    _fail(case, found, found[0])
                else:
                    _skip(case, visits[link.target], silenced.get(here))
        _other_cases(suite, document.source, errors)
        _count(suite)
    for source in dict.fromkeys(source for source, *_ in errors if source not in read):
        suite = ElementTree.SubElement(root, "testsuite", name=xml(source))
        _other_cases(suite, source, errors)
        _count(suite)
    _count(root)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _place(finding: Finding) -> Place:
    return finding.source, finding.line, finding.column, finding.target


def _link_case(suite: ElementTree.Element, source: str, link: Link, number: int, visit: Visit) -> ElementTree.Element:
    return ElementTree.SubElement(
        suite, "testcase", classname=xml(source), name=xml(f"{link.url} #{number}"), time=f"{visit.elapsed_s:.3f}"
    )


def _skip(case: ElementTree.Element, visit: Visit, silenced: Silenced | None) -> None:
    if silenced:
        reason = silenced.reason or "no reason given"
        ElementTree.SubElement(case, "skipped", message=xml(f"silenced by {silenced.by}: {reason}"))
    elif visit.verdict.status in (Status.SKIPPED, Status.UNCHECKED):
        ElementTree.SubElement(case, "skipped", message=xml(f"{visit.verdict.status}: {verdict_words(visit)}"))


def _other_cases(suite: ElementTree.Element, source: str, errors: Mapping[Place, Sequence[Finding]]) -> None:
    for (where, *_), found in errors.items():
        if where == source:
            for finding in found:
                name = xml(f"{finding.rule} {place(finding)} {finding.outlet or ''}".strip())
                case = ElementTree.SubElement(suite, "testcase", classname=xml(source), name=name, time="0.000")
                _fail(case, [finding], finding)


def _fail(case: ElementTree.Element, found: Sequence[Finding], first: Finding) -> None:
    failure = ElementTree.SubElement(case, "failure", type=first.rule, message=xml(first.message))
    # A line a finding: a line of somebody else's words could be a command to whoever reads a log.
    failure.text = "\n".join(xml(one_line(f"{place(each)}: {each.rule}: {each.message}")) for each in found)


def _count(element: ElementTree.Element) -> None:
    element.set("tests", str(len(element.findall(".//testcase"))))
    element.set("failures", str(len(element.findall(".//failure"))))
    element.set("errors", "0")
    if element.tag == "testsuite":
        element.set("skipped", str(len(element.findall(".//skipped"))))
