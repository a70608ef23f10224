"""axe-core, asked about what is ours."""

import warnings
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from browser_screen import Screen

GRAVE = ("serious", "critical")
# What Streamlit draws and offers no option for, by rule.
STREAMLITS_OWN = {
    # st.code colours words from a fixed palette; the theme reaches the plain text only.
    "color-contrast": "[data-testid=stCode] .token",
    # st.code of a fixed height scrolls in an element that does not take the focus.
    "scrollable-region-focusable": "[data-testid=stCode] pre",
}
# What is paused, or follows a scroll bar, never ends by itself.
_STILL = """
() => Promise.race([
  new Promise(waited => setTimeout(waited, 3000)),
  Promise.all(
    document.getAnimations()
      .filter(animation => animation.effect.getComputedTiming().endTime !== Infinity)
      .map(animation => animation.finished.catch(() => null))
  ),
])
"""


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
