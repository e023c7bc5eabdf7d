"""What beautifulsoup4 brings and no page needs is not loaded, and there when somebody asks."""

import subprocess
import sys

READ = """
import sys
from citecheck.extractor.readers import reader_of
reader_of("text/html")(b"<p class=a>The pier is closed.</p>")
"""


def said(code: str) -> list[str]:
    ran = subprocess.run([sys.executable, "-c", READ + code], check=True, capture_output=True, text=True)
    return ran.stdout.splitlines()


def test_a_page_is_read_without_them() -> None:
    assert said("print([name for name in sys.modules if name.startswith(('soupsieve.', 'charset_normalizer.'))])") == [
        "[]"
    ]


def test_they_are_whole_for_whoever_asks() -> None:
    found = said(
        "import bs4, soupsieve, charset_normalizer\n"
        "from importlib.util import find_spec\n"
        "from charset_normalizer import __version__\n"
        "print(bs4.BeautifulSoup('<p class=a>x', 'html.parser').select('p.a'), find_spec('soupsieve').name)\n"
        "print(soupsieve is not sys.modules['soupsieve'], soupsieve.compile is sys.modules['soupsieve'].compile)\n"
        "print(charset_normalizer.__version__ == __version__, charset_normalizer.from_bytes(b'pier').best())\n"
        "from soupsieve.util import lower; print(lower('A'))\n"
    )
    assert found == ['[<p class="a">x</p>] soupsieve', "True True", "True pier", "a"]


def test_what_is_loaded_or_missing_stays_so() -> None:
    found = said(
        "import json; from citecheck.extractor.readers.postponed import postpone\n"
        "postpone('json', 'no_such_module_at_all')\n"
        "print(sys.modules['json'] is json, 'no_such_module_at_all' in sys.modules)"
    )
    assert found == ["True False"]
