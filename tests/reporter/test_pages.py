"""Every page in a real browser: nothing runs that should not, nothing overflows, keys reach all, axe finds nothing."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from msgspec.structs import replace

from citecheck import reporter
from tests.bench.bench_report import audit_of
from tests.reporter import browser as browsing
from tests.reporter.browser import opened
from tests.reporter.hostility import hostile

pytestmark = pytest.mark.skipif(browsing.CHROMIUM is None, reason="there is no Chromium")
EXAMPLE = Path(__file__).parents[2] / "reports" / "example" / "report.json"
MANY = 510
"""Texts of the large audit: more than are plain HTML."""
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsing.chromium() as made:
        yield made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports: `one` text, a `few`, `many`, and hostile ones, each in its folder."""
    made = tmp_path_factory.mktemp("pages")
    one = reporter.load(EXAMPLE)
    reporter.write(one, "html", made / "one" / "index.html")
    few = audit_of(3, 6)
    reporter.write(reporter.with_findings(few, {}), "html", made / "few" / "index.html")
    many = audit_of(MANY, 2)
    bare = tuple(replace(each, updates=each.updates[:1]) for each in many.documents)
    reporter.write(reporter.with_findings(replace(many, documents=bare), {}), "html", made / "many" / "index.html")
    bad = hostile(one)
    reporter.write(bad, "html", made / "hostile" / "index.html")
    second = replace(bad.documents[0], source="b <img src=x onerror=alert(9)>.txt")
    both = reporter.with_findings(replace(bad, documents=(bad.documents[0], second)), {})
    reporter.write(both, "html", made / "hostiles" / "index.html")
    return made


def pages(folder: Path) -> list[Path]:
    """Every page, but of the pages that an index leads to the first alone."""
    found = sorted(folder.rglob("*.html"))
    return [page for page in found if not page.parent.name.endswith("-texts") or page.name.startswith("0001-")]


def test_no_page_is_wider_than_its_window_or_does_what_it_should_not(browser: Any, folder: Path) -> None:
    for path in pages(folder):
        with opened(browser, path) as page:
            for width in (360, 1280, 2560):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert page.locator("h1").count() == 1
            assert page.evaluate("window.hurt") is None


def test_without_scripts_no_finding_of_the_first_500_is_lost(browser: Any, folder: Path) -> None:
    audit = reporter.load(EXAMPLE)
    with opened(browser, folder / "one" / "index.html", scripts=False) as page:
        text = " ".join(page.locator("#todo").locator("..").inner_text().lower().split())
    for finding in audit.findings:
        words = finding.message.partition("; ")[0].partition(": “")[0]
        assert " ".join(words.lower().split()) in text, finding
    with opened(browser, folder / "many" / "index.html", scripts=False) as page:
        assert page.locator("#texts-table").locator("xpath=../..").locator("tbody tr").count() >= 500


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["one/index.html", "few/index.html", "few/index-texts/0001-story-0.html"])
def test_axe_finds_no_violation(browser: Any, folder: Path, axe: str, name: str, scheme: Scheme) -> None:
    with opened(browser, folder / name, scheme=scheme) as page:
        page.evaluate(axe)
        violations = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations)")
    assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == []


def test_the_keyboard_reaches_everything_that_can_be_followed(browser: Any, folder: Path) -> None:
    with opened(browser, folder / "one" / "index.html") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        wanted = page.locator("a[href], button, summary, input, select, [tabindex='0']").count()
        reached = page.evaluate("""() => {
            const all = [...document.querySelectorAll("a[href], button, summary, input, select, [tabindex='0']")];
            return all.filter((each) => { each.focus(); return document.activeElement === each; }).length;
        }""")
        assert reached == wanted > 100
        page.locator("a.ref").first.focus()
        assert page.locator(".s", has=page.locator("a.ref:focus")).locator(".tip").is_visible()


def test_findings_and_text_lead_to_each_other(browser: Any, folder: Path) -> None:
    with opened(browser, folder / "one" / "index.html") as page:
        there = page.locator(".actions a[href^='#c']").first.get_attribute("href")
        note = page.locator(f"{there} a.ref").get_attribute("href")
        back = page.locator(f"{note} a.todo").first.get_attribute("href")
        assert page.locator(f"{back} a[href='{there}']").count() == 1


def test_on_a_narrow_screen_the_notes_stand_below_the_text(browser: Any, folder: Path) -> None:
    def places(width: int) -> tuple[float, float, float, float]:
        with opened(browser, folder / "one" / "index.html", width=width) as page:
            section = page.locator("#day-2 .annotated").first
            text, notes = section.locator(".para").last.bounding_box(), section.locator(".notes").first.bounding_box()
        assert text and notes
        return text["x"], text["y"], notes["x"], notes["y"]

    text_x, text_y, notes_x, notes_y = places(1280)
    assert notes_x > text_x + 300 and notes_y < text_y
    text_x, text_y, notes_x, notes_y = places(360)
    assert notes_x < text_x + 100 and notes_y > text_y


def test_many_texts_can_be_searched_sorted_and_paged(browser: Any, folder: Path) -> None:
    with opened(browser, folder / "many" / "index.html") as page:
        links = page.locator("section.rows", has=page.locator("#links-table"))
        assert links.locator("output").inner_text() == "1 to 100 of 1,020"
        links.get_by_role("button", name="Further").click()
        assert links.locator("output").inner_text() == "101 to 200 of 1,020"
        links.get_by_role("searchbox").fill("story-507-of")
        assert links.locator("output").inner_text() == "1 to 2 of 2"
        links.get_by_role("searchbox").fill("no such thing")
        assert links.locator("output").inner_text() == "nothing found"
        links.get_by_role("searchbox").fill("")
        links.get_by_role("combobox").select_option("dead")
        assert links.locator("tbody tr").count() > 10
        assert set(links.locator("tbody td.status").all_inner_texts()) == {"dead"}
        texts = page.locator("section.rows", has=page.locator("#texts-table"))
        texts.get_by_role("button", name="Text", exact=True).click()
        assert texts.locator("th").first.get_attribute("aria-sort") == "ascending"
        href = texts.locator("tbody a").first.get_attribute("href")
        assert href and (folder / "many" / href).exists()


def test_a_credit_line_is_copied_at_a_click(browser: Any, folder: Path) -> None:
    with opened(browser, folder / "one" / "index.html") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        repair = page.locator(".repair").first
        repair.get_by_role("button", name="Copy").click()
        repair.get_by_role("button", name="Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == repair.locator("code").inner_text()


def test_it_prints_with_its_notes_and_without_its_controls(browser: Any, folder: Path, tmp_path: Path) -> None:
    with opened(browser, folder / "one" / "index.html") as page:
        page.emulate_media(media="print")
        assert not page.locator(".ways").is_visible() and page.locator(".notes").first.is_visible()
        page.pdf(path=str(tmp_path / "a.pdf"), format="A4")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core: CITECHECK_AXE names it, else npm fetches it."""
    named = os.environ.get("CITECHECK_AXE")
    if named:
        return Path(named).read_text(encoding="utf-8")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("there is no npm to fetch axe-core with")
    folder = tmp_path_factory.mktemp("axe")
    run = subprocess.run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), "axe-core@4"],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    if run.returncode:
        pytest.skip(f"npm could not fetch axe-core: {run.stderr.strip()[:200]}")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def test_the_tip_of_a_hostile_audit_is_text(browser: Any, folder: Path) -> None:
    with opened(browser, folder / "hostile" / "index.html") as page:
        assert page.locator("img, iframe, object, form").count() == 0
        hrefs = page.evaluate("[...document.querySelectorAll('a')].map((each) => each.getAttribute('href'))")
    assert [href for href in hrefs if not href.startswith(("http://", "https://", "mailto:", "#"))] == []
