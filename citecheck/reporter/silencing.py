"""What is not told: findings that a comment in the text silences, known ones, excluded links; and how it is counted."""

from collections.abc import Iterable

from citecheck.model import Audit, Document, Finding, Reason, Silenced, SilencedBy


def parted(
    findings: Iterable[Finding], documents: Iterable[Document]
) -> tuple[tuple[Finding, ...], tuple[Silenced, ...]]:
    """The findings to tell, and the silenced ones with the reason that the first fitting comment gives."""
    silences = {document.source: document.silences for document in documents if document.silences}
    if not silences:
        return tuple(findings), ()
    told: list[Finding] = []
    silenced: list[Silenced] = []
    for finding in findings:
        covering = (each for each in silences.get(finding.source, ()) if each.covers(finding.rule, finding.line))
        silence = next(covering, None)
        if silence:
            silenced.append(Silenced(finding, SilencedBy.COMMENT, silence.reason))
        else:
            told.append(finding)
    return tuple(told), tuple(silenced)


def untold(audit: Audit) -> str:
    """How much is not told, and by whose word: "2 silenced by comment, 14 known, 3 excluded"; empty for nothing."""
    by = [each.by for each in audit.silenced]
    counted = (
        (by.count(SilencedBy.COMMENT), "silenced by comment"),
        (by.count(SilencedBy.BASELINE), "known"),
        (sum(visit.verdict.reason == Reason.EXCLUDED for visit in audit.visits), "excluded"),
    )
    return ", ".join(f"{number:,} {what}" for number, what in counted if number)
