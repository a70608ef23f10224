"""What can be carried away from an exhibit."""

import json
from pathlib import Path

import pytest
from browser_lesson import LESSON, expect_revealed
from browser_screen import Screen

import datasets

pytestmark = pytest.mark.browser

STEP = LESSON.step("mask")


def downloaded(screen: Screen, kind: str, folder: Path) -> Path:
    with screen.page.expect_download() as download:
        screen.page.locator(f".st-key-download-{kind} button").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_what_can_be_taken_along(screen: Screen, tmp_path: Path) -> None:
    """Pictures; the code, as a script and as a notebook; the table; the numbers of the step."""
    screen.open_step(STEP.slug, said="skip", view="Code")
    screen.button("download").first.click()
    for kind, beginning in (("png", b"\x89PNG\r\n\x1a\n"), ("svg", b"<?xml"), ("pdf", b"%PDF-")):
        file = downloaded(screen, kind, tmp_path)
        assert file.name == f"{STEP.slug}.{kind}"
        assert file.read_bytes().startswith(beginning)
    assert "<svg" in (tmp_path / f"{STEP.slug}.svg").read_text("utf-8")

    script = downloaded(screen, "py", tmp_path).read_text("utf-8")
    assert script == STEP.script().recipe
    assert shown_code(screen) == script.strip()

    notebook = json.loads(downloaded(screen, "ipynb", tmp_path).read_text("utf-8"))
    assert notebook["nbformat"] == 4
    cells = ["".join(cell["source"]) for cell in notebook["cells"]]
    assert "\n\n".join(cells).strip() == script.strip()

    table = downloaded(screen, "highway", tmp_path)
    assert table.read_bytes() == datasets.path("highway").read_bytes()

    whole = STEP.script().whole
    assert downloaded(screen, "numbers", tmp_path).read_text("utf-8") == whole
    screen.page.keyboard.press("Escape")
    with screen.rerunning():
        screen.part(f"{LESSON.slug}-{STEP.slug}-whole").locator("label").click()
    assert shown_code(screen) == whole.strip()


def shown_code(screen: Screen) -> str:
    return (screen.part("view").locator("[data-testid=stCode] code").text_content() or "").strip()


def test_a_picture_of_paper(screen: Screen, tmp_path: Path) -> None:
    step = LESSON.step("export")
    screen.open_step(step.slug, said="skip")
    expect_revealed(screen, step)
    screen.button("download").first.click()
    assert downloaded(screen, "pdf", tmp_path).read_bytes().startswith(b"%PDF-")
