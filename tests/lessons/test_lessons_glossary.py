"""Words are taught before they are used, and every page explains its own."""

from collections.abc import Iterator

import pytest
from wording import texts_of, texts_of_quiz

from lessons import COURSE
from lib.charts import Chart, Heatmap
from lib.course import Lesson, Step, Term

GLOSSARY = COURSE.glossary
TERMS = {term.slug: term for term in GLOSSARY.terms}
PLACES = {
    (lesson.slug, step.slug): number
    for number, (lesson, step) in enumerate(
        (lesson, step) for lesson in COURSE.lessons for step in lesson.steps
    )
}
MOST_MARKS = 14
"""On one page: more would be a page that asks to be looked up."""


def terms_in(texts: Iterator[str]) -> set[str]:
    return {use.term.slug for text in texts for use in GLOSSARY.uses(text)}


def place_of(term: Term) -> int:
    return PLACES[term.lesson, term.step]


def too_early(text: str, place: int) -> list[str]:
    """The terms of a text that no step up to that place has introduced."""
    return [
        f"{use.term.slug}, which comes with {use.term.lesson}.{use.term.step}, in: {text}"
        for use in GLOSSARY.uses(text)
        if place_of(use.term) > place
    ]


each_lesson = pytest.mark.parametrize(
    "lesson", COURSE.lessons, ids=[lesson.slug for lesson in COURSE.lessons]
)


@each_lesson
def test_a_step_uses_no_term_that_is_still_to_come(lesson: Lesson) -> None:
    found = [
        f"{step.slug}: {early}"
        for step in lesson.steps
        for text in texts_of(step)
        for early in too_early(text, PLACES[lesson.slug, step.slug])
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.slug)
def test_a_cell_opens_no_term_that_is_still_to_come(lesson: Lesson) -> None:
    found = [
        f"{step.slug}: {early}"
        for step in lesson.steps
        for words in opened_by(step)
        for early in too_early(words, PLACES[lesson.slug, step.slug])
    ]
    assert not found, "\n".join(found)


def opened_by(step: Step) -> Iterator[str]:
    """What is said and drawn of the corners of each figure, where the step begins."""
    exhibit = step.exhibit()
    for number, chart in enumerate(exhibit.figures):
        if isinstance(chart, Heatmap) and (open_cell := exhibit.behind_cell(number)) is not None:
            for row, column in corners(chart):
                behind = open_cell(row, column)
                yield behind.sentence
                yield from words_on(behind.chart)


def corners(chart: Heatmap) -> set[tuple[str, str]]:
    """The cells at the ends of the first and of the last row, as far as they are drawn."""
    drawn = chart.values.notna()
    if chart.hidden is not None:
        drawn &= ~chart.hidden
    rows = {drawn.index[drawn.any(axis="columns")][end] for end in (0, -1)}
    ends = {(row, drawn.columns[drawn.loc[row]][end]) for row in rows for end in (0, -1)}
    return {(str(row), str(column)) for row, column in ends}


def words_on(chart: Chart) -> list[str]:
    """The title of a figure, and what stands beside its axes and its colours."""
    words = (getattr(chart, name, None) for name in ("title", "scale", "x", "y"))
    return [word for word in words if isinstance(word, str)]


def test_some_cells_are_opened() -> None:
    assert any(
        "39 sections" in words for words in opened_by(COURSE.lesson("five_steps").step("colour"))
    )
    drawn = list(opened_by(COURSE.lesson("categorical").step("direction")))
    assert "adjusted residual" in drawn


@each_lesson
def test_a_quiz_asks_for_no_term_that_its_lesson_has_not_introduced(lesson: Lesson) -> None:
    end = PLACES[lesson.slug, lesson.steps[-1].slug]
    found = [early for text in texts_of_quiz(lesson) for early in too_early(text, end)]
    assert not found, "\n".join(found)


def test_a_misconception_uses_no_term_that_is_still_to_come() -> None:
    found = [
        f"{slug}: {early}"
        for slug, misconception in COURSE.misconceptions.items()
        for text in (misconception.belief, misconception.truth)
        for early in too_early(text, PLACES[misconception.lesson, misconception.step])
    ]
    assert not found, "\n".join(found)


def test_a_term_that_is_still_to_come_is_noticed() -> None:
    first, last = min(PLACES.values()), max(PLACES.values())
    assert too_early("Prewhiten with V", first)
    assert not too_early("Prewhiten with V", last)
    assert len(too_early("Prewhiten with V", place_of(TERMS["cramers_v"]))) == 1


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS)
def test_a_term_is_introduced_by_a_step_that_uses_it(term: Term) -> None:
    step = COURSE.lesson(term.lesson).step(term.step)
    assert term.slug in terms_in(texts_of(step))


def test_terms_stand_in_the_order_in_which_they_are_introduced() -> None:
    places = [place_of(term) for term in GLOSSARY.terms]
    assert places == sorted(places)


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS)
def test_a_meaning_is_one_or_two_plain_sentences(term: Term) -> None:
    assert term.meaning[0].isupper()
    assert term.meaning.endswith(".")
    assert not set("*`{}<>\n") & set(term.meaning)
    assert len(term.meaning) <= 260


@each_lesson
def test_a_page_has_a_handful_of_marks(lesson: Lesson) -> None:
    for step in lesson.steps:
        shown = terms_in(texts_of(step)) & GLOSSARY.marked_on(lesson.slug, step.slug)
        assert len(shown) <= MOST_MARKS, (step.slug, sorted(shown))
