"""A presentation reveals a step in stages: the question, the figure, its numbers, what is true."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lessons import COURSE
from lib.charts import LIGHT, Heatmap, Page, Scatter, without_numbers
from lib.course import Exhibit, Step, fill, hide_numbers
from lib.ui import figures
from lib.ui.layout import SIZES, projection_in
from lib.ui.stage.revealing import Shown, hides_numbers, last_before, next_after, stages

Open = Callable[..., AppTest]

LESSON = COURSE.lesson("five_steps")
MASK = LESSON.step("mask")
READINGS = ("cells shown", "pairs shown once")


def reveal(app: AppTest, times: int = 1) -> AppTest:
    for _ in range(times):
        app.button(key="reveal").click().run()
    return app


def has_button(app: AppTest, key: str) -> bool:
    return any(button.key == key for button in app.button)


def label(app: AppTest) -> str:
    return app.button(key="reveal").label


def texts(app: AppTest) -> str:
    """All that is written on the page, into its figures, or said to who does not see them."""
    elements = [json.dumps(drawn, ensure_ascii=False) for drawn in spoken(app)]
    written = [element.value for element in (*app.markdown, *app.caption, *app.get("html"))]
    said = (str(text) for text in written if not str(text).startswith("<style>"))
    return "\n".join([*said, *elements])


def charts(app: AppTest) -> list[Any]:
    """The figures, but for the one that only makes the browser load what draws them."""
    return [chart for chart in app.get("plotly_chart") if chart.key != "preloaded-figure"]


def spoken(app: AppTest) -> list[Any]:
    """What is written into figures, and what is told of them."""
    found = []
    for chart in charts(app):
        figure = json.loads(chart.proto.spec)
        found += [trace.get(name) for trace in figure["data"] for name in ("text", "hovertext")]
        found += [trace.get("hovertemplate") for trace in figure["data"]]
        found += [note["text"] for note in figure["layout"].get("annotations", ())]
        found.append(chart.proto.alt)
    return [each for each in found if each]


def test_a_step_is_revealed_in_an_order_that_can_be_foreseen(open_app: Open) -> None:
    app = open_app("five_steps", step="mask", present="1")
    said = []
    while has_button(app, "reveal"):
        said.append(label(app))
        if said[-1] == "Go on":
            break
        reveal(app)
    assert said == ["Reveal the figure", "Reveal the numbers", "Reveal what is true", "Go on"]
    reveal(app)
    assert app.query_params["step"] == LESSON.stops[4].slug
    assert "shown" not in app.query_params


def test_a_double_click_reveals_one_stage_and_what_is_hidden_is_hidden_at_once(
    open_app: Open, moment: Callable[[float], None]
) -> None:
    app = open_app("five_steps", step="mask", present="1")
    for following in ("Reveal the numbers", "Reveal what is true", "Go on"):
        moment(0.0)
        reveal(app)
        moment(60.0)
        assert label(reveal(app)) == following
    app.button(key="hide").click().run()
    assert label(app) == "Reveal what is true"


def test_the_figure_tells_no_number_before_they_are_revealed(open_app: Open) -> None:
    app = reveal(open_app("five_steps", step="mask", present="1"))
    exhibit = MASK.exhibit()
    heatmap = exhibit.figures[0]
    assert isinstance(heatmap, Heatmap)
    numbers = {text for text in heatmap.texts.ravel() if re.search(r"\d", text)}
    assert len(numbers) > 30
    assert len(charts(app)) == 1
    assert not app.tabs
    assert not [number for number in numbers if number in texts(app)]
    assert not [text for text in exhibit.read().values() if text in texts(app)]
    assert all(words in texts(app) for words in READINGS)
    reveal(app)
    assert [tab.label for tab in app.tabs] == ["Figure", "Numbers", "Code"]
    assert not [number for number in numbers if number not in texts(app)]
    assert all(text in texts(app) for text in exhibit.read().values())


def test_what_is_true_comes_last(open_app: Open) -> None:
    truth = MASK.predict.truth(MASK.exhibit(MASK.predict.answer_at)).feedback
    app = reveal(open_app("five_steps", step="mask", present="1"), 2)
    assert not app.expander
    assert not has_button(app, "solution")
    assert truth not in texts(app)
    reveal(app)
    assert truth in texts(app)
    assert has_button(app, "solution")


def test_prose_leaves_its_facts_open_until_the_truth(open_app: Open) -> None:
    step = COURSE.lesson("significance").step("survivors")
    stars = f"{step.exhibit().facts['pairs']} pairs"
    assert stars in step.prose
    app = open_app("significance", step="survivors", present="1", said="skip", shown="numbers")
    assert "… pairs" in texts(app)
    assert step.prose not in texts(app)
    reveal(app)
    assert stars in re.sub("</?dfn[^>]*>", "", texts(app))


def test_a_step_without_a_question_begins_with_its_figure(open_app: Open) -> None:
    app = open_app("five_steps", step="on_your_own_wines", present="1")
    assert not has_button(app, "hide")
    assert label(app) == "Reveal the numbers"
    reveal(app)
    assert label(app) == "Show the task"


def test_lines_to_write_come_after_the_truth_which_makes_way(open_app: Open) -> None:
    app = reveal(open_app("five_steps", step="write_the_mask", present="1"), 3)
    assert label(app) == "Show the task"
    assert not has_button(app, "solution")
    assert [each.proto.expanded for each in app.expander] == [True]
    reveal(app)
    assert label(app) == "Go on"
    assert has_button(app, "solution")
    assert [each.proto.expanded for each in app.expander] == [False]
    assert app.query_params["shown"] == "task"


class Plain(Step):
    """
    ### A figure without numbers

    It has no number either.
    """

    def show(self) -> Exhibit:
        return replace(MASK.exhibit(), figures=(), readings={})


class Asking(Plain):
    """
    ### A step with a question

    It asks.
    """

    predict = MASK.predict


def test_a_stage_that_would_change_nothing_is_left_out() -> None:
    assert stages(Plain(), Plain().exhibit()) == (Shown.FIGURE,)
    every = stages(Asking(), Asking().exhibit())
    assert every == (Shown.QUESTION, Shown.FIGURE, Shown.TRUTH)
    assert stages(MASK, MASK.exhibit()) == (*every[:2], Shown.NUMBERS, Shown.TRUTH)
    assert next_after(Shown.FIGURE, every) == Shown.TRUTH
    assert last_before(Shown.TRUTH, every) == Shown.FIGURE
    # What the tabs hold are numbers as well.
    assert hides_numbers(Shown.FIGURE, every)
    assert not hides_numbers(Shown.FIGURE, (Shown.FIGURE,))


def test_what_is_revealed_outlives_a_reload_and_a_visit_elsewhere(open_app: Open) -> None:
    app = reveal(open_app("five_steps", step="mask", present="1"), 2)
    assert app.query_params["shown"] == "numbers"
    again = open_app("five_steps", **dict(app.query_params))
    assert label(again) == "Reveal what is true"
    app.button(key="next").click().run()
    assert "shown" not in app.query_params
    app.button(key="previous").click().run()
    assert label(app) == "Reveal what is true"
    assert app.query_params["shown"] == "numbers"


def test_hiding_goes_back_stage_by_stage(open_app: Open) -> None:
    app = reveal(open_app("five_steps", step="mask", present="1"), 3)
    said = []
    while has_button(app, "hide"):
        app.button(key="hide").click().run()
        said.append(label(app))
    assert said == ["Reveal what is true", "Reveal the numbers", "Reveal the figure"]
    assert {"said", "shown"}.isdisjoint(app.query_params)


def test_another_presentation_begins_with_nothing_revealed(open_app: Open) -> None:
    app = reveal(open_app("five_steps", step="mask", present="1"), 3)
    app.button(key="present").click().run()
    assert {"present", "shown", "size", "talk"}.isdisjoint(app.query_params)
    app.button(key="present").click().run()
    assert label(app) == "Reveal the figure"
    reveal(app)
    assert label(app) == "Reveal the numbers"


@pytest.mark.parametrize("shown", ["", "TRUTH", "9", "figure", "numbers'; --", "\0"])
def test_an_address_that_asks_for_no_stage_shows_the_figure(open_app: Open, shown: str) -> None:
    app = open_app("five_steps", step="mask", present="1", said="skip", shown=shown)
    assert label(app) == "Reveal the numbers"
    assert "shown" not in app.query_params


def test_outside_of_presentations_nothing_is_hidden(open_app: Open) -> None:
    app = open_app("five_steps", step="mask", said="skip", shown="figure")
    assert app.tabs
    assert not has_button(app, "reveal")


@pytest.mark.parametrize(
    ("title", "hidden"),
    [
        ("r = −0.85", "r = …"),
        ("p < 0.001", "p < …"),
        ("12 of 55 pairs are left", "… of … pairs are left"),
        ("acpt and sigs1", "acpt and sigs1"),
        ("r² = 0.7, 63 % of 1,234", "r² = …, … of …"),
        ("co2 and 2_ghz", "co2 and 2_ghz"),
    ],
)
def test_a_title_keeps_its_words_and_not_its_numbers(title: str, hidden: str) -> None:
    assert hide_numbers(title) == hidden


def test_a_figure_keeps_its_place_when_its_numbers_come() -> None:
    chart = MASK.exhibit().figures[0]
    drawing = figures._drawn(chart, LIGHT, 780, True, projection_in(1280, 720))
    bare = without_numbers(drawing, hide_numbers)
    kept = ("height", "margin", "xaxis", "yaxis")
    assert {name: bare.layout[name] for name in kept} == {
        name: drawing.layout[name] for name in kept
    }
    assert all(trace["hoverinfo"] == "skip" for trace in bare.data)


def test_a_page_of_paper_can_be_without_its_numbers() -> None:
    page = next(
        figure
        for step in LESSON.steps
        for figure in step.exhibit().figures
        if isinstance(figure, Page)
    )
    assert "<use" in page.screen().rpartition("<defs>")[2]
    assert "<use" not in page.screen(numbers=False).rpartition("<defs>")[2]


@pytest.mark.parametrize("window", [(1280, 720), (1920, 1080)])
def test_larger_type_makes_ticks_larger_and_keeps_numbers_and_height(
    window: tuple[int, int],
) -> None:
    chart = MASK.exhibit().figures[0]
    drawings = [
        figures._drawn(chart, LIGHT, 780, False, projection_in(*window, size)) for size in SIZES
    ]
    ticks = [drawing.layout["yaxis"]["tickfont"]["size"] for drawing in drawings]
    assert ticks == sorted(ticks)
    assert ticks[0] < ticks[1] < ticks[-1]
    for drawing in drawings:
        assert drawing.layout["height"] <= projection_in(*window).height + 1
        assert sum(len(trace.get("text", ())) for trace in drawing.data) == 55


@pytest.mark.parametrize("size", ["", "2", "nan", "1.5;}", "0", "-1"])
def test_a_size_that_there_is_not_is_the_usual_one(open_app: Open, size: str) -> None:
    app = open_app("five_steps", step="mask", present="1", said="skip", size=size)
    style = next(each.value for each in app.get("html") if "--stage-size" in str(each.value))
    assert "var(--stage-size, 1)" in style


def test_a_scatter_plot_with_a_point_to_drag_is_still_before_its_numbers(open_app: Open) -> None:
    step = COURSE.lesson("methods").step("one_outlier")
    assert isinstance(step.exhibit().figures[0], Scatter)
    app = open_app("methods", step="one_outlier", present="1", said="skip")
    assert len(charts(app)) == 1
    reveal(app)
    assert not charts(app)


def test_the_words_of_a_question_are_whole(open_app: Open) -> None:
    app = open_app("five_steps", step="mask", present="1")
    words = MASK.exhibit(MASK.predict.answer_at).words
    assert fill(MASK.predict.question, words) in texts(app)
