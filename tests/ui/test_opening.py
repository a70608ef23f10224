"""The clicked figure is the one that opens."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from lessons import COURSE
from lib.charts import LIGHT, gathered
from lib.ui import exhibit, opening

STEP = COURSE.lesson("time_series").step("levels_and_changes")
ROW, COLUMN = "realcons", "realgdp"


def point_of(number: int, row: str, column: str) -> dict[str, object]:
    """What the browser reports of a click on a cell of the map with this number."""
    figure = STEP.exhibit({"shown": "both"})
    grid = gathered(figure.figures, figure.across)
    assert grid is not None
    for trace in grid.screen(LIGHT, clickable=True).data:
        if trace["type"] == "scatter":
            cells = zip(trace["y"], trace["x"], trace["customdata"], strict=True)
            for y, x, carried in cells:
                if (y, x, carried) == (row, column, [number]):
                    return {"x": x, "y": y, "customdata": carried}
    raise AssertionError("There is no such cell.")


@pytest.mark.parametrize("number", [0, 1])
def test_a_click_opens_the_pair_of_its_own_map(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = STEP.exhibit({"shown": "both"})
    clicked = SimpleNamespace(selection=SimpleNamespace(points=[point_of(number, ROW, COLUMN)]))
    monkeypatch.setattr(streamlit, "session_state", {"figure": clicked})
    opening.remember_click("figure", 0)
    shown = []
    opening.open_chosen(figure, lambda behind, title: shown.append((behind.sentence, title)))
    open_cell = figure.behind_cell(number)
    assert open_cell is not None
    assert shown == [(open_cell(ROW, COLUMN).sentence, f"{ROW} × {COLUMN}")]
    other = figure.behind_cell(1 - number)
    assert other is not None
    assert shown[0][0] != other(ROW, COLUMN).sentence
    opening.open_chosen(figure, lambda behind, title: shown.append((behind.sentence, title)))
    assert len(shown) == 1


@pytest.mark.parametrize("name", ["levels", "changes"])
def test_a_choice_opens_the_pair_of_the_map_that_it_names(
    open_app: Callable[..., AppTest], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    monkeypatch.setattr(
        exhibit, "_show_behind", lambda behind, title: opened.append((behind.sentence, title))
    )
    app = open_app("time_series", step=STEP.slug, said="skip", **{f"{STEP.slug}-shown": "both"})
    choice = f"Pearson's r of {name} · {ROW} × {COLUMN}"
    app.selectbox(key="open-a-cell").set_value(choice).run()
    assert not app.exception
    number = ["levels", "changes"].index(name)
    open_cell = STEP.exhibit({"shown": "both"}).behind_cell(number)
    assert open_cell is not None
    assert opened == [(open_cell(ROW, COLUMN).sentence, f"{ROW} × {COLUMN}")]


def test_what_a_hidden_or_unknown_cell_is_said_to_open_opens_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    figure = STEP.exhibit({"shown": "both"})
    for cell in [(2, ROW, COLUMN), (0, "nobody", COLUMN), "levels", (0,)]:
        monkeypatch.setattr(streamlit, "session_state", {opening._CELL: cell})
        opening.open_chosen(figure, lambda *_: pytest.fail("Something was opened."))
