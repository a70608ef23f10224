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
    Progress,
    ProgressError,
    Question,
    Slider,
    Step,
)


class Square(Step):
    """### A square"""

    side = Slider("Side", -9, 9, default=1)

    def show(self, side: int) -> Exhibit:
        return Exhibit({"length": side, "area": side * side}, "", pd.DataFrame(), "")


class Cube(Step):
    """### A cube"""

    side = Slider("Side", -9, 9, default=2)

    def show(self, side: int) -> Exhibit:
        return Exhibit({"length": side, "volume": side**3}, "", pd.DataFrame(), "")


def question(step: str, **at) -> Question:
    return Question("how_large", step, "?", [Answer("{area}", "{length}", right=True)], at)


def misconception(lesson: str, step: str, truth: str, **at) -> Misconception:
    return Misconception("large", "Twice the side, twice the area.", truth, lesson, step, at)


PLANE = Lesson("plane", "In the plane", 5, ["See"], [Square(), Cube()], ())
SPACE = Lesson("space", "In space", 5, ["See"], [Cube()], ())
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


# What a progress file may say of a course that has changed since

THREE = Lesson(
    "three",
    "Three answers",
    5,
    ["See"],
    [Square()],
    tuple(
        Question(slug, "square", "?", [Answer(letter, "") for letter in "abc"], {})
        for slug in ("first", "second")
    ),
)
QUIZ_COURSE = Course("shapes", "Shapes", [PLANE, THREE], {})


@pytest.mark.parametrize(
    ("tried", "known"),
    [
        ({}, {}),
        ({"first": [2, 0, 1], "second": [1]}, {"first": [2, 0, 1], "second": [1]}),
        ({"first": [0, 0]}, {"first": [0, 0]}),
        ({"first": [3, 2, 99, 0, 10**30]}, {"first": [2, 0]}),
        ({"first": [3], "second": [0]}, {"second": [0]}),
        ({"first": []}, {}),
        ({"unheard_of": [0, 1], "second": [0]}, {"second": [0]}),
    ],
)
def test_answers_that_the_quiz_does_not_have_are_left_out(tried, known):
    before = {slug: list(answers) for slug, answers in tried.items()}
    assert THREE.known_answers(tried) == known
    assert tried == before


def test_a_progress_of_the_course_is_read_whole():
    progress = Progress("shapes", seed=4711, last=("three", "square"))
    progress.step("plane", "cube").passed = True
    progress.step("three", "square").hints = 2
    progress.lesson("three").quiz["first"] = [1, 0]
    assert QUIZ_COURSE.read_progress(progress.to_json()) == progress


def test_what_the_course_no_longer_has_is_left_out_of_a_progress():
    progress = Progress("shapes", seed=4711)
    progress.step("hyperspace", "tesseract").passed = True
    progress.step("three", "square").passed = True
    progress.lesson("three").quiz.update(first=[3, 1], gone=[0])
    read = QUIZ_COURSE.read_progress(progress.to_json())
    assert list(read.lessons) == ["three"]
    assert read.lesson("three") == LessonRecord(progress.lesson("three").steps, quiz={"first": [1]})
    assert read.seed == 4711


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "This file is not a progress file"),
        (Progress("other", seed=1).to_json(), "This progress file belongs to another course"),
        ('{"schema": 1, "course": "shapes"}', "This progress file is damaged"),
    ],
)
def test_a_progress_of_no_use_is_refused_in_one_sentence(text, sentence):
    with pytest.raises(ProgressError, match=f"^{sentence}"):
        QUIZ_COURSE.read_progress(text)
