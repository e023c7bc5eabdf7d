"""A password in a URL, however that is written, comes out of no command and stands in no file that one writes."""

from pathlib import Path

import pytest

from citecheck.reporter import FORMATS
from tests.cli.test_cli import citecheck

SECRET = "s3cr3t"
TEXT = """# Nov. 3, 2020

AFP said [a](https://ann:s3cr3t@one.invalid/a "t"), [b](//ann:s3cr3t@two.invalid/b), HTTPS://ann:s3cr3t@three.invalid/c.
<ftp://ann:s3cr3t@four.invalid/d> [e](https:\\\\ann:s3cr3t@five.invalid\\e) [f](https:/ann:s3cr3t@six.invalid/f) and
[n](https:ann:s3cr3t@seven.invalid/) [g](https://ann:x@s3cr3t@eight.invalid/g) [h](postgres://ann:s3cr3t@nine.invalid/h)
[i](http://ten.invalid/?u=https://ann:s3cr3t@x.invalid/) [j](ttps://ann:s3cr3t@eleven.invalid/j) AFP said so again.
[k](https:///ann:s3cr3t@twelve.invalid/k) [l](https://ann:s3cr3t@thirteen.invalid 13/) [m](https://ann:s3cr3t@127.0.0.1/)
[o](https://ann:s3cr3t@one.invalid:99999/) ![p](https://ann:s3cr3t@one.invalid/p.png) [q](https://s3cr3t@one.invalid/q)
<a href="https://ann:s3cr3t@one.invalid/r">https://ann:s3cr3t@one.invalid/r</a>
<a href='//ann:s3cr3t@one.invalid/s'>s</a>

With reporting by AFP.
"""
NAMES = tuple(FORMATS)


@pytest.mark.parametrize("name", ["text.md", "text.txt", "text.html"])
def test_no_password_comes_out(name: str) -> None:
    Path("citecheck.toml").write_text("[fetch]\ncanaries = []\n[archive]\nlook_up = false\n")
    path = Path(name)
    path.write_text(TEXT if name != "text.html" else f"<article><h1>Tides</h1><p>{TEXT}</p></article>")
    written = [f"--write={each}=written.{each}" for each in NAMES]
    runs = [
        citecheck("audit", name, "--no-cache", "--out", "out", *written),
        citecheck("check", name, "--no-cache", *(each.replace("written.", "checked.") for each in written)),
        citecheck("check", name, "--no-cache", "--format", "terminal"),
        *(citecheck("extract", name, "--format", each) for each in ("json", "terminal")),
        citecheck("baseline", name, "--no-cache"),
    ]
    assert [run.returncode for run in runs] == [1, 1, 1, 0, 0, 0], [run.stderr for run in runs]
    assert not [run.args for run in runs if SECRET in run.stdout + run.stderr]
    files = [each for each in Path().rglob("*") if each.is_file() and each != path]
    assert len(files) >= 2 * len(NAMES)
    assert not [str(each) for each in files if SECRET.encode() in each.read_bytes()]


def test_a_listing_has_places_and_urls_without_their_passwords() -> None:
    Path("text.md").write_text(
        "[a](https://ann:s3cr3t@one.invalid/a) [b](//ann:s3cr3t@two.invalid/)\n<desk@three.invalid>\n"
    )
    run = citecheck("links", "text.md")
    assert run.stdout == (
        "text.md:1:5\thttps://***@one.invalid/a\n"
        "text.md:1:43\t//***@two.invalid/\n"
        "text.md:2:2\tmailto:desk@three.invalid\n"
    )
    Path("text.md").write_text(TEXT)
    run = citecheck("links", "text.md")
    assert "***@one.invalid" in run.stdout and "***@" in run.stderr
    assert SECRET not in run.stdout + run.stderr
