"""Cards: one for each misconception and each measure, and which of them are due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ..course import (
    CardRecord,
    Course,
    Exhibit,
    Measure,
    Misconception,
    Records,
    StepRecord,
    day_of,
)

NEW_A_DAY = 10
"""How many cards at most are turned for the first time on one day."""


@dataclass(frozen=True)
class Face:
    """A side of a card.

    text      Markdown
    exhibit   what is to be seen, if anything
    """

    text: str
    exhibit: Exhibit | None = None


@dataclass(frozen=True)
class Card:
    """A card, with the step that teaches what it asks.

    `front` and `back` take a number that rises each time that the card is turned, since measures
    are asked with fresh data.
    """

    slug: str
    lesson: str
    step: str
    front: Callable[[int], Face] = field(compare=False, repr=False)
    back: Callable[[int], Face] = field(compare=False, repr=False)


def cards_of(course: Course) -> list[Card]:
    """Every card, in the order of the lessons. Opens no step and computes nothing."""
    cards = [
        *(_card_of_belief(course, each) for each in course.misconceptions.values()),
        *(_card_of_measure(each) for each in course.measures.values()),
    ]
    order = [(lesson.slug, stop.slug) for lesson in course.lessons for stop in lesson.stops]
    return sorted(cards, key=lambda card: order.index((card.lesson, card.step)))


def _card_of_belief(course: Course, belief: Misconception) -> Card:
    def front(_: int) -> Face:
        return Face(
            f"Someone says:\n\n> {belief.belief}\n\n"
            "Why is it wrong? Say the reason in your own words. The back shows it in numbers, "
            "which nobody need know by heart."
        )

    def back(_: int) -> Face:
        # Without the figure of its step, which may show another pair than the truth speaks of.
        return Face(course.truth(belief.slug))

    return Card(belief.slug, belief.lesson, belief.step, front, back)


def _card_of_measure(measure: Measure) -> Card:
    def front(turned: int) -> Face:
        return Face(measure.front(turned), _sampled(measure, turned))

    def back(turned: int) -> Face:
        return Face(measure.back(turned))

    return Card(measure.slug, measure.lesson, measure.step, front, back)


# Remembered, since what is drawn is remembered by the exhibit that it belongs to.
@lru_cache(maxsize=64)
def _sampled(measure: Measure, draw: int) -> Exhibit | None:
    import pandas as pd

    sample = measure.sample(draw)
    if not sample.figures:
        return None
    return Exhibit(
        facts=sample.facts,
        table=pd.DataFrame(),
        description=sample.description,
        figures=sample.figures,
        across=len(sample.figures),
    )


def due(cards: Sequence[Card], records: Records, at: float) -> list[Card]:
    """The cards that are worth turning at a time.

    First what was got wrong in lessons and not put right since, the latest first. Then what has
    been due longest. Then new ones, in their order and up to NEW_A_DAY a day: only of steps that
    the learner has been through, so that no card tells what a step is about to ask.
    """
    weak = {slug: place for place, slug in enumerate(records.weak)}
    known = [card for card in cards if card.slug in records.cards]
    wrong = sorted(
        (card for card in cards if card.slug in weak and _is_news(records, card)),
        key=lambda card: weak[card.slug],
    )
    back = sorted(
        (card for card in known if records.cards[card.slug].due <= at and card not in wrong),
        key=lambda card: records.cards[card.slug].due,
    )
    new = [
        card
        for card in cards
        if card not in known and card not in wrong and _was_met(_step(records, card))
    ]
    return _within_the_day([*wrong, *back, *new], records, at)


def _is_news(records: Records, card: Card) -> bool:
    """Whether it was got wrong after the card was turned last."""
    record = records.cards.get(card.slug)
    return record is None or record.at < records.slips[card.slug].at


def _was_met(step: StepRecord) -> bool:
    return step.passed or step.predicted or step.solution_shown or step.said is not None


def _step(records: Records, card: Card) -> StepRecord:
    lesson = records.lessons.get(card.lesson)
    return StepRecord() if lesson is None else lesson.step(card.step)


def _within_the_day(cards: Sequence[Card], records: Records, at: float) -> list[Card]:
    """Without those that are new and too many."""
    begun = [record for record in records.cards.values() if _begun_on(record, day_of(at))]
    left = max(0, NEW_A_DAY - len(begun))
    new = [card for card in cards if card.slug not in records.cards]
    too_many = new[left:]
    return [card for card in cards if card not in too_many]


def _begun_on(record: CardRecord, day: str) -> bool:
    return day_of(record.first) == day
