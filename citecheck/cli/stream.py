"""The jsonl format on stdout while the run goes: a line as each visit ends, findings and summary last."""

from collections.abc import Callable

from citecheck import reporter
from citecheck.cli import ending
from citecheck.model import Audit, Document, Visit


class StreamedLines:
    """Takes the documents, then each visit, then the audit; passes visits on to the progress line."""

    def __init__(self, progress: Callable[[Visit, int], None]) -> None:
        self._progress = progress
        self._stream = reporter.Stream(())

    def begin(self, documents: tuple[Document, ...]) -> None:
        self._stream = reporter.Stream(documents)

    def __call__(self, visit: Visit, total: int) -> None:
        ending.print_text(self._stream.line(visit))
        self._progress(visit, total)

    def end(self, audit: Audit) -> None:
        for line in self._stream.rest(audit):
            ending.print_text(line)
