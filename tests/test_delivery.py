"""What CI systems and others take from the repository: hooks, the action's steps, the image's steps."""

import os
import re
import resource
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION = ROOT / ".github" / "actions" / "check"


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture
def path_with_citecheck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`citecheck` on PATH is the one under test."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "citecheck"
    script.write_text(f'#!/bin/sh\nexec {sys.executable} -m citecheck "$@"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("path_with_citecheck")
def test_the_offline_hook_checks_300_files_and_fails_on_what_cannot_be_requested() -> None:
    offline, online = read(ROOT / ".pre-commit-hooks.yaml")
    assert (offline["id"], online["id"]) == ("citecheck-offline", "citecheck")
    assert "--offline" in offline["entry"] and "--offline" not in online["entry"]
    assert all(each["require_serial"] and each["language"] == "python" for each in (offline, online))
    names = [f"{number:03}.md" for number in range(300)]
    for name in names:
        Path(name).write_text("# A\n\n" + "See [a page](https://quay.example/a).\n\n" * 5)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run([*offline["entry"].split(), *names], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # What it takes of a processor: 0.35 s on two quiet cores; how long it waits for one is not its doing.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1.0
    assert (run.returncode, run.stdout) == (0, "1 link in 1,500 places: 1 unchecked; no findings\n")
    Path("007.md").write_text("See [a page](https//quay.example/a) and [b](http://quay.example:8O/).\n")
    run = subprocess.run([*offline["entry"].split(), "007.md"], capture_output=True, text=True)
    assert run.returncode == 1
    assert "007.md:1:" in run.stdout and "error[invalid-url]" in run.stdout
    Path("none.md").write_text("No link.\n")
    assert subprocess.run([*offline["entry"].split(), "none.md"], capture_output=True).returncode == 0


def action_environment(**inputs: str) -> dict[str, str]:
    """The environment that the action's check step gives its script, made of its own `env` and the defaults."""
    action = read(ACTION / "action.yml")
    (step,) = [each for each in action["runs"]["steps"] if each.get("id") == "check"]
    assert step["run"] == '"$GITHUB_ACTION_PATH/check.sh"'
    given = {name: each["default"] for name, each in action["inputs"].items()} | inputs
    values = {f"inputs.{name}": value for name, value in given.items()} | {"runner.temp": str(Path.cwd() / "temp")}
    return {
        name: re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: values[match[1]], text)
        for name, text in step["env"].items()
    }


def run_action(**inputs: str) -> subprocess.CompletedProcess[str]:
    Path("temp").mkdir(exist_ok=True)
    github = {"GITHUB_OUTPUT": "output", "GITHUB_STEP_SUMMARY": "summary.md", "GITHUB_ACTION_PATH": str(ACTION)}
    return subprocess.run(
        ["bash", "-e", "-c", '"$GITHUB_ACTION_PATH/check.sh"'],
        env={**os.environ, **github, **action_environment(**inputs)},
        capture_output=True,
        text=True,
    )


@pytest.mark.usefixtures("path_with_citecheck")
def test_the_actions_steps_annotate_and_summarise() -> None:
    Path("docs").mkdir()
    Path("docs/a b,c.md").write_text("See [100%|@team](http://quay.example:8O/) now.\n")
    Path("summary.md").write_text("Before.\n")
    run = run_action(sources="docs\n", options="--offline\n")
    assert run.returncode == 1, run.stderr
    assert run.stdout == (
        "::error file=docs/a b%2Cc.md,line=1,col=18,endColumn=41,title=invalid-url::"
        "cannot be requested as written: not a well-formed URL; correct the URL <http://quay.example:8O/>\n"
        "citecheck: 1 link in 1 place: 1 invalid; 1 error\n"
    )
    sarif = Path.cwd() / "temp" / "citecheck.sarif"
    assert Path("output").read_text() == f"exit-code=1\nsarif={sarif}\n"
    assert '"ruleId": "invalid-url"' in sarif.read_text()
    summary = Path("summary.md").read_text()
    assert summary.startswith("Before.\n## 1 of 1 link leads nowhere.\n")
    assert summary.endswith("1 link in 1 place: 1 invalid; 1 error\n")


@pytest.mark.usefixtures("path_with_citecheck")
def test_no_input_of_the_action_is_evaluated() -> None:
    Path("a.md").write_text("No link.\n")
    run = run_action(sources="$(touch evaluated).md\n`touch evaluated`\na.md; touch evaluated", options="--offline")
    assert run.returncode == 2
    assert "$(touch evaluated).md: there is no such file or folder" in run.stderr
    run = run_action(sources="--out=evaluated\n-c", options="--offline")
    assert run.returncode == 2 and "no such file or folder" in run.stderr
    assert not Path("evaluated").exists()


def test_the_action_gives_inputs_to_shells_by_environment_only() -> None:
    for step in read(ACTION / "action.yml")["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert "eval" not in step.get("run", "")
    assert not re.search(r"\beval\s", (ACTION / "check.sh").read_text())


def test_the_recipes_of_the_readme_are_what_they_say_they_are() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    recipes = {block.split("\n")[0]: block for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)}
    workflow, gitlab, hooks = (
        yaml.safe_load(recipes[name])
        for name in ("# .github/workflows/links.yml", "# .gitlab-ci.yml", "# .pre-commit-config.yaml")
    )
    inputs = read(ACTION / "action.yml")["inputs"]
    assert workflow["jobs"]["links"]["steps"][-1]["with"].keys() <= inputs.keys()
    assert gitlab["links"]["artifacts"]["reports"] == {"junit": "junit.xml", "codequality": "quality.json"}
    known = {each["id"] for each in read(ROOT / ".pre-commit-hooks.yaml")}
    assert {each["id"] for each in hooks["repos"][0]["hooks"]} == known
    for block in re.findall(r"```toml\n(.*?)```", text, re.DOTALL):
        tomllib.loads(block)


def test_the_image_is_linted_slim_and_runs_as_nobody_in_particular() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    hadolint = shutil.which("hadolint", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert hadolint, "hadolint comes with the dev dependencies"
    run = subprocess.run([hadolint, str(ROOT / "Dockerfile")], capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, "")
    _, build, final = text.split("\nFROM ")
    assert "-slim AS build" in build and "-slim\n" in final
    assert final.index("USER 10001") < final.index('ENTRYPOINT ["citecheck"]')
    assert "VOLUME /store" in final and "XDG_CACHE_HOME=/store" in final
