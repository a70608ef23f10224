"""axe-core finds nothing serious in what is ours, in light and in dark."""

import warnings
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_lesson import LESSON, expect_revealed, expect_waiting
from browser_screen import Screen
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("scheme", ["light", "dark"])]

GRAVE = ("serious", "critical")
# What Streamlit draws and offers no option for, by rule.
STREAMLITS_OWN = {
    # st.code colours words from a fixed palette; the theme reaches the plain text only.
    "color-contrast": "[data-testid=stCode] .token",
    # st.code of a fixed height scrolls in an element that does not take the focus.
    "scrollable-region-focusable": "[data-testid=stCode] pre",
}
_STILL = """
() => Promise.all(
  document.getAnimations()
    .filter(animation => animation.effect.getComputedTiming().endTime !== Infinity)
    .map(animation => animation.finished.catch(() => null))
)
"""


@pytest.fixture
def coloured(screen: Screen, scheme: Literal["light", "dark"]) -> Screen:
    screen.page.emulate_media(color_scheme=scheme)
    return screen


def check(screen: Screen, where: str) -> list[str]:
    """What is wrong and ours; warns of what lies in Streamlit's own widgets."""
    rest(screen)
    found = Axe().run(screen.page, options={"resultTypes": ["violations"]}).response["violations"]
    ours = []
    for rule in found:
        nodes = rule["nodes"] if rule["impact"] in GRAVE else []
        own = [node for node in nodes if is_streamlits_own(screen, rule["id"], node)]
        if own:
            warnings.warn(
                f"axe, in Streamlit's own widgets, {where}: {rule['id']}, {len(own)} times, "
                f"such as {describe(own[0])}",
                stacklevel=2,
            )
        ours += [f"{where}: {rule['id']}: {describe(node)}" for node in nodes if node not in own]
    return ours


def rest(screen: Screen) -> None:
    """Point at nothing and wait until nothing moves: colours in between are no one's."""
    screen.page.mouse.move(0, 0)
    screen.page.evaluate(_STILL)


def describe(node: dict[str, Any]) -> str:
    reasons = "; ".join(reason["message"] for reason in node["any"] + node["all"] + node["none"])
    return f"{node['html'][:160]} {reasons}"


def is_streamlits_own(screen: Screen, rule: str, node: dict[str, Any]) -> bool:
    own: bool = rule in STREAMLITS_OWN and screen.page.locator(node["target"][0]).first.evaluate(
        "(element, selector) => element.matches(selector)", STREAMLITS_OWN[rule]
    )
    return own


def test_home_and_progress(coloured: Screen) -> None:
    coloured.open("/")
    expect(coloured.page.locator(".js-plotly-plot")).to_be_visible()
    assert not check(coloured, "home")
    coloured.open("/progress")
    assert not check(coloured, "the progress page")


def test_the_steps(coloured: Screen) -> None:
    coloured.open_step(LESSON.steps[0].slug)
    ours = []
    for step in LESSON.steps:
        expect_waiting(coloured)
        ours += check(coloured, f"{step.slug}, before the prediction")
        coloured.press("skip")
        expect_revealed(coloured, step)
        ours += check(coloured, f"{step.slug}, after the prediction")
        coloured.press("next")
    ours += check(coloured, "the quiz")
    assert not ours, "\n".join(ours)


def test_a_task_and_the_other_tabs(coloured: Screen) -> None:
    step = LESSON.step("mask")
    coloured.open_step(step.slug, said="1", **{"mask-k": "1"})
    coloured.press("hint")
    ours = check(coloured, "a mistake and a hint")
    coloured.press("solution")
    coloured.open_tab("Numbers")
    expect(coloured.page.get_by_test_id("stDataFrame")).to_be_visible()
    ours += check(coloured, "done, and the numbers")
    coloured.open_tab("Code")
    expect(coloured.page.get_by_test_id("stCode")).to_be_visible()
    ours += check(coloured, "the code")
    assert not ours, "\n".join(ours)


def test_the_answers_of_the_quiz(coloured: Screen) -> None:
    coloured.open_step("quiz", question=str(len(LESSON.quiz)))
    coloured.choose("quiz", 0)
    coloured.press("check")
    ours = check(coloured, "a question answered")
    coloured.press("next-question")
    ours += check(coloured, "the result")
    assert not ours, "\n".join(ours)
