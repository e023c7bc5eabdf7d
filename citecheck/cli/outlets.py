"""citecheck outlets: which outlet a name, a URL or an account stands for, and by what."""

from collections.abc import Iterator
from pathlib import Path

import click

from citecheck.cli import ending, options
from citecheck.extractor.outlets import Registry, registry
from citecheck.model import Outlet


@click.command("outlets")
@click.argument("what", required=False, metavar="[NAME|URL]")
@options.config
def command(what: str | None, config_files: tuple[Path, ...]) -> None:
    """Explain which outlet NAME, URL or @account stands for; without one, list those that are known."""
    table = registry(options.settings_of(config_files).outlets)
    if what is None:
        ending.print_text("".join(f"{_headline(each)}\n" for each in sorted(table.outlets, key=_name)))
        return
    found = list(_explained(what, table))
    ending.print_text("".join(f"{line}\n" for line in found or _unknown(what, table)))
    if not found:
        click.get_current_context().exit(ending.NOTHING)


def _explained(what: str, table: Registry) -> Iterator[str]:
    """The matches, each with what made it and the whole row."""
    is_handle = what.startswith("@")
    is_url = not is_handle and ("/" in what or ("." in what and " " not in what))
    outlet = table.of_handle(what) if is_handle else table.of_url(what) if is_url else None
    if outlet:
        yield f"{what}: {outlet.name}, by {'its account' if is_handle else 'its address'}"
        yield from _row(outlet, table)
        return
    mentions = [each for each in table.find(what) if (each.start, each.end) == (0, len(what))]
    for outlet in (mentions[0].outlet, *mentions[0].others) if mentions else filter(None, (table.named(what),)):
        doubt = "; needs a cue beside it or the full name earlier" if mentions and mentions[0].is_ambiguous else ""
        yield f"{what}: {outlet.name}, by name{doubt}"
        yield from _row(outlet, table)


def _unknown(what: str, table: Registry) -> Iterator[str]:
    near = table.nearest(what)
    yield f"{what}: no outlet that is known" + (f"; the nearest name is {near.name}" if near else "")
    yield 'Add yours in a file named in citecheck.toml: outlets = ["our-outlets.toml"]'


def _row(outlet: Outlet, table: Registry) -> Iterator[str]:
    yield f"  {_headline(outlet)}"
    if outlet.ownership_source:
        yield f"  ownership by: {outlet.ownership_source}"
    yield from (
        f"  {label}: {', '.join(values)}"
        for label, values in (
            ("also", outlet.aliases),
            ("with a cue", outlet.ambiguous),
            ("domains", outlet.domains),
            ("accounts", tuple(f"@{each}" for each in outlet.handles)),
            ("part of", tuple(each.name for each in table.family(outlet)[1:])),
        )
        if values
    )


def _headline(outlet: Outlet) -> str:
    return f"{outlet.name} ({', '.join(filter(None, (outlet.kind, outlet.country, outlet.ownership)))})"


def _name(outlet: Outlet) -> str:
    return outlet.name.removeprefix("The ").casefold()
