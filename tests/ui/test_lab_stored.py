"""The host's folder of tables in the Lab: what is offered, what is said of it, what is refused."""

import contextlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from ui_failures import failures

from lib.lab.all_rows import association
from lib.lab.stored import Unread, correlated
from lib.tables import Refused
from lib.ui.lab import downloads, reading, stored
from lib.ui.lab.reading import Readings

Open = Callable[..., AppTest]
ROWS = 25_000
BIG = "stored:big.parquet"


def frame_of() -> pd.DataFrame:
    random = np.random.default_rng(2)
    frame = pd.DataFrame(random.normal(size=(ROWS, 3)), columns=["a", "b", "c"])
    frame["b"] += frame["a"]
    return frame


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page waits until it is read."""
    monkeypatch.setattr(reading, "_AT_ONCE", 60)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir()
    frame_of().to_parquet(folder / "big.parquet")
    pd.DataFrame({"x": [1.0, 2.0], "y": [3.0, 4.0]}).to_parquet(tmp_path / "secret.parquet")
    monkeypatch.setenv("HONEST_HEATMAPS_TABLES", str(folder))
    return folder


def texts(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.info, app.warning, app.error)
    return "\n".join(each.value for kind in kinds for each in kind)


def run(app: AppTest) -> AppTest:
    stored._looked_up.clear()
    app.run()
    assert not failures(app)
    return app


def test_a_table_is_offered_and_its_sample_is_called_one(open_app: Open, folder: Path) -> None:
    app = open_app("lab")
    assert "big.parquet: 25,000 × 3" in app.selectbox(key="lab-table").options
    app.selectbox(key="lab-table").select(BIG)
    run(app)
    assert "**big.parquet** has 25,000 rows and 3 columns." in texts(app)
    assert "In memory: a sample of 20,000 rows, drawn with seed 1." in texts(app)
    assert "The sample: 20,000 rows, 3 columns" in texts(app)
    assert "those of the sample: 20,000 of 25,000 rows" in texts(app)


def test_the_list_has_sizes_and_says_what_cannot_be_read(open_app: Open, folder: Path) -> None:
    (folder / "broken.parquet").write_bytes(b"PAR1 this is none PAR1")
    (folder / "a_name_*of*_thirty_letters_and_more.parquet").write_bytes(
        (folder / "big.parquet").read_bytes()
    )
    app = open_app("lab")
    megabytes = f"{(folder / 'big.parquet').stat().st_size / 1e6:.1f} MB"
    assert f"- big.parquet: 25,000 rows, 3 columns, {megabytes}" in texts(app)
    assert "- broken.parquet cannot be read as Parquet" in texts(app)
    assert "*of*" not in texts(app)
    long = next(name for name in app.selectbox(key="lab-table").options if "a_name" in name)
    assert len(long) <= 24 + len(": 25,000 × 3")
    app.selectbox(key="lab-table").select("stored:broken.parquet")
    run(app)
    assert "broken.parquet cannot be read as Parquet" in "".join(each.value for each in app.error)


def test_the_code_of_the_sample_draws_it_again(
    open_app: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app("lab", table=BIG, instrument="redundancy")
    _, (measured, shown) = app.session_state["lab-exhibit"]
    monkeypatch.chdir(folder)
    monkeypatch.setattr(plt, "show", lambda: None)
    found: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(shown.code.whole, "script", "exec"), found)
    assert len(found["table"]) == 20_000
    assert found["worst_vif"] == pytest.approx(measured.facts["worst_vif"], rel=1e-9)


def test_all_rows_by_their_address(open_app: Open, folder: Path) -> None:
    app = open_app("lab", table=BIG, **{"lab-rows": "all rows"})
    frame = frame_of()
    assert "those of all 25,000 rows" in texts(app)
    assert f"r = {frame['a'].corr(frame['b']):.2f} over 25,000" in texts(app)
    assert "those of the sample" not in texts(app)


def test_what_looks_at_the_sample_says_so(open_app: Open, folder: Path) -> None:
    app = open_app("lab", table=BIG, instrument="missing_values", **{"lab-rows": "all rows"})
    assert "those of the sample: 20,000 of 25,000 rows" in texts(app)


def test_a_class_is_not_asked_where_it_cannot_be_and_that_is_said(
    open_app: Open, folder: Path
) -> None:
    app = open_app("lab", table=BIG)
    assert not app.button(key="ask-a-class").disabled
    app = open_app("lab", table=BIG, instrument="redundancy")
    assert app.button(key="ask-a-class").disabled
    assert "about a map, and there is none" in app.button(key="ask-a-class").help


def test_what_is_taken_along_bears_the_name_of_its_table(
    open_app: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []
    monkeypatch.setattr(downloads, "offer", lambda *asked: names.append(asked[2]))
    app = open_app("lab", table=BIG, **{"lab-rows": "all rows"})
    app.session_state["download"] = True
    run(app)
    assert "big_map_of_all_rows.csv" in names
    assert "big_map_of_all_rows.py" in names


def test_no_old_number_stands_under_a_new_label(
    open_app: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While all rows are read nothing says that what is shown is of them."""
    app = open_app("lab", table=BIG)
    go_on = Event()

    def slow(*asked: Any) -> Any:
        go_on.wait(60)
        return correlated(*asked)

    slow.__name__ = "slow"
    monkeypatch.setattr(association, "correlated", slow)
    monkeypatch.setattr(reading, "_AT_ONCE", 0.1)
    try:
        app.segmented_control(key="lab-rows").set_value("all rows")
        run(app)
        assert "those of all" not in texts(app)
        assert "r = " not in texts(app)
        assert not app.get("plotly_chart")
    finally:
        go_on.set()


@pytest.mark.parametrize(
    "name",
    ["../secret.parquet", "secret.parquet", ".", "", "/etc/passwd", "big.parquet/", "BIG.parquet"],
)
def test_a_forged_name_reads_nothing(open_app: Open, folder: Path, name: str) -> None:
    app = open_app("lab", table=f"stored:{name}")
    assert app.selectbox(key="lab-table").value == "highway"
    assert "names a table that is not here" in texts(app)


def test_without_a_folder_nothing_is_offered(
    open_app: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HONEST_HEATMAPS_TABLES")
    app = open_app("lab", table=BIG)
    assert not any(option.startswith("big") for option in app.selectbox(key="lab-table").options)
    assert all(each.label != "Tables of this server" for each in app.expander)


def test_a_folder_that_is_not_there_is_one_sentence(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HONEST_HEATMAPS_TABLES", str(tmp_path / "nowhere"))
    app = open_app("lab")
    assert "The folder of tables is not there, or may not be read." in texts(app)
    assert str(tmp_path) not in texts(app)
    assert app.get("plotly_chart")


def test_a_file_that_goes_or_breaks_while_it_is_looked_at(open_app: Open, folder: Path) -> None:
    app = open_app("lab", table=BIG)
    file = folder / "big.parquet"
    whole = file.read_bytes()
    # The footer is as it was, and what stands before it is not.
    file.write_bytes(bytes(len(whole) // 2) + whole[len(whole) // 2 :])
    run(app)
    assert "big.parquet cannot be read to its end" in texts(app)
    assert str(folder) not in texts(app)
    file.unlink()
    run(app)
    assert "names a table that is not here" in texts(app)
    assert app.get("plotly_chart")


def gives_at_once(_told: Callable[[int], None]) -> str:
    return "found"


@pytest.fixture
def readings() -> Iterator[Readings]:
    made = Readings()
    yield made
    made._thread.shutdown()


def test_what_many_ask_for_is_read_once_and_told(readings: Readings) -> None:
    begun, go_on = Event(), Event()
    calls: list[int] = []

    def work(told: Callable[[int], None]) -> str:
        calls.append(1)
        told(7)
        begun.set()
        go_on.wait(60)
        return "found"

    asked = [readings.ask("key", work) for _ in range(20)]
    assert begun.wait(60)
    assert asked[0].rows == 7
    go_on.set()
    assert asked[0].done.wait(60)
    assert {id(each) for each in asked} == {id(readings.ask("key", work))}
    assert (asked[0].found, calls) == ("found", [1])


def test_only_so_many_are_kept_and_so_many_wait(readings: Readings) -> None:
    for key in range(3 * reading.MOST_KEPT):
        assert readings.ask(key, gives_at_once).done.wait(60)
    assert len(readings._kept) == reading.MOST_KEPT
    go_on = Event()
    try:
        for key in range(reading.MOST_WAITING):
            readings.ask(("slow", key), lambda _: go_on.wait(60))
        with pytest.raises(Refused, match="several wait already"):
            readings.ask("one more", gives_at_once)
    finally:
        go_on.set()


def test_a_reading_that_nobody_waits_for_ends_and_begins_anew(
    readings: Readings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PATIENCE", -1)
    ended = readings.ask("key", gives_at_once)
    assert ended.done.wait(60)
    assert ended.is_ended
    with pytest.raises(Unread):
        ended.told(1)
    monkeypatch.setattr(reading, "PATIENCE", 60)
    again = readings.ask("key", gives_at_once)
    assert again.done.wait(60)
    assert again.found == "found"


def test_whatever_a_file_does_is_a_sentence(readings: Readings) -> None:
    def work(told: Any) -> None:
        raise MemoryError

    asked = readings.ask("key", work)
    assert asked.done.wait(60)
    assert asked.refused == "The table cannot be read to its end."


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ([], "Waiting to be read"),
        ([10, 1_500], "Reading: 1,500 of 2,000 rows"),
        ([2_000, 500], "Reading again: 500 of 2,000 rows"),
        ([2_000], "All 2,000 rows are read: computing"),
    ],
)
def test_how_far_a_reading_is(told: list[int], words: str) -> None:
    made = reading.Reading()
    for rows in told:
        made.told(rows)
    assert reading._how_far(made, 2_000) == words
