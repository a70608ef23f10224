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


def leave_and_return(app: AppTest) -> None:
    app.button(key="next").click().run()
    app.button(key="previous").click().run()
    # Without a browser nothing keeps what was said.
    app.query_params["said"] = "skip"
    app.run()


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


def test_after_a_broken_attempt_the_lines_that_passed_are_found_again(open_app: Open) -> None:
    app = open_app("five_steps", step=STEP.slug, said="skip")
    app.text_area(key=BOX).set_value(SOLUTION).run()
    app.text_area(key=BOX).set_value(BROKEN).run()
    assert "It did not run." in shown(app)
    leave_and_return(app)
    assert app.text_area(key=BOX).value == SOLUTION


def test_before_anything_passed_a_broken_attempt_is_kept(open_app: Open) -> None:
    app = open_app("five_steps", step=STEP.slug, said="skip")
    app.text_area(key=BOX).set_value(BROKEN).run()
    leave_and_return(app)
    assert app.text_area(key=BOX).value == BROKEN
