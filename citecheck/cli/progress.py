"""Progress on a terminal's stderr: one line, rewritten; nothing at all elsewhere."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from citecheck.model import Document, Status, Target, Visit
from citecheck.watcher import Watcher

if TYPE_CHECKING:
    from citecheck.cli.pace import Pace

_REFRESH_S = 0.2
_HOSTS = 3
_HOST_CHARS = 30
_ERASE_REST = "\x1b[K"


class ProgressLine(Watcher):
    """Done, by status, rate, time left and the slowest hosts, as much of it as the terminal is wide."""

    def __init__(
        self,
        stream: TextIO | None = None,
        *,
        is_wanted: bool = True,
        monotonic: Callable[[], float] = time.monotonic,
        columns: Callable[[], int] | None = None,
    ) -> None:
        self._stream = stream or sys.stderr
        self._monotonic = monotonic
        self._columns = columns or self._terminal_columns
        self._is_on = is_wanted and self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._pace: Pace | None = None
        self._shown = ""
        self._shown_s = 0.0

    def begin(self, documents: tuple[Document, ...], targets: Sequence[Target]) -> None:
        if self._is_on:
            from citecheck.cli.pace import Pace  # late: most runs have no terminal

            self._pace = Pace(targets, self._monotonic())

    def visited(self, visit: Visit) -> None:
        if self._pace:
            self._pace.note(visit, self._monotonic())
            self.wait()

    def wait(self) -> None:
        if self._pace:
            now = self._monotonic()
            if now - self._shown_s >= _REFRESH_S:
                self._shown_s = now
                self._show(line(self._pace, now, self._columns() - 1))

    def _show(self, text: str) -> None:
        """In one piece, and the rest of the line erased behind it: nothing flickers."""
        if text != self._shown:
            self._shown = text
            self._stream.write(f"\r{text}{_ERASE_REST}")
            self._stream.flush()

    def _terminal_columns(self) -> int:
        try:
            return os.get_terminal_size(self._stream.fileno()).columns or 80
        except (OSError, ValueError):
            return 80

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._show("")


def line(pace: "Pace", now: float, width: int) -> str:
    """The line, in which what matters most comes first: what the terminal has no room for is left out."""
    shown = ""
    for part in _parts(pace, now):
        longer = f"{shown}  {part}" if shown else part
        if len(longer) > width:
            break
        shown = longer
    return shown


def _parts(pace: "Pace", now: float) -> Iterator[str]:
    yield f"{pace.done}/{pace.total} links"
    left_s = pace.left_s(now)
    if left_s is not None and pace.done:
        yield f"{_duration(left_s)} left"
    yield f"{pace.rate(now):.0f}/s"
    yield from (f"{status} {pace.by_status[status]}" for status in Status if pace.by_status[status])
    waiting = pace.waiting(_HOSTS)
    if waiting and pace.done:
        yield "waiting for " + ", ".join(f"{_named(host)} ({left})" for host, left in waiting)
        return
    slowest = pace.slowest(_HOSTS)
    if slowest:
        yield "slowest: " + ", ".join(f"{_named(host)} {mean_s:.1f} s" for host, mean_s in slowest)


def _named(host: str) -> str:
    """A host's name is a stranger's word: nothing in it moves the cursor, and it has its room."""
    clean = "".join(each if each.isascii() and each.isprintable() else "?" for each in host) or "local files"
    return clean if len(clean) <= _HOST_CHARS else f"{clean[: _HOST_CHARS - 1]}…"


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"
