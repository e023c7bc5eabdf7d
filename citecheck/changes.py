"""Which lines a git diff adds, so that a check tells of those alone: what a change did not touch stays untold."""

import codecs
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from citecheck.errors import UsageError
from citecheck.model import Audit, Document, Source
from citecheck.patterns import regex

_HUNK = regex(r"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_BINARY = regex(r"Binary files .* and (.+) differ\Z")
_WHOLE = range(1, 1 << 62)


class Changes(NamedTuple):
    """The added lines of each changed file, by its absolute path."""

    lines: Mapping[Path, tuple[range, ...]]

    def touch(self, source: str | Source) -> bool:
        """Whether a source has added lines; one that is no file, which git cannot know, is taken to be new."""
        return self._of(source.name if isinstance(source, Source) else source) != ()

    def narrowed(self, document: Document) -> Document:
        """The document with the links on added lines only."""
        return replace(document, links=tuple(each for each in document.links if self.has(document.source, each.line)))

    def told(self, audit: Audit) -> Audit:
        """The audit with the findings on added lines only."""
        return replace(
            audit,
            findings=tuple(each for each in audit.findings if each.line is None or self.has(each.source, each.line)),
            silenced=tuple(
                each
                for each in audit.silenced
                if each.finding.line is None or self.has(each.finding.source, each.finding.line)
            ),
        )

    def has(self, source: str, line: int) -> bool:
        """Whether a line of a source is an added one."""
        return any(line in lines for lines in self._of(source))

    def _of(self, source: str) -> tuple[range, ...]:
        path = Path(source)
        return self.lines.get(path.resolve(), ()) if path.exists() else (_WHOLE,)


def since(revision: str) -> Changes:
    """What the working tree has more than `revision`, from where the two parted; a new file is new as a whole.

    A file that was only moved has no added lines. Raises UsageError where git, the repository or the revision is not
    there.
    """
    top = Path(_git("rev-parse", "--show-toplevel", why="--changed-since needs a git repository").strip())
    unknown = f"--changed-since {revision}: git knows no such revision here; in CI, fetch more history (fetch-depth: 0)"
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", why=unknown).strip()
    try:
        base = _git("merge-base", commit, "HEAD", why="").strip()
    except UsageError:
        base = commit  # no common history: the revision itself
    diff = _git(
        *("-c", "core.quotePath=false", "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames"),
        *("--unified=0", "--src-prefix=a/", "--dst-prefix=b/", base),
        why=f"--changed-since {revision}: git cannot compare",
        folder=top,
    )
    untracked = _git("ls-files", "--others", "--exclude-standard", "-z", why="git cannot list files", folder=top)
    lines = {(top / name).resolve(): tuple(ranges) for name, ranges in _added(diff).items() if ranges}
    lines.update(((top / name).resolve(), (_WHOLE,)) for name in untracked.split("\0") if name)
    return Changes(lines)


def _added(diff: str) -> dict[str, list[range]]:
    added: dict[str, list[range]] = {}
    name = ""
    lines: Iterator[str] = iter(diff.split("\n"))
    for line in lines:
        hunk = _HUNK.match(line)
        binary = _BINARY.match(line)
        if line.startswith("+++ "):
            name = _name(line[4:])
        elif binary:
            added[_name(binary[1])] = [_WHOLE]
        elif hunk:
            gone, first, new = int(hunk[1] or 1), int(hunk[2]), int(hunk[3] or 1)
            if new:
                added.setdefault(name, []).append(range(first, first + new))
            _skip(lines, gone + new)
    return added


def _skip(lines: Iterable[str], number: int) -> None:
    """The lines of a hunk, which may look like anything."""
    for _, _ in zip(range(number), lines, strict=False):
        pass


def _name(written: str) -> str:
    """A name as git writes it: behind `b/`, a tab after one with spaces, in quotes and escapes where need be."""
    written = written.rstrip("\t")
    if written.startswith('"'):
        written = codecs.escape_decode(written.strip('"').encode())[0].decode("utf-8", "surrogateescape")
    return written.removeprefix("b/")


def _git(*arguments: str, why: str, folder: Path | None = None) -> str:
    try:
        run = subprocess.run(  # noqa: S603 - no shell, and the revision was resolved behind --end-of-options
            ["git", *arguments],  # noqa: S607 - the user's own git
            cwd=folder,
            capture_output=True,
            check=True,
        )
    except FileNotFoundError as error:
        raise UsageError("--changed-since needs git, which is not installed") from error
    except subprocess.CalledProcessError as error:
        raise UsageError(why) from error
    return run.stdout.decode("utf-8", "surrogateescape")
