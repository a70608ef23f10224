"""A branch of a clustermap opens what hangs on it."""

from collections.abc import Callable

import pytest
from browser_gate import first_in_gate
from browser_lesson import expect_revealed
from browser_screen import Screen
from playwright.sync_api import expect

from lessons import COURSE
from lib.charts import Clustermap, branches

pytestmark = pytest.mark.browser

LESSON = COURSE.lesson("clustermaps")
STEP = LESSON.step("distance")
_KNOT = """
(chart, [height, middle]) => {
  const {xaxis2, yaxis2} = chart._fullLayout
  const {left, top} = chart.getBoundingClientRect()
  return [left + xaxis2._offset + xaxis2.d2p(height), top + yaxis2._offset + yaxis2.d2p(middle)]
}
"""


def chart() -> Clustermap:
    (shown,) = (each for each in STEP.exhibit().figures if isinstance(each, Clustermap))
    return shown


def label() -> str:
    """The largest group that is not all of them."""
    return list(chart().groups())[1]


def click_branch(screen: Screen) -> None:
    members = chart().groups()[label()]
    branch = next(each for each in branches(chart().rows) if each.members == members)
    figure = screen.part("view").locator(".js-plotly-plot")
    figure.scroll_into_view_if_needed()
    x, y = figure.evaluate(_KNOT, [branch.height, branch.middle])
    with screen.rerunning():
        screen.page.mouse.click(x, y)


def choose_branch(screen: Screen) -> None:
    box = screen.part("open-a-group").get_by_role("combobox")
    box.click()
    box.fill(label())
    with screen.rerunning():
        screen.page.get_by_role("option", name=label(), exact=True).click()


@pytest.mark.parametrize(
    "open_branch", first_in_gate([click_branch, choose_branch], ["click", "choice"])
)
def test_a_branch_opens_its_members_as_often_as_wanted(
    screen: Screen, open_branch: Callable[[Screen], None]
) -> None:
    screen.open_step(STEP.slug, lesson=LESSON.slug, said="skip")
    expect_revealed(screen, STEP)
    members = chart().groups()[label()]
    opens = STEP.exhibit().members
    assert opens is not None
    dialog = screen.page.get_by_role("dialog")
    for _ in range(2):
        open_branch(screen)
        expect(dialog).to_contain_text(f"{len(members)} that hang together")
        expect(dialog).to_contain_text(opens(members).sentence)
        dialog.get_by_role("button", name="Close").click()
        expect(dialog).to_have_count(0)
        screen.settle()
