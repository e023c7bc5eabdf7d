"""Options that several commands share, and the settings that come of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from citecheck import settings as settings_files
from citecheck.errors import UsageError
from citecheck.settings import FailOn, Settings

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

sources = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")


def config(function: Callable[..., Any]) -> Callable[..., Any]:
    """`-c`: which settings file."""
    return click.option(
        "-c",
        "--config",
        "config_file",
        type=click.Path(path_type=Path),
        help="Settings file. Default: the nearest citecheck.toml or [tool.citecheck] of a pyproject.toml.",
    )(function)


def fetching(function: Callable[..., Any]) -> Callable[..., Any]:
    """What decides how links are visited."""
    for option in reversed(
        (
            click.option("--offline", is_flag=True, help="Make no request: links stay unchecked."),
            click.option("--allow-private", is_flag=True, help="Fetch loopback and private addresses too."),
            click.option(
                "--connect-to",
                multiple=True,
                metavar="HOST:PORT:ADDR:PORT",
                help="Connect there instead of where the name points; as curl has it.",
            ),
            click.option("--ca-file", metavar="PEM", help="Trust these certificate authorities."),
            click.option(
                "--host-interval", type=click.FloatRange(min=0), metavar="S", help="Seconds between requests."
            ),
            click.option("--no-cache", is_flag=True, help="Remember no verdicts and use none."),
        )
    ):
        function = option(function)
    return function


def outputs(function: Callable[..., Any]) -> Callable[..., Any]:
    """What goes where, and what makes the exit code 1."""
    for option in reversed(
        (
            click.option(
                "--format", "format_", metavar="F", help="Of stdout. Default: terminal on a TTY, else concise."
            ),
            click.option("--write", multiple=True, metavar="F=PATH", help="Write format F to a file too."),
            click.option(
                "--fail-on",
                type=click.Choice([each.value for each in FailOn]),
                help="The least finding that makes the exit code 1.  [default: error]",
            ),
        )
    ):
        function = option(function)
    return function


def settings_of(config_file: Path | None, **flags: Any) -> Settings:
    """The settings file's settings with the flags laid over them.

    Raises SettingsError for a file that cannot be used, UsageError for a named file that does not exist.
    """
    if config_file and not config_file.exists():
        raise UsageError(f"{config_file}: no such settings file", about=str(config_file))
    path = config_file or settings_files.find(Path.cwd())
    settings = settings_files.load(path) if path else Settings()
    return settings.overridden(
        {
            "offline": flags.get("offline") or None,
            "fail_on": flags.get("fail_on"),
            "fetch.allow_private": flags.get("allow_private") or None,
            "fetch.connect_to": flags.get("connect_to") or None,
            "fetch.ca_file": flags.get("ca_file"),
            "fetch.host_interval_s": flags.get("host_interval"),
            "cache.enabled": False if flags.get("no_cache") else None,
        }
    )


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
