"""What is said of a move stands beside what was moved: under the answers, or at the controls."""

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

Open = Callable[..., AppTest]


def containers(block: Block) -> Iterator[Block]:
    for child in block.children.values():
        if isinstance(child, Block):
            yield child
            yield from containers(child)


def named(block: Block, key: str) -> list[Block]:
    """The containers with this key, whatever they stand in."""
    return [each for each in containers(block) if getattr(each.proto, "id", "").endswith(f"-{key}")]


def places(app: AppTest, standing: str) -> list[str]:
    """In which part of the step this standing is said."""
    return [part for part in ("task", "standing") if named(named(app.main, part)[0], standing)]


def test_an_answer_is_answered_under_it_and_a_control_beside_it(open_app: Open) -> None:
    app = open_app("five_steps", step="mask", said="skip")
    assert places(app, "not-yet") == []
    app.number_input(key="mask-with_rate").set_value(3).run()
    assert places(app, "not-yet") == ["task"]
    app.slider(key="mask-k").set_value(1).run()
    assert places(app, "not-yet") == ["standing"]
    app.number_input(key="mask-with_rate").set_value(4).run()
    assert places(app, "not-yet") == ["task"]


@pytest.mark.parametrize("step", ["read", "mask"])
def test_a_solution_is_answered_where_it_was_asked_for(open_app: Open, step: str) -> None:
    app = open_app("five_steps", step=step, said="skip")
    app.button(key="solution").click().run()
    assert places(app, "done") == ["task"]
    # Whatever else is looked at, it stays there.
    app.run()
    assert places(app, "done") == ["task"]


def test_what_comes_with_an_address_is_answered_under_the_answers(open_app: Open) -> None:
    app = open_app("five_steps", step="mask", said="skip", **{"mask-with_rate": "3"})
    assert places(app, "not-yet") == ["task"]


def test_what_was_done_before_is_said_beside_what_is_moved_now(open_app: Open) -> None:
    app = open_app("five_steps", step="mask", said="skip")
    app.button(key="solution").click().run()
    app.slider(key="mask-k").set_value(-1).run()
    assert places(app, "done-before") == ["standing"]
    app.number_input(key="mask-with_rate").set_value(0).run()
    assert places(app, "done-before") == ["task"]
