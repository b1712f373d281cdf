"""Pages in a real browser: axe-core finds no violation, nothing is wider than the screen, nothing runs or loads."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cases import DAY, ROOT, mesotherapy
from hostile import HOSTILE, hostile

from clinic_vetting import Verdict, load_clinic, to_badge, to_html, to_index, to_svg, vet

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install '.[browser]'")
axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed: pip install '.[browser]'")
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")
EXAMPLES = [load_clinic(path) for path in sorted((ROOT / "examples").glob("*.yaml"))]
SCREENS = [(width, scheme) for width in (320, 360, 1280) for scheme in ("light", "dark")]
LOOK = """() => ({
  wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  scripts: [...document.scripts].map(each => each.type),
  handlers: [...document.querySelectorAll('*')].flatMap(each => [...each.attributes])
    .filter(each => each.name.startsWith('on')).length,
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@cache
def verdicts() -> list[Verdict]:
    return [vet(each, mesotherapy(), as_of=DAY) for each in EXAMPLES]


@cache
def pages() -> dict[str, str]:
    """Give each page by name: of every example, of a dossier whose every text is hostile, and the index."""
    found = {each.clinic.id: to_html(each, back="index.html") for each in verdicts()}
    found["hostile"] = to_html(vet(hostile(" ".join(HOSTILE)[:190]), mesotherapy(), as_of=DAY))
    found["index"] = to_index(verdicts(), [f"{each.clinic.id}.html" for each in verdicts()])
    return found


def opened(browser: Any, page: Path, width: int, scheme: str) -> tuple[Any, list[str]]:
    """Open a file; give the tab, and a list that fills with all that it asks for, or complains of."""
    tab = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    heard: list[str] = []
    tab.on("request", lambda request: heard.append(request.url))
    tab.on("console", lambda message: heard.append(message.text))
    tab.on("dialog", lambda dialog: heard.append(dialog.message))
    tab.goto(page.as_uri())
    return tab, heard


@pytest.mark.parametrize("name", [*(each.id for each in EXAMPLES), "hostile", "index"])
def test_a_page_in_a_browser(name: str, browser: Any, tmp_path: Path) -> None:
    """At each width, light and dark: no violation, nothing wider than the screen, nothing run or fetched."""
    path = tmp_path / "page.html"
    path.write_text(pages()[name], encoding="utf-8")

    for width, scheme in SCREENS:
        tab, heard = opened(browser, path, width, scheme)
        tab.evaluate(axe.AXE_FILE_PATH.read_text(encoding="utf-8"))
        found = tab.evaluate("axe.run(document, {resultTypes: ['violations']})")
        told = [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]]
        assert (width, scheme, told) == (width, scheme, [])
        assert len(found["passes"]) > 20
        look = tab.evaluate(LOOK)
        kinds = [] if name == "index" else ["application/ld+json"]
        assert look == {"wide": False, "scripts": kinds, "handlers": 0}
        assert heard == [path.as_uri()]
        tab.context.close()


def test_text_from_right_to_left_turns_nothing_around_it(browser: Any, tmp_path: Path) -> None:
    """The name reads from the right; the score, the bar and the words beside a source stay where they are."""
    path = tmp_path / "page.html"
    path.write_text(to_html(vet(hostile("عيادة التجميل (1)"), mesotherapy(), as_of=DAY)), encoding="utf-8")
    tab, _ = opened(browser, path, 1280, "light")

    assert tab.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    assert tab.evaluate("getComputedStyle(document.querySelector('.score')).direction") == "ltr"
    order = (
        "(e => e.querySelector('b').getBoundingClientRect().left < e.querySelector('bdi').getBoundingClientRect().left)"
    )
    assert tab.evaluate(f"{order}(document.querySelector('.said li'))")
    tab.context.close()


def test_all_is_printed_though_a_reader_closed_a_part(browser: Any, tmp_path: Path) -> None:
    """On white, the contents left out."""
    path = tmp_path / "page.html"
    path.write_text(pages()["example-garden-clinic"], encoding="utf-8")
    tab, _ = opened(browser, path, 1280, "dark")
    tab.evaluate("document.querySelectorAll('details').forEach(each => { each.open = false })")
    tab.emulate_media(media="print")

    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert tab.evaluate("[...document.querySelectorAll('.findings')].every(each => each.checkVisibility())")
    assert not tab.is_visible(".contents")
    assert tab.pdf()[:5] == b"%PDF-"
    tab.context.close()


@pytest.mark.parametrize("text", HOSTILE)
def test_pictures_run_nothing(text: str, browser: Any, tmp_path: Path) -> None:
    """Opened alone, as whole documents, in which scripts would run."""
    verdict = vet(hostile(text), mesotherapy(), as_of=DAY)
    for name, picture in (("bar", to_svg(verdict)), ("badge", to_badge(verdict))):
        path = tmp_path / f"{name}.svg"
        path.write_text(picture, encoding="utf-8")
        tab, heard = opened(browser, path, 640, "light")
        assert heard == [path.as_uri()]
        assert tab.evaluate("document.querySelectorAll('script,foreignObject,a,image,parsererror').length") == 0
        assert tab.evaluate("document.documentElement.tagName") == "svg"
        tab.context.close()


def test_the_data_of_a_page_is_read_by_a_browser(browser: Any, tmp_path: Path) -> None:
    """As one block of JSON, hostile text and all."""
    path = tmp_path / "page.html"
    path.write_text(pages()["hostile"], encoding="utf-8")
    tab, _ = opened(browser, path, 360, "light")

    (data,) = tab.evaluate("[...document.scripts].map(each => each.textContent)")
    assert json.loads(data)["itemReviewed"]["@type"] == "MedicalBusiness"
    tab.context.close()
