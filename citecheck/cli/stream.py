"""The jsonl format on stdout while the run goes: a line as each visit ends, findings and summary last."""

from collections.abc import Sequence

from citecheck import reporter
from citecheck.cli import ending
from citecheck.model import Audit, Document, Target, Visit
from citecheck.watcher import Watcher


class StreamedLines(Watcher):
    """Takes the documents, then each visit, then the audit; passes all on to the progress line."""

    def __init__(self, progress: Watcher) -> None:
        self._progress = progress
        self._stream = reporter.Stream(())

    def begin(self, documents: tuple[Document, ...], targets: Sequence[Target]) -> None:
        self._stream = reporter.Stream(documents)
        self._progress.begin(documents, targets)

    def visited(self, visit: Visit) -> None:
        ending.print_text(self._stream.line(visit))
        self._progress.visited(visit)

    def wait(self) -> None:
        self._progress.wait()

    def end(self, audit: Audit) -> None:
        for line in self._stream.rest(audit):
            ending.print_text(line)
