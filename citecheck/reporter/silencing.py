"""Findings parted into those that are told and those that a comment in the text silences."""

from collections.abc import Iterable

from citecheck.model import Document, Finding, Silenced, SilencedBy


def parted(
    findings: Iterable[Finding], documents: Iterable[Document]
) -> tuple[tuple[Finding, ...], tuple[Silenced, ...]]:
    """The findings to tell, and the silenced ones with the reason that the first fitting comment gives."""
    silences = {document.source: document.silences for document in documents if document.silences}
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
