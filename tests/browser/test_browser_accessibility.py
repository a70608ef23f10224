"""axe-core finds nothing serious in what is ours, in light and in dark."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_lesson import LESSON, STATIONS, every_step, expect_revealed, expect_waiting
from browser_screen import Screen
from conftest import NewScreen
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("scheme", ["light", "dark"])]
GRAVE = ("serious", "critical")
STREAMLITS_OWN: dict[str, tuple[str, ...]] = {}

Note = Callable[[str, object], None]


def check(screen: Screen, where: str, note: Note) -> None:
    """Fail for what is ours; note apart what lies in Streamlit's own widgets."""
    found = Axe().run(screen.page, options={"resultTypes": ["violations"]}).response["violations"]
    ours = []
    for rule in found:
        if rule["impact"] in GRAVE:
            for node in rule["nodes"]:
                finding = f"{where}: {rule['id']} ({rule['impact']}) {node['target']} {node['html'][:160]}"
                if is_streamlits_own(screen, rule["id"], node):
                    note("axe", finding)
                else:
                    ours.append(finding)
    assert not ours, "\n".join(ours)


def is_streamlits_own(screen: Screen, rule: str, node: dict[str, Any]) -> bool:
    return any(
        screen.page.locator(node["target"][0]).first.evaluate(
            "(element, selector) => element.matches(selector)", selector
        )
        for selector in STREAMLITS_OWN.get(rule, ())
    )


@pytest.fixture
def coloured(new_screen: NewScreen, scheme: str) -> Screen:
    return new_screen(color_scheme=scheme)


def test_home(coloured: Screen, record_property: Note) -> None:
    coloured.open("/")
    expect(coloured.page.locator(".js-plotly-plot")).to_be_visible()
    check(coloured, "home", record_property)


def test_the_progress_page(coloured: Screen, record_property: Note) -> None:
    coloured.open("/progress")
    check(coloured, "progress", record_property)


@pytest.mark.parametrize("slug", [step.slug for step in LESSON.steps])
def test_a_step(coloured: Screen, slug: str, record_property: Note) -> None:
    step = LESSON.step(slug)
    coloured.open_step(slug)
    expect_waiting(coloured)
    check(coloured, f"{slug}, before", record_property)
    coloured.press("skip")
    expect_revealed(coloured, step)
    check(coloured, f"{slug}, after", record_property)


def test_the_quiz(coloured: Screen, record_property: Note) -> None:
    coloured.open_step("quiz")
    check(coloured, "quiz", record_property)
    coloured.choose("quiz", 0)
    coloured.press("check")
    check(coloured, "quiz, checked", record_property)
