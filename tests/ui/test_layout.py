"""What a figure gets of the window, against what Chromium was measured to give it."""

import pytest

from lib.ui.layout import shared


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
