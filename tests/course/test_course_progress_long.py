"""Half a year of daily use: it stays small, and what is asked of it outlives the folding."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from lib.course import (
    Answered,
    Bookmarked,
    Event,
    Hinted,
    Noted,
    Opened,
    Passed,
    Practised,
    Predicted,
    Progress,
    Raced,
    Records,
    Restarted,
    Reviewed,
    Shown,
    Tried,
    read_progress,
    write_progress,
)

DAY = 86_400.0
FIRST_DAY = 1_767_254_400.0  # 2026-01-01, at eight
LESSONS = [f"lesson_{number}" for number in range(9)]
STEPS = [f"step_number_{number}" for number in range(16)]
KINDS = [f"a_kind_of_exercise_{number}" for number in range(14)]
BELIEFS = [f"a_belief_that_leads_astray_{number}" for number in range(218)]
CARDS = [*BELIEFS, *(f"measure_{number}" for number in range(20))]


def half_a_year(chance: random.Random) -> list[Event]:
    """What one learner does in 180 days."""
    return [event for day in range(180) for event in a_day(day, chance)]


def a_day(day: int, chance: random.Random) -> Iterator[Event]:
    """Thirty exercises, forty cards, three steps, a note, a bookmark and a race."""
    clock = itertools.count(FIRST_DAY + day * DAY, 30.5)
    for number in range(30):
        kind = {"lesson": chance.choice(LESSONS), "step": chance.choice(KINDS)}
        right = chance.random() < 0.7
        belief = None if right else chance.choice(BELIEFS)
        yield Practised(
            at=next(clock), **kind, draw=number, said="12.5", right=right, misconception=belief
        )
    for _ in range(40):
        at = next(clock)
        yield Reviewed(
            at=at,
            card=chance.choice(CARDS),
            rating=chance.randint(1, 4),
            due=at + chance.random() * 100 * DAY,
            stability=chance.random() * 100,
            difficulty=1 + chance.random() * 9,
            state=chance.randint(1, 3),
        )
    for number in range(3):
        lesson, step = divmod((day * 3 + number) % (len(LESSONS) * len(STEPS)), len(STEPS))
        here = {"lesson": LESSONS[lesson], "step": STEPS[step]}
        belief = chance.choice(BELIEFS)
        yield Opened(at=next(clock), **here)
        yield Predicted(at=next(clock), **here, said="1", right=False, misconception=belief)
        values = (("columns", ("rate", "len", "traffic")), ("k", day), ("method", "pearson"))
        yield Tried(at=next(clock), **here, values=values)
        yield Passed(at=next(clock), **here)
    yield Noted(at=next(clock), **here, text="What I saw today: " + "word " * 60)
    yield Bookmarked(at=next(clock), **here, on=day % 2 == 0)
    guesses = tuple(
        (chance.randint(-99, 99) / 100, chance.randint(-99, 99) / 100) for _ in range(25)
    )
    score = chance.randrange(100)
    yield Raced(at=next(clock), challenge="guess_r", guesses=guesses, score=score)


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return half_a_year(random.Random(15))


@pytest.fixture(scope="module")
def progress(events: list[Event]) -> Progress:
    """As it comes about: a few events at a time, folded again and again."""
    progress = Progress("demo", seed=1)
    for start in range(0, len(events), 80):
        progress = progress.apply(*events[start : start + 80])
    return progress


def test_half_a_year_of_daily_use_stays_small(progress: Progress) -> None:
    assert len(write_progress(progress).encode()) < 500_000


def test_what_is_asked_of_the_records_outlives_folding_and_the_file(
    events: list[Event], progress: Progress
) -> None:
    unfolded = Records().after(*events)
    again = read_progress(write_progress(progress), "demo")
    assert again == progress
    assert again.records == progress.records == unfolded


def test_the_records_are_what_a_plain_count_says(events: list[Event], progress: Progress) -> None:
    records = read_progress(write_progress(progress), "demo").records
    counted = Counter(
        (datetime.fromtimestamp(event.at, UTC).strftime("%Y-%m-%d"), event.kind)
        for event in events
        if event.kind in {"predicted", "passed", "answered", "practised", "reviewed", "raced"}
    )
    assert len(records.days) == 180
    assert {(day, kind): n for day, done in records.days.items() for kind, n in done.items()} == (
        counted
    )
    assert records.races["guess_r"].best == max(e.score for e in events if isinstance(e, Raced))
    last = {event.card: event for event in events if isinstance(event, Reviewed)}
    assert {slug: card.due for slug, card in records.cards.items()} == {
        slug: event.due for slug, event in last.items()
    }
    assert set(records.weak) == weak_by_hand(events)


def weak_by_hand(events: list[Event]) -> set[str]:
    """What was shown after the last time that it was put right."""
    shown_at: dict[str, set[object]] = {belief: set() for belief in BELIEFS}
    weak = set()
    for event in events:
        place = getattr(event, "lesson", None), getattr(event, "step", None)
        belief = getattr(event, "misconception", None)
        if belief is not None:
            shown_at[belief].add(place)
            weak.add(belief)
        elif isinstance(event, Reviewed) and event.rating > 1:
            weak.discard(event.card)
        elif isinstance(event, Passed) or getattr(event, "right", None):
            weak -= {each for each in weak if place in shown_at[each]}
    return weak


# Many histories


def history(chance: random.Random, length: int) -> list[Event]:
    """Some events of any kind, within one minute and at few places."""
    return [event_at(round(chance.uniform(0, 60), 3), chance) for _ in range(length)]


def event_at(at: float, chance: random.Random) -> Event:
    here = {"lesson": chance.choice("ab"), "step": chance.choice("ab")}
    belief = chance.choice([None, "x", "y"])
    is_right = chance.random() < 0.5
    choices: list[Event] = [
        Opened(at=at, **here),
        Restarted(at=at, **here),
        Predicted(at=at, **here, said="1", right=is_right, misconception=belief),
        Hinted(at=at, **here),
        Shown(at=at, **here),
        Tried(at=at, **here, values=(("k", chance.randrange(5)),), misconception=belief),
        Passed(at=at, **here),
        Answered(at=at, **here, question="q", answer=1, right=is_right, misconception=belief),
        Practised(at=at, **here, draw=3, said="é", right=is_right, misconception=belief),
        Bookmarked(at=at, **here, on=is_right),
        Noted(at=at, **here, text=chance.choice(["", "a\nb", "«»"])),
        Reviewed(
            at=at,
            card="x",
            rating=chance.randint(1, 4),
            due=at,
            stability=1.5,
            difficulty=5.0,
            state=2,
        ),
        Raced(at=at, challenge="guess_r", guesses=((0.5, at),), score=chance.randrange(9)),
    ]
    return chance.choice(choices)


def try_histories(seeds: range) -> None:
    """Round trips lose nothing, and two tabs that part and meet have all that either did."""
    for seed in seeds:
        chance = random.Random(seed)
        progress = Progress("demo", seed=1).apply(*history(chance, chance.randint(0, 250)))
        again = read_progress(write_progress(progress), "demo")
        assert (again, again.records) == (progress, progress.records), seed
        common, mine, yours = (history(chance, chance.randint(0, 33)) for _ in range(3))
        begun = Progress("demo", seed=1).apply(*common)
        one, other = begun.apply(*mine), again_from_file(begun).apply(*yours)
        merged = one.merge(other)
        assert merged == other.merge(one) == begun.apply(*mine, *yours), seed
        assert merged.records == Records().after(*merged.events), seed
        folded = one._folded_until(chance.uniform(0, 60)).merge(other)
        assert folded == other.merge(folded) == folded.merge(one), seed
        assert keeps(folded.records, one.records), seed
        assert keeps(folded.records, other.records), seed


def again_from_file(progress: Progress) -> Progress:
    return read_progress(write_progress(progress), "demo")


def keeps(merged: Records, tab: Records) -> bool:
    """Whether the larger counts and the later times of a tab are there."""
    return (
        all(merged.cards[slug].at >= card.at for slug, card in tab.cards.items())
        and all(merged.races[slug].best >= race.best for slug, race in tab.races.items())
        and all(
            merged.days[day].get(kind, 0) >= count
            for day, done in tab.days.items()
            for kind, count in done.items()
        )
        and all(
            (merged.lessons[lesson].step(slug).noted_at or 0) >= (step.noted_at or 0)
            and merged.lessons[lesson].step(slug).passed >= step.passed
            for lesson, record in tab.lessons.items()
            for slug, step in record.steps.items()
        )
    )


def test_random_histories_come_back_and_merge() -> None:
    try_histories(range(25))


@pytest.mark.play
def test_a_thousand_random_histories_come_back_and_merge() -> None:
    try_histories(range(25, 1025))
