"""Controls of every kind, from the address to `show` and back."""

from pathlib import Path
from typing import Any

import pytest
import streamlit
from PIL import ImageFont
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element
from ui_failures import failures
from workshop_lesson import COURSE, LESSON

import lessons
from lib.course import Choice, Progress, Tried, read_progress, write_progress
from lib.ui.widgets import is_listed, select_width, widget_values

WORKSHOP = Path(__file__).parents[1] / "browser" / "workshop_app.py"
STEPS = {step.slug: step for step in LESSON.steps}


def workshop(step: str, progress: Progress | None = None, **parameters: Any) -> AppTest:
    app = AppTest.from_file(str(WORKSHOP), default_timeout=60)
    app.query_params["step"] = step
    for name, value in parameters.items():
        app.query_params[f"{step}-{name}"] = value
    if progress is not None:
        app.session_state["progress"] = progress
    return run(app)


def run(changed: AppTest | Element) -> AppTest:
    app = changed.run()
    assert not failures(app)
    return app


def remembering(step: str, values: dict[str, Any]) -> Progress:
    """A progress in which these controls of a step were set."""
    tried = Tried(at=1.0, lesson=LESSON.slug, step=step, values=tuple(values.items()))
    return Progress(COURSE.slug).apply(tried)


def values(app: AppTest, step: str) -> dict[str, Any]:
    """The values of a step as `show` had them, where they are not the defaults."""
    return app.session_state["progress"].step(LESSON.slug, step).values


@pytest.mark.parametrize(
    ("step", "control", "value", "widgets"),
    [
        ("draws", "out", ("1", "3"), {"k": ["1", "3"]}),
        ("draws", "out", (), {"k": []}),
        ("draws", "change", "rank", {"k": "rank"}),
        ("draws", "draws", 12, {"k": 12}),
        ("move", "point", (8.0, -1.5), {"k-x": 8.0, "k-y": -1.5}),
        (
            "fill_in",
            "guess",
            (None, 0.8, -0.2),
            {"k-0": None, "k-1": "strong +", "k-2": "weak \N{MINUS SIGN}"},
        ),
    ],
)
def test_a_value_as_its_widgets_show_it(
    step: str, control: str, value: Any, widgets: dict[str, Any]
) -> None:
    assert widget_values(STEPS[step].controls[control], "k", value) == widgets


@pytest.mark.parametrize("slug", ["draws", "fill_in", "move"])
def test_the_shown_solution_reaches_show(slug: str) -> None:
    app = workshop(slug)
    assert values(app, slug) == {}
    run(app.button(key="solution").click())
    assert values(app, slug) == STEPS[slug].task.solution
    assert STEPS[slug].learned[0].text in "\n".join(text.value for text in app.markdown)


@pytest.mark.parametrize(
    ("slug", "parameters", "expected"),
    [
        ("draws", {"out": ["3", "1"]}, {"out": ("1", "3")}),
        ("draws", {"change": "rank", "seed": "12"}, {"change": "rank", "seed": 12}),
        ("draws", {"draws": "25"}, {"draws": 25}),
        ("move", {"point-x": "8", "point-y": "-1.5"}, {"point": (8.0, -1.5)}),
        ("move", {"point-y": "2"}, {"point": (0.0, 2.0)}),
        ("fill_in", {"guess-1": "strong +"}, {"guess": (None, 0.8, None)}),
        (
            "fill_in",
            {"guess-0": "none", "guess-2": "weak \N{MINUS SIGN}"},
            {"guess": (0.0, None, -0.2)},
        ),
    ],
)
def test_an_address_reaches_show(
    slug: str, parameters: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert values(workshop(slug, **parameters), slug) == expected


@pytest.mark.parametrize(
    ("slug", "name", "value"),
    [
        ("draws", "out", "4"),
        ("draws", "out", "![x](http://example.invalid/x.png)"),
        ("draws", "change", "exp"),
        ("draws", "seed", "13"),
        ("draws", "seed", "nan"),
        ("draws", "draws", "0"),
        ("draws", "draws", "26"),
        ("move", "point-x", "9"),
        ("move", "point-x", "0.3"),
        ("move", "point-y", "nan"),
        ("move", "point", "1"),
        ("fill_in", "guess-0", "0.8"),
        ("fill_in", "guess-0", "<script>"),
        ("fill_in", "guess-9", "none"),
    ],
)
def test_a_hostile_address_falls_back(slug: str, name: str, value: str) -> None:
    assert values(workshop(slug, **{name: value}), slug) == {}


NO_NUMBERS = ("inf", "-Infinity", "1e999", "nan", "9" * 400, "-1e308", "0.25", "1_0e9", "²", "x")


@pytest.mark.parametrize(
    ("slug", "widget", "text"),
    [
        *(("draws", "seed", text) for text in NO_NUMBERS),
        *(("draws", "draws", text) for text in NO_NUMBERS[:3]),
        *(("move", axis, text) for axis in ("point-x", "point-y") for text in NO_NUMBERS[3:6]),
    ],
    ids=lambda given: given[:9],
)
def test_a_number_that_no_widget_can_show_leaves_the_address(
    slug: str, widget: str, text: str
) -> None:
    app = workshop(slug, **{widget: text})
    assert values(app, slug) == {}
    assert dict(app.query_params) == {"step": slug}


def test_a_number_given_twice_must_be_one_both_times() -> None:
    app = workshop("draws", seed=["3", "inf"])
    assert values(app, "draws") == {}


@pytest.mark.parametrize("slug", ["draws", "fill_in", "move"])
def test_what_is_remembered_comes_back_and_is_in_the_address(slug: str) -> None:
    remembered = dict(STEPS[slug].task.solution)
    saved = write_progress(remembering(slug, remembered))
    app = workshop(slug, read_progress(saved, COURSE.slug))
    assert values(app, slug) == remembered
    there = AppTest.from_file(str(WORKSHOP), default_timeout=60)
    for name, value in app.query_params.items():
        there.query_params[name] = value
    assert values(run(there), slug) == remembered


def test_a_point_in_the_address_is_not_mixed_with_one_that_is_remembered() -> None:
    saved = remembering("move", {"point": (3.0, 1.0)})
    assert values(workshop("move", saved, **{"point-x": "8"}), "move") == {"point": (8.0, 0.0)}


def test_a_seed_is_drawn_again_and_begins_anew_after_the_last() -> None:
    app = workshop("draws", seed="11")
    run(app.button(key="draws-seed-again").click())
    assert values(app, "draws") == {"seed": 12}
    run(app.button(key="draws-seed-again").click())
    assert values(app, "draws") == {}


def test_draws_are_added_up_to_the_last_and_started_over() -> None:
    app = workshop("draws")
    assert app.button(key="draws-draws-over").disabled
    for button, draws in (("again", 2), ("ten", 12), ("ten", 22), ("ten", 25)):
        run(app.button(key=f"draws-draws-{button}").click())
        assert values(app, "draws") == {"draws": draws}
    assert app.button(key="draws-draws-again").disabled
    assert app.button(key="draws-draws-ten").disabled
    run(app.button(key="draws-draws-over").click())
    assert values(app, "draws") == {}


def test_a_cell_is_filled_in_and_cleared() -> None:
    app = workshop("fill_in")
    box = app.selectbox(key="fill_in-guess-1")
    assert (box.label, box.value) == ("adt × rate", None)
    run(box.set_value("middling +"))
    assert values(app, "fill_in") == {"guess": (None, 0.5, None)}
    run(app.selectbox(key="fill_in-guess-1").set_value(None))
    assert values(app, "fill_in") == {}


# Its own font, 16 pixels high; what stands around a text in a box, and the mark that opens it.
FONT = next(Path(streamlit.__file__).parent.glob("static/static/media/SourceSansVF-Upright*"))
AROUND = 56
CHOICES = [
    (f"{lesson.slug}.{step.slug}.{name}", control)
    for lesson in lessons.COURSE.lessons
    for step in lesson.steps
    for name, control in step.inputs.items()
    if isinstance(control, Choice)
]


def test_no_box_of_the_course_cuts_what_is_chosen() -> None:
    font = ImageFont.truetype(str(FONT), 16)
    cut = {
        name: longest
        for name, control in CHOICES
        if not is_listed(control)
        for longest in [max(font.getlength(option) for option in control.named)]
        if longest + AROUND > select_width(control)
    }
    assert cut == {}
    assert sum(is_listed(control) for _, control in CHOICES) >= 4
