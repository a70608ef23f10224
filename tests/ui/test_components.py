"""What components hear from a browser, which may send anything."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from lib.charts import LIGHT, Heatmap
from lib.course import Station
from lib.ui import session
from lib.ui.components import cell_map, course_map, guess, point, stepper

SHAPES = (
    *(None, True, 0, -1, 1.5, "", "x", [], {}, [[]], [{}], {"x": 1}, {"x": "1", "y": 2}),
    *({"x": float("nan"), "y": 0}, {"x": float("inf"), "y": 0}, {"x": [1], "y": None}),
    *([{"cell": -1, "level": 0.5}], [{"cell": 9, "level": 0.5}], [{"cell": 0, "level": 7}]),
    *([{"cell": "0", "level": 0.5}], [{"cell": 10**400, "level": None}], [{"cell": 0}]),
    *({"lesson": 3, "step": "mask"}, {"lesson": ["a"], "step": None}, {"step": "mask"}),
    *({"row": 2, "column": 0}, {"row": -1, "column": 0}, {"row": 0}, {"row": [0], "column": 1}),
    *({"x": 10**400, "y": 0}, {"session": "s"}, {"session": [], "number": {}, "text": 1}),
)
each_shape = pytest.mark.parametrize("message", SHAPES, ids=lambda shape: repr(shape)[:40])


def answering(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, message: Any
) -> dict[str, Any]:
    """A component that has said this; what it is drawn with."""
    drawn: dict[str, Any] = {}
    said = SimpleNamespace(**{name: message})

    def component(**arguments: Any) -> SimpleNamespace:
        drawn.update(arguments)
        return said

    monkeypatch.setattr(module, "_component", component)
    monkeypatch.setattr(module, "st", SimpleNamespace(session_state={"k": said}))
    return drawn


def hear_move(monkeypatch: pytest.MonkeyPatch, message: Any) -> list[Any]:
    heard: list[Any] = []
    drawn = answering(monkeypatch, point, "move", message)
    point.point_plot(
        pd.DataFrame({"x": [0.0], "y": [0.0]}),
        at=(0, 0),
        limits=((-1, 1), (-1, 1)),
        reach=((-1, 1), (-1, 1)),
        step=0.5,
        titles=("x", "y"),
        label="The point",
        colours=dict.fromkeys(("text", "muted", "border", "link", "accent"), "#000000"),
        key="k",
        on_move=lambda *place: heard.append(place),
    )
    drawn["on_move_change"]()
    return heard


def hear_fill(monkeypatch: pytest.MonkeyPatch, message: Any) -> list[Any]:
    heard: list[Any] = []
    drawn = answering(monkeypatch, guess, "fill", message)
    guess.guess_map(
        ("a", "b", "c"),
        (None, None, None),
        levels=(-0.5, 0.5),
        colours=("#000000", "#ffffff"),
        words=("down", "up"),
        key="k",
        on_fill=lambda *fill: heard.append(fill),
    )
    drawn["on_fill_change"]()
    return heard


def hear_step(monkeypatch: pytest.MonkeyPatch, message: Any) -> list[Any]:
    heard: list[Any] = []
    drawn = answering(monkeypatch, stepper, "go", message)
    station = Station("mask", "Mask", "open")
    stepper.stepper(
        [station],
        label="Steps",
        parts=[("", 1)],
        current="mask",
        announce="",
        scene="mask",
        key="k",
        on_go=heard.append,
    )
    drawn["on_go_change"]()
    return heard


def hear_cell(monkeypatch: pytest.MonkeyPatch, message: Any) -> list[Any]:
    """Of two by two cells the diagonal is not offered."""
    heard: list[Any] = []
    drawn = answering(monkeypatch, cell_map, "choose", message)
    cell_map.cell_map(
        Heatmap(pd.DataFrame({"a": [1.0, 0.5], 7: [0.5, 1.0]}, index=["a", 7])),
        LIGHT,
        [("a", "7"), ("7", "a")],
        chosen=("7", "a"),
        key="k",
        on_choose=heard.append,
    )
    assert drawn["data"]["offered"] == ((0, 1), (1, 0))
    assert drawn["data"]["chosen"] == (1, 0)
    drawn["on_choose_change"]()
    return heard


def hear_opened(monkeypatch: pytest.MonkeyPatch, message: Any) -> list[Any]:
    answering(monkeypatch, course_map, "open", message)
    asked = course_map.course_map([], key="k")
    return [] if asked is None else [asked]


Hear = Callable[[pytest.MonkeyPatch, Any], list[Any]]


@pytest.mark.parametrize(
    ("hear", "message", "expected"),
    [
        (hear_move, {"x": 1, "y": -0.5}, [(1.0, -0.5)]),
        (hear_fill, [{"cell": 2, "level": 0.5}, {"cell": 0, "level": None}], [(2, 0.5), (0, None)]),
        (hear_step, "mask", ["mask"]),
        (hear_cell, {"row": 0, "column": 1}, [("a", "7")]),
        (hear_cell, {"row": 1, "column": 1}, []),
        (hear_opened, {"lesson": "methods", "step": None}, [("methods", None)]),
    ],
)
def test_what_a_component_says_is_heard(
    monkeypatch: pytest.MonkeyPatch, hear: Hear, message: Any, expected: list[Any]
) -> None:
    assert hear(monkeypatch, message) == expected


@each_shape
@pytest.mark.parametrize("hear", [hear_move, hear_fill, hear_step, hear_cell, hear_opened])
def test_what_no_component_says_is_not(
    monkeypatch: pytest.MonkeyPatch, hear: Hear, message: Any
) -> None:
    assert hear(monkeypatch, message) == []


@each_shape
def test_storage_is_believed_nothing_of_another_shape(
    monkeypatch: pytest.MonkeyPatch, message: Any
) -> None:
    held = {"browser-storage": {"stored": message}}
    monkeypatch.setattr(session, "st", SimpleNamespace(session_state=held))
    session.restore_progress(SimpleNamespace(slug="demo"))  # type: ignore[arg-type]
    assert not session.is_restored()
