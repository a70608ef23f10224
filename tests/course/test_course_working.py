"""Long work is heard by whoever listens, and by nobody else."""

from threading import Thread

import pytest

from lib.course import listening, working


def test_what_is_reported_within_is_heard_in_order() -> None:
    heard: list[tuple[float, str]] = []
    working(0.1, "before")
    with listening(lambda share, on: heard.append((share, on))):
        working(0.5, "within")
        working(1, "within")
    working(1, "after")
    assert heard == [(0.5, "within"), (1, "within")]


def test_the_inner_listener_hears_and_the_outer_goes_on() -> None:
    outer: list[str] = []
    inner: list[str] = []
    with listening(lambda _, on: outer.append(on)):
        with listening(lambda _, on: inner.append(on)):
            working(0, "one")
        working(0, "two")
    assert (inner, outer) == (["one"], ["two"])


def test_nobody_listens_after_an_error() -> None:
    heard: list[str] = []
    with pytest.raises(ZeroDivisionError), listening(lambda _, on: heard.append(on)):
        raise ZeroDivisionError
    working(0, "after")
    assert heard == []


def test_a_listener_may_cut_the_work_short() -> None:
    class Stop(BaseException):
        pass

    def stop(_share: float, _on: str) -> None:
        raise Stop

    with listening(stop), pytest.raises(Stop):
        working(0, "one")


def test_a_session_does_not_hear_another() -> None:
    heard: list[str] = []
    with listening(lambda _, on: heard.append(on)):
        other = Thread(target=working, args=(0.5, "elsewhere"))
        other.start()
        other.join()
        working(0.5, "here")
    assert heard == ["here"]
