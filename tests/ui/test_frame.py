"""The frame around the pages."""

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from lessons import COURSE
from lib.ui import home
from lib.ui.failing import FAILURE

Open = Callable[..., AppTest]


def links(app: AppTest) -> list[str]:
    """Where the links of the sidebar lead."""
    (nav,) = app.sidebar.get("bidi_component")
    return [entry["path"] for entry in json.loads(nav.proto.json)["entries"]]


EVERY_PAGE = [
    "",
    *(lesson.slug for lesson in COURSE.lessons),
    *("practice", "cards", "speed", "map", "search", "lab", "critic", "stage", "class", "progress"),
]


@pytest.mark.parametrize("page", ["home", "progress"])
def test_every_page_is_linked(open_app: Open, page: str) -> None:
    assert links(open_app(page)) == EVERY_PAGE


def test_a_page_that_is_asked_for_opens(open_app: Open) -> None:
    app = open_app("methods")
    app.session_state["page-asked-for"] = ("action", {})
    app.run()
    assert not app.exception
    assert COURSE.lesson("action").title in app.main.caption[0].value


@pytest.mark.parametrize("path", ["nowhere", "../streamlit_app", 7])
def test_a_page_that_there_is_not_opens_nothing(open_app: Open, path: object) -> None:
    app = open_app("methods")
    app.session_state["page-asked-for"] = (path, {})
    app.run()
    assert not app.exception
    assert COURSE.lesson("methods").title in app.main.caption[0].value


def test_a_page_that_fails_leaves_the_way_on(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app()

    def fail(_course: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(home, "show_home", fail)
    app.run()
    assert not app.exception
    assert [error.value for error in app.error] == [f"This page cannot be shown. {FAILURE}"]
    assert links(app) == EVERY_PAGE


def test_nothing_is_warmed_up_before_the_browser_has_answered(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    warmed: list[bool] = []

    def note(_course: object, *, now: bool) -> None:
        warmed.append(now)

    monkeypatch.setattr("lib.ui.frame.warm_up", note)
    app = open_app()
    assert warmed == [False]
    app.session_state["browser-heard"] = 1
    app.run()
    assert warmed == [False, True]
