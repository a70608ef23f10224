"""What a figure gets of the window, against what Chromium was measured to give it."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from lessons import COURSE
from lib.charts import LIGHT
from lib.ui import figures
from lib.ui.figures import UNWRITTEN
from lib.ui.layout import projection_in, shared


@pytest.mark.parametrize(
    ("room", "presenting", "measured"),
    # The window less a sidebar of 236 pixels where there is one; the width of the figure's panel.
    [(1044, False, 564), (390, False, 358), (1280, True, 784)],
)
def test_a_figure_is_drawn_for_its_panel_or_a_little_less(
    room: int, presenting: bool, measured: int
) -> None:
    assert measured - 20 < shared(room, presenting=presenting) <= measured


def test_a_window_of_any_width_leaves_a_figure_room() -> None:
    widths = [
        shared(room, presenting=presenting)
        for room in range(320, 4001, 7)
        for presenting in (False, True)
    ]
    assert min(widths) >= 280
    # Few enough that most learners share a drawing.
    assert len(set(widths)) < 60


@pytest.mark.parametrize(("room", "widths"), [(1044, {560, 272}), (390, {340})])
def test_figures_that_follow_each_other_are_drawn_for_the_whole_panel(
    open_app: Callable[..., AppTest],
    monkeypatch: pytest.MonkeyPatch,
    room: int,
    widths: set[float],
) -> None:
    """A map over two others on a laptop; three maps below each other on a phone."""
    app = open_app("lab", instrument="two_groups")
    asked = []
    plain = figures.on_screen
    monkeypatch.setattr(
        figures,
        "on_screen",
        lambda chart, *, panel, clickable: (
            asked.append(panel) or plain(chart, panel=panel, clickable=clickable)
        ),
    )
    app.session_state["room-of-window"] = room
    app.run()
    assert len(asked) == 3
    assert set(asked) == widths


@pytest.mark.parametrize(("room", "is_said"), [(1044, False), (390, True)])
def test_numbers_that_have_no_room_are_said_to_be_left_out(
    open_app: Callable[..., AppTest], room: int, is_said: bool
) -> None:
    """Eleven columns have theirs on a laptop and not on a phone."""
    app = open_app("five_steps", step="mask", said="skip")
    app.session_state["room-of-window"] = room
    app.run()
    assert any(caption.value == UNWRITTEN for caption in app.caption) == is_said


@pytest.mark.parametrize(
    ("lesson", "step"),
    [("five_steps", "mask"), ("interactions", "recipe"), ("clustermaps", "leukaemia")],
)
@pytest.mark.parametrize("window", [(1280, 720), (1920, 1080)])
def test_a_projected_figure_takes_its_height_with_its_numbers(
    lesson: str, step: str, window: tuple[int, int]
) -> None:
    exhibit = COURSE.lesson(lesson).step(step).exhibit()
    for chart in exhibit.figures:
        panel = shared(window[0], presenting=True) / len(exhibit.figures)
        projection = projection_in(*window)
        drawing = figures._drawn(chart, LIGHT, panel, False, projection)
        assert 0.8 * projection.height <= drawing.layout["height"] <= projection.height + 1
        if step == "mask":
            texts = [text for trace in drawing.data for text in trace.get("text", ())]
            assert len(texts) == 55
