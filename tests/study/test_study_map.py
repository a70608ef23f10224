"""The map of the course leads to steps that there are, and says all that it draws as a list."""

import re

import pytest

from lessons import COURSE
from lib.charts import DARK, LIGHT
from lib.course import CourseMap, PitfallEntry, StepAddress
from lib.study.map_drawing import SIGNS, Mark, draw_measures, draw_pitfalls

STEPS = {StepAddress(lesson.slug, stop.slug) for lesson in COURSE.lessons for stop in lesson.stops}


def test_every_place_is_a_step() -> None:
    places = [each.at for each in (*COURSE.map.measures, *COURSE.map.pitfalls)]
    assert set(places) <= STEPS
    assert {place.lesson for place in places} == {lesson.slug for lesson in COURSE.lessons}


def test_no_two_measures_and_no_two_pitfalls_are_alike() -> None:
    for nodes in (COURSE.map.measures, COURSE.map.pitfalls):
        names = [node.name for node in nodes]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("mark", SIGNS)
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_each_node_is_a_link_with_its_mark(mark: Mark, theme: object) -> None:
    for draw, nodes in (
        (draw_measures, COURSE.map.measures),
        (draw_pitfalls, COURSE.map.pitfalls),
    ):
        drawing = draw(COURSE.map, theme, lambda _: mark)
        for node in nodes:
            assert f'label="{SIGNS[mark]}{node.name}"' in drawing
            assert f'URL="{node.at.lesson}?step={node.at.step}"' in drawing


def test_words_stay_within_their_quotes() -> None:
    hostile = PitfallEntry('a"]; b [label="', "c\\", StepAddress("a", "b"))
    drawing = draw_pitfalls(CourseMap(pitfalls=[hostile]), LIGHT, lambda _: "open")
    assert re.search(r'label="a\\"\]; b \[label=\\"", URL', drawing)
    assert 'label="c\\\\"' in drawing
