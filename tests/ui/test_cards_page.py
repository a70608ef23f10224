"""The page of cards, run without a browser."""

import re
import time
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest
from ui_failures import failures

from lessons import COURSE
from lib.course import Event, Passed, Predicted, Progress, Reviewed
from lib.study import cards_of

Open = Callable[..., AppTest]

HERE = {"lesson": "five_steps", "step": "import"}
BELIEF = "row_number_is_no_column"
WRONG = Predicted(at=1.0, **HERE, said="1", right=False, misconception=BELIEF)


def opened(open_app: Open, *events: Event) -> AppTest:
    app = open_app("cards")
    app.session_state["progress"] = Progress(COURSE.slug, seed=1).apply(*events)
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not failures(app)
    return app


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not failures(app)
    return app


def text(app: AppTest) -> str:
    """What is written, without the marks of terms."""
    written = "\n".join(each.value for each in (*app.markdown, *app.caption))
    return re.sub(r"</?dfn[^>]*>", "", written)


def keys(app: AppTest) -> set[str]:
    return {button.key for button in app.button}


def test_who_has_done_nothing_is_told_where_cards_come_from(open_app: Open) -> None:
    app = open_app("cards")
    assert "Cards come from the steps that you have been through" in text(app)
    assert "show-answer" not in keys(app)


def test_what_was_got_wrong_is_asked_and_answered_by_its_truth(open_app: Open) -> None:
    app = opened(open_app, WRONG)
    assert COURSE.misconceptions[BELIEF].belief in text(app)
    truth = COURSE.truth(BELIEF)
    assert truth not in text(app)
    assert not keys(app) & {"rate-1", "rate-2", "rate-3", "rate-4"}
    click(app, "show-answer")
    assert truth in text(app)
    labels = {button.key: button.label for button in app.button}
    assert "in 10 minutes" in labels["rate-1"]
    assert "in 15 minutes" in labels["rate-2"]
    assert "in 2 days" in labels["rate-3"]
    assert "in 8 days" in labels["rate-4"]


def test_a_rating_is_recorded_and_the_next_card_comes(open_app: Open) -> None:
    app = opened(open_app, WRONG)
    before = time.time()
    click(click(app, "show-answer"), "rate-3")
    progress: Progress = app.session_state["progress"]
    record = progress.records.cards[BELIEF]
    assert (record.rating, record.reviews) == (3, 1)
    assert record.due - record.at == 2 * 86_400
    assert before - 1 < record.at < time.time() + 1
    assert progress.records.weak == ()
    assert COURSE.misconceptions[BELIEF].belief not in text(app)
    # Others of the step that was predicted follow, each of them with its front first.
    assert "show-answer" in keys(app)


def test_when_all_are_turned_it_says_when_the_next_comes(open_app: Open) -> None:
    later = time.time() + 40 * 86_400
    turned = [
        Reviewed(
            at=2.0 + number, card=card.slug, rating=4, due=later, stability=9.0, difficulty=5.0,
            state=2,
        )
        for number, card in enumerate(cards_of(COURSE))
    ]  # fmt: skip
    app = opened(open_app, Passed(at=1.0, **HERE), *turned)
    assert "That is all for now. The next card comes back in 40 days." in text(app)
    assert "show-answer" not in keys(app)


@pytest.mark.parametrize("slug", ["pearson", "holm", "kendall"])
def test_the_card_of_a_measure_asks_with_numbers_and_answers(open_app: Open, slug: str) -> None:
    measure = COURSE.measures[slug]
    others = (each for each in cards_of(COURSE) if each.slug != slug)
    later = time.time() + 9e6
    schedule = {"stability": 9.0, "difficulty": 5.0, "state": 2}
    turned = [
        Reviewed(at=2.0 + n, card=each.slug, rating=4, due=later, **schedule)
        for n, each in enumerate(others)
    ]
    met = Passed(at=1.0, lesson=measure.lesson, step=measure.step)
    app = opened(open_app, met, *turned)
    assert measure.front(0) in text(app)
    click(app, "show-answer")
    assert measure.back(0) in text(app)
    click(app, "rate-1")
    progress: Progress = app.session_state["progress"]
    assert progress.records.cards[slug].due - progress.records.cards[slug].at == 600


def test_a_card_that_was_begun_stays_whatever_falls_due(open_app: Open) -> None:
    app = opened(open_app, Passed(at=1.0, **HERE))
    first = app.session_state["card-on-the-table"]
    progress: Progress = app.session_state["progress"]
    other = next(slug for slug in COURSE.misconceptions if slug != first)
    wrong = Predicted(at=2.0, **HERE, said="0", right=False, misconception=other)
    app.session_state["progress"] = progress.apply(wrong)
    run(app)
    assert app.session_state["card-on-the-table"] == first
    assert progress.records.cards == {}
    click(click(app, "show-answer"), "rate-4")
    assert app.session_state["card-on-the-table"] == other
