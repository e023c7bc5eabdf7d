"""citecheck init: a settings file to begin with, every setting in it as a comment."""

from importlib import resources
from pathlib import Path

import click

from citecheck.cli import ending
from citecheck.errors import ReportError, UsageError


@click.command("init")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("citecheck.toml"),
    metavar="FILE",
    show_default=True,
    help="The file.",
)
def command(out: Path) -> None:
    """Write a settings file that names every setting with its default, as comments; nothing is written over."""
    text = resources.files("citecheck.cli").joinpath("citecheck.toml").read_text(encoding="utf-8")
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{out}: is there already, and nothing is written over", about=str(out)) from error
    except OSError as error:
        raise ReportError(f"{out}: cannot be written: {error.strerror}", about=str(out)) from error
    ending.tell([f"{out}: written; every setting is in it as a comment"])
