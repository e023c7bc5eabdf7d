"""What .gitignore files leave out, by git's own rules (gitignore(5)); only their reading, no git."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = ".gitignore"
_BYTES = 1 << 20


class Rule(NamedTuple):
    """One line: a path below `folder` that it matches is left out, or taken in again."""

    folder: Path
    pattern: re.Pattern[str]
    is_negated: bool
    folders_only: bool


def rules_above(folder: Path) -> tuple[Rule, ...]:
    """The rules that hold in a folder from the folders above it, up to the root of the repository, if it is in one."""
    resolved = folder.resolve()
    root = next((each for each in (resolved, *resolved.parents) if (each / ".git").exists()), None)
    if root is None:
        return ()
    between = [each for each in reversed(resolved.parents) if each.is_relative_to(root)]
    return tuple(rule for each in between for rule in rules_of(each))


@cache
def rules_of(folder: Path) -> tuple[Rule, ...]:
    """The rules of a folder's own .gitignore."""
    try:
        with (folder / FILE).open("rb") as file:
            lines = file.read(_BYTES).decode("utf-8", "replace").splitlines()
    except OSError:
        return ()
    return tuple(rule for line in lines if (rule := _rule(folder, line)))


def is_ignored(path: Path, rules: Sequence[Rule], *, is_folder: bool) -> bool:
    """Whether the last rule that matches leaves the path out."""
    for rule in reversed(rules):
        if rule.folders_only and not is_folder:
            continue
        try:
            relative = path.relative_to(rule.folder).as_posix()
        except ValueError:
            continue
        if rule.pattern.fullmatch(relative):
            return not rule.is_negated
    return False


def _rule(folder: Path, line: str) -> Rule | None:
    text = line if line.endswith("\\ ") else line.rstrip()
    if not text or text.startswith("#"):
        return None
    is_negated = text.startswith("!")
    text = text.removeprefix("!").removeprefix("\\")
    folders_only = text.endswith("/")
    text = text.rstrip("/")
    if not text:
        return None
    is_anchored = "/" in text
    expression = _expression(text.lstrip("/"))
    try:
        pattern = re.compile(expression if is_anchored else f"(?:.*/)?{expression}")
    except re.error:
        return None
    return Rule(folder, pattern, is_negated, folders_only)


_PART = re.compile(r"\*\*/|/\*\*\Z|\*+|\?|\[!?\]?[^\]]*\]|\\.|.", re.DOTALL)


def _expression(glob: str) -> str:
    parts: list[str] = []
    for match in _PART.finditer(glob):
        part = match[0]
        if part == "**/":
            parts.append("(?:.*/)?")
        elif part == "/**":
            parts.append("/.*")
        elif part.startswith("*"):
            parts.append("[^/]*")
        elif part == "?":
            parts.append("[^/]")
        elif part.startswith("[") and len(part) > 1:
            parts.append(part.replace("[!", "[^", 1))
        else:
            parts.append(re.escape(part[-1]))
    return "".join(parts)
