"""Lines in their box: what they may use, what is said of them, what is found again."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from lessons import COURSE

Open = Callable[..., AppTest]

STEP = COURSE.lesson("five_steps").step("write_the_mask")
SOLUTION = str(STEP.task.solution["lines"])
BOX = "write_the_mask-lines"
BROKEN = "r.mask("


def shown(app: AppTest) -> str:
    return "\n".join(each.value for each in app.markdown)


def test_all_that_lines_may_use_stands_under_the_box(open_app: Open) -> None:
    app = open_app("five_steps", step=STEP.slug, said="skip")
    assert "Names: `np` `pd` `stats` `r`" in shown(app)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (BROKEN, "It did not run. Line 1: "),
        ("r.dropna().iloc[:0]", "It ran, and your last line gives a DataFrame of 0 × 11"),
    ],
)
def test_it_is_said_whether_they_ran(open_app: Open, lines: str, said: str) -> None:
    app = open_app("five_steps", step=STEP.slug, said="skip")
    app.text_area(key=BOX).set_value(lines).run()
    assert said in shown(app)
    assert "Not yet" not in shown(app)


def kept(app: AppTest) -> object:
    """The lines that are remembered."""
    return app.session_state["progress"].lesson("five_steps").step(STEP.slug).values.get("lines")


def test_a_broken_attempt_is_kept_until_lines_pass_and_then_only_lines_that_run(
    open_app: Open,
) -> None:
    app = open_app("five_steps", step=STEP.slug, said="skip")
    steps = ((BROKEN, BROKEN), (SOLUTION, SOLUTION), (BROKEN, SOLUTION), ("r", "r"), ("", "r"))
    for lines, expected in steps:
        app.text_area(key=BOX).set_value(lines).run()
        assert kept(app) == expected
