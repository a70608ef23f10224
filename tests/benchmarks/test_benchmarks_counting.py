"""Whether a class was counted rightly: what is lost, what is twice, how late a page is."""

import math

from benchmarks.counting import behind, lost, twice
from lib.room import Answer


def answer(device: str, said: str = "a", vote: int = 1, at: float = 0.0) -> Answer:
    return Answer(round=1, vote=vote, device=device, said=said, at=at)


def test_what_is_kept_as_it_was_confirmed_is_not_lost() -> None:
    kept = [answer("ada", "a"), answer("bob", "b"), answer("cleo", "c")]
    assert lost({"ada": "a", "bob": "b"}, kept, vote=1) == []


def test_an_answer_that_is_not_there_or_another_one_is_lost() -> None:
    kept = [answer("ada", "a"), answer("bob", "c"), answer("cleo", "c", vote=2)]
    assert lost({"ada": "a", "bob": "b", "cleo": "c"}, kept, vote=1) == ["bob", "cleo"]


def test_two_answers_of_a_device_in_one_vote_are_one_too_many() -> None:
    kept = [answer("ada"), answer("bob"), answer("ada", "b"), answer("bob", vote=2)]
    assert twice(kept, vote=1) == ["ada"]
    assert twice(kept, vote=2) == []


def test_a_page_is_as_late_as_its_first_count_that_holds_the_answer() -> None:
    kept = [answer("a", at=10.0), answer("b", at=10.5), answer("c", at=12.0), answer("d", at=13.0)]
    seen = [(9.0, 0), (11.0, 2), (12.0, 2), (12.5, 3), (13.5, 3)]
    assert behind(kept, 1, seen) == [1.0, 0.5, 0.5, math.inf]


def test_a_count_that_falls_back_is_no_news() -> None:
    kept = [answer("a", at=1.0), answer("b", at=2.0)]
    assert behind(kept, 1, [(1.5, 2), (2.5, 1), (3.0, 2)]) == [0.5, -0.5]
