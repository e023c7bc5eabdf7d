import subprocess
import sys


def test_the_reporter_loads_neither_rich_nor_jinja_before_they_are_needed() -> None:
    code = "import sys, citecheck.reporter; print(sorted({'rich', 'jinja2'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
