"""The public library: its names, and that importing it costs next to nothing."""

import subprocess
import sys

import citecheck


def test_public_names_are_these_and_each_is_there() -> None:
    assert sorted(citecheck.__all__) == sorted(
        [
            *("audit", "check", "extract", "read", "render"),
            *("Audit", "Document", "Finding", "Settings", "Source", "Status", "Verdict", "Visit"),
            "__version__",
        ]
    )
    for name in citecheck.__all__:
        assert getattr(citecheck, name) is not None


def test_audit_stays_the_verb_when_its_module_is_imported() -> None:
    code = (
        "import citecheck.audit, citecheck\n"
        "from citecheck.audit import plan\n"
        "print(citecheck.audit.__name__, callable(citecheck.audit))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "audit True\n"


def test_help_imports_click_and_none_of_the_rooms() -> None:
    code = (
        "import sys\n"
        "import citecheck.__main__\n"
        "from citecheck.cli.commands import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "heavy = {'msgspec', 'pycurl', 'requests', 'bs4', 'rich', 'jinja2', 'selectolax', 'sentencex', 'isal'}\n"
        "print(sorted(name for name in sys.modules if name in heavy or name.startswith('citecheck.')))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == str(
        ["citecheck.__main__", "citecheck.cli", "citecheck.cli.commands", "citecheck.errors", "citecheck.version"]
    )
