"""citecheck explain: a rule's page."""

import click

from citecheck import reporter
from citecheck.cli import ending


@click.command("explain")
@click.argument("rule")
def command(rule: str) -> None:
    """Explain a rule: what it says, why, when it is wrong, how to fix and how to silence it."""
    ending.print_text(reporter.explain(rule))
