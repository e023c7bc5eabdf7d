"""The CPU of `citecheck extract` on articles of 1 MB: `python -m tests.bench.bench_article [FOLDER] [KIND ...]`.

Prints, for each kind, the seconds of CPU (user and system, its start included; the least of three runs), the
sentences and the links. With a FOLDER that is not "-" the pages are kept there.
"""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import msgspec

SIZE_BYTES = 1_000_000
RUNS = 3

_TABLE = """\
place: Orra, Skerry, Vellmar, Lisbon, Nairobi, Odessa, Lima, Kyoto, Tromsø, Split, Riga, Cork
person: Ida Renn, Tomás Vela, Aino Marsh, Piotr Lisk, Grace Omondi, Yusuf Demir, Lena Brandt, Hugo Sorel
office: harbour master, transport ministry, city council, coast guard, river board, mayor’s office
outlet: Reuters, AFP, the BBC, TASS, Le Monde, The Guardian, Al Jazeera, dpa, the Associated Press, Der Spiegel
thing: ferry, bridge, grain terminal, sluice, railway yard, fishing fleet, tunnel, lighthouse, pipeline, dredger
did: closed, reopened, stood idle, was searched, changed hands, took on water, lost its licence, was sold
when: on Monday, before dawn, late on March 4, for the third week, at 6:30 p.m., in the autumn, since 2019
"""
_WORDS = {kind: words.split(", ") for kind, _, words in (line.partition(": ") for line in _TABLE.splitlines())}
_WHYS = (
    "after engineers had found a crack in the northern pier",
    "because nobody would insure it against ice",
    "while two governments argued over who should pay",
    "although the inspection of the spring had called it sound",
    "and some 4,200 people were asked to leave their homes",
    "to the relief of shopkeepers who had feared another winter of detours",
)
_OTHERS = (
    "“We were told nothing,” {person} said.",
    "The cost may rise to $3.5 million, according to the {office}.",
    "{person}, who has worked on the {thing} for twenty years, called it a matter of patience.",
    "Nobody was hurt.",
    "The {office} of {place} did not answer a request for comment.",
    "A spokesman for the {office} said that the {thing} would be looked at again {when}.",
    "It was the {count}th such day this year, and the third in which the {thing} {did}.",
)


def _sentence(random: Random, link: Callable[[str], str]) -> str:
    """A sentence; seven in twenty name an outlet, and most of those link to it."""
    word = {each: random.choice(words) for each, words in _WORDS.items()}
    kind = random.random()
    told = f"the {word['thing']} of {word['place']} {word['did']} {word['when']} {random.choice(_WHYS)}"
    if kind < 0.2:
        return f"{told[0].upper()}{told[1:]}, {link(word['outlet'] + ' reported')}."
    if kind < 0.3:
        return f"According to {link(word['outlet'])}, {told}."
    if kind < 0.35:
        return f"{word['person']} of the {word['office']} told {word['outlet']} that {told}."
    if kind < 0.7:
        return f"{told[0].upper()}{told[1:]}."
    return random.choice(_OTHERS).format(count=random.randrange(20, 99), **word)


def _paragraphs(written: Callable[[str, str], str], *, links: bool = True) -> Iterator[str]:
    random = Random(7)  # the same pages in every run
    number = 0

    def link(words: str) -> str:
        nonlocal number
        number += 1
        return written(words, f"https://news-{number % 211}.example/2031/03/{number}-the-harbour.html?a=1&b={number}")

    while True:
        count = random.randrange(2, 6)
        yield " ".join(_sentence(random, link if links else str) for _ in range(count))


def _in_html(words: str, url: str) -> str:
    return f'<a href="{url.replace("&", "&amp;")}">{words}</a>'


def _in_markdown(words: str, url: str) -> str:
    return f"[{words}]({url})"


def _filled(paragraphs: Iterator[str], form: str = "<p>{}</p>\n") -> str:
    parts: list[str] = []
    size = 0
    while size < SIZE_BYTES:
        parts.append(form.format(next(paragraphs)))
        size += len(parts[-1].encode())
    return "".join(parts)


def _page(body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><title>The long strike</title></head>'
        f"<body><article><h1>The long strike</h1>\n{body}</article></body></html>"
    )


def _prose() -> str:
    return _page(_filled(_paragraphs(_in_html, links=False)))


def _linked() -> str:
    return _page(_filled(_paragraphs(_in_html)))


def _repeated() -> str:
    said = (
        '<p>The river rose again on Tuesday, <a href="https://wire.example/{0}">Reuters reported</a>. According to'
        " the BBC, two bridges were closed. “It has never been so high,” said Ida Renn, a spokeswoman for the council."
        "</p>\n"
    )
    return _page("".join(said.format(number) for number in range(SIZE_BYTES // len(said))))


def _short() -> str:
    """A sentence a paragraph, each with a link to an outlet that no registry has."""
    said = (
        '<p>The ferry stood idle on Monday, <a href="https://wire.example/{0}">the Skerry Observer reported</a>.</p>\n'
    )
    return _page("".join(said.format(number) for number in range(SIZE_BYTES // len(said))))


def _dense() -> str:
    """As many elements as words of a paragraph bear."""
    said = (
        '<p class="x">The board said on Friday it had <a href="https://wire{0}.example/{0}">put off</a> its vote on the'
        " <em>old</em> lock, AFP reported. <span>Boats</span> wait above &amp; below the town.</p>\n"
    )
    return _page("".join(said.format(number) for number in range(SIZE_BYTES // len(said))))


def _wrapped() -> str:
    """As content systems write it: classes, spans and emphasis round the words."""
    form = '<div class="c-body c-body--text"><p class="c-p" data-id="x1">{}</p></div>\n'
    link = '<span class="link"><a class="link" target="_blank" rel="noopener" href="{}"><em>{}</em></a></span>'
    return _page(_filled(_paragraphs(lambda words, url: link.format(url.replace("&", "&amp;"), words)), form))


def _live() -> str:
    paragraphs = _paragraphs(_in_html)
    random = Random(7)

    def entries() -> Iterator[str]:
        for number in range(10_000):
            time = f'<time datetime="2031-03-{28 - number // 60 % 28:02}T{23 - number % 24:02}:15:00+00:00">'
            place, thing, did = (random.choice(_WORDS[each]) for each in ("place", "thing", "did"))
            head = f"<h2>{place}: the {thing} {did}</h2>"
            said = "".join(f"<p>{next(paragraphs)}</p>\n" for _ in range(2))
            yield f"<article>{time}{23 - number % 24:02}:15</time>\n{head}\n{said}</article>\n"

    return _page(_filled(entries(), "{}"))


def _dated() -> str:
    paragraphs = _paragraphs(_in_html)

    def days() -> Iterator[str]:
        for number in range(10_000):
            said = "".join(f"<p>{next(paragraphs)}</p>\n" for _ in range(12))
            yield f"<h2>March {28 - number % 28}, 2031</h2>\n{said}<p>With reporting by Reuters, AFP and TASS.</p>\n"

    return _page(_filled(days(), "{}"))


def _text() -> str:
    return _filled(_paragraphs(lambda words, url: words), "{}\n\n")


def _text_urls() -> str:
    return _filled(_paragraphs(lambda words, url: f"{words} ({url})"), "{}\n\n")


def _markdown() -> str:
    return "# The long strike\n\n" + _filled(_paragraphs(_in_markdown), "{}\n\n")


KINDS: dict[str, Callable[[], str]] = {
    "prose.html": _prose,
    "linked.html": _linked,
    "repeated.html": _repeated,
    "short.html": _short,
    "dense.html": _dense,
    "wrapped.html": _wrapped,
    "live.html": _live,
    "dated.html": _dated,
    "prose.txt": _text,
    "urls.txt": _text_urls,
    "linked.md": _markdown,
}


def cpu_s(path: Path) -> tuple[float, int, int]:
    """The CPU of one run, and the sentences and links that it found."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(
        [sys.executable, "-m", "citecheck", "extract", "--format", "json", str(path)], check=True, capture_output=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = msgspec.json.decode(ran.stdout)["documents"][0]
    claims = sum(len(each["claims"]) for each in found["updates"])
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, claims, len(found["links"])


def _main(folder: str = "-", *kinds: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch if folder == "-" else folder)
        home.mkdir(parents=True, exist_ok=True)
        for name in kinds or KINDS:
            path = home / name
            path.write_text(KINDS[name](), encoding="utf-8")
            runs = [cpu_s(path) for _ in range(RUNS)]
            print(f"{min(runs)[0]:6.2f} s  {runs[0][1]:6} sentences {runs[0][2]:6} links  {name}")


if __name__ == "__main__":
    _main(*sys.argv[1:])
