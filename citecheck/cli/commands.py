"""The command line's entry: one module a command, loaded only when it is the one that runs."""

import os
import re
import sys
from importlib import import_module

import click

import citecheck
from citecheck.errors import CitecheckError

COMMANDS = {
    "audit": "Extract, check, archive and map: the main job.",
    "check": "Check links only, for CI.",
    "extract": "Show updates, claims, credits, attributions and links.",
    "links": "List every URL with its place.",
    "fix": "Offer the repair of links as a patch.",
    "archive": "Save, list, verify, export and browse what was kept.",
    "report": "Render a report.json in other formats.",
    "baseline": "Write down what is known, so that only what is new is told.",
    "demo": "Audit the sample blog against the sample web, offline.",
    "explain": "Explain a rule.",
    "outlets": "Explain which outlet a name, URL or account stands for.",
    "settings": "Show every setting, its value and where it comes from.",
    "init": "Write a settings file to begin with.",
    "completion": "Print a script for the shell's completion.",
}


class Commands(click.Group):
    """Imports a command's module when the command is asked for: `--help` stays within 0.2 s."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"citecheck.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an inability to run becomes one clear line and its exit code, never a traceback."""
        _open_closed_streams()
        try:
            return super().invoke(ctx)
        except CitecheckError as error:
            click.echo(f"citecheck: {error}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("citecheck: interrupted", err=True)
            ctx.exit(130)
        except BrokenPipeError:
            sys.stderr.close()  # the reader of our output has gone; nothing more can be said
            ctx.exit(0)


def _open_closed_streams() -> None:
    """Where a caller has closed a standard stream, as `>&-` does, it is empty, and what is said there is lost."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), "r" if name == "stdin" else "w"))


def _say_version(ctx: click.Context, parameter: click.Parameter, is_asked_for: bool) -> None:
    """Our version, and those of what does the work: the first question to any report of a fault."""
    if not is_asked_for or ctx.resilient_parsing:
        return
    import platform
    from importlib.metadata import PackageNotFoundError, requires, version

    click.echo(f"citecheck {citecheck.__version__}")
    click.echo(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}")
    names = sorted(
        {re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in requires("citecheck") or () if "dev" not in each}
    )
    for name in names:
        try:
            click.echo(f"{name} {version(name)}")
        except PackageNotFoundError:
            click.echo(f"{name} is not installed (an extra)")
    ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_say_version, help="Show versions."
)
def main() -> None:
    """Check what a text cites: every link judged and archived, every claim mapped to its outlets.

    \b
    Exit: 0 clean · 1 findings at or above --fail-on · 2 usage or settings · 3 nothing to check
          4 could not finish or verify · 130 interrupted
    """
