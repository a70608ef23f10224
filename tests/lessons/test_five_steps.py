"""The numbers of lesson one, against R and against what was measured outside this project."""

import json
from pathlib import Path

import numpy as np
import pytest
from matplotlib import colormaps
from matplotlib.figure import Figure

import datasets
from lessons.five_steps import LESSON
from lib.course import Standing

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "stats" / "reference" / "highway.json").read_text("utf-8")
)
PEARSON = REFERENCE["pearson"]


def facts(step: str, **values) -> dict:
    return LESSON.step(step).exhibit(values).facts


def test_import_counts_the_running_number() -> None:
    plain = facts("import")
    assert (plain["rows"], plain["columns"], plain["numeric_columns"]) == (39, 13, 12)
    assert plain["row_number_r"] == pytest.approx(REFERENCE["row_number_trap"]["adt"])
    assert round(plain["row_number_r"], 3) == -0.846
    right = facts("import", read="index_col=0")
    assert (right["rows"], right["columns"], right["numeric_columns"]) == (39, 12, 11)
    assert not right["row_number_inside"]


def test_dropping_the_running_number_is_as_good_as_naming_the_rows_by_it() -> None:
    step = LESSON.step("import")
    said = {"reason": "The file lists busy roads first"}
    assert step.judge({"read": 'drop("Unnamed: 0")', **said}).standing is Standing.PASSED


def test_the_running_number_follows_the_traffic() -> None:
    traffic = datasets.load("highway")["adt"].to_numpy()
    shown = facts("import")
    assert shown["first_traffic"] == pytest.approx(traffic[:10].mean())
    assert shown["last_traffic"] == pytest.approx(traffic[-10:].mean())
    assert shown["first_traffic"] > 10 * shown["last_traffic"]


def test_a_matrix_of_one_column_is_shown() -> None:
    (chart,) = LESSON.step("import").exhibit({"read": "header=None"}).figures
    assert chart.values.to_numpy().tolist() == [[1.0]]


def test_without_a_header_nothing_is_said_of_traffic() -> None:
    """There it is a column of words, and has no r."""
    exhibit = LESSON.step("import").exhibit({"read": "header=None"})
    assert exhibit.description.endswith("1 of them numeric. That one is the running number.")


def test_the_right_shape_can_be_the_wrong_table() -> None:
    wrong = facts("import", read='index_col="rate"')
    assert (wrong["rows"], wrong["columns"]) == (39, 12)
    assert wrong["lost"] == 1


def test_corr_stops_at_the_first_word() -> None:
    assert facts("correlate")["message"] == "could not convert string to float: 'FAI'"
    matrix = facts("correlate", call="corr(numeric_only=True)")
    assert (matrix["cells"], matrix["pairs"]) == (121, 55)
    assert (matrix["ordered"], matrix["with_diagonal"]) == (110, 66)


def test_fewer_columns_make_fewer_pairs_and_any_of_them_pass() -> None:
    step = LESSON.step("correlate")
    some = {"call": "corr(numeric_only=True)", "columns": ("rate", "len", "adt", "trks")}
    assert step.judge({**some, "answer": 6}).standing is Standing.PASSED
    assert step.judge({**some, "answer": 55}).standing is Standing.MISTAKE


def test_dummies() -> None:
    made = facts("dummify", dummies="1 / 0")
    assert made["columns"] == 15
    assert made["r_pa_ma"] == pytest.approx(REFERENCE["dummies_dummies"]["PA"]["MA"])
    assert made["r_by_counts"] == pytest.approx(made["r_pa_ma"])
    assert made["rank"] == 4
    lost = facts("dummify", dummies="True / False", call='select_dtypes("number").corr()')
    assert lost["columns"] == 11
    kept = facts("dummify", dummies="True / False", call="corr(numeric_only=True)")
    assert kept["columns"] == 15
    assert facts("dummify", dummies="1 / 0", call="corr()")["outcome"] == "error"


@pytest.mark.parametrize("side", ["upper", "lower"])
def test_mask(side: str) -> None:
    plain = facts("mask", side=side)
    assert (plain["visible"], plain["hidden"]) == (55, 66)
    assert (plain["empty_rows"], plain["empty_columns"]) == (1, 1)
    trimmed = facts("mask", side=side, trim=True)
    assert (trimmed["visible"], trimmed["rows"], trimmed["columns"]) == (55, 10, 10)
    assert (trimmed["empty_rows"], trimmed["empty_columns"]) == (0, 0)
    assert facts("mask", side=side, k=1)["visible"] == 66
    counted = {"side": side, "trim": True, "with_rate": 10}
    assert LESSON.step("mask").judge(counted).standing is Standing.PASSED


def test_colours_out_of_the_box() -> None:
    plain = facts("colour")
    assert (round(plain["low"], 2), plain["high"]) == (-0.68, 1)
    assert round(plain["neutral"], 2) == 0.16
    masked = facts("colour", triangle=True)
    assert masked["high"] == pytest.approx(PEARSON["adt"]["itg"])
    assert facts("colour", limits="center=0")["neutral"] == 0
    assert facts("colour", limits="-1 to 1")["neutral"] == 0


def test_red_and_green_end_almost_equal_for_a_deuteranope() -> None:
    assert round(facts("colour", colours="RdYlGn")["ends_apart"], 2) == 0.11
    assert round(facts("colour", colours="coolwarm")["ends_apart"], 2) == 0.77


@pytest.mark.parametrize("colours", ["coolwarm", "RdBu_r", "PuOr"])
@pytest.mark.parametrize("limits", ["center=0", "-1 to 1"])
def test_every_honest_scale_counts(colours: str, limits: str) -> None:
    step = LESSON.step("colour")
    said = {"colours": colours, "limits": limits, "alike": "-1 to 1"}
    assert step.judge(said).standing is Standing.PASSED


@pytest.mark.parametrize("colours", ["RdYlGn", "viridis", "jet"])
def test_no_dishonest_scale_counts(colours: str) -> None:
    step = LESSON.step("colour")
    assert step.judge({"colours": colours, "limits": "-1 to 1"}).standing is Standing.MISTAKE


def test_the_strongest_pairs() -> None:
    read = facts("read")
    assert (read["highest"], read["lowest"]) == ("adt–itg", "slim–acpt")
    assert read["second_lowest"] == "rate–slim"
    assert read["highest_r"] == pytest.approx(PEARSON["adt"]["itg"])
    assert read["lowest_r"] == read["lowest_now"] == pytest.approx(PEARSON["slim"]["acpt"])
    assert read["second_lowest_r"] == read["second_now"] == pytest.approx(PEARSON["rate"]["slim"])


def test_a_single_section_decides_which_blue_comes_first() -> None:
    roads = datasets.load("highway")[["rate", "slim", "acpt"]].to_numpy()
    turned = []
    for row in range(len(roads)):
        r = np.corrcoef(np.delete(roads, row, axis=0), rowvar=False)
        turned.append(r[0, 1] < r[1, 2])
    assert facts("read")["turned"] == sum(turned) == 17
    for row, is_turned in enumerate(turned):
        assert facts("read", left_out=row + 1)["is_turned"] == is_turned


@pytest.mark.parametrize("negative", ["slim–acpt", "rate–slim"])
def test_either_of_two_that_cannot_be_told_apart_will_do(negative: str) -> None:
    named = {"positive": "adt–itg", "negative": negative}
    step = LESSON.step("read")
    assert step.judge({**named, "left_out": 2}).standing is Standing.PASSED
    assert step.judge({**named, "left_out": 1}).standing is Standing.MISTAKE
    assert step.judge(named).standing is Standing.NOT_YET


def test_letters_and_cells() -> None:
    plain = facts("export")
    assert plain["columns"] == 30
    assert plain["page_width"] == 1000
    assert plain["page_height"] == 800
    # 29 cells, since the map is trimmed. matplotlib gives axes 77.5 % of the page's 1000 pixels,
    # and seaborn's colour bar takes a fifth of that.
    assert plain["cell"] == pytest.approx(1000 * 0.775 * 0.8 / 29)
    assert 40 < plain["number"] < 46
    assert not plain["fits"]
    assert facts("export", data="highway")["fits"]


def test_tight_changes_the_page_and_not_the_letters() -> None:
    loose, tight = facts("export"), facts("export", tight=True)
    assert (loose["cell"], loose["number"]) == (tight["cell"], tight["number"])
    assert (loose["page_width"], loose["page_height"]) != (
        tight["page_width"],
        tight["page_height"],
    )
    assert loose["cut"]
    assert not tight["cut"]


def test_more_dots_per_inch_make_no_room() -> None:
    """What the quiz says: cells and letters grow alike."""
    widths = {}
    for dpi in (100, 200):
        figure = Figure(figsize=(10, 8), dpi=dpi)
        axes = figure.subplots()
        text = axes.text(0, 0, "−0.68", fontsize=10)
        widths[dpi] = np.array([text.get_window_extent().width, axes.get_window_extent().width])
    assert widths[200] == pytest.approx(2 * widths[100], rel=0.03)


def test_a_page_for_the_journal_needs_a_small_font_and_tight_labels() -> None:
    step = LESSON.step("export")
    assert step.judge({"width": 14, "font": 6, "tight": True}).standing is Standing.PASSED
    for width, font, tight in ((10, 4, True), (24, 10, True), (14, 6, False), (14, 9, True)):
        setting = {"width": width, "font": font, "tight": tight}
        assert step.judge(setting).standing is Standing.MISTAKE


def test_what_is_said_of_the_other_table_is_true_of_any_page() -> None:
    """On four inches its numbers are wider than its cells, so nothing there is easily done."""
    found = facts("export", data="highway", width=4)
    assert found["number"] > found["cell"]
    judged = LESSON.step("export").judge({"data": "highway", "width": 4})
    assert "only 11 columns" in judged.text
    assert judged.goals[0].text == "The table is that of the tumours: now it is highway"


def test_the_middle_of_jet_is_no_nothing_though_its_ends_are_alike() -> None:
    judged = LESSON.step("colour").judge({"limits": "-1 to 1", "colours": "jet"})
    assert "does not look like nothing" in judged.text
    low, middle, high = colormaps["jet"]([0.0, 0.5, 1.0])[:, :3]
    assert np.ptp(middle) > 0.5  # a bright green
    assert abs(low.max() - high.max()) < 0.01  # as dark a blue as a red


@pytest.mark.parametrize(("answer", "told"), [(11, "as many as"), (7, "more than"), (60, "fewer")])
def test_any_wrong_number_of_pairs_is_answered(answer: int, told: str) -> None:
    judged = LESSON.step("correlate").judge({"call": "corr(numeric_only=True)", "answer": answer})
    assert judged.standing is Standing.MISTAKE
    assert told in judged.text


def test_a_count_of_rate_is_told_from_too_few_and_too_many() -> None:
    said = {n: LESSON.step("mask").judge({"trim": True, "with_rate": n}).text for n in (9, 11, 20)}
    assert len(set(said.values())) == 3
    assert "columns in the whole table" in said[11]


def test_what_is_said_of_all_sections_says_so_where_one_is_left_out() -> None:
    """The map beside it is of the others, and has other numbers."""
    named = {"positive": "adt–lane", "negative": "slim–acpt", "left_out": 2}
    judged = LESSON.step("read").judge(named)
    r = PEARSON["adt"]["lane"]
    assert judged.text.startswith(f"With all 39 sections `adt–lane` has {r:.2f}")
    passed = LESSON.step("read").outcome({**named, "positive": "adt–itg"})
    roads = datasets.load("highway").drop(index=2)
    assert passed.startswith("With all 39 sections `adt–itg`")
    assert f"it is −{-roads['slim'].corr(roads['acpt']):.4f} and" in passed


def test_the_wines_against_numpy() -> None:
    """r of each pair by numpy, whose strongest the step asks for."""
    wine = datasets.load("wine").drop(columns="cultivar")
    r = np.corrcoef(wine.to_numpy(), rowvar=False)
    rows, columns = np.tril_indices(len(r), -1)
    sizes = np.sort(np.abs(r[rows, columns]))
    shown = facts("on_your_own_wines", read="read_csv(path)", call="corr(numeric_only=True)")
    assert (shown["measured"], shown["pairs"]) == (13, 78)
    assert shown["strongest_r"] == pytest.approx(sizes[-1]) == pytest.approx(0.8646, abs=1e-4)
    assert shown["next_r"] == pytest.approx(sizes[-2])
    assert (shown["visible"], shown["ones"], shown["once"]) == (169, 13, 0)


def test_the_wines_by_the_habit_of_before_lose_a_measurement() -> None:
    shown = facts("on_your_own_wines", call="corr(numeric_only=True)")
    assert shown["columns"] == 12
    assert facts("on_your_own_wines")["outcome"] == "error"


@pytest.mark.parametrize("read", ["read_csv(path)", 'index_col="cultivar"'])
@pytest.mark.parametrize(
    ("mask", "trim"), [("np.triu(ones)", ".iloc[1:, :-1]"), ("np.tril(ones)", ".iloc[:-1, 1:]")]
)
def test_any_way_to_an_honest_map_of_the_wines_passes(read: str, mask: str, trim: str) -> None:
    step = LESSON.step("on_your_own_wines")
    setting = step.task.solution | {"read": read, "mask": mask, "trim": trim}
    assert step.judge(setting).standing is Standing.PASSED


def test_differences_of_two_correlations_go_beyond_one() -> None:
    roads = datasets.load("highway").select_dtypes("number").to_numpy()
    d = np.corrcoef(roads[:20], rowvar=False) - np.corrcoef(roads[20:], rowvar=False)
    differences = d[np.tril_indices(11, -1)]
    shown = facts("write_the_limits")
    assert shown["beyond_one"] == int((np.abs(differences) > 1).sum()) == 6
    assert shown["farthest"] == pytest.approx(differences.min())
    assert (shown["low"], shown["high"]) == pytest.approx((differences.min(), differences.max()))


@pytest.mark.parametrize(
    ("lines", "standing"),
    [
        ("np.array([-1, 1]) * np.abs(d).max().max()", Standing.PASSED),
        ("far = np.max(np.abs(d.to_numpy()))\nends = np.array([-far, far])", Standing.PASSED),
        ("np.array([-2, 2])", Standing.PASSED),
        ("np.array([-1, 1]) * d.max().max()", Standing.MISTAKE),
        ("np.array([-200, 200])", Standing.MISTAKE),
    ],
)
def test_any_lines_that_give_honest_ends_pass(lines: str, standing: Standing) -> None:
    assert LESSON.step("write_the_limits").judge({"lines": lines}).standing is standing


def test_ends_in_the_wrong_order_are_refused_in_words() -> None:
    exhibit = LESSON.step("write_the_limits").exhibit({"lines": "np.array([1, -1])"})
    assert exhibit.error.startswith("It ran, and your last line gives 1 and \N{MINUS SIGN}1:")
    assert exhibit.facts == facts("write_the_limits")


def test_an_end_that_was_rounded_is_told_so() -> None:
    found = LESSON.step("write_the_limits").judge({"lines": "np.array([-1.375, 1.375])"})
    assert found.standing is Standing.MISTAKE
    assert "an end that was rounded" in found.text
