"""Progress on a terminal's stderr: one line, rewritten; nothing at all elsewhere."""

import sys
import time
from collections import Counter
from types import TracebackType
from typing import Self

from citecheck.model import Visit

REFRESH_S = 0.1


class ProgressLine:
    """Counts visits; call it with each and with how many there will be."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty()
        self._done: Counter[str] = Counter()
        self._began_s = time.monotonic()
        self._shown_s = 0.0

    def __call__(self, visit: Visit, total: int) -> None:
        self._done[visit.verdict.status.value] += 1
        now_s = time.monotonic()
        done = self._done.total()
        if not self._is_shown or (now_s - self._shown_s < REFRESH_S and done < total):
            return
        self._shown_s = now_s
        rate = done / max(now_s - self._began_s, 0.001)
        by_status = "  ".join(f"{status} {count}" for status, count in self._done.most_common())
        sys.stderr.write(f"\r\x1b[K{done}/{total} links  {rate:.0f}/s  {by_status}"[:200])
        sys.stderr.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_shown and self._done:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
