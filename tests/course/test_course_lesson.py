"""Lessons and the course find what is named, and say truths with their numbers."""

import pandas as pd
import pytest

from lib.course import (
    Answer,
    Course,
    Exhibit,
    Lesson,
    LessonRecord,
    Misconception,
    Part,
    Question,
    Slider,
    Step,
    Stop,
    open_questions,
)


class Square(Step):
    """### A square"""

    side = Slider("Side", -9, 9, default=1)

    def show(self, side: int) -> Exhibit:
        return Exhibit({"length": side, "area": side * side}, pd.DataFrame(), "")


class Cube(Step):
    """### A cube"""

    side = Slider("Side", -9, 9, default=2)

    def show(self, side: int) -> Exhibit:
        return Exhibit({"length": side, "volume": side**3}, pd.DataFrame(), "")


def question(step: str, **at) -> Question:
    return Question("how_large", step, "?", [Answer("{area}", "{length}", right=True)], at)


def misconception(lesson: str, step: str, truth: str, **at) -> Misconception:
    return Misconception("large", "Twice the side, twice the area.", truth, lesson, step, at)


PLANE = Lesson(
    "plane",
    "In the plane",
    ["See"],
    [Part("Flat", 5, [Square()]), Part("Deep", 6, [Cube()])],
    (),
    "How large is yours?",
)
SPACE = Lesson("space", "In space", ["See"], [Part("Deep", 5, [Cube()])], (), "How large is yours?")
COURSE = Course(
    "shapes",
    "Shapes",
    [PLANE, SPACE],
    {
        "twice": misconception("plane", "square", "{length} makes {area:.1f}.", side=-3),
        "default": misconception("space", "cube", "{length} makes {volume}."),
        "lost": misconception("hyperspace", "cube", "{volume}"),
        "astray": misconception("space", "square", "{area}"),
        "wrong": misconception("space", "cube", "{area}"),
    },
)


def test_a_lesson_finds_its_steps():
    assert PLANE.step("square") is PLANE.steps[0]
    assert PLANE.step("cube") is PLANE.steps[1]


@pytest.mark.parametrize("slug", ["sphere", "", "Square", "quiz"])
def test_a_step_that_is_not_there_is_a_key_error(slug):
    with pytest.raises(KeyError) as caught:
        PLANE.step(slug)
    assert caught.value.args == (slug,)


def test_the_course_finds_its_lessons():
    assert COURSE.lesson("plane") is PLANE
    assert COURSE.lesson("space") is SPACE


def test_a_lesson_follows_another_and_none_the_last():
    assert COURSE.after(PLANE) is SPACE
    assert COURSE.after(SPACE) is None


def test_a_question_stays_open_until_its_last_answer_is_right():
    wrong = Answer("{length}", "", misconception="large")
    asked = [
        Question(slug, "square", "?", [Answer("{area}", "", right=True), wrong], {})
        for slug in ("one", "two", "three")
    ]
    lesson = Lesson("plane", "In the plane", [], [], tuple(asked), "")
    assert open_questions(lesson, LessonRecord()) == [0, 1, 2]
    record = LessonRecord(quiz={"one": (1, 0), "two": (0, 1), "three": (0,)})
    assert open_questions(lesson, record) == [1]


def test_a_lesson_that_is_not_there_is_a_key_error():
    with pytest.raises(KeyError) as caught:
        COURSE.lesson("time")
    assert caught.value.args == ("time",)


def test_a_question_is_filled_with_the_facts_of_its_step_where_it_asks():
    assert PLANE.fill_question(question("square", side=-3), "{length}: {area}") == "−3: 9"
    assert PLANE.fill_question(question("square"), "{length}: {area}") == "1: 1"
    assert PLANE.fill_question(question("cube"), "{length}: {volume}") == "2: 8"


def test_a_question_about_a_step_of_another_lesson_is_a_key_error():
    with pytest.raises(KeyError, match="square"):
        SPACE.fill_question(question("square"), "{area}")


def test_a_question_that_names_no_fact_is_a_key_error():
    with pytest.raises(KeyError, match="volume"):
        PLANE.fill_question(question("square"), "{volume}")


def test_a_truth_has_the_numbers_of_its_step_where_it_looks():
    assert COURSE.truth("twice") == "−3 makes 9.0."
    assert COURSE.truth("default") == "2 makes 8."


@pytest.mark.parametrize(
    ("slug", "missing"),
    [("unheard_of", "unheard_of"), ("lost", "hyperspace"), ("astray", "square"), ("wrong", "area")],
)
def test_what_a_truth_needs_and_is_not_there_is_a_key_error(slug, missing):
    with pytest.raises(KeyError) as caught:
        COURSE.truth(slug)
    assert caught.value.args == (missing,)


def test_the_steps_of_the_parts_are_those_of_the_lesson():
    assert PLANE.minutes == 11
    assert [step.slug for step in PLANE.steps] == ["square", "cube"]
    assert PLANE.stops == (Stop("square", "A square"), Stop("cube", "A cube"))
    assert [part.stops for part in PLANE.parts] == [PLANE.stops[:1], PLANE.stops[1:]]
