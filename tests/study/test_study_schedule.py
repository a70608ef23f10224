"""When cards come back: as the package fsrs says, whatever the records go through in between."""

import random
from datetime import UTC, datetime, timedelta

import fsrs
import pytest

from lib.course import Progress, Records, Reviewed, read_progress, write_progress
from lib.study import RATINGS, comes_back, review

START = 1_767_254_400.0
DAY = 86_400.0
SOON = (timedelta(minutes=10),)


def moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


@pytest.mark.parametrize(("rating", "after"), [(1, 600.0), (2, 900.0), (3, 2 * DAY), (4, 8 * DAY)])
def test_a_new_card_comes_back_by_the_weights_of_fsrs(rating: int, after: float) -> None:
    """Its stability is the weight of the rating: 0.212, 1.2931, 2.3065 or 8.2956 days."""
    event = review("x", None, rating, START)
    assert event.due - START == after
    assert event.stability == (0.212, 1.2931, 2.3065, 8.2956)[rating - 1]
    assert (event.card, event.at, event.rating) == ("x", START, rating)


@pytest.mark.parametrize("seed", range(20))
def test_a_history_of_reviews_is_scheduled_as_by_fsrs_itself(seed: int) -> None:
    chance = random.Random(seed)
    scheduler = fsrs.Scheduler(learning_steps=SOON, relearning_steps=SOON, enable_fuzzing=False)
    card, progress, at = fsrs.Card(card_id=1), Progress("demo"), START
    for _ in range(30):
        rating = chance.choice([1, 2, 3, 3, 3, 4])
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), moment(at))
        event = review("x", progress.records.cards.get("x"), rating, at)
        progress = read_progress(write_progress(progress.apply(event)), "demo")
        assert abs(event.due - card.due.timestamp()) < 1e-3
        assert event.difficulty == pytest.approx(card.difficulty, rel=1e-12)
        assert event.stability == pytest.approx(min(card.stability or 0, 36_500), rel=1e-12)
        at = round(event.due + chance.choice([0, 5, 3600, 2 * DAY, 40 * DAY]), 3)
        if at > START + 5000 * DAY:
            break


def test_a_card_that_is_known_each_time_comes_back_ever_later() -> None:
    records, at, gaps = Records(), START, []
    for _ in range(6):
        event = review("x", records.cards.get("x"), 3, at)
        records = records.after(event)
        gaps.append(event.due - at)
        at = event.due
    assert gaps == sorted(set(gaps))
    again = review("x", records.cards["x"], 1, at)
    assert again.due - at == 600


@pytest.mark.parametrize("rating", [0, 5])
def test_another_rating_is_refused(rating: int) -> None:
    assert rating not in RATINGS
    with pytest.raises(ValueError, match=str(rating)):
        review("x", None, rating, START)


def test_even_a_stability_at_its_end_can_be_reviewed_and_written() -> None:
    event = Reviewed(
        at=START, card="x", rating=4, due=START, stability=36_500.0, difficulty=1.0, state=2
    )
    progress = Progress("demo").apply(event)
    for _ in range(5):
        last = progress.records.cards["x"]
        event = review("x", last, 4, last.due + DAY)
        assert event.stability <= 36_500
        progress = read_progress(write_progress(progress.apply(event)), "demo")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "in 1 minute"),
        (600, "in 10 minutes"),
        (3599, "in 60 minutes"),
        (3600, "in 1 hour"),
        (DAY, "in 1 day"),
        (DAY * 45, "in 45 days"),
        (DAY * 90, "in 3 months"),
        (DAY * 730.5, "in 2 years"),
    ],
)
def test_when_a_card_comes_back_is_said_in_words(seconds: float, words: str) -> None:
    assert comes_back(START + seconds, START) == words
