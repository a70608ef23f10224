"""The Lab as a learner uses it, and as an address or a file from anywhere may want it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from ui_failures import failures

import datasets
from lib.lab import slugs
from lib.tables import TWEAKS
from lib.ui.lab.recipe import _TITLES
from lib.ui.lab.state import Changes, Chosen

FILES = Path(__file__).parents[1] / "tables" / "files"
TELLING = [
    ("highway", "association_map"),
    ("chile", "as_the_tutorial_draws_it"),
    ("titanic", "two_categories"),
    ("mtcars", "clustermap"),
    ("lynx", "association_map"),
    ("airquality", "missing_values"),
]
"""A weighted table, one with an ordered column, words, many columns, a single column, gaps."""

Open = Callable[..., AppTest]


def chosen(app: AppTest) -> Chosen:
    """The table on the screen."""
    table: Chosen = app.session_state["lab-applied"]
    return table


def well(app: AppTest) -> AppTest:
    assert not failures(app)
    return app


def widget(app: AppTest, key: str) -> Any:
    """Whatever a control is drawn as."""
    kinds = (app.selectbox, app.multiselect, app.number_input, app.text_input, app.button_group)
    return next(each for kind in kinds for each in kind if each.key == key)


def parameter(app: AppTest, name: str) -> str:
    """What the address says, once."""
    value = app.query_params[name]
    return value if isinstance(value, str) else "".join(value)


def do(app: AppTest, tweak: str, **settings: Any) -> None:
    """Fill in the form of a tweak, and press its button."""
    well(app.selectbox(key="lab-tweak").select(tweak).run())
    for name, value in settings.items():
        widget(app, f"lab-tweak-{tweak}-{name}").set_value(value)
    well(app.button(key="lab-do").click().run())


def upload(app: AppTest, name: str, data: bytes) -> AppTest:
    return well(app.file_uploader(key="lab-file").set_value((name, data, "")).run())


def paste(app: AppTest, text: str) -> AppTest:
    app.text_area(key="lab-pasted").input(text)
    return well(app.button(key="lab-use-pasted").click().run())


def marked(app: AppTest) -> str:
    """All that is read as Markdown somewhere: texts, messages, and what stands on widgets."""
    texts = (app.markdown, app.caption, app.info, app.warning, app.error)
    widgets = (app.checkbox, app.button, app.radio, app.selectbox, app.multiselect, app.text_area)
    buttons = [option for group in app.button_group for option in group.options]
    radios = [option for radio in app.radio for option in radio.options]
    return "\n".join(
        [
            *(each.value for kind in texts for each in kind),
            *(each.label for kind in widgets for each in kind),
            *(each.label for each in app.expander),
            *buttons,
            *radios,
        ]
    )


def test_the_first_visit_shows_a_table_and_its_map(open_app: Open) -> None:
    app = open_app("lab")
    assert len(chosen(app).sheet.frame) == 39
    assert app.get("plotly_chart")
    assert dict(app.query_params) == {}


def test_an_instrument_on_a_table(open_app: Open) -> None:
    app = open_app("lab")
    for table, tool in TELLING:
        app.query_params.update({"table": table, "instrument": tool})
        well(app.run())
        assert chosen(app).name == table
        assert app.selectbox(key="lab-instrument").value == tool
        assert app.get("plotly_chart") or app.info or app.code


@pytest.mark.play
@pytest.mark.parametrize("table", datasets.catalogue())
def test_every_instrument_on_every_table(open_app: Open, table: str) -> None:
    app = open_app("lab", table=table)
    for tool in slugs():
        well(app.selectbox(key="lab-instrument").select(tool).run())
        assert app.selectbox(key="lab-instrument").value == tool
        # The first stands there already: to choose it again changes no address.
        assert tool == slugs()[0] or parameter(app, "instrument") == tool
        assert app.get("plotly_chart") or app.info or app.code


def test_the_address_brings_everything_back(open_app: Open) -> None:
    address: dict[str, str | list[str]] = {
        "table": "mtcars",
        "instrument": "association_map",
        "recipe": '[{"tweak":"Log","column":"hp"},{"tweak":"AddNoise","on":false}]',
        "kinds": '[["gear","ordered","5","4","3"]]',
        "lab-association_map-method": "Spearman",
    }
    app = open_app("lab", **address)
    table = chosen(app)
    assert table.sheet.frame["hp"].iloc[0] == pytest.approx(4.700480)  # log 110
    assert "noise" not in table.sheet.frame
    assert table.sheet.column("gear").levels == ("5", "4", "3")
    assert widget(app, "lab-association_map-method").value == "Spearman"
    assert {name: parameter(app, name) for name in address} == address


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({"table": "none such", "instrument": "none"}, ["a table that is not", "an instrument"]),
        ({"kinds": '[["rate","ordered","1"]]'}, ["The order of 'rate' lacks 1.61"]),
        pytest.param(
            {"kinds": '[["size","number"]]'}, ["There is no column 'size'"], marks=pytest.mark.play
        ),
        ({"recipe": '[{"tweak":"Log","column":"size"}]'}, ["There is no column 'size'"]),
        (
            {"recipe": '[{"tweak":"PlantLeak","target":"rate","noise":1e308}]'},
            ["too large to compute with"],
        ),
    ],
)
def test_a_wrong_address_is_said(open_app: Open, address: dict[str, str], said: list[str]) -> None:
    app = open_app("lab", **address)
    shown = " ".join(each.value for kind in (app.info, app.warning) for each in kind)
    for words in said:
        assert words in shown
    assert list(chosen(app).sheet.frame) == list(datasets.load("highway"))
    assert app.get("plotly_chart")


@pytest.mark.parametrize(
    "address",
    [
        {"recipe": "no JSON"},
        {"recipe": '{"tweak":"Log"}'},
        {"recipe": "[" * 50_000},
        {"recipe": '[{"tweak":"Unheard"}]'},
        {"recipe": '[{"tweak":"AddNoise","name":"\\ud800"}]'},
        {"recipe": f'[{{"tweak":"PlantLeak","target":"rate","noise":1{"0" * 400}}}]'},
        {"kinds": '[["rate","colour"]]'},
        {"kinds": '{"rate":"number"}'},
        {"kinds": '[["rate"]]'},
    ],
)
def test_changes_that_cannot_be_read(address: dict[str, str]) -> None:
    def read() -> None:
        import streamlit as st

        from lib.ui.corrections import say_corrections
        from lib.ui.lab.state import _changes_in_address

        st.session_state["found"] = _changes_in_address()
        say_corrections()

    app = AppTest.from_function(read)
    app.query_params.update(address)
    app.run()
    assert not app.exception
    assert app.session_state["found"] == Changes()
    assert "changes of a table that cannot be made" in app.info[0].value


def test_a_kind_that_loses_values_says_so(open_app: Open) -> None:
    app = open_app("lab", table="iris", kinds='[["species","number"]]')
    assert "150 values that are no number became missing" in marked(app)


def test_a_kind_that_cannot_be_is_forgotten(open_app: Open) -> None:
    app = open_app("lab", table="chile")
    order = app.text_area(key="lab-order-chile-education")
    assert order.value == "P\nS\nPS"
    well(order.set_value("PS\nS\nP").run())
    assert chosen(app).sheet.column("education").levels == ("PS", "S", "P")
    assert json.loads(parameter(app, "kinds")) == [["education", "ordered", "PS", "S", "P"]]
    well(app.text_area(key="lab-order-chile-education").set_value("PS\nS").run())
    assert "The order of 'education' lacks P" in marked(app)
    assert "kinds" not in app.query_params
    do(app, "Log", column="age")
    assert "lacks P" not in marked(app)


SENSIBLE: dict[str, dict[str, Any]] = {
    "FilterRows": {"column": "cyl", "comparison": "=", "value": "4"},
    "DropRows": {"rows": "1, 3-4"},
    "DropColumns": {"columns": ["qsec", "vs"]},
    "RepeatRows": {"column": "carb"},
    "Log": {"column": "hp"},
    "Rank": {"column": "hp"},
    "Standardise": {"column": "hp"},
    "Difference": {"column": "hp"},
    "SeasonOut": {"column": "hp", "period": 4},
    "Cut": {"column": "mpg"},
    "MergeRare": {"column": "cyl", "fewer": 12},
    "AddOutlier": {"columns": ["mpg", "hp"]},
    "Shuffle": {"column": "hp"},
    "AddNoise": {},
    "PlantDuplicate": {"column": "hp", "name": "power"},
    "PlantLeak": {"target": "mpg"},
    "RemoveValues": {"column": "hp"},
}


def test_every_tweak_is_on_offer() -> None:
    assert set(SENSIBLE) == set(_TITLES) == set(TWEAKS) - {"EditCell"}


@pytest.mark.parametrize(
    "tweak",
    [
        pytest.param(each, marks=[] if each in ("FilterRows", "DropRows") else pytest.mark.play)
        for each in SENSIBLE
    ],
)
def test_a_tweak_is_done_by_its_form(open_app: Open, tweak: str) -> None:
    app = open_app("lab", table="mtcars", kinds='[["cyl","category"]]')
    before = chosen(app).sheet.frame
    do(app, tweak, **SENSIBLE[tweak])
    (done,) = chosen(app).changes.recipe
    assert type(done).__name__ == tweak
    assert not chosen(app).applied.failed
    assert not chosen(app).sheet.frame.equals(before)
    assert "Change the table: 1 done" in marked(app)
    if tweak == "FilterRows":
        assert len(chosen(app).sheet.frame) == 11
    if tweak == "DropRows":
        assert chosen(app).sheet.frame["model"].iloc[0] == "Mazda RX4 Wag"


def edit(monkeypatch: pytest.MonkeyPatch, editor: str, rows: dict[int, dict[str, Any]]) -> None:
    """Change cells in an editor with the next run, as AppTest cannot."""
    edits = [rows]

    def data_editor(
        _shown: pd.DataFrame, *, key: str, on_change: Callable[[], None], **_: Any
    ) -> None:
        if key.startswith(editor) and edits:
            st.session_state[key] = {"edited_rows": edits.pop()}
            on_change()

    monkeypatch.setattr(st, "data_editor", data_editor)


def test_cells_that_are_edited_become_tweaks(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app("lab", table="eu_stocks")
    app.number_input(key="lab-first").set_value(201).run()
    edit(monkeypatch, "lab-cells", {0: {"DAX": 1.5}, 3: {"DAX": None}})
    well(app.run())
    well(app.run())
    assert json.loads(parameter(app, "recipe")) == [
        {"tweak": "EditCell", "row": 200, "column": "DAX", "value": 1.5},
        {"tweak": "EditCell", "row": 203, "column": "DAX", "value": None},
    ]
    edited = chosen(app).sheet.frame["DAX"]
    assert edited[200] == 1.5
    assert edited.isna().tolist() == [place == 203 for place in range(len(edited))]


def test_a_kind_is_changed_in_the_list(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app("lab", table="mtcars", recipe='[{"tweak":"DropColumns","columns":["mpg"]}]')
    edit(monkeypatch, "lab-kinds", {2: {"kind": "category"}})
    well(app.run())
    well(app.run())
    assert parameter(app, "kinds") == '[["cyl","category"]]'
    assert chosen(app).sheet.column("cyl").kind == "category"
    assert chosen(app).changes.recipe


def test_rows_are_counted_as_sentences_count_them(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[pd.DataFrame] = []
    monkeypatch.setattr(st, "data_editor", lambda shown, **_: seen.append(shown))
    app = open_app("lab")
    table = seen[-1]
    assert "0.51 with row 25 and 0.19 without it" in marked(app)
    assert table.index[0] == 1
    assert table.drop(index=25)[["sigs1", "acpt"]].corr().iloc[0, 1] == pytest.approx(
        0.19, abs=0.005
    )
    assert "rate, len, adt and 8 more: It is stored as numbers." in marked(app)


def test_tweaks_are_switched_moved_and_undone(open_app: Open) -> None:
    app = open_app("lab", table="mtcars")
    do(app, "Log", column="hp")
    do(app, "Standardise", column="hp")
    assert chosen(app).sheet.frame["hp"].mean() == pytest.approx(0, abs=1e-12)
    well(app.checkbox(key="lab-tweak-mtcars-1-on").uncheck().run())
    assert chosen(app).sheet.frame["hp"].iloc[0] == pytest.approx(4.700480)
    well(app.button(key="lab-tweak-mtcars-1-up").click().run())
    names = [each["tweak"] for each in json.loads(parameter(app, "recipe"))]
    assert names == ["Standardise", "Log"]
    for _ in range(2):
        well(app.button(key="lab-tweak-mtcars-0-undo").click().run())
    assert chosen(app).sheet.frame["hp"].iloc[0] == 110
    assert "recipe" not in app.query_params


def test_a_tweak_is_refused_in_words(open_app: Open) -> None:
    app = open_app("lab", table="mtcars")
    refused: list[tuple[str, dict[str, Any], str]] = [
        ("DropRows", {"rows": "the first"}, "Rows are numbers with commas between them"),
        ("DropRows", {"rows": ""}, "fill in every field"),
        ("SeasonOut", {"column": "hp"}, "fill in every field"),
        ("Log", {"column": "model"}, "this needs number"),
    ]
    for tweak, settings, words in refused:
        do(app, tweak, **settings)
        assert [words in each.value for each in app.warning] == [True]
    assert chosen(app).changes.recipe == ()


@pytest.mark.play
def test_no_more_tweaks_than_an_address_brings_back(open_app: Open) -> None:
    recipe = [{"tweak": "EditCell", "row": 0, "column": "hp", "value": n} for n in range(200)]
    app = open_app("lab", table="mtcars", recipe=json.dumps(recipe))
    do(app, "Log", column="mpg")
    assert "200 changes at most" in marked(app)
    assert len(chosen(app).changes.recipe) == 200


def test_a_control_whose_column_is_gone_begins_anew(open_app: Open) -> None:
    app = open_app("lab", table="mtcars", instrument="one_against_all")
    well(widget(app, "lab-one_against_all-target").set_value("qsec").run())
    well(app.selectbox(key="lab-table").select("iris").run())
    assert widget(app, "lab-one_against_all-target").value == "sepal length (cm)"
    assert "lab-one_against_all-target" not in app.query_params
    assert app.get("plotly_chart")


@pytest.mark.play
def test_the_rows_on_the_screen_are_those_of_a_shorter_table(open_app: Open) -> None:
    app = open_app("lab", table="eu_stocks")
    well(app.number_input(key="lab-first").set_value(1801).run())
    well(app.selectbox(key="lab-table").select("quakes").run())
    assert app.number_input(key="lab-first").value <= 1000


def test_a_table_is_pasted(open_app: Open) -> None:
    app = paste(open_app("lab"), "size,age\n1,2\n2,4\n3,9\n")
    assert parameter(app, "table") == "own"
    assert chosen(app).sheet.frame["age"].tolist() == [2, 4, 9]
    do(app, "Log", column="age")
    assert "recipe" not in app.query_params
    # It waits while another is looked at.
    well(app.selectbox(key="lab-table").select("iris").run())
    well(app.selectbox(key="lab-table").select("own").run())
    assert len(chosen(app).changes.recipe) == 1


def test_questions_are_answered_one_by_one(open_app: Open) -> None:
    name = "country_codes.csv"
    app = upload(open_app("lab"), name, (FILES / name).read_bytes())
    kept = chosen(app).sheet.column("iso").missing
    first, second = app.radio
    assert first.label.startswith("iso")
    well(first.set_value("missing").run())
    assert chosen(app).sheet.column("iso").missing == kept + 1
    (left,) = app.radio
    assert (left.label, left.value) == (second.label, None)


def test_a_refusal_says_so_and_leads_on(open_app: Open) -> None:
    name = "unclosed_quote.csv"
    app = upload(open_app("lab"), name, (FILES / name).read_bytes())
    assert "never closes" in app.error[0].value
    assert chosen(app).name == "highway"
    assert app.button(key="lab-way-out").label == "Read it so"
    well(app.button(key="lab-way-out").click().run())
    assert chosen(app).name == "own"
    assert not app.error


@pytest.mark.play
@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda path: path.name)
def test_a_file_through_every_instrument(open_app: Open, path: Path) -> None:
    app = upload(open_app("lab"), path.name, path.read_bytes())
    for tool in slugs():
        well(app.selectbox(key="lab-instrument").select(tool).run())


HOSTILE = [
    "![x](http://example.invalid/x.png)",
    "<img src=x onerror=alert(1)>",
    "$\\alpha$ **bold** :red[x]",
    "x" * 5000,
    "_under_ `code` ~~gone~~",
]
LEVELS = ["[a](http://example.invalid)", "*b*", "$c$"]


def hostile() -> bytes:
    rows = [
        [str(place + (place * place * column) % 7) for column in range(len(HOSTILE))]
        + [LEVELS[place % 3], LEVELS[place % 2]]
        for place in range(30)
    ]
    names = [*(f'"{name}"' for name in HOSTILE), '"**c**"', '"[d](http://example.invalid)"']
    return "\n".join([",".join(names), *map(",".join, rows)]).encode()


def expect_harmless(app: AppTest) -> None:
    shown = marked(app)
    for name in (*HOSTILE, *LEVELS, "**c**", "[d](http"):
        if len(name) < 100:
            assert name not in shown


@pytest.mark.parametrize(
    "tool",
    [
        pytest.param(each, marks=[] if each in kept else pytest.mark.play)
        for kept in [("association_map", "two_categories")]
        for each in slugs()
    ],
)
def test_hostile_names_are_only_words(open_app: Open, tool: str) -> None:
    app = upload(open_app("lab", instrument=tool), "hostile.csv", hostile())
    assert len(chosen(app).sheet.frame) == 30
    expect_harmless(app)
    assert "x" * 100 not in marked(app)
    app.query_params["view"] = "Numbers"
    expect_harmless(well(app.run()))
    boxes = [each for each in app.selectbox if each.key == "open-a-cell"]
    if boxes and boxes[0].options:
        expect_harmless(well(boxes[0].select_index(0).run()))


def test_hostile_names_in_what_is_done(open_app: Open) -> None:
    app = upload(open_app("lab"), "hostile.csv", hostile())
    do(app, "Log", column=HOSTILE[0])
    do(app, "Cut", column="**c**")
    expect_harmless(app)


def test_settings_are_found_again_on_coming_back(open_app: Open) -> None:
    app = open_app("lab", table="mtcars")
    well(widget(app, "lab-association_map-method").set_value("Spearman").run())
    well(widget(app, "lab-association_map-columns").set_value(["mpg", "hp", "wt"]).run())
    for tool in ("redundancy", "association_map"):
        well(app.selectbox(key="lab-instrument").select(tool).run())
    assert widget(app, "lab-association_map-method").value == "Spearman"
    assert widget(app, "lab-association_map-columns").value == ["mpg", "hp", "wt"]
    assert parameter(app, "lab-association_map-method") == "Spearman"
    # What no longer fits the table begins anew; what was never set takes what is new.
    well(app.selectbox(key="lab-instrument").select("redundancy").run())
    do(app, "DropColumns", columns=["hp"])
    do(app, "AddNoise")
    well(app.selectbox(key="lab-instrument").select("association_map").run())
    shown = widget(app, "lab-association_map-columns").value
    assert "hp" not in shown
    assert {"mpg", "wt", "noise"} <= set(shown)
    assert widget(app, "lab-association_map-method").value == "Spearman"


def test_the_code_begins_with_the_recipe(open_app: Open) -> None:
    app = open_app("lab", view="Code")
    recipe, _ = (each.value for each in app.code)
    assert "sns.heatmap(" in recipe
    assert "strong_x" not in recipe
    well(app.toggle(key="lab-association_map-whole").set_value(True).run())
    whole, one_call = (each.value for each in app.code)
    assert "hh.heatmap(" in one_call
    assert whole.startswith(recipe.rstrip())
    assert "strong_x" in whole
    assert len(whole) > 1.5 * len(recipe)


def test_a_new_column_is_looked_at_unless_columns_were_chosen(open_app: Open) -> None:
    app = open_app("lab", table="mtcars")
    do(app, "AddNoise")
    shown = widget(app, "lab-association_map-columns")
    assert {"mpg", "carb", "noise"} <= set(shown.value)
    well(shown.set_value(["mpg", "hp"]).run())
    do(app, "PlantDuplicate", column="mpg")
    assert widget(app, "lab-association_map-columns").value == ["mpg", "hp"]


def test_a_column_is_found_in_a_map_of_too_many_to_read(open_app: Open) -> None:
    names = [f"column {number}" for number in range(46)]
    random = np.random.default_rng(1)
    values = pd.DataFrame(random.normal(size=(40, 46)), columns=names)
    values["column 44"] = values["column 7"] + 0.1 * values["column 3"]
    app = open_app("lab")
    upload(app, "wide.csv", values.to_csv(index=False).encode())
    find = next(each for each in app.selectbox if each.label == "Find a column")
    assert [*find.options] == names
    well(find.select("column 7").run())
    assert "column 7 and 14 of 45 others" in marked(app)
    drawn = json.loads(app.get("plotly_chart")[-1].proto.spec)["data"][0]
    shown = {*drawn["x"], *drawn["y"]}
    strength = values.corr()["column 7"].drop("column 7").abs().sort_values(ascending=False)
    assert shown == {"column 7", *strength.index[:14]}
    # With so many pairs the cell to open is chosen by its row first.
    row = next(each for each in app.selectbox if each.label == "Open a cell: its row")
    well(row.select("column 12").run())
    column = next(each for each in app.selectbox if each.label == "and its column")
    assert [*column.options] == names[:12]
    well(column.select_index(7).run())
    r = values["column 12"].corr(values["column 7"])
    assert f"r = {r:.2f}".replace("-", "−") in marked(app)
