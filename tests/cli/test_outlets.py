from pathlib import Path

import pytest
from click.testing import CliRunner

from citecheck.cli.commands import main


def outlets(*args: str) -> tuple[int, str]:
    run = CliRunner().invoke(main, ["outlets", *args])
    return run.exit_code, run.output


EURASIANET = (
    "  Eurasianet (site, US, private)\n  also: Eurasianet.org\n  domains: eurasianet.org\n  accounts: @EurasiaNet\n"
)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("https://eurasianet.org/a-story", "https://eurasianet.org/a-story: Eurasianet, by its address\n"),
        (
            "https://twitter.com/EurasiaNet/status/1",
            "https://twitter.com/EurasiaNet/status/1: Eurasianet, by its address\n",
        ),
        ("@eurasianet", "@eurasianet: Eurasianet, by its account\n"),
        ("Eurasianet", "Eurasianet: Eurasianet, by name\n"),
        ("eurasianet.org", "eurasianet.org: Eurasianet, by its address\n"),
    ],
)
def test_a_match_is_explained_with_its_row(what: str, said: str) -> None:
    assert outlets(what) == (0, said + EURASIANET)


def test_a_name_that_several_bear_gives_all_of_them_and_the_condition() -> None:
    code, said = outlets("the Globe")
    heads = [line for line in said.splitlines() if not line.startswith(" ")]
    assert code == 0
    assert heads == [
        "the Globe: The Boston Globe, by name; needs a cue beside it or the full name earlier",
        "the Globe: The Globe and Mail, by name; needs a cue beside it or the full name earlier",
    ]


def test_an_unknown_name_exits_3_and_tells_the_nearest() -> None:
    assert outlets("Eurasiannet") == (
        3,
        "Eurasiannet: no outlet that is known; the nearest name is Eurasianet\n"
        'Add yours in a file named in citecheck.toml: outlets = ["our-outlets.toml"]\n',
    )


def test_without_a_name_all_are_listed_and_own_ones_among_them(tmp_path: Path) -> None:
    mine = tmp_path / "ours.toml"
    mine.write_text('[[outlet]]\nname = "The Aardvark Quay"\nkind = "newspaper"\n', encoding="utf-8")
    settings = tmp_path / "citecheck.toml"
    settings.write_text(f'outlets = ["{mine.as_posix()}"]\n', encoding="utf-8")
    code, said = outlets("-c", str(settings))
    assert code == 0
    assert "The Aardvark Quay (newspaper, unknown)" in said.splitlines()
    assert len(said.splitlines()) > 500
