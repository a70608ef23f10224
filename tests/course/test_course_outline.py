"""Steps are named without being opened, and opened without being named."""

import sys
from pathlib import Path

import pytest

from lib.course import Steps, Stop

FIRST = '''
"""Steps of a topic."""

import importlib

from lib.course import Exhibit, Step


class TwoWalks(Step):
    """
    ### Two drunkards

    They walk.
    """


class Helper:
    """
    ### Not a step
    """


class Cure(Step):
    """### A cure"""
'''
SECOND = "from garden.first import Cure\nfrom lib.course import Step\n\n\n" + (
    'class Last(Step):\n    """\n    ### The last one\n    """\n'
)


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "garden"
    package.mkdir()
    for name, text in (("__init__", ""), ("first", FIRST), ("second", SECOND)):
        (package / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("garden", "garden.first", "garden.second"):
        monkeypatch.delitem(sys.modules, name, raising=False)


STOPS = (Stop("two_walks", "Two drunkards"), Stop("cure", "A cure"), Stop("last", "The last one"))


@pytest.mark.usefixtures("garden")
def test_names_are_read_without_opening_the_steps() -> None:
    steps = Steps("garden", "first", "second")
    assert steps.stops == STOPS
    assert len(steps) == 3
    assert "garden.first" not in sys.modules


@pytest.mark.usefixtures("garden")
def test_steps_come_in_the_order_of_the_modules_and_of_their_lines() -> None:
    steps = Steps("garden", "first", "second")
    assert [(step.slug, step.title) for step in steps] == [(s.slug, s.title) for s in STOPS]
    assert steps[1].slug == "cure"
    assert [step.slug for step in steps[1:]] == ["cure", "last"]
    assert steps[0] is steps[0]


@pytest.mark.usefixtures("garden")
def test_a_module_that_is_not_there_is_named() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"garden\.third"):
        _ = Steps("garden", "third").stops
