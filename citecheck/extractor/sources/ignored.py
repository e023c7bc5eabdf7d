"""What .gitignore files leave out, by git's own rules (gitignore(5)); only their reading, no git."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

from citecheck.patterns import regex

FILE = ".gitignore"
_BYTES = 1 << 20


class Rule(Struct, frozen=True):
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
            lines = file.read(_BYTES).decode("utf-8-sig", "replace").split("\n")
    except OSError:
        return ()
    return tuple(rule for line in lines if (rule := _rule(folder, line.removesuffix("\r"))))


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
    text = line.rstrip(" ")
    if text != line and len(text) - len(text.rstrip("\\")) & 1:
        text += " "  # the one that a backslash keeps
    if text.startswith("#"):
        return None
    is_negated = text.startswith("!")
    text = text.removeprefix("!")
    folders_only = text.endswith("/")
    text = text.removesuffix("/")
    is_anchored = "/" in text
    expression = _expression(text.removeprefix("/")) if text else None
    if expression is None:
        return None
    try:
        pattern = re.compile(expression if is_anchored else f"(?:.*/)?{expression}", re.DOTALL)
    except re.error:
        return None
    return Rule(folder, pattern, is_negated, folders_only)


_PART = regex(
    r"(?P<folders>(?<![^/])\*\*/)|(?P<below>/\*\*\Z)|(?P<stars>\*+)|(?P<one>\?)"
    r"|\[(?P<but>[!^]?)(?P<class>\]?(?:\[:[a-z]+:\]|\\.|[^\]\\])*)\]|\\(?P<escaped>.)|(?P<plain>[^\[\\])",
    re.DOTALL,
)
_WITHIN_CLASS = regex(r"\[:([a-z]+):\]|\\(.)|(.)", re.DOTALL)
_CLASSES = {
    "alpha": "a-zA-Z", "digit": "0-9", "alnum": "a-zA-Z0-9", "upper": "A-Z", "lower": "a-z", "space": r"\s",
    "blank": r" \t", "xdigit": "0-9a-fA-F", "punct": r"!-/:-@\[-`{-~", "cntrl": r"\x00-\x1f\x7f",
    "graph": "!-~", "print": " -~",
}  # fmt: skip


def _expression(glob: str) -> str | None:
    """The glob as a regular expression; None for one that git lets match nothing."""
    parts: list[str] = []
    done = 0
    while done < len(glob):
        match = _PART.match(glob, done)
        if match is None:  # a bracket without its end, a backslash at the end
            return None
        done = match.end()
        if match["folders"]:
            parts.append("(?:.*/)?")
        elif match["below"]:
            parts.append("/.*")
        elif match["stars"]:
            parts.append("[^/]*")
        elif match["one"]:
            parts.append("[^/]")
        elif match["class"]:
            parts.append(f"(?!/)[{'^' if match['but'] else ''}{_WITHIN_CLASS.sub(_in_class, match['class'])}]")
        else:
            parts.append(re.escape(match["escaped"] or match["plain"]))
    return "".join(parts)


def _in_class(match: re.Match[str]) -> str:
    if match[1]:
        return _CLASSES.get(match[1], "")
    return match[3] if match[3] == "-" else re.escape(match[2] or match[3])
