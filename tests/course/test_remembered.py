"""What is remembered of a thing goes with it."""

import gc
import weakref

from lib.course.remembered import remembered


class Thing:
    pass


def test_a_thing_goes_although_something_was_made_of_it() -> None:
    @remembered(8)
    def made(_thing: Thing, name: str) -> list[str]:
        return [name]

    thing, other = Thing(), Thing()
    first = made(thing, "a")
    assert made(thing, "a") is first
    assert made(thing, "b") == ["b"]
    assert made(other, "a") is not first
    gone = weakref.ref(thing)
    del thing
    gc.collect()
    assert gone() is None
    assert len(made._made) == 1


def test_of_many_results_the_one_that_was_asked_for_longest_ago_is_forgotten() -> None:
    @remembered(2)
    def made(_thing: Thing, name: str) -> list[str]:
        return [name]

    thing = Thing()
    first, second = made(thing, "a"), made(thing, "b")
    assert made(thing, "a") is first
    made(thing, "c")
    assert made(thing, "a") is first
    assert made(thing, "b") is not second
    assert made.cache_info() == (2, 4)
