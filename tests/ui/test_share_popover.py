"""What is offered to whoever shares what is on the screen."""

import base64
import re
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator

import pytest
import segno
import streamlit as st
from streamlit.testing.v1 import AppTest
from ui_failures import failures

from lessons import COURSE
from lib.room.database import Database
from lib.room.throttle import Limit
from lib.ui import shared
from lib.ui.qr import qr_svg

Open = Callable[..., AppTest]

HOST = "https://heatmaps.example/course"
# Its address is longer than a code for a room may be.
LONG = "45~" + "~".join(
    f"{lesson.slug}.{'.'.join(stop.slug for stop in lesson.stops[:3])}"
    for lesson in COURSE.lessons[:6]
)


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    kept = Database("sqlite://")
    monkeypatch.setattr(shared, "the_store", lambda: kept)
    monkeypatch.setattr(shared, "the_database", lambda: kept)
    yield kept
    kept.close()


@pytest.fixture
def open_share(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open the popover of a screen in a browser that has found the app at HOST."""

    def opened(screen: str, popover: str = "share", **parameters: str) -> AppTest:
        address = property(lambda _context: f"{HOST}/{screen}")
        monkeypatch.setattr(type(st.context), "url", address)
        app = open_app(screen, **parameters)
        app.session_state[popover] = True
        app.run()
        assert not failures(app)
        return app

    return opened


def addresses(app: AppTest) -> list[str]:
    """What stands there to be copied."""
    return [code.value for code in app.code if code.value.startswith(HOST)]


def codes(app: AppTest) -> dict[str, str]:
    """The QR codes on the screen, by what stands for them, as SVG."""
    pictures = [picture for drawn in app.get("image") for picture in drawn.proto.imgs]
    return {picture.alt: _svg(picture.url) for picture in pictures if "QR" in picture.alt}


def _svg(url: str) -> str:
    head, _, content = url.partition(",")
    assert head == "data:image/svg+xml;base64"
    return base64.b64decode(content).decode()


def modules(svg: str) -> tuple[int, set[tuple[int, int]]]:
    """How many modules a code is wide, and which are dark: dark ones on a light ground."""
    root = ElementTree.fromstring(svg)
    ground, lines = root.findall(".//{*}path")
    assert (ground.get("fill"), lines.get("stroke")) == ("#fff", "#000")
    width = re.fullmatch(r"M0 0h(\d+)v\1h-\1z", str(ground.get("d")))
    assert width is not None
    dark: set[tuple[int, int]] = set()
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", str(lines.get("d"))):
        values = [float(number) for number in numbers.split()]
        if command == "h":
            dark |= {(int(y), int(x) + each) for each in range(int(values[0]))}
            x += values[0]
        else:
            x, y = values if command == "M" else (x + values[0], y + values[1])
    return int(width[1]), dark


@pytest.mark.parametrize("address", [f"{HOST}/s/K7M3XQP", f"{HOST}/five_steps?step=mask&said=0"])
def test_a_code_has_the_modules_of_its_address_and_a_quiet_zone(address: str) -> None:
    matrix = segno.make(address, error="m", micro=False).matrix
    width, dark = modules(qr_svg(address))
    assert width == len(matrix) + 2 * 4
    assert dark == {
        (row + 4, column + 4)
        for row, line in enumerate(matrix)
        for column, is_dark in enumerate(line)
        if is_dark
    }


def test_the_longest_address_with_a_code_has_57_modules_a_side() -> None:
    """ISO 18004: at level M 213 bytes fit version 10, which has 17 + 4 * 10 modules."""
    width, _ = modules(qr_svg("x" * shared._MOST_LETTERS))
    assert width == 17 + 4 * 10 + 2 * 4


def test_a_code_says_the_address_that_stands_beside_it(open_share: Open) -> None:
    app = open_share("five_steps", step="mask", said="0")
    (address,) = addresses(app)
    assert address == f"{HOST}/five_steps?step=mask&said=0"
    ((alt, code),) = codes(app).items()
    assert alt == f"A QR code of the address {address}"
    assert modules(code) == modules(qr_svg(address))


def test_a_short_address_is_made_on_request_alone(open_share: Open, store: Database) -> None:
    app = open_share("five_steps", step="mask", said="0")
    app.button(key="make-it-short").click().run()
    assert not failures(app)
    whole, short = addresses(app)
    name = short.removeprefix(f"{HOST}/s/")
    assert store.address(name) == whole.removeprefix(HOST) == "/five_steps?step=mask&said=0"
    assert list(codes(app)) == [f"A QR code of the address {short}"]
    assert [caption.value for caption in app.caption if "short" in caption.value] == [
        "The short address works until the app starts again: it is kept in memory alone."
    ]


def test_it_is_of_that_screen_and_of_no_other(open_share: Open) -> None:
    app = open_share("five_steps", step="mask", said="0")
    app.button(key="make-it-short").click().run()
    app.query_params["step"] = "correlate"
    app.query_params["said"] = "1"
    app.run()
    assert addresses(app) == [f"{HOST}/five_steps?step=correlate&said=1"]


def test_a_presentation_shares_the_question_and_not_the_answer(open_share: Open) -> None:
    app = open_share(
        "five_steps", step="mask", said="0", present="1", talk="10~five_steps.mask", size="1.2"
    )
    assert addresses(app) == [f"{HOST}/five_steps?step=mask"]


def test_a_long_address_has_a_code_once_it_is_short(open_share: Open) -> None:
    app = open_share("stage", "talk-share", talk=LONG)
    (address,) = addresses(app)
    assert len(address) > 200
    assert codes(app) == {}
    assert any("too long for a QR code" in caption.value for caption in app.caption)
    app.button(key="make-it-short").click().run()
    assert list(codes(app)) == [f"A QR code of the address {addresses(app)[1]}"]


def test_what_the_store_refuses_is_said(open_share: Open) -> None:
    """Four thousand letters at most have a short name."""
    app = open_share("lab", "lab-share", table="highway", recipe="x" * 4_100)
    app.query_params["more"] = "x" * 4_100
    app.run()
    app.button(key="make-it-short").click().run()
    assert not failures(app)
    assert any("4,000" in text.value for text in app.markdown)
    assert len(addresses(app)) == 1


def test_who_asks_for_very_many_has_to_wait(
    open_share: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent = Limit(burst=1, a_minute=1)
    monkeypatch.setattr(shared, "_limit", lambda: spent)
    assert spent.take(now=time.time())
    app = open_share("five_steps", step="mask")
    app.button(key="make-it-short").click().run()
    assert any("within a minute" in text.value for text in app.markdown)
    assert len(addresses(app)) == 1


def test_a_table_of_ones_own_is_not_in_the_address(open_share: Open) -> None:
    app = open_share("lab", "lab-share", table="highway")
    assert any("holds the table" in text.value for text in app.markdown)
    file = app.get("file_uploader")[0]
    file.upload("mine.csv", b"a,b\n1,2\n2,1\n3,5\n4,4\n5,6\n", "text/csv").run()
    assert not failures(app)
    assert any("Your own table is not in it" in text.value for text in app.markdown)


def test_a_code_is_shown_large_and_nothing_lies_over_it(open_share: Open) -> None:
    app = open_share("five_steps", step="mask")
    app.button(key="show-large").click().run()
    assert not failures(app)
    assert app.session_state["share"] is False
    assert addresses(app) == []
    assert [text.value for text in app.text] == [f"{HOST}/five_steps?step=mask"]
    assert list(codes(app)) == [f"A QR code of the address {HOST}/five_steps?step=mask"]
    app.run()
    assert not app.text
