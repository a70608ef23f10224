"""What can be carried away from an exhibit."""

import json
from pathlib import Path

import pytest
from browser_lesson import LESSON, expect_revealed
from browser_screen import Screen

import datasets

pytestmark = pytest.mark.browser

STEP = LESSON.step("mask")


@pytest.fixture
def bar(screen: Screen) -> Screen:
    """An exhibit with its downloads open."""
    screen.open_step(STEP.slug, said="skip", view="Code")
    screen.button("download").first.click()
    return screen


def downloaded(screen: Screen, kind: str, folder: Path) -> Path:
    with screen.page.expect_download() as download:
        screen.page.locator(f".st-key-download-{kind} button").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_pictures(bar: Screen, tmp_path: Path) -> None:
    for kind, beginning in (("png", b"\x89PNG\r\n\x1a\n"), ("svg", b"<?xml"), ("pdf", b"%PDF-")):
        file = downloaded(bar, kind, tmp_path)
        assert file.name == f"{STEP.slug}.{kind}"
        assert file.read_bytes().startswith(beginning)
    assert "<svg" in (tmp_path / f"{STEP.slug}.svg").read_text("utf-8")


def test_code_and_table(bar: Screen, tmp_path: Path) -> None:
    script = downloaded(bar, "py", tmp_path).read_text("utf-8")
    assert script == STEP.script().recipe
    assert shown_code(bar) == script.strip()

    notebook = json.loads(downloaded(bar, "ipynb", tmp_path).read_text("utf-8"))
    assert notebook["nbformat"] == 4
    cells = ["".join(cell["source"]) for cell in notebook["cells"]]
    assert "\n\n".join(cells).strip() == script.strip()

    table = downloaded(bar, "highway", tmp_path)
    assert table.read_bytes() == datasets.path("highway").read_bytes()


def test_the_numbers_of_the_step_are_shown_on_request(bar: Screen, tmp_path: Path) -> None:
    whole = STEP.script().whole
    assert downloaded(bar, "numbers", tmp_path).read_text("utf-8") == whole
    bar.page.keyboard.press("Escape")
    with bar.rerunning():
        bar.part(f"{LESSON.slug}-{STEP.slug}-whole").locator("label").click()
    assert shown_code(bar) == whole.strip()


def shown_code(screen: Screen) -> str:
    return (screen.part("view").locator("[data-testid=stCode] code").text_content() or "").strip()


def test_a_picture_of_paper(screen: Screen, tmp_path: Path) -> None:
    step = LESSON.step("export")
    screen.open_step(step.slug, said="skip")
    expect_revealed(screen, step)
    screen.button("download").first.click()
    assert downloaded(screen, "pdf", tmp_path).read_bytes().startswith(b"%PDF-")
