"""Home, run without a browser."""

import json
from collections.abc import Callable, Iterator
from subprocess import run
from sys import executable
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element
from ui_failures import failures

from lessons import COURSE
from lib.course import Event, Opened, Passed, Predicted, Progress

Open = Callable[..., AppTest]

LESSON = COURSE.lessons[1]
FIRST, SECOND = LESSON.stops[:2]
HERE = {"lesson": LESSON.slug, "step": SECOND.slug}


def home_after(open_app: Open, *events: Event) -> AppTest:
    app = open_app()
    app.session_state["progress"] = Progress(COURSE.slug).apply(*events)
    app.run()
    assert not failures(app)
    return app


def way_on(app: AppTest) -> Any:
    return app.main.get("page_link")[0].proto


def entries(app: AppTest) -> list[dict[str, Any]]:
    components = {each.proto.component_name: each.proto for each in app.get("bidi_component")}
    map_of_the_course: list[dict[str, Any]] = json.loads(components["course_map"].json)["entries"]
    return map_of_the_course


def elements(block: Block) -> Iterator[Element]:
    for child in block.children.values():
        if isinstance(child, Block):
            yield from elements(child)
        else:
            yield child


def test_the_map_has_every_station_of_every_lesson(open_app: Open) -> None:
    shown = entries(open_app())
    assert [entry["lesson"] for entry in shown] == [lesson.slug for lesson in COURSE.lessons]
    for entry, lesson in zip(shown, COURSE.lessons, strict=True):
        assert entry["title"].endswith(f"· {lesson.title}")
        assert entry["about"] == f"about {lesson.minutes} minutes"
        assert entry["objectives"] == list(lesson.objectives)
        named = [(station["slug"], station["title"]) for station in entry["stations"]]
        stops = [(stop.slug, stop.title) for stop in lesson.stops]
        assert named == [*stops, ("quiz", "Quiz")]


def test_the_map_says_how_the_learner_stands(open_app: Open) -> None:
    app = home_after(
        open_app,
        Passed(at=1.0, lesson=LESSON.slug, step=FIRST.slug),
        Predicted(at=2.0, said="skip", **HERE),
    )
    entry = entries(app)[1]
    assert [station["standing"] for station in entry["stations"][:3]] == ["done", "skipped", "open"]
    assert entry["about"].endswith(f"1 of {len(LESSON.stops) + 1} done")


def test_a_newcomer_begins_with_lesson_one(open_app: Open) -> None:
    link = way_on(open_app())
    assert link.label == "**Begin with lesson one**"
    assert (link.page, link.query_string) == (COURSE.lessons[0].slug, "")


def test_who_was_here_goes_on(open_app: Open) -> None:
    link = way_on(home_after(open_app, Opened(at=1.0, **HERE)))
    assert link.label == f"**Continue:** {SECOND.title}"
    assert (link.page, link.query_string) == (LESSON.slug, f"step={SECOND.slug}")


def test_who_was_where_nothing_is_any_more_begins(open_app: Open) -> None:
    gone = Opened(at=1.0, lesson=LESSON.slug, step="gone")
    link = way_on(home_after(open_app, gone))
    assert (link.page, link.query_string) == (
        COURSE.lessons[0].slug,
        f"step={COURSE.lessons[0].stops[0].slug}",
    )


def test_home_is_drawn_with_few_elements(open_app: Open) -> None:
    app = open_app()
    assert sum(1 for block in (app.main, app.sidebar) for _ in elements(block)) <= 25


def test_home_imports_nothing_that_draws_or_computes() -> None:
    code = (
        "import sys, lessons, lib.ui, lib.ui.home\n"
        "heavy = ('numpy', 'pandas', 'scipy', 'matplotlib', 'lib.charts', 'lib.stats')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = run([executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_words_of_the_course_are_there_for_those_who_ask(open_app: Open) -> None:
    app = open_app()
    meanings = [term.meaning for term in COURSE.glossary.terms]
    assert not any(meaning in element.value for element in app.markdown for meaning in meanings)
    app.session_state["words"] = True
    app.run()
    assert not app.exception
    text = "\n".join(element.value for element in app.markdown)
    assert all(meaning in text for meaning in meanings)
