"""The bundled tables have the kinds that their entries in the catalogue describe."""

from functools import cache

import pandas as pd
import pytest

import datasets
from lib.tables import Sheet, from_frame, reading_code

# What is no number; every other column of a table is one. Codes in digits are numbers as well.
KINDS = {
    "highway": {"htype": "category"},
    "breast_cancer": {"diagnosis": "category"},
    "anscombe": {},
    "un": {"country": "identifier", "region": "category", "group": "category"},
    "quakes": {},
    "airquality": {},
    "mtcars": {"model": "identifier"},
    "chickwts": {"feed": "category"},
    "vocab": {"sex": "category"},
    "salaries": {"rank": "ordered", "discipline": "category", "sex": "category"},
    "chile": {"region": "category", "sex": "category", "education": "ordered", "vote": "category"},
    "titanic": {"survived": "category", "sex": "category", "passengerClass": "ordered"},
    "hair_eye": {"hair": "category", "eye": "category", "sex": "category"},
    "ucb_admissions": {"admit": "category", "gender": "category", "dept": "category"},
    "nottingham": {"month": "date"},
    "air_passengers": {"month": "date"},
    "eu_stocks": {},
    "lynx": {},
    "sunspots": {},
    "us_macro": {},
    "co2": {"month": "date"},
    "iris": {"species": "category"},
    "wine": {"cultivar": "category"},
    "diabetes": {},
    "digits": {},
    "golub": {"gene": "identifier", "description": "identifier"},
}


@cache
def sheet_of(name: str) -> Sheet:
    return from_frame(datasets.load(name), name)


def test_every_bundled_table_is_looked_at() -> None:
    assert set(KINDS) == set(datasets.catalogue())


@pytest.mark.parametrize("name", KINDS)
def test_each_column_of_a_bundled_table_is_of_its_kind(name: str) -> None:
    columns = sheet_of(name).columns
    named = [column for column in datasets.catalogue()[name].types if column]
    assert [column.name for column in columns] == named
    assert {each.name: each.kind for each in columns if each.kind != "number"} == KINDS[name]


@pytest.mark.parametrize(("name", "first"), [("nottingham", "1920-01-01"), ("co2", "1958-03-01")])
def test_a_month_is_the_date_at_which_it_begins(name: str, first: str) -> None:
    sheet = sheet_of(name)
    assert sheet.frame["month"].iloc[0] == pd.Timestamp(first)
    assert [note.words for note in sheet.notes] == [
        "month: its periods were read as dates, each the date at which it begins."
    ]


@pytest.mark.parametrize(("name", "order"), [
    ("salaries", ("AsstProf", "AssocProf", "Prof")),
    ("chile", ("P", "S", "PS")),
    ("titanic", ("1st", "2nd", "3rd")),
])  # fmt: skip
def test_an_order_of_the_catalogue_is_kept(name: str, order: tuple[str, ...]) -> None:
    (levels,) = [each.levels for each in sheet_of(name).columns if each.kind == "ordered"]
    assert levels == order


@pytest.mark.parametrize("name", ["co2", "lynx", "un"])
def test_the_code_makes_the_same_of_a_bundled_table(name: str) -> None:
    names: dict[str, object] = {"table": datasets.load(name)}
    exec(compile(reading_code(sheet_of(name)), "reading.py", "exec"), names)
    pd.testing.assert_frame_equal(names["table"], sheet_of(name).frame)
