"""Which cards are due: what was got wrong, what has been due longest, and a few new ones."""

import subprocess
import sys

from lessons import COURSE
from lib.course import (
    Answered,
    Event,
    Opened,
    Passed,
    Practised,
    Predicted,
    Records,
    Reviewed,
)
from lib.study import Card, cards_of, due
from lib.study.cards import NEW_A_DAY, Face

DAY = 86_400.0
NOON = 1_767_268_800.0


def blank(_: int) -> Face:
    return Face("")


CARDS = [Card(f"c{n}", "roads", f"step{n // 10}", blank, blank) for n in range(40)]


def slugs(records: Records, at: float = NOON) -> list[str]:
    return [card.slug for card in due(CARDS, records, at)]


def passed(step: str, at: float = 1.0) -> Passed:
    return Passed(at=at, lesson="roads", step=step)


def turned(card: str, at: float, due_at: float, rating: int = 3) -> Reviewed:
    return Reviewed(
        at=at, card=card, rating=rating, due=due_at, stability=2.0, difficulty=5.0, state=2
    )


def wrong(card: str, at: float) -> Event:
    return Practised(
        at=at, lesson="ponds", step=f"kind {card}", draw=1, said="0", right=False,
        misconception=card,
    )  # fmt: skip


def test_who_has_done_nothing_has_no_card() -> None:
    assert slugs(Records()) == []
    assert slugs(Records().after(Opened(at=1.0, lesson="roads", step="step0"))) == []


def test_new_cards_are_of_steps_that_were_met_and_few_a_day() -> None:
    records = Records().after(passed("step1"))
    assert slugs(records) == [f"c{n}" for n in range(10, 20)]
    records = records.after(passed("step0", 2.0))
    assert slugs(records) == [f"c{n}" for n in range(10)]
    for n in range(4):
        records = records.after(turned(f"c{n}", NOON + n, NOON + 9 * DAY))
    assert slugs(records, NOON + 10) == [f"c{n}" for n in range(4, 10)]
    assert slugs(records, NOON + DAY) == [f"c{n}" for n in range(4, 14)]


def test_a_card_that_was_turned_twice_today_counts_once_as_new() -> None:
    records = Records().after(
        passed("step0"), turned("c0", NOON, NOON), turned("c0", NOON + 1, 9e9)
    )
    assert len(slugs(records, NOON + 2)) == NEW_A_DAY - 1


def test_what_is_due_longest_comes_before_what_is_new() -> None:
    records = Records().after(
        passed("step0"),
        turned("c1", 2.0, NOON - DAY),
        turned("c2", 3.0, NOON - 9 * DAY),
        turned("c3", 4.0, NOON + 1),
    )
    assert slugs(records)[:3] == ["c2", "c1", "c0"]
    assert "c3" not in slugs(records)
    assert slugs(records, NOON + 1)[:3] == ["c2", "c1", "c3"]


def test_what_was_got_wrong_comes_first_even_of_steps_not_met() -> None:
    records = Records().after(
        passed("step0"),
        turned("c1", 2.0, NOON - DAY),
        wrong("c35", 5.0),
        wrong("c1", 6.0),
        wrong("no card", 7.0),
    )
    assert slugs(records)[:3] == ["c1", "c35", "c0"]
    assert len(slugs(records)) == NEW_A_DAY + 1


def test_what_was_put_right_or_turned_since_waits_for_its_time() -> None:
    records = Records().after(wrong("c35", 5.0), turned("c35", 6.0, NOON + DAY, rating=1))
    assert records.weak == ("c35",)
    assert slugs(records) == []
    assert slugs(records, NOON + DAY) == ["c35"]
    assert slugs(records.after(wrong("c35", NOON - 1))) == ["c35"]
    right = Practised(at=9.0, lesson="ponds", step="kind c36", draw=2, said="1", right=True)
    assert slugs(Records().after(wrong("c36", 5.0), right)) == []


def test_every_misconception_and_every_measure_has_a_card_of_its_own() -> None:
    cards = cards_of(COURSE)
    assert len(cards) == len(COURSE.misconceptions) + len(COURSE.measures)
    assert {card.slug for card in cards} == {*COURSE.misconceptions, *COURSE.measures}


def test_the_card_of_a_misconception_tells_the_truth() -> None:
    card = next(card for card in cards_of(COURSE) if card.slug == "row_number_is_no_column")
    assert COURSE.misconceptions[card.slug].belief in card.front(0).text
    assert card.back(0).text == COURSE.truth(card.slug)


def test_the_card_of_a_measure_asks_with_fresh_data_each_time() -> None:
    card = next(card for card in cards_of(COURSE) if card.slug == "pearson")
    one, other = card.front(0).exhibit, card.front(1).exhibit
    assert one is not None
    assert other is not None
    assert one.facts["r"] != other.facts["r"]
    assert f"{abs(one.facts['r']):.2f}" in card.back(0).text
    assert card.front(0).exhibit is one


def test_what_is_wrong_in_a_quiz_and_predicted_wrongly_is_due_at_once() -> None:
    one, other = list(COURSE.misconceptions)[:2]
    here = {"lesson": "five_steps", "step": "import"}
    records = Records().after(
        Predicted(at=1.0, **here, said="1", right=False, misconception=one),
        Answered(at=2.0, **here, question="q", answer=1, right=False, misconception=other),
    )
    first = [card.slug for card in due(cards_of(COURSE), records, NOON)[:2]]
    assert first == [other, one]


def test_to_know_what_is_due_computes_nothing() -> None:
    code = (
        "import sys; from lessons import COURSE; from lib.course import Records\n"
        "from lib.study import cards_of, due\n"
        "due(cards_of(COURSE), Records(), 0.0)\n"
        "print([name for name in ('pandas', 'scipy', 'lib.stats', 'fsrs') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
