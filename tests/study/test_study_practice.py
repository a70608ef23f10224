"""Which exercise comes next: in rounds without repetition, with numbers never answered before."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.course import Practised, Progress
from lib.study import FRESH, next_exercise

POOL = {"roads": [f"kind{n}" for n in range(7)]}
SEEDS = st.integers(0, 2**31 - 1)


def play(pools, seed, rights, wrong_first=False):
    """What is asked when these answers are given, and the progress after it."""
    progress, asked = Progress("demo", seed=seed), []
    for at, right in enumerate(rights, 1):
        lesson, kind, draw = next_exercise(pools, progress, wrong_first=wrong_first)
        asked.append((lesson, kind, draw))
        progress = progress.apply(
            Practised(at=float(at), lesson=lesson, step=kind, draw=draw, said="", right=right)
        )
    return asked, progress


@settings(deadline=None)
@given(seed=SEEDS, rights=st.lists(st.booleans(), min_size=21, max_size=21))
def test_no_kind_comes_twice_until_all_have_come(seed, rights):
    asked, _ = play(POOL, seed, rights)
    kinds = [kind for _, kind, _ in asked]
    for start in (0, 7, 14):
        assert sorted(kinds[start : start + 7]) == POOL["roads"]
    assert len(set(asked)) == 21


def test_rounds_and_learners_have_orders_of_their_own():
    orders = [
        tuple(kind for _, kind, _ in play(POOL, seed, [True] * 14)[0][start : start + 7])
        for seed in range(6)
        for start in (0, 7)
    ]
    assert len(set(orders)) >= 11


@given(
    seed=SEEDS,
    before=st.lists(st.integers(0, 2000), max_size=8),
    wrong_first=st.booleans(),
)
def test_numbers_that_were_answered_do_not_come_again(seed, before, wrong_first):
    progress = Progress("demo", seed=seed).apply(
        *(
            Practised(at=float(at), lesson="roads", step="kind0", draw=draw, said="", right=False)
            for at, draw in enumerate(before, 1)
        )
    )
    asked = next_exercise({"roads": ["kind0"]}, progress, wrong_first=wrong_first)
    assert asked.draw not in before
    assert asked.draw == (max(before) + 1 if before else seed % FRESH)


@settings(deadline=None)
@given(seed=SEEDS, rights=st.lists(st.booleans(), min_size=40, max_size=40))
def test_lessons_take_turns_and_each_has_its_rounds(seed, rights):
    pools = {**POOL, "ponds": ["a", "b", "c"], "trees": ["a", "d"]}
    asked, _ = play(pools, seed, rights)
    lessons = [lesson for lesson, _, _ in asked]
    assert all(len({*lessons[start : start + 3]}) == 3 for start in range(0, 38))
    for lesson, kinds in pools.items():
        own = [kind for each, kind, _ in asked if each == lesson]
        size = len(kinds)
        for start in range(0, len(own) - size + 1, size):
            assert sorted(own[start : start + size]) == kinds


@settings(deadline=None)
@given(seed=SEEDS, rights=st.lists(st.booleans(), min_size=12, max_size=12))
def test_what_was_wrong_last_comes_first_where_it_is_asked_for(seed, rights):
    _, progress = play(POOL, seed, rights)
    practice = progress.lesson("roads").practice
    wrong = sorted((each.at, kind) for kind, each in practice.items() if each.row == 0)
    asked = next_exercise(POOL, progress, wrong_first=True)
    if wrong:
        assert asked.kind == wrong[0][1]
    else:
        assert asked == next_exercise(POOL, progress)


def test_what_stays_wrong_takes_turns():
    _, progress = play(POOL, 1, [False] * 7)
    asked = []
    for at in range(14):
        lesson, kind, draw = next_exercise(POOL, progress, wrong_first=True)
        asked.append(kind)
        progress = progress.apply(
            Practised(at=100.0 + at, lesson=lesson, step=kind, draw=draw, said="", right=False)
        )
    assert all(one != other for one, other in pairwise(asked))
    assert sorted(asked[:7]) == sorted(asked[7:]) == POOL["roads"]
