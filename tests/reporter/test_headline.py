from msgspec.structs import replace

from citecheck.model import Audit, Reason, Status, Verdict
from citecheck.reporter import with_findings
from citecheck.reporter.headline import headline


def test_the_worst_comes_first_in_one_sentence(audit: Audit) -> None:
    assert headline(audit) == (
        "3 of 11 links lead nowhere, 1 is failing and 1 could not be checked; "
        "1 of 4 days has no credit line, 2 cited outlets go uncredited and 1 credited outlet is never named."
    )


def test_a_run_without_network_says_that_nothing_was_checked(audit: Audit) -> None:
    blind = Verdict(Status.UNCHECKED, Reason.NO_NETWORK)
    visits = tuple(replace(visit, verdict=blind) for visit in audit.visits)
    assert headline(replace(audit, visits=visits, sourcing=())) == "None of the 11 links was checked."


def test_a_clean_audit_says_so(audit: Audit) -> None:
    (document,) = audit.documents
    first = replace(document.updates[0], claims=document.updates[0].claims[:1], credits=document.updates[0].credits[:1])
    clean = replace(
        audit, documents=(replace(document, updates=(first,), links=document.links[:1]),), visits=audit.visits[:1]
    )
    assert headline(with_findings(clean, {})) == "The one link works; every outlet that is cited is credited."


def test_an_interrupted_run_says_so(audit: Audit) -> None:
    cut = replace(audit, visits=audit.visits[:1], sourcing=(), is_complete=False)
    assert headline(cut) == "The run was cut short."
