"""The wheel, built and installed alone: what users get. Slow and in need of a package index; `make package` runs it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.packaging


def run(*arguments: str | Path, expect: int = 0) -> str:
    ended = subprocess.run([*map(str, arguments)], capture_output=True, text=True)
    assert ended.returncode == expect, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An sdist, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT)
    return folder


@pytest.fixture(scope="module")
def image(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Dockerfile's own build steps, run in a folder instead of an image, on a copy of what it copies."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    source, target = tmp_path_factory.mktemp("src"), tmp_path_factory.mktemp("opt") / "citecheck"
    [sdist] = dist.glob("*.tar.gz")
    run("tar", "xzf", sdist, "--strip-components=1", "-C", source)
    copied = [word for line in re.findall(r"^COPY (?!--)(.*) \S+$", text, re.MULTILINE) for word in line.split()]
    assert all((source / name).exists() for name in copied), copied
    steps = re.findall(r"^RUN (python .*)$", text, re.MULTILINE)
    assert len(steps) == 1
    script = steps[0].replace("/opt/citecheck", str(target)).replace("python -m venv", f"{sys.executable} -m venv")
    subprocess.run(["sh", "-e", "-c", script], cwd=source, check=True, capture_output=True)
    return target / "bin"


def test_the_base_install_has_no_extra_and_does_the_main_jobs(image: Path) -> None:
    installed = {each["name"].lower() for each in json.loads(run(image / "pip", "list", "--format", "json"))}
    assert not installed & {"pypdfium2", "psycopg", "pytest", "mypy", "warcio"}
    citecheck = image / "citecheck"
    assert "Commands:" in run(citecheck, "--help")
    assert run(citecheck, "--version").startswith("citecheck ")
    Path("a.md").write_text("# Nov. 3, 2020\n\nThe quay reopened, AFP reported in [a note](https://quay.example/a).\n")
    assert "1 unchecked" in run(citecheck, "check", "--offline", "a.md")
    assert "1 unchecked" in run(citecheck, "audit", "--offline", "a.md", "--out", "out")
    assert {"index.html", "report.json", "links.csv"} <= {each.name for each in Path("out").iterdir()}
    assert "# dead-link: " in run(citecheck, "explain", "dead-link")
    run(citecheck, "init")
    shown = run(citecheck, "settings", "--strict").splitlines()
    assert [line.split() for line in shown if line.startswith("strict")] == [
        ["strict", "=", "true", "#", "command", "line"]
    ]
    assert "report: " in run(citecheck, "demo", "--out", "demo")


def test_the_wheel_has_the_package_and_nothing_else(dist: Path) -> None:
    [wheel] = dist.glob("*.whl")
    names = run(sys.executable, "-m", "zipfile", "--list", wheel).split("\n")[1:]
    tops = {name.split("/")[0].split(" ")[0] for name in names if name.strip()}
    assert {re.sub(r"-.*dist-info", "-dist-info", name) for name in tops} == {"citecheck", "citecheck-dist-info"}
