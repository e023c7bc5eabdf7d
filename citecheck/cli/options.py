"""Options that several commands share, and the settings that come of them."""

import functools
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from citecheck import extractor, layers
from citecheck.errors import UsageError
from citecheck.layers import Layer
from citecheck.settings import FailOn, ReadAs, Settings, TransportName

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def sources(function: Callable[..., Any]) -> Callable[..., Any]:
    """What is read, and how: `sources` of the command are the names, those of a list file among them."""

    @functools.wraps(function)
    def command(
        *,
        sources: tuple[str, ...],
        files_from: str | None,
        read_as: str | None,
        hidden: bool | None,
        include_code: bool | None,
        **rest: Any,
    ) -> Any:
        names = (*sources, *(extractor.listed(files_from) if files_from else ()))
        if not names:
            raise click.UsageError("Missing argument 'SOURCE...'.")
        # The settings are made by the command; what was said of its sources waits for them here.
        said = {"read_as": read_as, "hidden": hidden, "include_code": include_code}
        click.get_current_context().meta[_SAID] = said
        return function(sources=names, **rest)

    for option in reversed(
        (
            click.argument("sources", nargs=-1, metavar="SOURCE..."),
            click.option("--files-from", metavar="FILE", help="Read the sources that FILE names too, one a line."),
            click.option(
                "--as",
                "read_as",
                type=click.Choice([each.value for each in ReadAs]),
                help="Read every source as this.  [default: auto]",
            ),
            click.option("--hidden", is_flag=True, default=None, help="Read hidden files of folders too."),
            click.option("--include-code", is_flag=True, default=None, help="URLs in code blocks too."),
        )
    ):
        command = option(command)
    return command


_SAID = "citecheck.sources"


SETTINGS: Mapping[str, str] = {
    "read_as": "sources.read_as",
    "hidden": "sources.hidden",
    "include_code": "sources.include_code",
    "root": "sources.root",
    "offline": "offline",
    "allow_private": "fetch.allow_private",
    "connect_to": "fetch.connect_to",
    "ca_file": "fetch.ca_file",
    "proxy": "fetch.proxy",
    "user_agent": "fetch.user_agent",
    "robots": "fetch.robots",
    "mail_mx": "fetch.mail_mx",
    "host_interval": "fetch.host_interval_s",
    "max_run": "fetch.max_run_s",
    "jobs": "fetch.jobs",
    "transport": "fetch.transport",
    "max_age": "cache.alive_max_age_s",
    "no_cache": "cache.enabled",
    "exclude": "exclude",
    "include": "include",
    "remap": "remap",
    "fail_on": "fail_on",
    "max_dead": "max_dead",
    "fail_if_empty": "fail_if_empty",
    "strict": "strict",
    "host_stats": "host_stats",
    "baseline": "baseline",
    "changed_since": "changed_since",
}
"""Which setting an option lies over; a flag that is not given says nothing."""


def config(function: Callable[..., Any]) -> Callable[..., Any]:
    """`-c`: which settings files."""
    return click.option(
        "-c",
        "--config",
        "config_files",
        multiple=True,
        type=click.Path(path_type=Path),
        help="Settings file, repeatable: later ones lie over earlier. Default: the nearest citecheck.toml or "
        "[tool.citecheck] of a pyproject.toml.",
    )(function)


class _Duration(click.ParamType[float]):
    """Seconds, or a number with s, m, h or d."""

    name = "duration"

    def __init__(self, *, may_be_zero: bool = False) -> None:
        self._may_be_zero = may_be_zero

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        matched = re.fullmatch(r"(\d{1,9}(?:\.\d+)?)([smhd]?)", str(value).strip(), re.ASCII)
        if not matched or not (float(matched[1]) or self._may_be_zero):
            self.fail(f"`{value}` is no time; write 90, 90s, 15m, 2h or 7d", param, ctx)
        return float(matched[1]) * {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}[matched[2]]


def fetching(function: Callable[..., Any]) -> Callable[..., Any]:
    """What decides how links are visited."""
    for option in reversed(
        (
            click.option("--offline", is_flag=True, default=None, help="Make no request: links stay unchecked."),
            click.option("--exclude", multiple=True, metavar="REGEX", help="Do not visit URLs in which this is found."),
            click.option("--include", multiple=True, metavar="REGEX", help="Visit only URLs in which this is found."),
            click.option("--root", metavar="DIR", help="Links that begin with a slash begin at this folder."),
            click.option(
                "--remap",
                multiple=True,
                metavar="FROM=TO",
                help="Ask for TO where the regular expression FROM is found.",
            ),
            click.option(
                "--allow-private", is_flag=True, default=None, help="Fetch loopback and private addresses too."
            ),
            click.option(
                "--connect-to",
                multiple=True,
                metavar="HOST:PORT:ADDR:PORT",
                help="Connect there instead of where the name points; as curl has it.",
            ),
            click.option("--ca-file", metavar="PEM", help="Trust these certificate authorities."),
            click.option(
                "--proxy",
                metavar="URL",
                help='Ask through this proxy; "": through none. Default: what the variables say that curl reads.',
            ),
            click.option(
                "--robots", is_flag=True, default=None, help="Ask robots.txt first: what it disallows is skipped."
            ),
            click.option(
                "--mail-mx",
                is_flag=True,
                default=None,
                help="Ask name servers whether mail addresses can be written to.",
            ),
            click.option("--user-agent", metavar="TEXT", help="Who asks.  [default: citecheck's own]"),
            click.option(
                "--host-interval", type=click.FloatRange(min=0), metavar="S", help="Seconds between requests."
            ),
            click.option(
                "--max-run", type=_Duration(), metavar="TIME", help="What all visits may take: 90, 90s, 15m, 2h."
            ),
            click.option("--jobs", type=click.IntRange(1, 4), metavar="N", help="Processes that fetch."),
            click.option(
                "--transport",
                type=click.Choice([each.value for each in TransportName]),
                help="Who speaks HTTP.  [default: curl]",
            ),
            click.option(
                "--max-age",
                type=_Duration(may_be_zero=True),
                metavar="TIME",
                help="How old a remembered verdict may be: 0, 12h, 7d.  [default: 7d if alive, 1d if blocked]",
            ),
            click.option("--no-cache", is_flag=True, default=None, help="Remember no verdicts and use none."),
            click.option(
                "--strict",
                is_flag=True,
                default=None,
                help="A failing link is an error, once a second visit at the end has failed too.",
            ),
        )
    ):
        function = option(function)
    return function


def rendering(function: Callable[..., Any]) -> Callable[..., Any]:
    """What goes where."""
    for option in reversed(
        (
            click.option(
                "--format", "format_", metavar="F", help="Of stdout. Default: terminal on a TTY, else concise."
            ),
            click.option("--write", multiple=True, metavar="F=PATH", help="Write format F to a file too."),
        )
    ):
        function = option(function)
    return function


def outputs(function: Callable[..., Any]) -> Callable[..., Any]:
    """What goes where, what is told of the hosts, and what makes the exit code 1."""
    stats = click.option("--host-stats", is_flag=True, default=None, help="Tell how each host answered.")
    return rendering(stats(gating(function)))


def gating(function: Callable[..., Any]) -> Callable[..., Any]:
    """What makes the exit code 1."""
    for option in reversed(
        (
            click.option(
                "--fail-on",
                type=click.Choice([each.value for each in FailOn]),
                help="The least finding that makes the exit code 1.  [default: error]",
            ),
            click.option(
                "--baseline",
                metavar="FILE",
                help="Known findings, which are not told again. Default with --fail-on new: citecheck-baseline.json.",
            ),
            click.option(
                "--max-dead", type=click.IntRange(min=0), metavar="N", help="So many dead links do not fail the run."
            ),
            click.option(
                "--fail-if-empty/--no-fail-if-empty",
                default=None,
                help="Whether finding no link is exit code 3. Default: unless --changed-since is given.",
            ),
        )
    ):
        function = option(function)
    return function


def settings_of(config_files: tuple[Path, ...], **flags: Any) -> Settings:
    """The settings of the files, with the environment and then the flags laid over them.

    Raises SettingsError for a layer that cannot be used, UsageError for a named file that does not exist.
    """
    return layers.settled(layers_of(config_files, **flags))


def layers_of(config_files: tuple[Path, ...], **flags: Any) -> list[Layer]:
    """The layers of the settings, the strongest last."""
    for path in config_files:
        if not path.exists():
            raise UsageError(f"{path}: no such settings file", about=str(path))
    context = click.get_current_context(silent=True)
    flags |= context.meta.get(_SAID, {}) if context else {}
    found = layers.find(Path.cwd())
    files = config_files or ((found,) if found else ())
    return [
        *(layers.of_file(path) for path in files),
        layers.of_environment(os.environ),
        layers.of_flags({SETTINGS[name]: _meant(name, value) for name, value in flags.items() if name in SETTINGS}),
    ]


def _meant(name: str, value: Any) -> object:
    """A flag's value as its setting has it; None when it was not given."""
    if value is None or value == ():
        return None
    match name:
        case "no_cache":
            return False
        case "exclude":
            return [{"url": each, "reason": "--exclude"} for each in value]
        case _:
            return value


def write_targets(write: tuple[str, ...], formats: tuple[str, ...]) -> list[tuple[str, Path]]:
    """The `--write F=PATH` pairs. Raises UsageError for a format that does not exist."""
    pairs = []
    for text in write:
        name, equals, path = text.partition("=")
        if not (equals and path):
            raise UsageError(f"--write {text}: must be FORMAT=PATH", about=text)
        pairs.append((known_format(name, formats), Path(path)))
    return pairs


def known_format(name: str, formats: tuple[str, ...]) -> str:
    """`name`, if it is a format. Raises UsageError with those that are."""
    if name not in formats:
        raise UsageError(f"no such format: {name}; there are {', '.join(formats)}", about=name)
    return name
