"""citecheck settings: what is set, and by whom."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from citecheck import layers
from citecheck.cli import ending, options
from citecheck.proxies import without_login


@click.command("settings")
@options.fetching
@options.gating
@options.config
def command(config_files: tuple[Path, ...], **flags: Any) -> None:
    """Show every setting with its value and where it comes from: a file, the environment, the command line.

    The later lies over the earlier: default, files in the order of -c, CITECHECK_* variables, options.
    """
    stack = options.layers_of(config_files, **flags)
    values = layers.values(layers.settled(stack))
    values["fetch.proxy"] = values["fetch.proxy"] and without_login(values["fetch.proxy"])
    origins = layers.origins(stack)
    said = {path: "# " * (value is None) + f"{path} = {toml(value)}" for path, value in values.items()}
    width = min(60, max(map(len, said.values())))
    ending.print_text("".join(f"{said[path]:<{width}}  # {origins[path]}\n" for path in values))


def toml(value: Any) -> str:
    """A value as TOML writes it, on one line; None, which TOML has not, as nothing."""
    match value:
        case None:
            return ""
        case bool() | int() | float() | str():
            return json.dumps(value, ensure_ascii=False)
        case date():
            return value.isoformat()
        case dict():
            members = (f"{json.dumps(str(key), ensure_ascii=False)} = {toml(each)}" for key, each in value.items())
            return f"{{{', '.join(members)}}}"
        case list() | tuple() | set() | frozenset():
            return f"[{', '.join(map(toml, value))}]"
        case _:
            plain = msgspec.to_builtins(value, builtin_types=(date,))
            return toml({k: v for k, v in plain.items() if v not in (None, "")} if isinstance(plain, dict) else plain)
