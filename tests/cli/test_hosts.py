"""What is set for hosts and proxies, from the command line to the report, and that no secret comes out of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_cli import citecheck
from tests.fetcher.proxy import Proxy
from tests.web import Web
from tests.web.rows import Behaviour, Tls, reply

SITES = (
    Behaviour("open", reply(200), "", ""),
    Behaviour("shy", reply(403), "", ""),
    Behaviour("own", reply(200), "", "", tls=Tls.SELF_SIGNED),
)
TEXT = "See [one](http://open.example/a), [two](http://shy.example/a) and [three](https://own.example/a).\n"


@pytest.fixture
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    Path("text.md").write_text(TEXT)
    with Web(tmp_path_factory.mktemp("sites"), SITES) as served:
        yield served


def reported(*arguments: str) -> dict[str, Any]:
    run = citecheck("check", "text.md", "--no-cache", "--format", "json", *arguments)
    assert run.returncode in (0, 1, 4), run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_a_hosts_table_reaches_the_report(sites: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("citecheck.toml").write_text(
        "[hosts.'*.example']\naccept = [403]\nbearer = 'env:DESK_TOKEN'\n[hosts.'own.example']\ninsecure_tls = true\n"
    )
    ways = [f"--connect-to={rule}" for rule in sites.connect_to]
    run = citecheck("check", "text.md", *ways)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "citecheck: `hosts.*.example.bearer`: the variable DESK_TOKEN is not set\n"
    monkeypatch.setenv("DESK_TOKEN", "t0ken")
    report = reported("--allow-private", "--user-agent", "Desk/1", *ways)
    assert [(each["url"], each["status"], each["signals"]) for each in report["targets"]] == [
        ("http://open.example/a", "alive", []),
        ("http://shy.example/a", "alive", ["the server answers 403, which the settings count as alive for this host"]),
        ("https://own.example/a", "alive", ["the certificate of own.example was not checked"]),
    ]
    told = {each["target"]: each["message"] for each in report["findings"] if each["rule"] == "insecure-link"}
    assert told["https://own.example/a"].startswith("opened without a look at the server's certificate")
    [(_, head)] = sites.requests["open.example"]
    assert b"Authorization: Bearer t0ken\r\n" in head and b"User-Agent: Desk/1\r\n" in head
    assert "t0ken" not in json.dumps(report)


def test_robots_txt_is_asked_for_on_request(sites: Web) -> None:
    ways = ("--allow-private", *(f"--connect-to={rule}" for rule in sites.connect_to))
    for options, paths in (((), [b"/a"]), (("--robots",), [b"/robots.txt", b"/a"])):
        sites.requests.clear()
        assert reported(*ways, *options)["targets"][0]["status"] == "alive"
        assert [head.split()[1] for _, head in sites.requests["open.example"]] == paths


def test_a_proxy_is_named_in_the_report_without_its_password(sites: Web) -> None:
    # Only the proxy knows the names; here nobody may be there to say so.
    Path("citecheck.toml").write_text("[fetch]\nconnect_timeout_s = 0.3\ncanaries = []\nsecond_look_after_s = 0\n")
    names = {rule.split(":")[0]: (rule.split(":")[2], int(rule.split(":")[3])) for rule in sites.connect_to}
    with Proxy(names, login="ann:sesame") as proxy:
        through = f"http://ann:sesame@127.0.0.1:{proxy.port}"
        report = reported("--proxy", through)
        assert [each["status"] for each in report["targets"]] == ["alive", "blocked", "failing"]
        assert report["notes"] == [f"Links were asked for through the proxy {proxy.url} (fetch.proxy)."]
        assert len(proxy.asked) == 4  # three links, and a second look at the one that fails
        settings = citecheck("settings", "--proxy", through)
        assert f'fetch.proxy = "{proxy.url}"' in settings.stdout
        run = citecheck("audit", "text.md", "--proxy", through, "--out", "kept")
        assert run.returncode == 0, run.stderr
    everything = [settings.stdout, run.stdout, run.stderr, json.dumps(report)]
    assert not [text for text in everything if "sesame" in text]
    assert not [path.name for path in Path("kept").rglob("*") if b"sesame" in path.read_bytes()]
    dead = reported("--proxy", through)
    assert [each["status"] for each in dead["targets"]] == ["unchecked"] * 3
    assert dead["notes"][1] == (
        "3 links were not checked: the proxy does not work, so this machine seems to have no network. Nothing was "
        "called dead; run it again when the network is back."
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--user-agent", "a\r\nX: b"), "command line: `fetch`: `user_agent` must be printable ASCII on one line"),
        (
            ("--proxy", "gopher://ann:sesame@one"),
            "`fetch.proxy`: no proxy can be read from it; write http://HOST:PORT, or with https, socks4a or socks5h",
        ),
    ],
)
def test_what_cannot_be_used_is_one_clear_line(sites: Web, arguments: tuple[str, ...], said: str) -> None:
    run = citecheck("check", "text.md", *arguments)
    assert (run.returncode, run.stdout, run.stderr) == (2, "", f"citecheck: {said}\n")
