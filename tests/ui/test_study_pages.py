"""Speed, search, the map, what is kept, the certificate: run without a browser."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from ui_failures import failures

from lessons import COURSE
from lib.course import Bookmarked, Noted, Passed, Predicted, Progress, Raced
from lib.study.speed import deck
from lib.ui import host
from lib.ui.components import speed

Open = Callable[..., AppTest]

MASK = {"lesson": "five_steps", "step": "mask"}


def text_of(app: AppTest) -> str:
    return " ".join(element.value for element in [*app.markdown, *app.caption])


def links(app: AppTest) -> list[tuple[str, str]]:
    return [(link.proto.page, link.proto.query_string) for link in app.main.get("page_link")]


def with_progress(open_app: Open, screen: str, *events: Any) -> AppTest:
    app = open_app(screen)
    app.session_state["progress"] = Progress(COURSE.slug).apply(*events)
    app.run()
    assert not failures(app)
    return app


def test_search_leads_to_what_it_finds(open_app: Open) -> None:
    app = open_app("search", find="residuals")
    assert ("categorical", "step=residuals") in links(app)


@pytest.mark.parametrize(
    ("question", "screen"), [("critic", "critic"), ("review notebook", "critic"), ("lab", "lab")]
)
def test_search_finds_the_screens_beside_the_lessons(
    open_app: Open, question: str, screen: str
) -> None:
    assert (screen, "") in links(open_app("search", find=question))


def test_search_offers_what_may_have_been_meant(open_app: Open) -> None:
    app = open_app("search", find="spearmann")
    app.button(key="find-meant").click().run()
    assert not failures(app)
    assert ("methods", "step=bend_the_axes") in links(app) or links(app)


@pytest.mark.parametrize("question", ["<script>", "](x)", "$$", "#", "*" * 99, "\u202e"])
def test_search_takes_anything(open_app: Open, question: str) -> None:
    assert not failures(open_app("search", find=question))


def test_the_list_of_the_map_marks_what_is_done_and_what_is_weak(open_app: Open) -> None:
    wrong = Predicted(
        at=2.0, lesson="methods", step="one_outlier", said="0", right=False,
        misconception=next(
            slug
            for slug, each in COURSE.misconceptions.items()
            if (each.lesson, each.step) == ("methods", "one_outlier")
        ),
    )  # fmt: skip
    app = with_progress(
        open_app, "map", Passed(at=1.0, lesson="methods", step="four_panels"), wrong
    )
    app.toggle(key="map-as-list").set_value(True).run()
    labels = {link.proto.query_string: link.proto.label for link in app.main.get("page_link")}
    assert labels["step=four_panels"].startswith("✓")
    assert labels["step=bend_the_axes"].startswith("Spearman")
    app.session_state["map-view"] = "Pitfalls and cures"
    app.run()
    labels = {link.proto.query_string: link.proto.label for link in app.main.get("page_link")}
    assert labels["step=one_outlier"].startswith("!")


def test_a_round_of_speed_is_remembered_and_shown(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app("speed")
    plots = deck("r", 0)[:6]
    heard: list[Any] = []
    said = [{"truth": plot.truth, "said": plot.truth} for plot in plots]
    state = SimpleNamespace(session_state={"k": SimpleNamespace(done=said)})
    monkeypatch.setattr(speed, "st", state)
    drawn: dict[str, Any] = {}
    monkeypatch.setattr(speed, "_component", lambda **given: drawn.update(given))
    speed.speed_challenge(
        "r", plots, seconds=60, name="x", colours=("#000000",), key="k", on_done=heard.append
    )
    drawn["on_done_change"]()
    assert heard == [[(plot.truth, plot.truth) for plot in plots]]
    assert not failures(app)


@pytest.mark.parametrize("message", [None, 1, "x", {}, [[]], [{"truth": "a", "said": 1}], [{}]])
def test_a_browser_may_send_any_guesses(monkeypatch: pytest.MonkeyPatch, message: Any) -> None:
    heard: list[Any] = []
    state = SimpleNamespace(session_state={"k": SimpleNamespace(done=message)})
    monkeypatch.setattr(speed, "st", state)
    drawn: dict[str, Any] = {}
    monkeypatch.setattr(speed, "_component", lambda **given: drawn.update(given))
    speed.speed_challenge(
        "kind", deck("kind", 0)[:2], seconds=None, name="x", colours=(), key="k",
        on_done=heard.append,
    )  # fmt: skip
    drawn["on_done_change"]()
    assert heard == []


def test_a_step_is_kept_and_noted(open_app: Open) -> None:
    app = open_app("five_steps", step="mask", said="skip")
    app.session_state["keep"] = True
    app.run()
    app.toggle(key="bookmark-five_steps-mask").set_value(True).run()
    app.session_state["keep"] = True
    app.run()
    app.text_area(key="note-five_steps-mask").set_value(" triu,\u0007 not tril ")
    app.button(key="keep-note").click().run()
    assert not failures(app)
    record = app.session_state["progress"].step("five_steps", "mask")
    assert (record.bookmarked, record.note) == (True, "triu, not tril")


def test_what_was_kept_stands_on_the_progress_page(open_app: Open) -> None:
    app = with_progress(
        open_app,
        "progress",
        Bookmarked(at=1.0, on=True, **MASK),
        Noted(at=2.0, text="*triu*\n<b>", **MASK),
        Passed(at=86_400.0, **MASK),
    )
    assert ("five_steps", "step=mask") in links(app)
    assert "\\*triu\\*" in text_of(app)
    assert "**1970-01-02** Five steps to a heatmap: What the mask hides" in text_of(app)


def test_a_certificate_is_offered_to_who_has_done_something(open_app: Open) -> None:
    app = open_app("progress")
    app.text_input(key="name").set_value("Ada").run()
    assert "nothing to certify yet" in text_of(app)
    app = with_progress(open_app, "progress", Passed(at=1.0, **MASK))
    app.text_input(key="name").set_value("Ada").run()
    assert not failures(app)
    assert "download-certificate" in str([each.proto.id for each in app.get("download_button")])
    assert "Self-reported" in text_of(app)


def test_a_host_with_a_secret_checks_certificates(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HONEST_HEATMAPS_CERTIFICATE_SECRET", "secret")
    app = open_app("progress")
    assert "Self-reported" not in text_of(app)
    app.text_area(key="check-code").set_value("nonsense").run()
    assert "has not issued that code" in text_of(app)


@pytest.mark.parametrize(
    ("template", "asked"),
    [
        ("https://x.org/new?title={title}&body={body}", "https://x.org/new?title=a%26b&body=c%0Ad"),
        ("javascript:alert(1)", ""),
        ("http://[bad", "http://[bad"),
        ("", ""),
    ],
)
def test_a_question_goes_where_the_host_says(
    monkeypatch: pytest.MonkeyPatch, template: str, asked: str
) -> None:
    monkeypatch.setenv("HONEST_HEATMAPS_QUESTIONS", template)
    assert host.question_address("a&b", "c\nd") == asked


def test_every_sheet_is_offered(open_app: Open) -> None:
    app = open_app("map", **{"map-view": "Sheets to print"})
    assert len(app.get("download_button")) == len(COURSE.lessons)
    assert all(sheet.moral in text_of(app) for sheet in COURSE.sheets.values())


@pytest.mark.parametrize(
    ("challenge", "title"), [("r", "Guess r"), ("kind", "Real, spurious or artefact?")]
)
def test_guesses_that_nobody_can_have_made_are_left_out(
    open_app: Open, challenge: str, title: str
) -> None:
    odd = ((9.0, 9.0), (-1.5, 0.5), (1e300, 0.0))
    race = Raced(at=1.0, challenge=challenge, guesses=odd, score=3)
    app = open_app("speed", **{"speed-challenge": title})
    app.session_state["progress"] = Progress(COURSE.slug).apply(race)
    app.run()
    assert not failures(app)
