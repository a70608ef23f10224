"""What is computed before somebody asks for it."""

from collections.abc import Mapping

import pytest
from workshop_lesson import COURSE

from lib.course import Choice, Step, Toggle, Value
from lib.ui import ahead


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Mapping[str, Value]]]:
    """Which settings of which steps were computed; nothing is, and nobody sleeps."""
    asked: list[tuple[str, Mapping[str, Value]]] = []
    monkeypatch.setattr(
        Step, "exhibit", lambda step, values=None: asked.append((step.slug, values))
    )
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    monkeypatch.setenv("COMPUTE_AHEAD", "1")
    return asked


def steps() -> list[Step]:
    return [step for lesson in COURSE.lessons for step in lesson.steps]


def test_every_step_is_computed_once_at_its_defaults(asked: list) -> None:
    ahead.compute_ahead(COURSE)
    assert asked == [(step.slug, {}) for step in steps()]


def test_a_slow_step_is_computed_at_each_choice(
    asked: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "_LONG", -1)
    ahead.compute_ahead(COURSE)
    assert asked
    for step in steps():
        expected = [
            {name: value}
            for name, control in step.controls.items()
            if isinstance(control, Choice | Toggle)
            for value in (control.named if isinstance(control, Choice) else (False, True))
            if value != control.default
        ]
        assert [setting for slug, setting in asked if slug == step.slug] == [{}, *expected]


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
