"""citecheck completion: what a shell needs to complete commands and options."""

import click
from click.shell_completion import get_completion_class

from citecheck.cli import ending

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print a script that completes commands and options: eval "$(citecheck completion bash)"."""
    kind = get_completion_class(shell)
    assert kind is not None, shell  # noqa: S101 - click has each of SHELLS
    ending.print_text(kind(ctx.find_root().command, {}, "citecheck", "_CITECHECK_COMPLETE").source())
