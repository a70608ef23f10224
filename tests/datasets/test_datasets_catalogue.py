"""The catalogue and the bundled files agree, and the package stays light."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import datasets
from datasets import Dataset, catalogue

every_dataset = pytest.mark.parametrize("dataset", catalogue().values(), ids=lambda d: d.name)


def test_every_bundled_file_is_catalogued_and_no_other():
    bundled = {file.stem: file for file in Path(datasets.__file__).parent.glob("*.csv")}
    assert {name: dataset.file for name, dataset in catalogue().items()} == bundled


@every_dataset
def test_an_entry_says_what_the_table_is_and_on_what_terms(dataset: Dataset):
    for said in (dataset.title, dataset.about, dataset.source, dataset.licence):
        assert said.strip()
    assert all(meaning.strip() for meaning in dataset.columns.values())


@every_dataset
def test_an_entry_explains_only_columns_that_exist(dataset: Dataset):
    assert set(dataset.columns) <= set(dataset.types)


@every_dataset
def test_levels_are_given_once_and_are_in_the_order_that_a_meaning_states(dataset: Dataset):
    for column, written in dataset.types.items():
        levels = re.split(r" [<|] ", written)
        assert len(levels) == len(set(levels))
        if " < " in written:
            stated = dataset.columns[column]
            places = [re.search(rf"\b{level}\b", stated).start() for level in levels]
            assert places == sorted(places)


def test_the_catalogue_survives_a_careless_caller():
    catalogue().clear()
    assert "iris" in catalogue()


def test_the_path_is_that_of_the_file_on_disk():
    assert datasets.path("lynx").read_text(encoding="utf-8").startswith("year,trapped\n1821,269\n")


@pytest.mark.parametrize("ask", [datasets.load, datasets.path])
def test_an_unknown_table_is_refused_with_the_known_ones(ask):
    with pytest.raises(KeyError) as refusal:
        ask("titanik")
    known = ", ".join(catalogue())
    assert refusal.value.args == (
        f"Table 'titanik' is not in the catalogue. The catalogue has: {known}.",
    )


def test_importing_the_package_loads_nothing_heavy_but_pandas():
    script = "import sys, datasets; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(datasets.__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    heavy = {"matplotlib", "plotly", "scipy", "seaborn", "sklearn", "statsmodels", "streamlit"}
    assert "pandas" in loaded
    assert not heavy & set(loaded)
