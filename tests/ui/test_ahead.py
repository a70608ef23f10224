"""What is computed before somebody asks for it."""

from collections.abc import Mapping

import pandas as pd
import pytest
from workshop_lesson import COURSE

from lib.charts import Heatmap, Page
from lib.course import (
    Choice,
    Control,
    Exhibit,
    Number,
    Redraws,
    Seed,
    Slider,
    Step,
    Toggle,
    Value,
)
from lib.ui import ahead


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Mapping[str, Value]]]:
    """Which settings of which steps were computed; nothing is, and nobody sleeps."""
    asked: list[tuple[str, Mapping[str, Value]]] = []

    def ask(step: Step, values: Mapping[str, Value]) -> Exhibit:
        asked.append((step.slug, values))
        return Exhibit({}, pd.DataFrame(), "Nothing.")

    monkeypatch.setattr(Step, "exhibit", ask)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    monkeypatch.setenv("COMPUTE_AHEAD", "1")
    return asked


def steps() -> list[Step]:
    return [step for lesson in COURSE.lessons for step in lesson.steps]


def test_every_step_is_computed_once_at_its_defaults(asked: list) -> None:
    ahead.compute_ahead(COURSE)
    assert asked == [(step.slug, {}) for step in steps()]


OTHERS: dict[Control, tuple[Value, ...]] = {
    Choice("Method", ("a", "b", "c"), default="b"): ("a", "c"),
    Toggle("Trim", default=True): (False,),
    Seed("Draw"): (1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    Seed("Draw", 4): (1, 2, 3, 4),
    Redraws("Draws", 200): (2, 3, 4, 5, 6, 7, 8, 9, 10),
    Slider("phi", 0, 0.3, default=0.1, step=0.1): (0, 0.2, 0.3),
    Slider("rows", 5, 39, default=39): (),
    Number("How many", 0, 99): (),
}
"""What one move leads to, by the control that is moved."""


@pytest.mark.parametrize("control", OTHERS, ids=lambda control: type(control).__name__)
def test_a_slow_step_is_computed_at_what_a_move_leads_to(
    asked: list, monkeypatch: pytest.MonkeyPatch, control: Control
) -> None:
    monkeypatch.setattr(ahead, "_LONG", -1)
    step = steps()[0]
    monkeypatch.setattr(type(step), "controls", {"moved": control})
    ahead.compute_ahead(COURSE)
    settings = [setting for slug, setting in asked if slug == step.slug]
    assert settings == [{}, *({"moved": pytest.approx(value)} for value in OTHERS[control])]


def test_draws_that_are_quick_are_left_to_the_learners(
    asked: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter([1.0, 1.0, 0.01])
    monkeypatch.setattr(
        ahead, "_seconds_for", lambda _step, setting: asked.append(setting) or next(seconds, 0.0)
    )
    monkeypatch.setattr(type(steps()[0]), "controls", {"seed": Seed("Draw")})
    ahead.compute_ahead(COURSE)
    assert asked[:3] == [{}, {"seed": 1}, {"seed": 2}]
    assert asked[3:] == [{}] * (len(steps()) - 1)


def test_of_a_slow_step_with_few_settings_none_is_left_to_the_learners(
    asked: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "_LONG", -1)
    step = steps()[0]
    monkeypatch.setattr(
        type(step), "controls", {"trim": Toggle("Trim", default=True), "seed": Seed("Draw", 2)}
    )
    ahead.compute_ahead(COURSE)
    settings = [setting for slug, setting in asked if slug == step.slug]
    assert settings == [
        {},
        {"trim": False, "seed": 0},
        {"trim": True, "seed": 1},
        {"trim": False, "seed": 1},
        {"trim": True, "seed": 2},
        {"trim": False, "seed": 2},
    ]


@pytest.mark.parametrize(
    ("shares", "pauses"),
    [
        ([0.05], [0.4]),
        ([0.9, 0.3, 0.2, 0.05, 0.9], [0.4, 1, 1, 1]),
        ([0.9] * 100, [0.4, *[1] * 30]),
    ],
    ids=["nobody", "for a while", "always"],
)
def test_who_uses_the_course_goes_first(
    monkeypatch: pytest.MonkeyPatch, shares: list[float], pauses: list[float]
) -> None:
    """By the share of one core that others use during each pause."""
    clock, used, slept, left = [0.0], [0.0], [], iter(shares)

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds
        used[0] += seconds * next(left)

    monkeypatch.setattr("time.sleep", sleep)
    monkeypatch.setattr("time.perf_counter", lambda: clock[0])
    monkeypatch.setattr("time.process_time", lambda: used[0])
    ahead._leave_way(0.4)
    assert slept == pauses


def test_a_page_is_drawn_as_well_as_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(Heatmap(pd.DataFrame({"x": [1.0]})), 4, 3, font_size=8, tight=False)
    drawn: list[Page] = []
    monkeypatch.setattr(Page, "screen", lambda page: drawn.append(page))
    exhibit = Exhibit({}, pd.DataFrame(), "A page.", figures=(page,))
    monkeypatch.setattr(Step, "exhibit", lambda *_: exhibit)
    monkeypatch.setenv("COMPUTE_AHEAD", "1")
    ahead.compute_ahead(COURSE)
    assert drawn
    assert set(drawn) == {page}


def test_a_host_may_rather_wait(asked: list, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPUTE_AHEAD", "0")
    ahead.compute_ahead(COURSE)
    assert asked == []


def test_a_step_that_fails_holds_up_none(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def fail(step: Step, _values: Mapping[str, Value]) -> None:
        seen.append(step.slug)
        raise RuntimeError("out of order")

    monkeypatch.setattr(Step, "exhibit", fail)
    monkeypatch.setenv("COMPUTE_AHEAD", "1")
    ahead.compute_ahead(COURSE)
    assert seen == [step.slug for step in steps()]
