"""citecheck demo: the whole path on a sample of our own, offline."""

from pathlib import Path

import click

from citecheck import demo, reporter
from citecheck.audit import audit
from citecheck.cli import ending, folder
from citecheck.cli.progress import ProgressLine


@click.command("demo")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=folder.REPORTS / "demo",
    metavar="DIR",
    show_default=True,
    help="Where the report lands.",
)
def command(out: Path) -> None:
    """Audit the sample blog against the small web that it cites, served on loopback.

    Exits 0 whatever it finds: the sample has a link of each status and each kind of sourcing gap.
    """
    landing = folder.replaced(out)
    with demo.Web.start() as web, ProgressLine() as progress:
        result = audit([demo.blog()], demo.settings(web), folder=landing, watcher=progress)
    reporter.save(result, landing)
    ending.print_pieces(ending.rendered(result, "terminal", base=Path(demo.__file__).parents[1]))
    click.echo(f"report: {landing / 'index.html'}")
