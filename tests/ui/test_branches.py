"""What a branch of a clustermap opens, where two maps stand side by side."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
import streamlit
from streamlit.testing.v1 import AppTest
from ui_failures import failures

from lessons import COURSE
from lib.charts import Clustermap
from lib.ui import exhibit, opening

STEP = COURSE.lesson("clustermaps").step("leukaemia")
SETTING = {"genes": 50, "other": 80}
LABEL = "4: AML_31 to AML_35"


def maps() -> list[Clustermap]:
    return [chart for chart in STEP.exhibit(SETTING).figures if isinstance(chart, Clustermap)]


def test_the_label_names_different_patients_on_the_two_maps() -> None:
    first, second = (set(chart.groups()[LABEL]) for chart in maps())
    assert first ^ second == {"AML_28", "AML_29"}


@pytest.mark.parametrize("number", [0, 1])
def test_a_choice_opens_the_branch_of_its_own_map(
    open_app: Callable[..., AppTest], number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    monkeypatch.setattr(exhibit, "_show_behind", lambda _, title: opened.append(title))
    members_of = STEP.exhibit(SETTING).members
    asked = []
    monkeypatch.setitem(
        STEP.exhibit(SETTING).__dict__,
        "members",
        lambda names: asked.append(names) or members_of(names),
    )
    app = open_app(
        "clustermaps",
        step=STEP.slug,
        said="skip",
        **{f"{STEP.slug}-{name}": str(value) for name, value in SETTING.items()},
    )
    app.selectbox(key="open-a-group").set_value(f"{maps()[number].title} · {LABEL}").run()
    assert not failures(app)
    assert opened == ["4 that hang together"]
    assert asked == [maps()[number].groups()[LABEL]]
    app.run()
    assert len(opened) == 1


@pytest.mark.parametrize("number", [0, 1])
def test_a_click_is_remembered_with_its_map(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    clicked = SimpleNamespace(selection=SimpleNamespace(points=[{"customdata": [LABEL]}]))
    nothing = SimpleNamespace(selection=SimpleNamespace(points=[]))
    state = {"figure": clicked}
    monkeypatch.setattr(streamlit, "session_state", state)
    opening.remember_click("figure", number)
    assert state.pop(opening._GROUP) == (number, LABEL)
    state["figure"] = nothing
    opening.remember_click("figure", number)
    assert state[opening._GROUP] == (number, LABEL)
