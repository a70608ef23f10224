"""Whatever arrives from an address, a browser or a file: the course lives on."""

import json
import re
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from browser_controls import expect_values
from browser_gate import first_in_gate
from browser_lesson import (
    LESSON,
    expect_revealed,
    expect_verdict,
    expect_waiting,
    predict,
    question_texts,
    right_said,
    slugs,
)
from browser_screen import STORAGE, NewScreen, Screen
from playwright.sync_api import Route, expect

from lessons import COURSE
from lib.course import (
    MAX_BYTES,
    MAX_MEGABYTES,
    Progress,
    ProgressError,
    read_progress,
    write_progress,
)

pytestmark = pytest.mark.browser

STEP = LESSON.step("mask")
PICTURE = "![x](http://127.0.0.1:9/x.png)"
SCRIPT = "<script>alert(1)</script>"
LONG = "k" * 5000


def short(text: str) -> str:
    """A name for a test of this text."""
    return text[:16]


# Addresses. What the course makes of each stands in tests/ui; a browser has to live through it.


@pytest.mark.parametrize(
    ("slug", "control", "value"),
    first_in_gate(
        [
            ("correlate", "columns", SCRIPT),
            ("mask", "k", LONG),
            ("colour", "colours", PICTURE),
        ]
    ),
    ids=short,
)
def test_a_value_that_is_not_allowed(screen: Screen, slug: str, control: str, value: str) -> None:
    step = LESSON.step(slug)
    screen.open_step(slug, said="skip", **{f"{slug}-{control}": quote(value)})
    expect_revealed(screen, step)
    expect_values(screen, step)


@pytest.mark.play
@pytest.mark.parametrize("said", ["%00", "99", "%D9%A1", quote(SCRIPT), LONG], ids=short)
def test_a_prediction_that_is_none(screen: Screen, said: str) -> None:
    screen.open_step(STEP.slug, said=said)
    expect_waiting(screen)
    expect(screen.page.get_by_text("holds an answer that cannot be given")).to_be_visible()
    predict(screen, STEP, right_said(STEP))
    expect_verdict(screen, STEP, right_said(STEP))


@pytest.mark.play
@pytest.mark.parametrize("step", [quote(PICTURE), "nonsense", "%00", LONG], ids=short)
def test_a_step_that_is_none(screen: Screen, step: str) -> None:
    screen.open_step(step)
    assert screen.step == slugs(LESSON)[0]
    expect_waiting(screen)
    expect(screen.page.get_by_text("that this lesson does not have")).to_be_visible()


@pytest.mark.play
def test_steps_that_are_none_are_not_remembered(screen: Screen) -> None:
    for step in ("nonsense", "%00"):
        screen.open_step(step)
        assert screen.step == slugs(LESSON)[0]


@pytest.mark.play
@pytest.mark.parametrize("question", [quote(SCRIPT), "-1", "999", "1.5"], ids=short)
def test_a_question_that_is_none(screen: Screen, question: str) -> None:
    screen.open_step("quiz", question=question)
    expect(screen.part("quiz")).to_contain_text(question_texts(LESSON, LESSON.quiz[0])[0])


@pytest.mark.play
def test_parameters_given_twice(screen: Screen) -> None:
    """Whichever of the two counts, the lesson opens with it."""
    screen.open(
        "/five_steps?step=colour&step=mask&said=99&said=skip&mask-k=1&mask-k=2&view=a&view=b"
    )
    expect(screen.part("lesson-text")).to_contain_text(
        re.compile("|".join(LESSON.step(slug).title for slug in screen.parameters["step"]))
    )


def test_a_page_that_is_none(screen: Screen) -> None:
    screen.open("/no_such_page")
    expect(screen.part("course-links")).to_be_visible()


@pytest.mark.parametrize("below", first_in_gate(["/x/y/", "/x", "/static/js/x.js"]))
def test_an_address_below_a_page_leads_to_the_page(screen: Screen, below: str) -> None:
    """With its parameters: Streamlit alone would answer it with a blank page."""
    screen.open(f"/{LESSON.slug}{below}?step=mask&said=skip")
    assert (screen.lesson, screen.step) == (LESSON.slug, "mask")
    expect_revealed(screen, STEP)


@pytest.mark.play
@pytest.mark.parametrize("number", ["inf", "1e999", "-Infinity", "9" * 400], ids=short)
def test_a_number_that_is_none(screen: Screen, number: str) -> None:
    screen.open_step("mask", said="skip", **{"mask-k": number})
    expect_revealed(screen, STEP)
    expect_values(screen, STEP)
    assert "mask-k" not in screen.parameters


# What the browser keeps.


def test_who_keeps_no_cookies_is_told_before_an_upload(new_screen: NewScreen) -> None:
    screen = new_screen()
    screen.open("/progress")
    expect(screen.part("progress-page").get_by_role("alert")).to_have_count(0)

    def without_cookie(route: Route) -> None:
        with urlopen(route.request.url) as answer:
            kind = answer.headers["content-type"]
            route.fulfill(body=answer.read(), content_type=kind)

    screen.page.context.clear_cookies()
    screen.page.route(f"{screen.address}/_stcore/*", without_cookie)
    screen.reload()
    alert = screen.part("progress-page").get_by_role("alert")
    expect(alert).to_contain_text("keeps no cookies")


def play_a_little(screen: Screen) -> None:
    screen.open_step(STEP.slug)
    expect_waiting(screen)
    predict(screen, STEP, right_said(STEP))
    expect_verdict(screen, STEP, right_said(STEP))
    screen.press("solution")
    expect(screen.button("go-on")).to_be_visible()


@pytest.mark.play
def test_blocked_storage_costs_nothing_else(screen: Screen) -> None:
    screen.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked') } })"
    )
    play_a_little(screen)


def changed_progress(**changes: object) -> str:
    return json.dumps({**json.loads(write_progress(Progress(COURSE.slug))), **changes})


NEWER = changed_progress(schema=99)
OTHER = changed_progress(course="another-course")
DAMAGED = changed_progress(lessons={"five_steps": {"steps": {"mask": {"said": 3}}}})
UNKNOWN = changed_progress(last=["no_lesson", "no_step"])
HOSTILE = changed_progress(
    last=["five_steps", PICTURE],
    lessons={
        "five_steps": {
            "steps": {
                "mask": {
                    "said": None,
                    "predicted": False,
                    "attempts": 0,
                    "hints": 99,
                    "solution_shown": False,
                    "passed": False,
                    "values": {"k": PICTURE, "side": SCRIPT, "nothing": SCRIPT},
                }
            },
            "quiz": {"diagonal": [99], PICTURE: [0]},
        }
    },
)


def store(screen: Screen, text: str) -> None:
    """Have the browser remember this when the course is opened for the first time."""
    screen.page.add_init_script(
        f"""if (!sessionStorage.getItem("stored")) {{
          sessionStorage.setItem("stored", "once")
          localStorage.setItem({json.dumps(STORAGE)}, {json.dumps(text)})
        }}"""
    )


@pytest.mark.parametrize(
    "stored", first_in_gate([DAMAGED, NEWER, "{"], ids=["damaged", "newer", "brace"])
)
def test_what_cannot_be_read_is_kept_and_said(screen: Screen, stored: str) -> None:
    store(screen, stored)
    screen.open("/")
    news = screen.part("unread-news")
    expect(news.get_by_role("alert")).to_contain_text("It is kept")
    with screen.rerunning():
        news.get_by_role("link").click()
    expect(screen.button("download-unread")).to_be_visible()
    expect(news).to_have_count(0)
    play_a_little(screen)
    screen.wait_for_record(STEP.slug, passed=True)
    kept = screen.page.evaluate("name => localStorage.getItem(name)", f"{STORAGE}/unread")
    assert kept == stored
    screen.open("/progress")
    with screen.page.expect_download() as download:
        screen.button("download-unread").click()
    assert Path(download.value.path()).read_text("utf-8") == stored


@pytest.mark.parametrize("stored", first_in_gate([HOSTILE, UNKNOWN], ids=["hostile", "unknown"]))
def test_stored_progress_may_name_what_is_not_there(screen: Screen, stored: str) -> None:
    store(screen, stored)
    screen.open("/")
    expect(screen.page.get_by_test_id("stMain").get_by_role("link").first).to_be_visible()
    play_a_little(screen)
    screen.open_step("quiz", question=str(len(LESSON.quiz) + 1))
    expect(screen.part("quiz")).to_contain_text(f"0 of {len(LESSON.quiz)}")


# Files.


def refusal(text: str) -> str:
    """What the course says about a progress file that it cannot use."""
    with pytest.raises(ProgressError) as refused:
        read_progress(text, COURSE.slug)
    return str(refused.value)


@pytest.fixture
def progress_page(screen: Screen) -> Screen:
    """The progress page of a learner who has done something."""
    screen.open_step(STEP.slug)
    screen.press("skip")
    screen.wait_for_record(STEP.slug, said="skip")
    with screen.rerunning():
        screen.part("course-links").get_by_role("link").last.click()
    expect(screen.part("progress-page")).to_be_visible()
    return screen


def load(screen: Screen, file: Path) -> None:
    screen.part("progress-file").locator("input[type=file]").set_input_files(file)


def test_a_file_that_is_no_progress_of_this_course(progress_page: Screen, tmp_path: Path) -> None:
    before = progress_page.progress
    alert = progress_page.page.get_by_role("alert")
    texts = (OTHER, NEWER, DAMAGED, "This is a letter.", "", "[" * 20_000)
    for number, text in enumerate(texts):
        file = tmp_path / f"progress-{number}.json"
        file.write_text(text, "utf-8")
        with progress_page.rerunning():
            load(progress_page, file)
        expect(alert).to_have_count(1)
        expect(alert).to_contain_text(refusal(text))
        assert progress_page.progress == before


@pytest.mark.play
def test_a_file_that_is_too_large(progress_page: Screen, tmp_path: Path) -> None:
    """The upload widget itself refuses, in words of its own, at the course's own limit."""
    before = progress_page.progress
    file = tmp_path / "progress.json"
    with file.open("wb") as sparse:
        sparse.truncate(MAX_BYTES + 1)
    uploader = progress_page.part("progress-file")
    expect(uploader).to_contain_text(f"{MAX_MEGABYTES}MB per file")
    load(progress_page, file)
    expect(uploader.get_by_role("alert")).to_contain_text(f"{MAX_MEGABYTES}.0MB or smaller")
    progress_page.settle()
    assert progress_page.progress == before
