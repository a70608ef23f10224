"""Tables that do not fit: a folder and nothing else is read; numbers are those of all rows."""

import contextlib
import io
import os
from dataclasses import replace
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet
from scipy import stats

import lib
from lib.lab import instrument, slugs
from lib.lab.all_rows import OF_ALL_ROWS, InflationOfAllRows, MapOfAllRows, TreeOfAllRows
from lib.lab.export import script_of_all_rows
from lib.lab.stored import Sampled, Unread, correlated, part_of, sampled
from lib.tables import AddNoise, Refused, Stored, stored_in


def frame_of(rows: int = 30_000) -> pd.DataFrame:
    random = np.random.default_rng(5)
    frame = pd.DataFrame(random.normal(size=(rows, 3)), columns=["a", "b", "c"])
    frame["b"] += frame["a"]
    frame["site"] = np.where(frame["c"] + random.normal(size=rows) > 0, "north", "south")
    return frame


def only(folder: Path) -> Stored:
    (table,) = stored_in(folder)
    return table


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    frame_of().to_parquet(folder / "big.parquet", row_group_size=4_000)
    return folder


@pytest.fixture(scope="module")
def big(folder: Path) -> Sampled:
    return sampled(only(folder))


def test_files_and_sub_folders_are_listed_with_their_sizes(tmp_path: Path) -> None:
    frame = frame_of(10)
    frame.to_parquet(tmp_path / "one.parquet")
    for year in (2001, 2002):
        (tmp_path / "many" / f"year={year}").mkdir(parents=True)
        frame.to_parquet(tmp_path / "many" / f"year={year}" / "part.parquet")
    (tmp_path / "empty").mkdir()
    (tmp_path / "words.txt").write_text("nothing")
    (tmp_path / ".hidden.parquet").write_text("nothing")
    many, one = stored_in(tmp_path)
    assert (many.name, many.rows, many.columns) == ("many", 20, 5)
    assert (one.name, one.rows, one.columns) == ("one.parquet", 10, 4)
    assert one.bytes == (tmp_path / "one.parquet").stat().st_size
    assert sampled(many).sheet.frame["year"].astype(int).tolist() == [2001] * 10 + [2002] * 10


def test_what_a_link_leads_out_to_is_not_there(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    (inside / "sub").mkdir(parents=True)
    frame_of(5).to_parquet(outside / "secret.parquet")
    (inside / "file.parquet").symlink_to(outside / "secret.parquet")
    (inside / "folder").symlink_to(outside)
    (inside / "sub" / "deep.parquet").symlink_to(outside / "secret.parquet")
    (inside / "gone.parquet").symlink_to(inside / "nothing.parquet")
    assert stored_in(inside) == ()


def test_a_link_that_leads_back_to_the_folder_is_no_table(tmp_path: Path) -> None:
    frame_of(5).to_parquet(tmp_path / "table.parquet")
    (tmp_path / "here").symlink_to(tmp_path)
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert [table.name for table in stored_in(tmp_path)] == ["table.parquet"]


def test_what_is_wrong_names_the_table_and_the_reason(tmp_path: Path) -> None:
    twice = pa.table([pa.array([1.0]), pa.array([2.0])], names=["a", "a"])
    parquet.write_table(twice, tmp_path / "twice.parquet")
    (tmp_path / "parts").mkdir()
    frame_of(5).to_parquet(tmp_path / "parts" / "a.parquet")
    (tmp_path / "parts" / "b.parquet").write_bytes(b"PAR1 this is none PAR1")
    assert [table.trouble for table in stored_in(tmp_path)] == [
        "parts has 2 files, of which one cannot be read as Parquet, or is not there any more.",
        "twice.parquet has two columns of one name: rename one of them.",
    ]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not there"):
        stored_in(tmp_path / "nothing")


def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "table.parquet"
    file.write_bytes(b"PAR1 this is none PAR1")
    assert only(tmp_path).trouble.endswith("cannot be read as Parquet, or is not there any more.")
    with pytest.raises(Refused, match=r"table\.parquet cannot be read as Parquet"):
        sampled(only(tmp_path))
    frame_of(0).to_parquet(file)
    os.utime(file, ns=(1, 1))
    with pytest.raises(Refused, match="has no rows"):
        sampled(only(tmp_path))


def test_a_file_that_goes_after_it_was_listed_is_said(tmp_path: Path) -> None:
    frame_of(5).to_parquet(tmp_path / "table.parquet")
    table = only(tmp_path)
    (tmp_path / "table.parquet").unlink()
    with pytest.raises(Refused, match="not there any more"):
        sampled(table)


def test_of_five_thousand_columns_some_are_read_and_that_is_said(tmp_path: Path) -> None:
    wide = pd.DataFrame(np.zeros((4, 5_000)), columns=[f"x{place}" for place in range(5_000)])
    wide.to_parquet(tmp_path / "wide.parquet")
    seen = sampled(only(tmp_path))
    assert seen.sheet.frame.shape == (4, 300)
    assert seen.held() == "In memory: all rows, of the first 300 columns alone."


def test_the_sample_says_what_it_is(big: Sampled) -> None:
    assert big.words() == "All numbers here are those of the sample: 20,000 of 30,000 rows."
    assert "changes from row to row, lags and runs are not" in big.words(in_order=True)
    assert [slug for slug in slugs() if instrument(slug).in_order] == [
        "missing_values",
        "two_series",
    ]
    assert big.held() == "In memory: a sample of 20,000 rows, drawn with seed 1."
    assert big.sheet.name == "big.parquet, a sample of 20,000 of 30,000 rows, seed 1"
    keys = np.random.default_rng(1).random(30_000)
    drawn = frame_of().iloc[np.sort(np.argsort(keys)[:20_000])]
    assert big.sheet.frame["a"].tolist() == drawn["a"].tolist()


def test_a_table_without_numbers_has_its_sentence(tmp_path: Path) -> None:
    pd.DataFrame({"word": ["a", "b", "a"]}).to_parquet(tmp_path / "words.parquet")
    seen = sampled(only(tmp_path))
    reasons = {slug: kind(seen).fits(seen.sheet) for slug, kind in OF_ALL_ROWS.items()}
    assert reasons == {
        "association_map": "A map of all rows needs two columns of numbers or words.",
        "redundancy": "Two columns of numbers are needed.",
        "clustermap": "A tree of columns needs two columns of numbers.",
    }


@pytest.mark.parametrize("method", ["Pearson", "Spearman"])
def test_a_map_is_of_all_rows(big: Sampled, method: str) -> None:
    exhibit = MapOfAllRows(big).exhibit(big.sheet, {"method": method})
    frame = frame_of()
    reference = {"Pearson": stats.pearsonr, "Spearman": stats.spearmanr}[method]
    pairs = exhibit.table.set_index(["x", "y"])
    expected = reference(frame["a"], frame["b"]).statistic
    assert pairs.loc[("a", "b"), "value"] == pytest.approx(expected, abs=1e-12)
    assert pairs.loc[("a", "b"), "n"] == 30_000
    assert exhibit.facts["dropped_names"] == "site"


def test_a_column_made_in_the_sample_is_not_called_words(big: Sampled) -> None:
    sheet = AddNoise("noise").apply(big.sheet)
    tool = MapOfAllRows(replace(big, sheet=sheet))
    columns = (*big.measurable, "noise")
    exhibit = tool.exhibit(sheet, {"columns": columns, "method": "by kind"})
    said = tool.beware(exhibit)
    assert "noise is not in the map: the stored table has no such column that can be measured." in [
        each.replace("`", "") for each in said
    ]
    assert not [each for each in said if "takes numbers alone" in each]


def test_a_map_of_all_rows_says_how_many_its_pairs_have_at_least(tmp_path: Path) -> None:
    frame = frame_of(200)
    frame.loc[:39, "a"] = np.nan
    frame.loc[100:109, "c"] = np.nan
    frame.to_parquet(tmp_path / "gaps.parquet")
    seen = sampled(only(tmp_path))
    tool = MapOfAllRows(seen)
    exhibit = tool.exhibit(seen.sheet)
    assert exhibit.read()["fewest rows of a pair"] == "150"
    assert tool.words().endswith("each pair of columns over the rows that have both.")
    assert exhibit.figures[0].title == "gaps.parquet, all 200 rows"


def test_inflation_says_which_rows_it_knows(tmp_path: Path) -> None:
    frame = frame_of(200)
    frame.loc[:39, "a"] = np.nan
    frame.to_parquet(tmp_path / "gaps.parquet")
    seen = sampled(only(tmp_path))
    tool = InflationOfAllRows(seen)
    exhibit = tool.exhibit(seen.sheet, {"columns": ("a", "b")})
    assert exhibit.facts["rows_used"] == 160
    assert any(each.startswith("160 of 200 rows have a value") for each in tool.beware(exhibit))
    r = frame["a"].corr(frame["b"])
    assert exhibit.facts["worst_vif"] == pytest.approx(1 / (1 - r**2), rel=1e-10)
    assert "left out" in tool.words()


def test_an_index_that_pandas_wrote_is_no_column(tmp_path: Path) -> None:
    frame_of(50).sort_values("a").to_parquet(tmp_path / "sorted.parquet")
    assert list(sampled(only(tmp_path)).sheet.frame) == list(frame_of(50))


def test_spearman_says_why_gaps_stop_it(tmp_path: Path) -> None:
    frame = frame_of(50)
    frame.loc[3, "a"] = np.nan
    frame.to_parquet(tmp_path / "gaps.parquet")
    seen = sampled(only(tmp_path))
    exhibit = MapOfAllRows(seen).exhibit(seen.sheet, {"method": "Spearman"})
    assert exhibit.stopped.startswith("Ranks of all rows are not computed where values are missing")
    assert "sample(" not in exhibit.stopped
    assert not exhibit.figures


def test_a_column_that_follows_from_others_is_named(tmp_path: Path) -> None:
    frame = frame_of(200).assign(total=lambda table: table["a"] + table["c"])
    frame.to_parquet(tmp_path / "total.parquet")
    seen = sampled(only(tmp_path))
    tool = InflationOfAllRows(seen)
    exhibit = tool.exhibit(seen.sheet, {"columns": ("a", "b")})
    r = frame["a"].corr(frame["b"])
    assert exhibit.facts["worst_vif"] == pytest.approx(1 / (1 - r**2), rel=1e-10)
    all_three = tool.exhibit(seen.sheet, {"columns": ("a", "c", "total")})
    assert any("is determined by the others" in each for each in tool.beware(all_three))


@pytest.mark.parametrize(
    ("slug", "values"),
    [
        ("association_map", {"method": "by kind"}),
        ("association_map", {"method": "Spearman", "adjust": "BH"}),
        ("redundancy", {}),
        ("clustermap", {"linkage": "single", "k": 2}),
    ],
)
def test_the_script_reads_the_file_and_finds_the_numbers(
    folder: Path, big: Sampled, slug: str, values: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    exhibit = OF_ALL_ROWS[slug](big).exhibit(big.sheet, values)
    monkeypatch.chdir(folder)
    found: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(exhibit.code.whole, "script", "exec"), found)
    assert "pd.read_parquet('big.parquet'" in exhibit.code.whole
    for name, fact in exhibit.facts.items():
        expected = pytest.approx(fact, rel=1e-9, nan_ok=True) if isinstance(fact, float) else fact
        assert found[name] == expected, name


@pytest.mark.parametrize(("method", "half"), [("by kind", "lower half"), ("Pearson", "upper half")])
def test_the_script_draws_an_honest_figure_that_can_be_read(
    tmp_path: Path, method: str, half: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = np.random.default_rng(3)
    frame = pd.DataFrame(random.normal(size=(60, 19)), columns=[f"x{i:02}" for i in range(19)])
    frame["x18"] += 3 * frame["x00"]
    frame["kind"] = np.where(frame["x00"] > 0, "a", "b")
    frame.to_parquet(tmp_path / "twenty.parquet")
    seen = sampled(only(tmp_path))
    tool = MapOfAllRows(seen)
    code = script_of_all_rows(tool, tool.exhibit(seen.sheet, {"method": method, "half": half}))
    assert "It reads twenty.parquet" in code
    assert "pyarrow" in code.splitlines()[2]
    shown: list[plt.Figure] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(plt, "show", lambda: shown.append(plt.gcf()))
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "script", "exec"), {})
    (figure,) = shown
    axes = figure.axes[0]
    cells, pale = (each.get_array() for each in axes.collections)
    painted = ~(np.ma.getmaskarray(cells) & np.ma.getmaskarray(pale))
    assert painted.any(axis=0).all()
    assert painted.any(axis=1).all()
    # What is not significant is pale, as the picture says, and nothing else is.
    strongest = abs(stats.pearsonr(frame["x00"], frame["x18"]).statistic)
    assert np.abs(cells.compressed()) == pytest.approx(strongest, abs=0.3)
    assert np.abs(pale.compressed()).max() < 0.5
    assert cells.count() + pale.count() == len(painted) * (len(painted) + 1) // 2
    assert [each.get_alpha() for each in axes.collections] == [None, 0.3]
    assert "Pale cells are not significant" in axes.get_title()
    assert len(axes.get_xticklabels()) == len(axes.get_yticklabels()) == len(painted)
    figure.draw_without_rendering()
    cell = axes.get_window_extent().width / len(painted)
    assert max(text.get_window_extent().width for text in axes.texts) < 0.9 * cell
    assert len(axes.texts) == painted.sum()
    plt.close(figure)


def test_the_call_reads_the_file_and_finds_the_numbers(
    folder: Path, big: Sampled, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = frame_of()
    monkeypatch.chdir(folder)
    mixed = MapOfAllRows(big).exhibit(big.sheet)
    found = eval(mixed.call, {"hh": lib})  # noqa: S307 - ours
    levels = [frame["a"][frame["site"] == site] for site in ("north", "south")]
    assert found.value.loc["a", "b"] == pytest.approx(frame["a"].corr(frame["b"]), abs=1e-12)
    assert found.p.loc["a", "site"] == pytest.approx(stats.f_oneway(*levels).pvalue, rel=1e-9)
    assert not InflationOfAllRows(big).exhibit(big.sheet).call  # the file has words as well


@pytest.mark.parametrize(
    ("slug", "call"),
    [
        ("association_map", 'hh.stats.correlate("numbers.parquet")'),
        ("redundancy", 'hh.stats.vif("numbers.parquet")'),
        ("clustermap", 'hh.stats.cluster("numbers.parquet")'),
    ],
)
def test_the_call_of_numbers_alone(
    tmp_path: Path, slug: str, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame_of(300).drop(columns="site").to_parquet(tmp_path / "numbers.parquet")
    seen = sampled(only(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert OF_ALL_ROWS[slug](seen).exhibit(seen.sheet).call == call
    eval(call, {"hh": lib})  # noqa: S307 - ours


def test_a_constant_column_is_left_out_of_the_tree(tmp_path: Path) -> None:
    frame_of(300).assign(flat=1.0).to_parquet(tmp_path / "flat.parquet")
    seen = sampled(only(tmp_path))
    exhibit = TreeOfAllRows(seen).exhibit(seen.sheet, {"k": 2})
    assert exhibit.facts["undefined_names"] == "flat"
    assert exhibit.table.groupby("group").groups[1].tolist() in ([["a", "b"], ["b", "a"], ["c"]])
    r = frame_of(300)["a"].corr(frame_of(300)["b"])
    (figure,) = exhibit.figures
    assert figure.rows.linkage[0, 2] == pytest.approx(1 - abs(r), abs=1e-12)
    more = TreeOfAllRows(seen).exhibit(seen.sheet, {"k": 8})
    assert more.stopped == (
        "There are 3 columns that vary together: they cannot be cut into 8 groups."
    )


def test_what_is_said_of_damage_names_no_folder(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "big.parquet"
    whole = (folder / "big.parquet").read_bytes()
    file.write_bytes(whole)
    table = only(tmp_path)
    file.write_bytes(bytes(len(whole) // 2) + whole[len(whole) // 2 :])
    with pytest.raises(Refused, match=r"big\.parquet cannot be read to its end") as refused:
        correlated(table, ["a", "b"], "pearson", "none")
    assert str(tmp_path) not in str(refused.value)


def test_reading_tells_how_far_it_is_and_can_be_ended(big: Sampled) -> None:
    told: list[int] = []
    sampled(big.table, told.append)
    assert told[-1] == 30_000
    assert told == sorted(told)
    assert len(told) > 3

    def enough(rows: int) -> None:
        raise Unread

    with pytest.raises(Unread):
        list(part_of(big.table, ["a"], enough).batches(["a"]))
    with pytest.raises(Unread):
        sampled(big.table, enough)
