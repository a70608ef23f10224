"""What a move costs the server, counted and not timed."""

from collections.abc import Callable, Iterator

import pandas as pd
import pytest
import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.testing.v1 import AppTest

from lib.charts import Heatmap
from lib.course import Glossary, LessonRecord, Term, step
from lib.ui import figures

STEP = {"step": "four_panels", "said": "skip"}


@pytest.fixture
def sent() -> Iterator[list[ForwardMsg]]:
    """What goes to the browser."""
    messages: list[ForwardMsg] = []
    ForwardMsgQueue.on_before_enqueue_msg(messages.append)
    yield messages
    ForwardMsgQueue.on_before_enqueue_msg(None)


# An empty page of so many elements takes Streamlit 11 ms, and each one more 0.15.
@pytest.mark.parametrize(
    ("lesson", "slug"), [("methods", "four_panels"), ("five_steps", "mask"), ("action", "order")]
)
def test_a_move_sends_few_messages(
    open_app: Callable[..., AppTest], sent: list[ForwardMsg], lesson: str, slug: str
) -> None:
    app = open_app(lesson, step=slug, said="skip")
    sent.clear()
    app.run()
    assert 30 < len(sent) <= 70


def test_a_second_learner_at_a_setting_has_nothing_computed_or_drawn(
    open_app: Callable[..., AppTest],
) -> None:
    caches = (step._show, figures._drawn, figures._grid, figures._leaves_out)
    open_app("methods", **STEP)
    before = [cache.cache_info() for cache in caches]
    open_app("methods", **STEP)
    after = [cache.cache_info() for cache in caches]
    assert [info.misses for info in after] == [info.misses for info in before]
    assert after[0].hits > before[0].hits
    assert after[1].hits >= before[1].hits + 4


def test_pages_are_looked_for_on_the_disk_once_a_session(
    open_app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    page = st.Page
    monkeypatch.setattr(st, "Page", lambda path: made.append(path) or page(path))
    app = open_app("methods", **STEP)
    assert "pages/methods.py" in made
    made.clear()
    app.run()
    assert not made


def test_a_picture_is_drawn_once_and_its_memory_given_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[None] = []
    monkeypatch.setattr(figures, "give_memory_back", lambda: given.append(None))
    chart = Heatmap(pd.DataFrame({"x": [1.0, 0.5], "y": [0.5, 1.0]}))
    pictures = [figures.printed(chart, "png") for _ in range(2)]
    assert pictures[0] is pictures[1]
    assert len(given) == 1


def test_steps_that_were_not_begun_share_a_record() -> None:
    assert LessonRecord().step("mask") is LessonRecord().step("label")


def test_a_text_is_searched_for_terms_once() -> None:
    eta = Term("eta", ["eta"], "How far apart groups are.", "categorical", "groups")
    glossary, other = Glossary([eta]), Glossary([eta])
    assert glossary.uses("An eta.") is glossary.uses("An eta.")
    assert glossary.uses("An eta.") is not other.uses("An eta.")
